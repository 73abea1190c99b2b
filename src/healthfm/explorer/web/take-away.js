// Taking the current view away: a link, a picture, a table, a citation; each says when it was made of what.
import { copy, element } from "./dom.js";
import { toSvg } from "./drawing.js";
import { valueName } from "./facets.js";
import { iriOf, listsOf } from "./graph.js";
import { isolated, visibleEdges, visibleIds } from "./selection.js";
import { queryOfFilters } from "./sparql.js";
import { COLUMNS, countMatrix, MATRICES, toCsv } from "./tabulate.js";

/** Version, date of the lists, and address: what every file says of its origin. */
export function originOf(graph, address) {
  const lists = listsOf(graph).map((list) => `${list.name} as of ${list.facts.date?.[0] ?? "no date"}`);
  return { version: graph.version, lists, address };
}

/** Name of a file: view, what it is about, date of the list, version. */
export function fileName(graph, state, ending) {
  const dates = listsOf(graph).flatMap((list) => list.facts.date ?? []);
  const about = state.view === "neighbourhood" ? state.centre : state.selected;
  const parts = ["healthfm", state.view, about?.split(":").at(-1), dates.sort().at(-1), `v${graph.version}`];
  return `${parts
    .filter(Boolean)
    .join("-")
    .replace(/[^\w.-]+/g, "-")}.${ending}`;
}

/** How to cite the picture: as text and as BibTeX. */
export function citation(graph, origin) {
  const year =
    listsOf(graph)
      .flatMap((list) => list.facts.date ?? [])
      .sort()
      .at(-1)
      ?.slice(0, 4) ?? "n.d.";
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

function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
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
    ? visibleEdges(graph, state, visibleIds(graph, state)).map(({ id: _, ...edge }) => edge)
    : undefined;
  return `${JSON.stringify({ ...origin, view: state.view, filters: state.filters, rows: records, edges }, null, 2)}\n`;
}

export function makeTakeAway(app, menu, { pictureOf, table, theme, showQuery, showText, say }) {
  const { graph } = app;
  const origin = () => originOf(graph, app.permalink());
  const comments = () => [`healthfm ${origin().version}`, ...origin().lists, origin().address];
  const name = (ending) => fileName(graph, app.state, ending);

  function svg() {
    const { items, width, height } = pictureOf(app.state.view);
    const { ink, quiet, paper } = theme();
    const head = 34;
    const lines = [
      { text: graph.title, x: 14, y: 19, fill: ink, size: 16, weight: 700 },
      {
        text: `healthfm ${origin().version}. ${origin().lists.join(", ")}.`,
        x: width - 10,
        y: 19,
        fill: quiet,
        size: 11,
        anchor: "end",
      },
    ];
    const inner = toSvg(items, { width, height, title: graph.title, description: "", ground: paper });
    const body = inner.slice(inner.indexOf("</desc>") + 7, inner.lastIndexOf("</svg>"));
    const outer = toSvg(lines, {
      width,
      height: height + head,
      title: graph.title,
      description: comments().join(". "),
      ground: paper,
    });
    return outer.replace(
      "</svg>",
      `<svg y="${head}" width="${width}" height="${height}">${body}</svg>\n</svg>`,
    );
  }

  function png() {
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = element("canvas", { width: image.width * 2, height: image.height * 2 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(name("png"), blob), "image/png");
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg())}`;
  }

  function csv() {
    const { columns, rows } = table();
    save(name("csv"), new Blob([toCsv(columns, rows, comments())], { type: "text/csv;charset=utf-8" }));
  }

  const actions = [
    [
      "Copy link to this view",
      async () => say((await copy(app.permalink())) ? "Link copied" : app.permalink()),
    ],
    ["Picture as PNG", png, "picture"],
    ["Picture as SVG", () => save(name("svg"), new Blob([svg()], { type: "image/svg+xml" })), "picture"],
    ["Data as CSV", csv],
    [
      "Data as JSON",
      () =>
        save(
          name("json"),
          new Blob([jsonOfView(graph, app.state, table(), origin())], { type: "application/json" }),
        ),
    ],
    ["These models as SPARQL", () => showQuery(queryOfFilters(graph, app.state.filters))],
    ["Cite this", () => showText("Cite this", Object.values(citation(graph, origin())).join("\n\n"))],
  ];
  const buttons = actions.map(([label, act, kind]) =>
    element("button", { type: "button", "data-kind": kind ?? null, click: act }, label),
  );
  menu.append(...buttons);

  return {
    update({ view }) {
      for (const button of buttons) button.disabled = button.dataset.kind === "picture" && view === "table";
    },
  };
}
