import assert from "node:assert/strict";
import { test } from "node:test";

import { hasForm, isUpdate, nameColumns, variablesOf, withoutOpaque } from "../../src/web/query_text.js";

test("comments, IRIs and strings are blanked out, and nothing moves", () => {
  const text = `SELECT ?s # why?\n{ ?s <http://x/#?y> "?z" , '''?\n?w''' }`;
  const readable = withoutOpaque(text);
  assert.equal(readable.length, text.length);
  assert.deepEqual(variablesOf(text), ["s"]);
  assert.equal(readable.split("\n").length, text.split("\n").length);
});

test("a less-than sign is no IRI", () => {
  assert.deepEqual(variablesOf("SELECT ?a { FILTER(?a < ?b && ?b > 1) }"), ["a", "b"]);
});

test("an update is known by its word, not by a name or a string that holds one", () => {
  assert.equal(isUpdate("PREFIX a: <http://a/> INSERT DATA { a:b a:c 1 }"), true);
  assert.equal(isUpdate("WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"), true);
  assert.equal(isUpdate("SELECT ?s { ?s hfm:delete 'insert' } # drop"), false);
  assert.equal(isUpdate("SELECT ?drop { ?drop a hfm:Model }"), false);
  assert.equal(hasForm("# SELECT\nselec ?x {}"), false);
});

test("the columns of SELECT * are named in the order of the text", () => {
  const text = "SELECT DISTINCT * { ?b hfm:year ?a }";
  assert.equal(nameColumns(text, ["a", "b"]), "SELECT DISTINCT ?b ?a { ?b hfm:year ?a }");
});

test("only the outermost star is named, and what the engine does not project stays out", () => {
  const inner = "SELECT ?a { { SELECT * { ?b ?c ?a } } }";
  assert.equal(nameColumns(inner, ["a"]), inner);
  const comment = "# SELECT *\nSELECT ?a { ?b ?c ?a }";
  assert.equal(nameColumns(comment, ["a"]), comment);
  assert.equal(
    nameColumns("SELECT * { ?a ?b ?c MINUS { ?a ?b ?d } }", ["c", "b", "a"]).includes("?d {"),
    false,
  );
});
