// The table view: one row for each visible thing, sortable; the twin of the picture for screen readers.
import { element } from "./dom.js";
import { visibleIds } from "./selection.js";
import { COLUMNS, rowOf, sortRows } from "./tabulate.js";

export function makeTableView(app, panel) {
  const { graph } = app;

  function headOf({ key, label, number }) {
    const { sort } = app.state;
    const direction = sort === key ? "ascending" : sort === `-${key}` ? "descending" : null;
    const next = sort === key ? `-${key}` : key;
    const arrow = { ascending: " ▲", descending: " ▼" }[direction] ?? "";
    return element(
      "th",
      { scope: "col", "aria-sort": direction ?? "none", class: number ? "number" : null },
      element(
        "button",
        { type: "button", "data-sort": key, click: () => app.set({ sort: next }) },
        label,
        element("span", { "aria-hidden": "true" }, arrow),
      ),
    );
  }

  function bodyRow(row) {
    const name = element(
      "button",
      { type: "button", class: "link", click: () => app.set({ selected: row.id, to: null }) },
      row.name,
    );
    const cells = COLUMNS.slice(1).map(({ key, number }) => {
      const text = String(row[key]);
      // A long list of names is cut; pointing at it shows the whole.
      return element("td", { class: number ? "number" : null, title: text.length > 30 ? text : null }, text);
    });
    const selected = row.id === app.state.selected;
    return element(
      "tr",
      { class: selected ? "selected" : null, "data-id": row.id },
      element("th", { scope: "row" }, name),
      ...cells,
    );
  }

  return {
    rows: () =>
      sortRows(
        visibleIds(graph, app.state).map((id) => rowOf(graph, id)),
        app.state.sort,
      ),
    update() {
      const focused = panel.contains(document.activeElement) ? document.activeElement.textContent : null;
      const [left, top] = [panel.scrollLeft, panel.scrollTop];
      const rows = this.rows();
      panel.replaceChildren(
        element(
          "table",
          { class: "rows" },
          element(
            "caption",
            {},
            `${rows.length} of ${graph.spots.size} models, systems, methods and libraries`,
          ),
          element("thead", {}, element("tr", {}, ...COLUMNS.map(headOf))),
          element("tbody", {}, ...rows.map(bodyRow)),
        ),
      );
      panel.scrollTo(left, top);
      if (focused === null) return;
      const bare = (text) => text.replace(/ [▲▼]$/, "");
      [...panel.querySelectorAll("button")]
        .find((button) => bare(button.textContent) === bare(focused))
        ?.focus();
    },
  };
}
