// What is written into files: of which version, as rows, as JSON, and how it is cited.
import { valueName } from "./facets.js";
import { iriOf, listsOf } from "./graph.js";
import { isolated, visibleEdges, visibleIds } from "./selection.js";
import { COLUMNS, countMatrix, MATRICES } from "./tabulate.js";

/** Version, date of the lists, and address: what every file says of its origin. */
export function originOf(graph, address) {
  const lists = listsOf(graph).map((list) => `${list.name} as of ${list.facts.date?.[0] ?? "no date"}`);
  return { version: graph.version, lists, address };
}

/** Date of the newest of the lists, if any is dated. */
function newestDate(graph) {
  return listsOf(graph)
    .flatMap((list) => list.facts.date ?? [])
    .sort()
    .at(-1);
}

/** Name of a file: view, what it is about, date of the list, version. */
export function fileName(graph, state, ending) {
  const about = state.view === "neighbourhood" ? state.centre : state.selected;
  const parts = ["healthfm", state.view, about?.split(":").at(-1), newestDate(graph), `v${graph.version}`];
  return `${parts
    .filter(Boolean)
    .join("-")
    .replace(/[^\w.-]+/g, "-")}.${ending}`;
}

/** How to cite the picture: as text and as BibTeX. */
export function citation(graph, origin) {
  const year = newestDate(graph)?.slice(0, 4) ?? "n.d.";
  const title = "healthfm: the knowledge graph of healthcare foundation models";
  const sources = listsOf(graph)
    .flatMap((list) => list.facts.source ?? [])
    .map((id) => graph.things.get(id))
    .filter(Boolean);
  const bases = sources
    .map((paper) => ` It rests on: ${paper.name}${paper.links[0] ? `, ${paper.links[0][1]}` : ""}.`)
    .join("");
  const text = `The healthfm contributors. ${title}, version ${origin.version} (${origin.lists.join(", ")}). ${origin.address}${bases}`;
  const bibtex = `@software{healthfm,\n  author  = {{The healthfm contributors}},\n  title   = {${title}},\n  version = {${origin.version}},\n  year    = {${year}},\n  note    = {${origin.lists.join(", ")}},\n  url     = {${origin.address}}\n}`;
  return { text, bibtex };
}

/** What the current view shows, as columns and rows. */
export function tableOfView({ graph, state, tableRows, neighbourhoodRows }) {
  if (state.view === "neighbourhood") {
    const columns = ["id", "name", "kind", "hop", "via"];
    return { columns, rows: neighbourhoodRows.map((row) => columns.map((column) => row[column])) };
  }
  if (state.view === "matrix") {
    const among = isolated(graph, state) ?? [...graph.spots.keys()];
    const rows = MATRICES.flatMap((matrix) => {
      const counted = countMatrix(graph, matrix, state.filters, among);
      return counted.rows.flatMap((row) =>
        counted.columns.map((column) => [
          matrix.label,
          valueName(graph, matrix.rows, row),
          valueName(graph, matrix.columns, column),
          counted.count(row, column),
        ]),
      );
    });
    return { columns: ["matrix", "row", "column", "count"], rows };
  }
  const columns = ["id", ...COLUMNS.map((column) => column.key)];
  return { columns, rows: tableRows.map((row) => columns.map((column) => row[column])) };
}

/** The current view as JSON: origin, state, rows, and for pictures of lineage the edges. */
export function jsonOfView(graph, state, table, origin) {
  const { columns, rows } = table;
  const records = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  for (const record of records) if (record.id) record.iri = iriOf(graph, record.id);
  const edges = ["lineage", "table"].includes(state.view)
    ? visibleEdges(graph, state, visibleIds(graph, state))
    : undefined;
  return `${JSON.stringify({ ...origin, view: state.view, filters: state.filters, rows: records, edges }, null, 2)}\n`;
}
