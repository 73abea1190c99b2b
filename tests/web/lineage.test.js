import assert from "node:assert/strict";
import test from "node:test";
import { idsBetween, impactOf, pathsDown, pathsUp, relate } from "../../src/healthfm/explorer/web/lineage.js";
import { highlighted, visibleEdges, visibleIds } from "../../src/healthfm/explorer/web/selection.js";
import { START } from "../../src/healthfm/explorer/web/state.js";
import { toyGraph } from "./toy-graph.js";

const graph = toyGraph();
const state = (change) => ({ ...START, ...change });

test("ancestors and descendants come nearest first, with shortest paths", () => {
  assert.deepEqual(
    [...pathsUp(graph, "model:biobert").keys()],
    ["model:biobert", "model:bert", "model:transformer"],
  );
  assert.equal(pathsUp(graph, "model:biobert").get("model:transformer").length, 2);
  assert.equal(pathsDown(graph, "model:transformer").size, 5);
});

test("impact follows what carries the thing in question, and nothing else", () => {
  const affected = (through) => [...impactOf(graph, "model:bert", through).keys()].sort();
  assert.deepEqual(affected("weights"), ["model:biobert"]);
  assert.deepEqual(affected("behaviour"), ["model:biobert", "model:distilbert"]);
  assert.deepEqual(affected("any"), ["model:biobert", "model:distilbert", "model:hybrid"]);
  assert.deepEqual([...impactOf(graph, "model:transformer", "weights").keys()], []);
});

test("two things meet in the nearest ancestor they share; each is its own ancestor", () => {
  const [meeting, ...others] = relate(graph, "model:biobert", "model:distilbert");
  assert.equal(meeting.ancestor, "model:bert");
  assert.equal(others.length, 0);
  assert.equal(relate(graph, "model:biobert", "model:transformer")[0].ancestor, "model:transformer");
  assert.deepEqual(relate(graph, "model:biobert", "model:loner"), []);
  assert.deepEqual([...idsBetween(graph, "model:biobert", "model:distilbert")].sort(), [
    "model:bert",
    "model:biobert",
    "model:distilbert",
  ]);
});

test("a circle, which only data of others can have, ends", () => {
  const round = toyGraph();
  round.byChild.set("model:transformer", [
    { child: "model:transformer", parent: "model:biobert", group: "method" },
  ]);
  assert.equal(pathsUp(round, "model:biobert").size, 3);
});

test("isolating leaves the thing with its ancestors, its descendants or those affected", () => {
  const left = (change) => visibleIds(graph, state({ selected: "model:bert", ...change })).sort();
  assert.deepEqual(left({ only: "up" }), ["model:bert", "model:transformer"]);
  assert.deepEqual(left({ only: "down" }), [
    "model:bert",
    "model:biobert",
    "model:distilbert",
    "model:hybrid",
  ]);
  assert.deepEqual(left({ only: "impact", through: "weights" }), ["model:bert", "model:biobert"]);
  assert.deepEqual(left({ only: "impact", filters: { year: ["2019"] } }), ["model:biobert"]);
});

test("the light falls on the lineage along the relations that are switched on", () => {
  assert.equal(highlighted(graph, state({})), null);
  assert.equal(highlighted(graph, state({ selected: "model:bert" })).size, 5);
  const without = highlighted(graph, state({ selected: "model:bert", hidden: ["calls"] }));
  assert.ok(!without.has("model:hybrid"));
  assert.deepEqual([...highlighted(graph, state({ selected: "organization:korea" }))], ["model:biobert"]);
  assert.deepEqual([...highlighted(graph, state({ selected: "model:biobert", to: "model:bert" }))].sort(), [
    "model:bert",
    "model:biobert",
  ]);
});

test("an edge is drawn if both ends are visible and its relation is switched on", () => {
  const ids = ["model:bert", "model:biobert", "model:hybrid"];
  const drawn = (hidden) => visibleEdges(graph, state({ hidden }), ids).map((edge) => edge.relation);
  assert.deepEqual(drawn([]), ["continuesPretrainingOf", "calls"]);
  assert.deepEqual(drawn(["calls"]), ["continuesPretrainingOf"]);
});
