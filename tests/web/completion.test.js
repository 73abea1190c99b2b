import assert from "node:assert/strict";
import { test } from "node:test";

import { candidates, WORD } from "../../src/web/completion.js";

const HELP = {
  prefixes: { hfm: "https://example.org/ns/", model: "https://example.org/model/" },
  terms: [
    { curie: "hfm:excludesMember", label: "excludes member", kind: "property" },
    { curie: "hfm:memberOf", label: "member of", kind: "property" },
    { curie: "model:biobert", label: "BioBERT", kind: "model" },
    { curie: "model:gpt-4", label: "GPT-4", kind: "model" },
  ],
};
const labels = (word, variables = []) => candidates(word, HELP, variables).map(({ label }) => label);

test("a name from its start comes before a name that only holds the word", () => {
  assert.deepEqual(labels("hfm:memb"), ["hfm:memberOf", "hfm:excludesMember"]);
});

test("only names of the prefix that was typed are offered", () => {
  assert.deepEqual(labels("model:"), ["model:biobert", "model:gpt-4"]);
});

test("a thing is found by its label too, and keywords by their start", () => {
  assert.deepEqual(labels("biob"), ["model:biobert"]);
  assert.equal(labels("sel")[0], "SELECT");
  assert.equal(labels("mod")[0], "model:");
});

test("variables of the query are completed with the sign that was typed", () => {
  assert.deepEqual(labels("$na", ["name", "year"]), ["$name"]);
  assert.deepEqual(labels("?name", ["name"]), []);
});

test("the word before the cursor may hold a prefix, dots and dashes", () => {
  assert.equal("{ ?m hfm:memb".match(new RegExp(`(?:${WORD.source})$`))[0], "hfm:memb");
  assert.equal("model:gpt-3".match(new RegExp(`(?:${WORD.source})$`))[0], "model:gpt-3");
});
