import assert from "node:assert/strict";
import test from "node:test";
import {
  citation,
  fileName,
  jsonOfView,
  originOf,
  tableOfView,
} from "../../src/healthfm/explorer/web/files.js";
import { sourceOf, sourcesOf } from "../../src/healthfm/explorer/web/provenance.js";
import { find, searchIndex } from "../../src/healthfm/explorer/web/search.js";
import { queryOfFilters, queryOfThing } from "../../src/healthfm/explorer/web/sparql.js";
import { START } from "../../src/healthfm/explorer/web/state.js";
import {
  COLUMNS,
  countMatrix,
  MATRICES,
  rowOf,
  sortRows,
  toCsv,
} from "../../src/healthfm/explorer/web/tabulate.js";
import { toyGraph } from "./toy-graph.js";

const graph = toyGraph();
const all = [...graph.spots.keys()];
const rows = (sort) =>
  sortRows(
    all.map((id) => rowOf(graph, id)),
    sort,
  ).map((row) => row.name);

test("a row tells every column, in words", () => {
  const row = rowOf(graph, "model:biobert");
  assert.equal(row.organization, "Korea University");
  assert.equal(row.parents, "BERT");
  assert.equal(row.licence, "A licence");
  for (const { key } of COLUMNS) assert.ok(key in row, key);
});

test("sorting goes both ways, numbers as numbers, and what is empty comes last either way", () => {
  assert.deepEqual(rows("-descendants").slice(0, 2), ["Transformer", "BERT"]);
  assert.deepEqual(rows("year").slice(0, 2), ["Transformer", "BERT"]);
  assert.equal(rows("year").at(-1), "Hybrid");
  assert.equal(rows("-year").at(-1), "Hybrid");
  assert.equal(rows("no such column").length, all.length);
});

test("a matrix counts a thing in each of its modalities, and keeps what nothing fills", () => {
  const [matrix] = MATRICES;
  const counted = countMatrix(graph, matrix, {}, all);
  assert.ok(counted.rows.includes("modality:volume"));
  assert.equal(counted.count("modality:volume", "area:medical-informatics"), 0);
  assert.equal(counted.count("modality:text", "area:medical-informatics"), 1);
  assert.equal(counted.count("modality:image", "none"), 1);
});

test("a matrix leaves the filters on its own two facets aside, and heeds all others", () => {
  const [matrix] = MATRICES;
  const text = (filters) => countMatrix(graph, matrix, filters, all).count("modality:text", "none");
  assert.equal(text({ modality: ["modality:image"] }), text({}));
  assert.equal(text({ year: ["2018"] }), 1);
});

test("CSV is quoted where it must be, and no cell is a formula", () => {
  const csv = toCsv(
    ["a", "b"],
    [
      ["=1+1", 'say "hi", then\nstop'],
      ["-x", 5],
    ],
    ["made\nof this"],
  );
  assert.equal(csv, '# made of this\r\na,b\r\n\'=1+1,"say ""hi"", then\nstop"\r\n\'-x,5\r\n');
});

test("files say of what list and version they are, in the name and inside", () => {
  const state = { ...START, view: "table", selected: "model:biobert" };
  assert.equal(fileName(graph, state, "csv"), "healthfm-table-biobert-2023-03-29-v9.9.9.csv");
  const origin = originOf(graph, "file:///x#y");
  assert.deepEqual(origin, {
    version: "9.9.9",
    lists: ["Awesome list as of 2023-03-29"],
    address: "file:///x#y",
  });
  const table = tableOfView({ graph, state, tableRows: [rowOf(graph, "model:biobert")] });
  const json = JSON.parse(jsonOfView(graph, state, table, origin));
  assert.equal(json.version, "9.9.9");
  assert.equal(json.rows[0].iri, "https://w3id.org/healthfm/model/biobert");
  assert.equal(json.edges.length, 4);
});

test("each view gives its own rows", () => {
  const columns = (view, more) =>
    tableOfView({ graph, state: { ...START, view }, tableRows: [], neighbourhoodRows: [], ...more }).columns;
  assert.deepEqual(columns("matrix"), ["matrix", "row", "column", "count"]);
  assert.deepEqual(columns("neighbourhood"), ["id", "name", "kind", "hop", "via"]);
  assert.equal(columns("lineage")[0], "id");
});

test("a citation names version, list and what the list rests on", () => {
  const { text, bibtex } = citation(graph, originOf(graph, "https://example.org/#n=x"));
  for (const part of [
    "9.9.9",
    "2023-03-29",
    "A survey",
    "https://example.org/survey",
    "https://example.org/#n=x",
  ])
    assert.ok(text.includes(part), part);
  assert.ok(bibtex.startsWith("@software{"));
});

test("search finds by name, other name and title, names first, artifacts before others", () => {
  const entries = searchIndex(graph);
  const ids = (text) => find(entries, text).map(({ id }) => id);
  assert.equal(ids("biobert")[0], "model:biobert");
  assert.equal(ids("Bio BERT")[0], "model:biobert");
  assert.equal(ids("bert")[0], "model:bert");
  assert.ok(ids("biomedical language").includes("model:biobert"));
  assert.ok(ids("biomedical language").includes("paper:biobert"));
  assert.deepEqual(ids("no such thing"), []);
  assert.deepEqual(ids("  "), []);
  assert.equal(new Set(ids("e")).size, ids("e").length);
});

test("a fact comes from the list, from lineage or from the entry", () => {
  const thing = graph.things.get("model:biobert");
  assert.equal(sourceOf(thing, "domain"), "list");
  assert.equal(sourceOf(thing, "memberOf"), "lineage");
  assert.equal(sourceOf(thing, "developedBy"), "entry");
  const told = sourcesOf(graph, thing);
  assert.match(told.get("list")[0].text, /Awesome list of 2023-03-29, line 59/);
  assert.match(told.get("entry")[0].text, /still to be checked; as of 2026-11-24/);
});

test("nothing in an id can end the term of a query", () => {
  const query = queryOfThing(graph, "https://example.org/a> ?x } DROP ALL {");
  assert.ok(!query.includes("> ?x"));
  assert.ok(queryOfFilters(graph, { licence: ['a" }'] }).includes('"a\\" }"'));
});
