// The lineage view as lists of paths and texts: bands, years and edges behind, names and titles in front,
// and, for files, the marks between them that vis-network draws on the page.
import { arrow, levelCurve } from "./curves.js";
import { linePath, markPath, rectPath } from "./drawing.js";
import { LABEL_HEIGHT, placeLabels, shorten } from "./labels.js";
import { edgeStyle } from "./relation-groups.js";

/** So many names, of those most built upon, may cover marks of others. */
const NAMED_ANYHOW = 14;
/** The room (pixels) that such a name may take. */
const ENOUGH = 80;

/** Fill and outline of a mark: filled if in the list, hollow if a parent outside it, faint if not lit. */
export function markColours(spot, { colour, lit, theme }) {
  const fill = theme.families[colour];
  if (!lit) return { fill: theme.faint, stroke: theme.faint, width: 1 };
  return spot.inList
    ? { fill, stroke: theme.outline, width: 1 }
    : { fill: theme.paper, stroke: fill, width: 2.2 };
}

/**
 * @param view everything that is in view: graph, layout, ids, edges, lit (null: all), chosen, hovered,
 *   theme, size, scale, toScreen, measure, margin
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

export function edgesOfLineage({ edges, layout, theme, size, toScreen, scale, lit }) {
  return edges
    .filter((edge) => lit === null || (lit.has(edge.child) && lit.has(edge.parent)))
    .flatMap((edge) => {
      const [from, to] = [edge.parent, edge.child].map((id) => layout.places.get(id));
      const look = edgeStyle(edge.group, { lit, density: edges.length / size.width });
      const curve = levelCurve(toScreen(from), toScreen(to), scale);
      return arrow(curve, to.radius * scale, { stroke: theme.groups[edge.group], ...look });
    });
}

export function marksOfLineage(view) {
  const { graph, ids, layout, theme, toScreen, scale, lit } = view;
  return ids.map((id) => {
    const spot = graph.spots.get(id);
    const place = layout.places.get(id);
    const { x, y } = toScreen(place);
    const { colour } = graph.laneOf.get(spot.lane);
    const d = markPath(graph.shapes[colour], x, y, place.radius * scale);
    return { d, ...markColours(spot, { colour, lit: lit === null || lit.has(id), theme }) };
  });
}

/** The names, the weightier first; while some are in the light, theirs alone and in full. */
export function labelsOfLineage(view) {
  const { theme, size, margin, measure } = view;
  const area = { left: margin.left - 12, right: size.width, top: margin.top - 4 };
  return placeLabels(candidatesOf(view), measure, area).map(({ text, weight, x, y }) => ({
    text,
    x,
    y,
    weight,
    fill: theme.ink,
    halo: theme.paper,
  }));
}

function candidatesOf({ graph, ids, layout, size, toScreen, scale, lit, chosen, hovered, measure }) {
  const below = (id) => graph.spots.get(id).descendants;
  const named = ids.filter((id) => lit === null || lit.has(id) || id === hovered);
  named.sort((a, b) => below(b) - below(a));
  const reach = scale * Math.max(0, ...named.map((id) => layout.places.get(id).radius));
  const candidates = named.map((id, rank) => {
    const place = layout.places.get(id);
    const radius = place.radius * scale;
    const must = id === hovered || chosen.includes(id);
    const whole = must || lit !== null;
    // The names of the few that most was built on are worth the marks they cover; in the light none is.
    const over = lit === null && rank < NAMED_ANYHOW;
    const room = place.room * scale - radius;
    const name = graph.things.get(id).name;
    const text = over && !must ? shorten(name, Math.max(room, ENOUGH), measure) : name;
    const short = whole || over ? null : shorten(name, room, measure);
    const sides = whole ? ["right", "below", "above", "left"] : ["right", "beyond", "below"];
    const weight = chosen.includes(id) ? 700 : 400;
    return { id, text, short, weight, ...toScreen(place), radius, reach, must, over, sides };
  });
  return candidates.filter(({ x, y }) => x > 0 && y > 0 && x < size.width && y < size.height);
}

/** Titles of lanes at the left and years on top; they stay while everything else moves. */
export function frameOfLineage(view) {
  const { layout, theme, size, margin, toScreen } = view;
  const left = margin.left - 12;
  const items = [
    { d: rectPath(0, 0, left, size.height), fill: theme.paper },
    ...layout.lanes.flatMap((lane) => laneTitle(lane, view, left)),
    { d: rectPath(0, 0, size.width, margin.top - 4), fill: theme.paper },
  ];
  let end = -Infinity;
  for (const year of layout.years) {
    const from = Math.max(left, toScreen({ x: year.left, y: 0 }).x);
    const to = Math.min(size.width, toScreen({ x: year.right, y: 0 }).x);
    const middle = (from + to) / 2;
    const half = view.measure(String(year.year), 13, 600) / 2;
    if (middle - half < Math.max(left, end + 4) || middle + half > size.width) continue;
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
  const narrow = left < 100;
  const font = { size: narrow ? 10 : 12, weight: 600 };
  const [markAt, textAt] = narrow ? [8, 17] : [14, 26];
  const room = left - textAt;
  const lines = wrap(name, room, (text) => measure(text, font.size, font.weight)).slice(
    0,
    Math.floor((bottom - top) / LABEL_HEIGHT),
  );
  const middle = (top + bottom) / 2;
  return [
    {
      d: markPath(graph.shapes[colour], markAt, middle, 5.5),
      fill: theme.families[colour],
      stroke: theme.outline,
    },
    ...lines.map((text, index) => ({
      text: shorten(text, room, (part) => measure(part, font.size, font.weight)),
      x: textAt,
      y: middle + (index - (lines.length - 1) / 2) * (LABEL_HEIGHT + 1),
      fill: theme.ink,
      ...font,
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
