// Where things stand in the lineage view: years are columns, lanes are rows, and both share the window.
import { groupBy } from "./graph.js";

/** Least width and height (pixels) of the place of one thing that still leaves room for its name. */
const GOOD = { width: 90, height: 17 };
const LANE_GAP = 6;
/** A name longer than this (pixels) does not widen its column. */
const LONGEST = 130;

/** What titles of lanes and years take of the window. */
export function marginFor(width) {
  return { left: width < 600 ? 84 : 124, right: 10, top: 26, bottom: 6 };
}

/** The key of things that nobody dated; their column comes last. */
const UNDATED = "undated";

function cellsOf(spots) {
  const cells = new Map();
  for (const spot of spots) {
    const year = spot.year ?? UNDATED;
    const key = `${spot.lane}\n${year}`;
    if (!cells.has(key)) cells.set(key, { lane: spot.lane, year, spots: [] });
    cells.get(key).spots.push(spot);
  }
  return [...cells.values()];
}

/** How many rows each lane needs when each year has that many columns. */
function rowsNeeded(cells, columns) {
  const rows = new Map();
  for (const { lane, year, spots } of cells) {
    rows.set(lane, Math.max(rows.get(lane) ?? 1, Math.ceil(spots.length / columns.get(year))));
  }
  return rows;
}

const sum = (numbers) => [...numbers].reduce((total, number) => total + number, 0);

/**
 * Share the window out: start with one column a year, give the next one to the year that saves most
 * rows, and stop where a place comes nearest to having room for a name.
 */
function shareOut(spots, { width, height }) {
  const cells = cellsOf(spots);
  const numbers = [...new Set(spots.map((spot) => spot.year).filter((year) => year !== null))];
  const years = [
    ...numbers.sort((a, b) => a - b),
    ...(spots.some((spot) => spot.year === null) ? [UNDATED] : []),
  ];
  let columns = new Map(years.map((year) => [year, 1]));
  let best = null;
  for (;;) {
    const rows = rowsNeeded(cells, columns);
    const total = sum(rows.values());
    const across = width / sum(columns.values()) / GOOD.width;
    const down = height / total / GOOD.height;
    const room = Math.min(across, down);
    if (best === null || room > best.room) best = { columns, rows, room, cells, years };
    // More columns only take room from now on, or there is no row left to save.
    if (across <= down || total === rows.size) return best;
    columns = widened(cells, columns, years);
  }
}

function widened(cells, columns, years) {
  const most = new Map();
  for (const { year, spots } of cells) {
    const rows = Math.ceil(spots.length / columns.get(year));
    most.set(year, Math.max(most.get(year) ?? 0, rows));
  }
  const tried = years.map((year) => {
    const next = new Map(columns).set(year, columns.get(year) + 1);
    return { next, total: sum(rowsNeeded(cells, next).values()), most: most.get(year) };
  });
  tried.sort((a, b) => a.total - b.total || b.most - a.most);
  return tried[0].next;
}

/** How many things stand under one another in a cell before the next column begins. */
function depthOf(cell, shared) {
  return Math.ceil(cell.spots.length / shared.columns.get(cell.year));
}

/** The width that the names in each column ask for, so that short ones leave room to long ones. */
function columnNeeds(shared, { nameWidth, radius }) {
  const needs = new Map(shared.years.map((year) => [year, Array(shared.columns.get(year)).fill(40)]));
  for (const cell of shared.cells) {
    const asked = needs.get(cell.year);
    for (const [index, spot] of cell.spots.entries()) {
      const column = Math.floor(index / depthOf(cell, shared));
      const need = Math.min(nameWidth(spot.id), LONGEST) + 2 * radius(spot.id) + 12;
      asked[column] = Math.max(asked[column], need);
    }
  }
  return needs;
}

/** Left edges of the columns of each year, and the right edge of its last one. */
function columnEdges(shared, measures, { left: start, width }) {
  const needs = columnNeeds(shared, measures);
  const scale = width / sum([...needs.values()].flat());
  const edges = new Map();
  let left = start;
  for (const [year, asked] of needs) {
    const own = [left];
    for (const need of asked) {
      left += need * scale;
      own.push(left);
    }
    edges.set(year, own);
  }
  return edges;
}

/** Where each lane begins and ends. */
function bandsOf(lanes, shared, { top: start, rowHeight }) {
  const bands = new Map();
  let top = start;
  for (const { id } of lanes) {
    const bottom = top + shared.rows.get(id) * rowHeight + LANE_GAP;
    bands.set(id, { id, top, bottom });
    top = bottom;
  }
  return bands;
}

/** Let a name run on to the right until the next thing of its row. */
function giveRoom(places, right) {
  const rows = groupBy([...places.values()], (place) => place.y);
  for (const row of rows.values()) {
    row.sort((a, b) => a.x - b.x);
    for (const [index, place] of row.entries()) {
      const next = row[index + 1];
      place.room = (next ? next.x - next.radius : right) - place.x - 5;
    }
  }
}

/**
 * Place things in a window.
 *
 * @param spots visible things in the order of the scene
 * @param lanes all lanes in their order
 * @param window width and height in pixels, and what measures a thing: `nameWidth(id)`, `radius(id)`
 * @returns places (id → x, y, radius, and room: how far to the right its name may reach), lanes (top,
 *   bottom) and years (left, right)
 */
export function layOut(spots, lanes, { width, height, nameWidth, radius }) {
  const margin = marginFor(width);
  const used = lanes.filter((lane) => spots.some((spot) => spot.lane === lane.id));
  const inner = {
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom - LANE_GAP * used.length,
  };
  const shared = shareOut(spots, inner);
  const edges = columnEdges(shared, { nameWidth, radius }, { left: margin.left, width: inner.width });
  const rowHeight = Math.max(4, inner.height / sum(shared.rows.values()));
  // Where rows are close, marks shrink with them.
  const swell = Math.min(1.5, Math.max(0.5, rowHeight / 16));
  const bands = bandsOf(used, shared, { top: margin.top, rowHeight });
  const places = new Map();
  for (const cell of shared.cells) {
    const depth = depthOf(cell, shared);
    for (const [index, spot] of cell.spots.entries()) {
      // vis-network puts marks at whole pixels; names and lines are to meet them there.
      const x = Math.round(edges.get(cell.year)[Math.floor(index / depth)] + 14);
      const y = bands.get(cell.lane).top + LANE_GAP / 2 + ((index % depth) + 0.5) * rowHeight;
      places.set(spot.id, { x, y: Math.round(y), radius: radius(spot.id) * swell });
    }
  }
  giveRoom(places, width);
  const years = shared.years.map((year) => ({
    year,
    left: edges.get(year)[0],
    right: edges.get(year).at(-1),
  }));
  return { places, lanes: [...bands.values()], years };
}
