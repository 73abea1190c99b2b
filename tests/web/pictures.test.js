import assert from "node:assert/strict";
import test from "node:test";
import { escapeXml, markPath, toSvg } from "../../src/healthfm/explorer/web/drawing.js";
import { placeLabels, shorten } from "../../src/healthfm/explorer/web/labels.js";
import { layOut, marginFor } from "../../src/healthfm/explorer/web/lanes.js";
import { labelsOfLineage } from "../../src/healthfm/explorer/web/lineage-picture.js";
import {
  linksAmong,
  MOST,
  neighbourhood,
  neighboursOf,
  placeOnRings,
} from "../../src/healthfm/explorer/web/rings.js";
import { scene, toyGraph } from "./toy-graph.js";

const graph = toyGraph();
const measure = (text) => text.length * 7;
const window_ = { width: 1000, height: 600, nameWidth: (id) => id.length * 7, radius: () => 6 };

/** A crowd in few lanes and years, the same on every run. */
function crowd(number) {
  const lanes = ["a", "b", "c", "d"].map((id) => ({ id, name: id, colour: 0 }));
  const spots = Array.from({ length: number }, (_, index) => ({
    id: `model:${index}`,
    lane: lanes[(index * 7) % 4].id,
    year: index % 11 === 0 ? null : 2015 + ((index * 5) % 9),
  }));
  return { spots, lanes };
}

test("everything stands inside the window, in its lane and in the column of its year", () => {
  for (const number of [1, 7, 60, 400]) {
    const { spots, lanes } = crowd(number);
    const { places, lanes: bands, years } = layOut(spots, lanes, window_);
    for (const spot of spots) {
      const { x, y } = places.get(spot.id);
      const band = bands.find(({ id }) => id === spot.lane);
      const year = years.find((column) => column.year === (spot.year ?? "undated"));
      assert.ok(band.top < y && y < band.bottom, "lane");
      assert.ok(year.left < x && x < year.right, "year");
      assert.ok(x < window_.width && y < window_.height, "window");
    }
    assert.equal(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size, spots.length);
  }
});

test("years grow to the right, and what nobody dated comes last", () => {
  const { years } = layOut(...Object.values(crowd(60)), window_);
  assert.deepEqual(
    years.map(({ year }) => year),
    [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, "undated"],
  );
  assert.ok(
    years.every(({ left, right }, index) => left < right && (!index || years[index - 1].right === left)),
  );
});

test("the whole window is used, whatever its shape", () => {
  const { spots, lanes } = crowd(120);
  for (const [width, height] of [
    [1400, 800],
    [390, 600],
    [600, 1400],
  ]) {
    const { lanes: bands, years } = layOut(spots, lanes, { ...window_, width, height });
    assert.ok(years.at(-1).right > width - 20);
    assert.ok(years[0].left === marginFor(width).left);
    assert.ok(bands.at(-1).bottom > 0.9 * height && bands.at(-1).bottom <= height);
  }
});

test("lanes without anything visible take no room, and the others keep their order", () => {
  const spots = scene.spots.filter((spot) => spot.lane !== "category:language");
  const { lanes } = layOut(spots, scene.lanes, window_);
  assert.deepEqual(
    lanes.map(({ id }) => id),
    ["family:bert", "category:vision", "unconnected"],
  );
});

/** Marks strewn over a picture, further apart as one zooms in. */
const strewn = (scale) =>
  Array.from({ length: 300 }, (_, index) => ({
    id: `${index}`,
    text: `name ${index}`,
    x: scale * ((index * 37) % 800),
    y: scale * ((index * 91) % 500),
    radius: 5,
    sides: ["right", "below", "left"],
  }));

test("no name covers another one or a mark", () => {
  const candidates = strewn(1);
  const placed = placeLabels(candidates, measure);
  assert.ok(placed.length > 20 && placed.length < candidates.length);
  const boxes = placed.map(({ text, x, y }) => [x, y - 6.5, x + measure(text), y + 6.5]);
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      assert.ok(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1], "names apart");
    }
    for (const { id, x, y, radius } of candidates) {
      const clear = a[2] <= x - radius || a[0] >= x + radius || a[3] <= y - radius || a[1] >= y + radius;
      assert.ok(clear || id === placed[index].id, "marks uncovered");
    }
  }
});

test("in the light a name covers no mark, be it that of what most was built on", () => {
  const ids = ["left", "right"];
  const places = new Map(ids.map((id, index) => [id, { x: 300 + 40 * index, y: 300, radius: 6, room: 40 }]));
  const [label] = labelsOfLineage({
    graph: {
      spots: new Map([
        ["left", { descendants: 9 }],
        ["right", { descendants: 0 }],
      ]),
      things: new Map(ids.map((id) => [id, { name: `the ${id} one of two` }])),
    },
    ids,
    layout: { places },
    size: window_,
    margin: { left: 100, top: 30 },
    toScreen: ({ x, y }) => ({ x, y }),
    scale: 1,
    lit: new Set(ids),
    chosen: [],
    hovered: null,
    measure,
    theme: {},
  });
  assert.equal(label.text, "the left one of two");
  assert.ok(label.y - 6 >= places.get("right").y + 6, "below the marks");
});

test("where two names want one place, the first in the order has it", () => {
  const pair = ["a", "b"].map((id, index) => ({
    id,
    text: "long name",
    x: 50 + 20 * index,
    y: 50 + 11 * index,
    radius: 1,
  }));
  assert.deepEqual(
    placeLabels(pair, measure).map(({ id }) => id),
    ["a"],
  );
  assert.deepEqual(
    placeLabels(pair.toReversed(), measure).map(({ id }) => id),
    ["b"],
  );
});

test("a name that finds no room is written short, and none runs over the edges", () => {
  const tight = { id: "a", text: "a long name", short: "a lo…", x: 50, y: 50, radius: 4, sides: ["right"] };
  const texts = (area) => placeLabels([tight], measure, area).map(({ text }) => text);
  assert.deepEqual(texts({ left: 0, right: 500, top: 0 }), ["a long name"]);
  assert.deepEqual(texts({ left: 0, right: 100, top: 0 }), ["a lo…"]);
  assert.deepEqual(texts({ left: 0, right: 500, top: 60 }), []);
});

test("more names come as one zooms in", () => {
  const numbers = [0.5, 1, 1.5].map((scale) => placeLabels(strewn(scale), measure).length);
  assert.ok(
    numbers.every((number, index) => !index || number > numbers[index - 1]),
    String(numbers),
  );
});

test("a name that must be read is, whatever stands there", () => {
  const here = (id, must) => ({ id, text: "here", x: 50, y: 50, radius: 4, must, sides: ["right"] });
  assert.ok(placeLabels([here("a"), here("b", true)], measure).some(({ id }) => id === "b"));
});

test("a text is cut to its room, and where there is none it is left out", () => {
  assert.equal(shorten("BioBERT", 100, measure), "BioBERT");
  assert.equal(shorten("Bio+Discharge Summary BERT", 70, measure), "Bio+Disch…");
  assert.equal(shorten("BioBERT", 10, measure), "");
});

test("an SVG holds the same marks and names, and no markup from a name", () => {
  const hostile = `<script>alert("1")</script>&\u0000`;
  const items = [
    { d: markPath("star", 10, 10, 5), fill: "#123456" },
    { text: hostile, x: 1, y: 2, fill: "#000" },
  ];
  const about = { width: 20, title: hostile, description: hostile, ground: "#fff" };
  const svg = toSvg([{ items, height: 20 }], about);
  assert.ok(!svg.includes("<script"));
  assert.ok(!svg.includes("\u0000"));
  assert.equal(escapeXml(`<&>"'`), "&lt;&amp;&gt;&quot;&#39;");
  assert.equal(svg.match(/<path /g).length, 1);
});

test("every shape is an outline of its own", () => {
  const outlines = scene.shapes.slice(0, 7).map((shape) => markPath(shape, 0, 0, 10));
  assert.equal(new Set(outlines).size, 7);
  assert.ok(outlines.every((d) => /^M[-\d.MLaZ ]+Z$/.test(d)));
});

test("around a thing stands everything it has to do with, each once", () => {
  const found = neighboursOf(graph, "model:biobert").map(({ id, role }) => [id, role]);
  assert.deepEqual(found[0], ["model:bert", "parent"]);
  const roles = new Map(found);
  assert.equal(roles.get("organization:korea"), "organization");
  assert.equal(roles.get("paper:biobert"), "paper");
  assert.equal(roles.size, found.length);
});

test("two hops lead through models and papers, not through concepts; a click opens those too", () => {
  const ids = (options) =>
    neighbourhood(graph, "model:biobert", { hops: 1, expanded: [], ...options }).nodes.map(({ id }) => id);
  assert.ok(!ids({}).includes("model:transformer"));
  assert.ok(ids({ hops: 2 }).includes("model:transformer"));
  assert.ok(!ids({ hops: 2 }).includes("model:loner"));
  assert.ok(ids({ expanded: ["modality:text"] }).includes("model:hybrid"));
});

test("in a neighbourhood only artifacts that pass the filters stand, and the centre whatever it is", () => {
  const filters = { family: ["family:bert"] };
  const { nodes, filtered } = neighbourhood(graph, "model:bert", { hops: 1, expanded: [], filters });
  const ids = nodes.map(({ id }) => id);
  assert.ok(ids.includes("model:biobert") && ids.includes("paper:bert"));
  assert.ok(!ids.includes("model:transformer") && !ids.includes("model:hybrid"));
  assert.equal(filtered, 2);
  const other = { hops: 1, expanded: [], filters: { family: ["family:none"] } };
  assert.equal(neighbourhood(graph, "model:bert", other).nodes[0].id, "model:bert");
});

test("at most so many are drawn, and the rest is counted", () => {
  const hub = structuredClone(scene);
  for (let index = 0; index < 400; index += 1)
    hub.things.push({
      id: `paper:${index}`,
      kind: "paper",
      name: `${index}`,
      facts: { evaluates: ["model:bert"] },
    });
  hub.properties.push({
    key: "evaluates",
    term: "hfm:evaluates",
    label: "evaluates",
    inverse: "evaluated in",
  });
  const crowded = toyGraph(hub);
  const { nodes, left } = neighbourhood(crowded, "model:bert", { hops: 1, expanded: [] });
  assert.equal(nodes.length, MOST);
  assert.ok(left > 200);
});

test("rings keep inside the window, the centre in the middle and parents at the left", () => {
  const { nodes } = neighbourhood(graph, "model:bert", { hops: 2, expanded: [] });
  const places = placeOnRings(nodes, { width: 1000, height: 600 });
  assert.deepEqual(places.get("model:bert"), { x: 500, y: 300, angle: 0 });
  assert.ok(places.get("model:transformer").x < 500);
  for (const { x, y } of places.values()) assert.ok(x > 0 && x < 1000 && y > 0 && y < 600);
  const inside = new Set(nodes.map(({ id }) => id));
  const { edges, facts } = linksAmong(graph, nodes, null);
  assert.ok(edges.length >= 3);
  assert.ok(facts.every(({ from, to }) => inside.has(from) && inside.has(to)));
});
