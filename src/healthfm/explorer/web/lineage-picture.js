// The lineage view as lists of paths and texts: bands and years behind, names and titles in front, and,
// for files, the edges and marks between them that vis-network draws on the page.
import { linePath, markPath, rectPath } from "./drawing.js";
import { LABEL_HEIGHT, placeLabels, shorten } from "./labels.js";

/** How the edges of a group are drawn; dashes tell groups apart without colour. */
export const GROUP_STYLES = {
  weights: { width: 1.7, dash: [], opacity: 0.6 },
  behaviour: { width: 1.6, dash: [7, 3], opacity: 0.75 },
  method: { width: 1, dash: [], opacity: 0.5 },
  code: { width: 1.3, dash: [2, 3], opacity: 0.8 },
  calls: { width: 1.3, dash: [6, 2, 1, 2], opacity: 0.7 },
};
/** How far (pixels) an edge between things of one column swings out. */
const SWING = 18;
const CURVE = 0.4;

/** Fill and outline of a mark: filled if in the list, hollow if a parent outside it, faint if not lit. */
export function markColours(spot, { colour, lit, theme }) {
  const fill = theme.families[colour];
  if (!lit) return { fill: theme.faint, stroke: theme.faint, width: 1 };
  return spot.inList
    ? { fill, stroke: theme.outline, width: 1 }
    : { fill: theme.paper, stroke: fill, width: 2.2 };
}

/** Whether an edge joins things that stand in one column, so that a straight line would hide others. */
export function inOneColumn(from, to) {
  return Math.abs(from.x - to.x) < 1;
}

/** How vis-network is to bend such an edge to the left, whichever of its ends is higher. */
export function swung(from, to) {
  const roundness = Math.min(1, SWING / (0.785 * Math.max(Math.abs(to.y - from.y), 1)));
  return { enabled: true, type: to.y > from.y ? "curvedCCW" : "curvedCW", roundness };
}

function edgePath(from, to, scale) {
  const round = (number) => Math.round(number * 10) / 10;
  if (inOneColumn(from, to)) {
    const via = `${round(from.x - SWING * scale)} ${round((from.y + to.y) / 2)}`;
    return `M${round(from.x)} ${round(from.y)}Q${via} ${round(to.x)} ${round(to.y)}`;
  }
  const bend = CURVE * (to.x - from.x);
  return `M${round(from.x)} ${round(from.y)}C${round(from.x + bend)} ${round(from.y)} ${round(to.x - bend)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
}

/**
 * @param view everything that is in view: graph, layout, ids, edges, lit (null: all), selected,
 *   hovered, sizes (id → radius), theme, size, scale, toScreen, measure, margin
 */
export function behindLineage(view) {
  const { layout, theme, size, toScreen } = view;
  const items = [];
  layout.lanes.forEach((lane, index) => {
    const top = toScreen({ x: 0, y: lane.top }).y;
    const bottom = toScreen({ x: 0, y: lane.bottom }).y;
    if (index % 2 === 0) items.push({ d: rectPath(0, top, size.width, bottom - top), fill: theme.band });
  });
  for (const { left } of layout.years) {
    const { x } = toScreen({ x: left, y: 0 });
    items.push({ d: linePath(x, 0, x, size.height), stroke: theme.line });
  }
  return items;
}

export function edgesOfLineage(view) {
  const { edges, layout, theme, toScreen, scale, lit } = view;
  return edges
    .filter((edge) => lit === null || (lit.has(edge.child) && lit.has(edge.parent)))
    .map((edge) => {
      const [from, to] = [edge.parent, edge.child].map((id) => toScreen(layout.places.get(id)));
      const { width, dash, opacity } = GROUP_STYLES[edge.group];
      return {
        d: edgePath(from, to, scale),
        stroke: theme.groups[edge.group],
        width: lit === null ? width : width + 0.6,
        dash,
        opacity: lit === null ? opacity : 1,
      };
    });
}

export function marksOfLineage(view) {
  const { graph, ids, layout, theme, toScreen, sizes, scale, lit } = view;
  return ids.map((id) => {
    const spot = graph.spots.get(id);
    const { x, y } = toScreen(layout.places.get(id));
    const { colour } = graph.laneOf.get(spot.lane);
    const d = markPath(graph.shapes[colour], x, y, sizes.get(id) * scale);
    return { d, ...markColours(spot, { colour, lit: lit === null || lit.has(id), theme }) };
  });
}

/** The names, the weightier first; those in the light before all others. */
export function labelsOfLineage(view) {
  const { graph, ids, layout, theme, size, toScreen, sizes, scale, lit, selected, hovered, measure } = view;
  const candidates = [];
  for (const id of [...ids].sort((a, b) => graph.spots.get(b).descendants - graph.spots.get(a).descendants)) {
    const must = id === selected || id === hovered;
    const place = layout.places.get(id);
    const { x, y } = toScreen(place);
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const radius = sizes.get(id) * scale;
    const name = graph.things.get(id).name;
    const text = must ? name : shorten(name, place.room * scale - radius, measure);
    const silent = lit !== null && !lit.has(id) && !must;
    candidates.push({ id, text: silent ? "" : text, x, y, radius, must, sides: ["right", "below"] });
  }
  return placeLabels(
    candidates.filter(({ text }) => text),
    measure,
  ).map(({ id, text, x, y }) => ({
    text,
    x,
    y,
    fill: theme.ink,
    halo: theme.paper,
    weight: id === selected ? 700 : 400,
  }));
}

/** Titles of lanes at the left and years on top; they stay while everything else moves. */
export function frameOfLineage(view) {
  const { layout, theme, size, margin, toScreen } = view;
  const left = margin.left - 12;
  const items = [
    { d: rectPath(0, 0, left, size.height), fill: theme.paper, opacity: 0.92 },
    ...layout.lanes.flatMap((lane) => laneTitle(lane, view, left)),
    { d: rectPath(0, 0, size.width, margin.top - 4), fill: theme.paper },
  ];
  let end = -Infinity;
  for (const year of layout.years) {
    const from = Math.max(left, toScreen({ x: year.left, y: 0 }).x);
    const to = Math.min(size.width, toScreen({ x: year.right, y: 0 }).x);
    const middle = (from + to) / 2;
    const half = view.measure(String(year.year)) / 2;
    if (to - from < half || middle - half < end + 4) continue;
    end = middle + half;
    items.push({
      text: String(year.year),
      x: middle,
      y: 11,
      fill: theme.quiet,
      size: 13,
      weight: 600,
      anchor: "middle",
    });
  }
  return items;
}

function laneTitle(lane, { graph, theme, toScreen, size, margin, measure }, left) {
  const top = Math.max(margin.top - 4, toScreen({ x: 0, y: lane.top }).y);
  const bottom = Math.min(size.height, toScreen({ x: 0, y: lane.bottom }).y);
  if (bottom - top < LABEL_HEIGHT) return [];
  const { name, colour } = graph.laneOf.get(lane.id);
  const lines = wrap(name, left - 30, measure).slice(0, Math.floor((bottom - top) / LABEL_HEIGHT));
  const middle = (top + bottom) / 2;
  const mark = {
    d: markPath(graph.shapes[colour], 14, middle, 5.5),
    fill: theme.families[colour],
    stroke: theme.outline,
  };
  return [
    mark,
    ...lines.map((text, index) => ({
      text,
      x: 26,
      y: middle + (index - (lines.length - 1) / 2) * (LABEL_HEIGHT + 1),
      fill: theme.ink,
      weight: 600,
    })),
  ];
}

function wrap(text, room, measure) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (measure(longer) <= room || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
