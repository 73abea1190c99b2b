// The matrix view: counts by two facets; a click on a cell filters every other view.
import { element } from "./dom.js";
import { valueName } from "./facets.js";
import { isolated } from "./selection.js";
import { countMatrix, MATRICES } from "./tabulate.js";

export function makeMatrixView(app, panel) {
  const { graph } = app;

  function tableOf(matrix) {
    const { filters } = app.state;
    const among = isolated(graph, app.state) ?? [...graph.spots.keys()];
    const counted = countMatrix(graph, matrix, filters, among);
    const chosen = (facet, value) => (filters[facet] ?? []).includes(value);
    const heads = counted.columns.map((column) =>
      element("th", { scope: "col" }, valueName(graph, matrix.columns, column)),
    );
    const body = counted.rows.map((row) => {
      const name = valueName(graph, matrix.rows, row);
      const cells = counted.columns.map((column) => {
        const number = counted.count(row, column);
        if (!number) return element("td", { class: "empty" }, element("span", { "aria-label": "none" }, "0"));
        const pressed = chosen(matrix.rows, row) && chosen(matrix.columns, column);
        const cell = element(
          "button",
          {
            type: "button",
            "aria-pressed": String(pressed),
            "aria-label": `${name}, ${valueName(graph, matrix.columns, column)}: ${number}`,
            click: () => choose(matrix, row, column, pressed),
          },
          String(number),
        );
        // Four steps of one hue; the number itself stands in the cell.
        cell.dataset.step = String(Math.ceil((4 * Math.sqrt(number)) / Math.sqrt(counted.most)));
        return element("td", {}, cell);
      });
      return element("tr", {}, element("th", { scope: "row" }, name), ...cells);
    });
    return element(
      "table",
      { class: "matrix" },
      element("caption", {}, matrix.label),
      element("thead", {}, element("tr", {}, element("td", {}), ...heads)),
      element("tbody", {}, ...body),
    );
  }

  function choose({ rows, columns }, row, column, pressed) {
    const { [rows]: _rows, [columns]: _columns, ...rest } = app.state.filters;
    app.set({ filters: pressed ? rest : { ...rest, [rows]: [row], [columns]: [column] } });
  }

  return {
    update() {
      const focused = panel.contains(document.activeElement)
        ? document.activeElement.getAttribute("aria-label")
        : null;
      panel.replaceChildren(
        element(
          "p",
          { class: "quiet" },
          "How many models, systems, methods and libraries there are; one in several modalities or areas counts in each. A cell filters every other view; a zero is a gap that nothing here fills.",
        ),
        element("div", { class: "matrices" }, ...MATRICES.map(tableOf)),
      );
      if (focused)
        [...panel.querySelectorAll("button")]
          .find((button) => button.getAttribute("aria-label") === focused)
          ?.focus();
    },
  };
}
