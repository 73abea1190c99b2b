import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "oxigraph";

import { placeOf, plainFault } from "../../src/web/fault.js";
import { preamble } from "../../src/web/terms.js";

const DECLARED = preamble({ hfm: "https://example.org/ns/" });

/** What is said of a query that the engine refuses. */
function saidOf(query) {
  try {
    new Store().query(DECLARED + query);
  } catch (error) {
    return plainFault(error.message, query, DECLARED.length);
  }
  throw new Error("the engine took it");
}

test("a fault is told in one line, with its place in the text as it was written", () => {
  const said = saidOf("SELECT ?s { ?s a ?t }\nFOO");
  assert.equal(said, "not a SPARQL 1.1 query: line 2, column 4: did not expect the end here; correct it");
});

test("the declarations put before the first line do not count", () => {
  const query = "SELECT ?s { ?s a ?t } FOO BAR";
  const place = placeOf(saidOf(query), query);
  assert.equal(place.from >= query.indexOf("FOO"), true);
});

test("an unknown prefix is named, and its place is where the name stands", () => {
  const query = "SELECT ?s {\n  ?s a nope:T }";
  const said = saidOf(query);
  assert.match(said, /the prefix of 'nope:T' is not known/);
  const { from, to } = placeOf(said, query);
  assert.equal(query.slice(from, to), "nope:T");
});

test("what the engine knows about meaning is passed on", () => {
  assert.match(
    saidOf("SELECT (COUNT(?x) AS ?s) ?s { ?s ?p ?x }"),
    /SELECT contains a variable that is unbound/,
  );
});

test("a text that asks nothing is told what it needs", () => {
  assert.match(saidOf(""), /it needs SELECT, ASK, CONSTRUCT or DESCRIBE/);
});

test("a place where nothing stands is the last word before it", () => {
  assert.deepEqual(placeOf("line 9, column 9: …", "ab cd\n"), { from: 3, to: 5 });
  assert.deepEqual(placeOf("line 1, column 1: …", ""), { from: 0, to: 0 });
  assert.equal(placeOf("the server does not answer", "ab"), null);
});
