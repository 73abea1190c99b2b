import assert from "node:assert/strict";
import test from "node:test";
import {
  countFacets,
  matches,
  NONE,
  toggled,
  valueName,
  valuesOf,
} from "../../src/healthfm/explorer/web/facets.js";
import { FACETS } from "../../src/healthfm/explorer/web/state.js";
import { toyGraph } from "./toy-graph.js";

const graph = toyGraph();
const matching = (filters) => [...graph.spots.keys()].filter((id) => matches(graph, id, filters));

test("every artifact has a value under every facet", () => {
  for (const { key } of FACETS) {
    for (const id of graph.spots.keys()) assert.ok(valuesOf(graph, id, key).length > 0, `${id} ${key}`);
  }
});

test("within a facet any value will do, between facets all must hold", () => {
  const either = matching({ category: ["category:language", "category:vision"] });
  assert.deepEqual(either.sort(), [
    "model:bert",
    "model:biobert",
    "model:distilbert",
    "model:hybrid",
    "model:transformer",
  ]);
  assert.deepEqual(matching({ category: ["category:language"], year: ["2019"] }), [
    "model:biobert",
    "model:distilbert",
  ]);
  assert.deepEqual(matching({ modality: ["modality:text"], organization: [NONE], listed: ["no"] }), [
    "model:transformer",
  ]);
});

test("absent, not reported and a value are three things", () => {
  assert.deepEqual(valuesOf(graph, "model:biobert", "access"), ["open"]);
  assert.deepEqual(valuesOf(graph, "model:distilbert", "access"), ["not reported"]);
  assert.deepEqual(valuesOf(graph, "model:bert", "access"), [NONE]);
  assert.deepEqual(valuesOf(graph, "model:distilbert", "licence"), ["not reported"]);
});

test("a count says how many there will be after a click", () => {
  const filters = { category: ["category:language"] };
  for (const [facet, counts] of countFacets(graph, filters)) {
    for (const [value, number] of counts) {
      const { [facet]: _, ...others } = filters;
      assert.equal(number, matching({ ...others, [facet]: [value] }).length, `${facet} ${value}`);
    }
  }
});

test("ticking twice changes nothing, and an empty facet is gone", () => {
  const once = toggled({}, "year", "2019");
  assert.deepEqual(once, { year: ["2019"] });
  assert.deepEqual(toggled(once, "year", "2019"), {});
  assert.deepEqual(toggled(once, "year", "2018"), { year: ["2019", "2018"] });
});

test("values are called by name", () => {
  assert.equal(valueName(graph, "organization", "organization:korea"), "Korea University");
  assert.equal(valueName(graph, "relation", "extends"), "extends");
  assert.equal(valueName(graph, "relation", NONE), "no parent recorded");
  assert.equal(valueName(graph, "licence", "not reported"), "not reported");
});
