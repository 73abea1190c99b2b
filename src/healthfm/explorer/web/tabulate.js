// Tables as lists of rows: what the table and the matrices show, and what is written into files.
import { matches, NONE, valueName, valuesOf } from "./facets.js";
import { nameOf } from "./graph.js";

/** Columns of the table: the key of its value in a row, and the facet that the value is of, if of one. */
export const COLUMNS = [
  { key: "name", label: "Name" },
  { key: "year", label: "Year", number: true },
  { key: "kind", label: "Kind" },
  { key: "family", label: "Family", facet: "family" },
  { key: "category", label: "Category", facet: "category" },
  { key: "modality", label: "Modality", facet: "modality" },
  { key: "domain", label: "Domain", facet: "domain" },
  { key: "area", label: "Application area", facet: "area" },
  { key: "organization", label: "Organization", facet: "organization" },
  { key: "licence", label: "Licence", facet: "licence" },
  { key: "access", label: "Weights", facet: "access" },
  { key: "parents", label: "Built on" },
  { key: "descendants", label: "Descendants", number: true },
];

/** One row of the table: column key → text or number; nothing known is an empty text. */
export function rowOf(graph, id) {
  const spot = graph.spots.get(id);
  const row = { id, name: nameOf(graph, id), year: spot.year ?? "", kind: graph.things.get(id).kind };
  for (const { key, facet } of COLUMNS) {
    if (!facet) continue;
    const values = valuesOf(graph, id, facet).filter((value) => value !== NONE);
    row[key] = values.map((value) => valueName(graph, facet, value)).join("; ");
  }
  const parents = (graph.byChild.get(id) ?? []).map((edge) => nameOf(graph, edge.parent));
  return { ...row, parents: [...new Set(parents)].join("; "), descendants: spot.descendants };
}

/** Sort rows by a column, downwards with a `-` before its key; what is empty comes last either way. */
export function sortRows(rows, sort) {
  const down = sort.startsWith("-");
  const key = sort.replace(/^-/, "");
  const value = (row) => row[key] ?? "";
  return rows.toSorted((a, b) => {
    if ((value(a) === "") !== (value(b) === "")) return value(a) === "" ? 1 : -1;
    const order =
      typeof value(a) === "number"
        ? value(a) - value(b)
        : String(value(a)).localeCompare(String(value(b)), "en");
    return (down ? -order : order) || a.name.localeCompare(b.name, "en");
  });
}

/** The matrices: the facets in their rows and columns, each called as the kind of thing it counts by. */
export const MATRICES = [
  { key: "modality-area", rows: "modality", columns: "area", label: "Modality by application area" },
  { key: "family-domain", rows: "family", columns: "domain", label: "Family by domain" },
];

function axis(graph, kind, used) {
  const things = [...graph.things.values()].filter((thing) => thing.kind === kind).map((thing) => thing.id);
  return used.has(NONE) ? [...things, NONE] : things;
}

/**
 * Count artifacts by two facets; the filters on these two are left aside, so that one can go from
 * cell to cell. Values that nothing has are rows and columns too: an empty cell is a finding.
 */
export function countMatrix(graph, { rows, columns }, filters, among) {
  const cells = new Map();
  const used = { [rows]: new Set(), [columns]: new Set() };
  for (const id of among) {
    if (!matches(graph, id, filters, [rows, columns])) continue;
    for (const row of valuesOf(graph, id, rows)) {
      for (const column of valuesOf(graph, id, columns)) {
        used[rows].add(row);
        used[columns].add(column);
        const key = `${row}\n${column}`;
        cells.set(key, (cells.get(key) ?? 0) + 1);
      }
    }
  }
  const count = (row, column) => cells.get(`${row}\n${column}`) ?? 0;
  const columnIds = axis(graph, columns, used[columns]);
  const total = (row) => columnIds.reduce((sum, column) => sum + count(row, column), 0);
  const rowIds = axis(graph, rows, used[rows]);
  rowIds.sort(
    (a, b) =>
      Number(a === NONE) - Number(b === NONE) ||
      total(b) - total(a) ||
      nameOf(graph, a).localeCompare(nameOf(graph, b)),
  );
  return { rows: rowIds, columns: columnIds, count, most: Math.max(1, ...cells.values()) };
}

/** Keep a spreadsheet from taking text for a formula. */
function inertCell(value) {
  return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

/** Write rows as CSV (RFC 4180); comment lines before the header say what it is. */
export function toCsv(columns, rows, comments = []) {
  const cell = (value) => {
    const text = String(inertCell(value ?? ""));
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns, ...rows].map((row) => row.map(cell).join(","));
  const said = comments.map((comment) => `# ${comment.replace(/\s+/g, " ")}`);
  return [...said, ...lines, ""].join("\r\n");
}
