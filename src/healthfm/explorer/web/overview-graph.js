// A large graph as columns of numbers: who is next to whom, what to draw around a thing, and where.
import { groupBy } from "./graph.js";

/** So many things are drawn at a time; more would be a thicket. */
export const MOST_SHOWN = 500;

/** Index the columns: `up[i]` and `down[i]` are the edges of thing i towards parents and children. */
export function readOverview(data) {
  const up = data.ids.map(() => []);
  const down = data.ids.map(() => []);
  for (let edge = 0; edge < data.children.length; edge += 1) {
    up[data.children[edge]].push(edge);
    down[data.parents[edge]].push(edge);
  }
  return { ...data, up, down };
}

/** The things next to one: parents, then children, those with most children first. */
export function neighboursOf(graph, thing) {
  const weightiest = (list) =>
    [...new Set(list)].sort((a, b) => graph.down[b].length - graph.down[a].length || a - b);
  const parents = weightiest(graph.up[thing].map((edge) => graph.parents[edge]));
  const children = weightiest(graph.down[thing].map((edge) => graph.children[edge]));
  return [...new Set([...parents, ...children])].filter((other) => other !== thing);
}

/**
 * Add a thing and what is next to it to those shown, as far as there is room.
 *
 * @returns the things shown then, and how many were left out
 */
export function expand(graph, shown, thing) {
  const wanted = [thing, ...neighboursOf(graph, thing)].filter((other) => !shown.has(other));
  const room = Math.max(0, MOST_SHOWN - shown.size);
  return { shown: new Set([...shown, ...wanted.slice(0, room)]), leftOut: Math.max(0, wanted.length - room) };
}

/** The edges between things that are shown. */
export function edgesAmong(graph, shown) {
  return [...shown].flatMap((thing) => graph.up[thing].filter((edge) => shown.has(graph.parents[edge])));
}

const COLUMN = 190;
const ROW = 28;
/** Neighbouring columns are shifted against one another by so many rows, so that edges pass labels by. */
const SHIFTS = [0, 2, -2, 1, -1];

/**
 * Places by year from left to right; within a year each thing is near what it was built on.
 *
 * @param ratio height to width of the window to fill: rows move apart where there is room
 */
export function placeByYear(graph, shown, ratio = 0) {
  const years = [...new Set([...shown].map((thing) => graph.years[thing]))].sort((a, b) => a - b);
  const most = Math.max(
    ...[...groupBy([...shown], (thing) => graph.years[thing]).values()].map((own) => own.length),
  );
  const row = Math.max(ROW, (ratio * years.length * COLUMN) / (most + SHIFTS.length));
  const places = new Map();
  years.forEach((year, column) => {
    const own = [...shown].filter((thing) => graph.years[thing] === year);
    const height = (thing) => {
      const placed = graph.up[thing]
        .map((edge) => places.get(graph.parents[edge])?.y)
        .filter((y) => y !== undefined);
      return placed.length ? placed.reduce((sum, y) => sum + y, 0) / placed.length : 0;
    };
    const order = own.map((thing) => [height(thing), thing]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    order.forEach(([, thing], index) => {
      const shift = SHIFTS[column % SHIFTS.length];
      places.set(thing, { x: column * COLUMN, y: (index - (own.length - 1) / 2 + shift) * row });
    });
  });
  return { places, years: years.map((year, column) => ({ year, x: column * COLUMN })) };
}
