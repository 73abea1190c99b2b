import assert from "node:assert/strict";
import { test } from "node:test";

import { edgesToDraw, isCrowded } from "../../src/healthfm/explorer/web/selection.js";

/** A star: everything descends from one thing, and a chain hangs at its end. */
function star(size) {
  const edges = Array.from({ length: size }, (_, index) => ({
    parent: "root",
    child: `m${index}`,
    relation: "extends",
  }));
  edges.push({ parent: "m0", child: "end", relation: "extends" });
  return { edges, ids: ["root", "end", ...edges.slice(0, size).map(({ child }) => child)] };
}

const draw = (graph, lit, selected) => edgesToDraw(graph, { hidden: [], selected }, { ids: graph.ids, lit });

test("what is not crowded is drawn whole", () => {
  const graph = star(20);
  assert.equal(isCrowded(graph), false);
  assert.equal(draw(graph, null, null).length, 21);
});

test("of a crowd nothing is drawn but what is in the light", () => {
  const graph = star(5000);
  assert.deepEqual(draw(graph, null, null), []);
  const lineage = draw(graph, new Set(["root", "m0", "end"]), "end");
  assert.deepEqual(
    lineage.map(({ child }) => child),
    ["m0", "end"],
  );
});

test("where even the light falls on a crowd, only the edges of the selected thing are drawn", () => {
  const graph = star(5000);
  const drawn = draw(graph, new Set(graph.ids), "m0");
  assert.deepEqual(
    drawn.map(({ parent, child }) => [parent, child]),
    [
      ["root", "m0"],
      ["m0", "end"],
    ],
  );
});
