import assert from "node:assert/strict";
import { test } from "node:test";

import { preamble, shorten } from "../../src/web/terms.js";

const PREFIXES = { root: "https://example.org/", model: "https://example.org/model/" };

test("the longest namespace that fits gives the name", () => {
  assert.equal(shorten("https://example.org/model/bert", PREFIXES), "model:bert");
  assert.equal(shorten("https://example.org/ontology", PREFIXES), "root:ontology");
});

test("an IRI that no prefix can write stays whole", () => {
  for (const iri of [
    "https://example.com/a",
    "https://example.org/model/",
    "https://example.org/model/a/b",
  ]) {
    assert.equal(shorten(iri, PREFIXES), `<${iri}>`);
  }
});

test("a name may hold dots but not end in one", () => {
  assert.equal(shorten("https://example.org/model/gpt-3.5", PREFIXES), "model:gpt-3.5");
  assert.equal(shorten("https://example.org/model/gpt.", PREFIXES), "<https://example.org/model/gpt.>");
});

test("declarations stand in one line, so that the lines of a query keep their numbers", () => {
  assert.equal(preamble(PREFIXES).includes("\n"), false);
  assert.equal(preamble({ a: "http://a/" }), "PREFIX a: <http://a/> ");
});
