import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "oxigraph";

import { fromResultsJson, fromTriples } from "../../src/web/answer.js";
import { counted, MOST_ROWS } from "../../src/web/result_table.js";

const ODD = ['"q"', "a\\b", "line\nbreak", "tab\t", "é 💊 \u0001", "<b>", "\\u0041"];
const TURTLE = ODD.map((text, index) => `<http://x/${index}> <http://x/p> ${JSON.stringify(text)} .`).join(
  "\n",
);

function store() {
  const made = new Store();
  made.load(TURTLE, { format: "nt" });
  return made;
}

test("rows keep every text as it is, and a missing value is null", () => {
  const query = "SELECT ?o ?none { ?s ?p ?o }";
  const answer = fromResultsJson(store().query(query, { results_format: "json" }));
  assert.deepEqual(new Set(answer.rows.map(([cell]) => cell.value)), new Set(ODD));
  assert.equal(
    answer.rows.every(([, none]) => none === null),
    true,
  );
  assert.equal(answer.total, ODD.length);
});

test("triples are read back as the engine wrote them", () => {
  const text = store().query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", { results_format: "nt" });
  const { rows } = fromTriples(text);
  assert.deepEqual(new Set(rows.map(([, , object]) => object.value)), new Set(ODD));
  assert.equal(
    rows.every(([, predicate]) => predicate.value === "http://x/p"),
    true,
  );
});

test("languages, types and blank nodes are told apart; a triple met twice counts once", () => {
  const line = '_:b <http://x/p> "chat"@fr .\n';
  const { rows, total } = fromTriples(`${line}${line}_:b <http://x/q> "1"^^<http://x/int> .\n`);
  assert.equal(total, 2);
  assert.deepEqual(rows[0][2], { type: "literal", value: "chat", language: "fr", datatype: undefined });
  assert.equal(rows[1][2].datatype, "http://x/int");
  assert.deepEqual(rows[1][0], { type: "bnode", value: "b" });
});

test("a yes or no is no table", () => {
  assert.deepEqual(fromResultsJson('{"head":{},"boolean":true}'), { truth: true });
});

test("what is not shown is said", () => {
  assert.equal(counted(1), "1 row");
  assert.match(counted(MOST_ROWS + 1), /1,001 rows; only the first 1,000 are shown/);
  assert.doesNotMatch(counted(MOST_ROWS), /only/);
});
