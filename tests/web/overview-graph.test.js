import assert from "node:assert/strict";
import { test } from "node:test";

import {
  edgesAmong,
  expand,
  MOST_SHOWN,
  neighboursOf,
  placeByYear,
  readOverview,
} from "../../src/healthfm/explorer/web/overview-graph.js";

/** A chain 0 → 1 → 2, and a thousand children of 1. */
function graph() {
  const children = [1, 2, ...Array.from({ length: 1000 }, (_, index) => index + 3)];
  const parents = [0, 1, ...Array(1000).fill(1)];
  const ids = Array.from({ length: 1003 }, (_, index) => `model:m${index}`);
  const years = ids.map((_, index) => 2000 + Math.min(index, 5));
  return readOverview({ ids, years, children, parents });
}

test("what is next to a thing: parents, then children, the weightier first, each once", () => {
  assert.deepEqual(neighboursOf(graph(), 1).slice(0, 3), [0, 2, 3]);
  assert.deepEqual(neighboursOf(graph(), 2), [1]);
});

test("never more things are shown than there is room for, and what is left out is counted", () => {
  const { shown, leftOut } = expand(graph(), new Set(), 1);
  assert.equal(shown.size, MOST_SHOWN);
  assert.equal(shown.has(1) && shown.has(0), true);
  assert.equal(leftOut, 1003 - 1 - MOST_SHOWN + 1);
});

test("expanding step by step keeps what is there", () => {
  const first = expand(graph(), new Set(), 0);
  assert.deepEqual([...first.shown], [0, 1]);
  assert.equal(first.leftOut, 0);
  const second = expand(graph(), first.shown, 1);
  assert.equal(
    [...first.shown].every((thing) => second.shown.has(thing)),
    true,
  );
});

test("edges are drawn between things that are shown, and no others", () => {
  assert.deepEqual(
    edgesAmong(graph(), new Set([0, 1, 7])).sort((a, b) => a - b),
    [0, 6],
  );
});

test("years run from left to right and no two things share a place", () => {
  const shown = expand(graph(), new Set(), 1).shown;
  const { places, years } = placeByYear(graph(), shown);
  assert.deepEqual(
    years.map(({ year }) => year),
    [2000, 2001, 2002, 2003, 2004, 2005],
  );
  const taken = new Set([...places.values()].map(({ x, y }) => `${x} ${y}`));
  assert.equal(taken.size, MOST_SHOWN);
  assert.equal(places.get(0).x < places.get(1).x, true);
});
