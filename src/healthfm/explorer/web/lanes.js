// Where things stand in the lineage view: years are columns, lanes are rows, and both share the window.

/** Least width and height (pixels) of the place of one thing that still leaves room for its name. */
const GOOD = { width: 104, height: 17 };
const LANE_GAP = 10;

/** What titles of lanes and years take of the window. */
export function marginFor(width) {
  return { left: width < 600 ? 76 : 124, right: 10, top: 26, bottom: 6 };
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
export function shareOut(spots, { width, height }) {
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
    const room = Math.min(width / sum(columns.values()) / GOOD.width, height / total / GOOD.height);
    if (best === null || room > best.room) best = { columns, rows, room, cells, years };
    if (total === rows.size) return best;
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

/** The width that the names in each column ask for, so that short ones leave room to long ones. */
function columnNeeds(shared, nameWidth) {
  const needs = new Map(shared.years.map((year) => [year, Array(shared.columns.get(year)).fill(40)]));
  for (const { lane, year, spots } of shared.cells) {
    spots.forEach((spot, index) => {
      const column = Math.floor(index / depthOf(spots, shared, { lane, year }));
      const asked = Math.min(nameWidth(spot.id), 150) + 26;
      needs.get(year)[column] = Math.max(needs.get(year)[column], asked);
    });
  }
  return needs;
}

/** How many things stand under one another in a cell before the next column begins. */
function depthOf(spots, shared, { lane, year }) {
  const even = Math.ceil(spots.length / shared.columns.get(year));
  // A cell fills its lane downwards only as far as its columns need.
  return Math.min(even, shared.rows.get(lane));
}

/**
 * Place things in a window.
 *
 * @param spots visible things in the order of the scene
 * @param lanes all lanes in their order
 * @param size width and height of the window, and `nameWidth(id)`, the width of a name in pixels
 * @returns places (id → x, y, room to the right), lanes (top, bottom) and years (left, right)
 */
export function layOut(spots, lanes, { width, height, nameWidth }) {
  const margin = marginFor(width);
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const used = lanes.filter((lane) => spots.some((spot) => spot.lane === lane.id));
  const shared = shareOut(spots, { ...inner, height: inner.height - LANE_GAP * used.length });
  const lefts = columnEdges(shared, nameWidth, { left: margin.left, width: inner.width });
  const rowHeight = Math.min(
    34,
    Math.max(4, (inner.height - LANE_GAP * used.length) / sum(shared.rows.values())),
  );
  const bands = new Map();
  let top = margin.top;
  for (const lane of used) {
    const bottom = top + shared.rows.get(lane.id) * rowHeight + LANE_GAP;
    bands.set(lane.id, { id: lane.id, top, bottom });
    top = bottom;
  }
  const places = new Map();
  for (const cell of shared.cells) {
    const depth = depthOf(cell.spots, shared, cell);
    const edges = lefts.get(cell.year);
    cell.spots.forEach((spot, index) => {
      const column = Math.floor(index / depth);
      const x = edges[column] + 10;
      const y = bands.get(cell.lane).top + LANE_GAP / 2 + ((index % depth) + 0.5) * rowHeight;
      places.set(spot.id, { x, y, room: edges[column + 1] - x - 6 });
    });
  }
  return {
    places,
    lanes: [...bands.values()],
    years: shared.years.map((year) => ({ year, left: lefts.get(year)[0], right: lefts.get(year).at(-1) })),
    rowHeight,
  };
}

/** Left edges of the columns of each year, and the right edge of its last one. */
function columnEdges(shared, nameWidth, { left: start, width }) {
  const needs = columnNeeds(shared, nameWidth);
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
