// Taking the current view away: a link, a picture, a table, a citation; each says when it was made of what.
import { copy, element } from "./dom.js";
import { citation, fileName, jsonOfView, originOf } from "./files.js";
import { posterOf } from "./poster.js";
import { queryOfFilters } from "./sparql.js";
import { toCsv } from "./tabulate.js";

function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function makeTakeAway(app, menu, { pictureOf, table, theme, showQuery, showText, say }) {
  const { graph } = app;
  const origin = () => originOf(graph, app.permalink());
  const comments = () => [`healthfm ${origin().version}`, ...origin().lists, origin().address];
  const name = (ending) => fileName(graph, app.state, ending);

  function svg() {
    return posterOf(graph, pictureOf(app.state.view), { theme: theme(), origin: origin() });
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
      // A table is no picture: it is taken away as CSV or JSON.
      for (const button of buttons) button.hidden = button.dataset.kind === "picture" && view === "table";
    },
  };
}
