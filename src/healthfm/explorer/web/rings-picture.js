// The neighbourhood view as lists of paths and texts: lines behind, captions and names in front, and, for
// files, the marks between them that vis-network draws on the page.
import { arrow, straight } from "./curves.js";
import { linePath, markPath, rectPath } from "./drawing.js";
import { nameOf } from "./graph.js";
import { placeLabels, shorten } from "./labels.js";
import { markColours } from "./lineage-picture.js";
import { GROUP_STYLES } from "./relation-groups.js";

/** What is no artifact: shape and colour by kind; artifacts keep those of their family. */
export const KIND_MARKS = {
  paper: { shape: "square", colour: "paper", plural: "papers" },
  organization: { shape: "triangle", colour: "organization", plural: "organizations" },
  dataset: { shape: "diamond", colour: "dataset", plural: "datasets" },
  modality: { shape: "hexagon", colour: "concept", plural: "modalities" },
  area: { shape: "hexagon", colour: "concept", plural: "areas" },
  task: { shape: "triangleDown", colour: "concept", plural: "tasks" },
  category: { shape: "hexagon", colour: "concept", plural: "categories" },
  domain: { shape: "hexagon", colour: "concept", plural: "domains" },
  family: { shape: "star", colour: "paper", plural: "families" },
  licence: { shape: "square", colour: "paper", plural: "licences" },
  list: { shape: "square", colour: "paper", plural: "lists" },
};
/** Longer names (pixels) are cut until they are pointed at. */
const LONGEST_NAME = 165;
/** How far from the centre to the ring the captions stand. */
const CAPTION_AT = 0.56;

/** Shape, fill and outline of a thing. */
export function markOf(graph, id, theme) {
  const spot = graph.spots.get(id);
  if (spot) {
    const { colour } = graph.laneOf.get(spot.lane);
    return { shape: graph.shapes[colour], ...markColours(spot, { colour, lit: true, theme }) };
  }
  const { shape, colour } = KIND_MARKS[graph.things.get(id).kind] ?? KIND_MARKS.paper;
  return { shape, fill: theme.kinds[colour], stroke: theme.paper, width: 1 };
}

/** What a first ring's link says, read from the centre. */
function wordOf(graph, { link, role }) {
  if (link.edge) return role === "parent" ? "built on" : "built upon by";
  const property = graph.propertyOf.get(link.fact.key);
  return link.backwards ? property.inverse : property.label;
}

/** One caption for each run of things of the first ring that are linked in the same way. */
export function captionsOf({ graph, nodes, places, theme, toScreen, measure }) {
  const first = nodes.filter((node) => node.ring === 1);
  const runs = [];
  for (const node of first) {
    const word = wordOf(graph, node);
    if (runs.at(-1)?.word === word) runs.at(-1).ids.push(node.id);
    else runs.push({ word, ids: [node.id] });
  }
  const centre = places.get(nodes[0].id);
  const candidates = runs.map(({ word, ids }) => {
    const { x, y } = places.get(ids[Math.floor((ids.length - 1) / 2)]);
    const at = { x: centre.x + CAPTION_AT * (x - centre.x), y: centre.y + CAPTION_AT * (y - centre.y) };
    const place = toScreen(at);
    return { id: word, text: word, x: place.x - measure(word) / 2, y: place.y, radius: 0, must: false };
  });
  // Each on a ground of its own: a line shows through between letters.
  return placeLabels(candidates, measure).flatMap(({ text, x, y }) => [
    { d: rectPath(x - 3, y - 7, measure(text, 11) + 6, 14), fill: theme.paper },
    { text, x, y, fill: theme.quiet, size: 11 },
  ]);
}

/** The names, those nearest the centre first. */
export function namesOf({
  graph,
  nodes,
  places,
  theme,
  toScreen,
  scale,
  measure,
  size,
  selected,
  hovered,
  radiusOf,
}) {
  const centre = nodes[0].id;
  const candidates = nodes.map(({ id }) => {
    const must = [centre, selected, hovered].includes(id);
    const { angle } = places.get(id);
    const text = must ? nameOf(graph, id) : shorten(nameOf(graph, id), LONGEST_NAME, measure);
    const outwards = Math.cos(angle) < 0 ? ["left", "right"] : ["right", "left"];
    const beside = [outwards[0], Math.sin(angle) < 0 ? "above" : "below", outwards[1]];
    const sides = id === centre ? ["below", "above"] : beside;
    const weight = id === centre || id === selected ? 700 : 400;
    return { id, text, weight, ...toScreen(places.get(id)), radius: radiusOf(id) * scale, must, sides };
  });
  const area = { left: 0, right: size.width, top: 0 };
  return placeLabels(candidates, measure, area).map(({ text, weight, x, y }) => ({
    text,
    x,
    y,
    weight,
    fill: theme.ink,
    halo: theme.paper,
  }));
}

/** The lines between things. */
export function linesOf({ links, places, theme, toScreen, scale, radiusOf }) {
  const ends = (from, to) => [from, to].map((id) => toScreen(places.get(id)));
  return [
    ...links.facts.map(({ from, to }) => {
      const [a, b] = ends(from, to);
      return { d: linePath(a.x, a.y, b.x, b.y), stroke: theme.quiet, opacity: 0.3 };
    }),
    ...links.edges.flatMap(({ parent, child, group, aside }) => {
      const { width, dash } = GROUP_STYLES[group];
      const look = { stroke: theme.groups[group], width: width + 0.4, dash, opacity: aside ? 0.3 : 0.9 };
      return arrow(straight(...ends(parent, child)), radiusOf(child) * scale, look);
    }),
  ];
}

/** The marks of things, for a file. */
export function marksOf({ graph, nodes, places, theme, toScreen, scale, radiusOf }) {
  return nodes.map(({ id }) => {
    const { shape, ...look } = markOf(graph, id, theme);
    const { x, y } = toScreen(places.get(id));
    return { d: markPath(shape, x, y, radiusOf(id) * scale), ...look };
  });
}
