// The counts on which a large graph opens; a number opens the list of what it counts.
import { element } from "./dom.js";

/** A table of counts; without `open` its numbers are only read. */
export function countTable(table, open = null) {
  const most = Math.max(1, ...table.cells.flat());
  const cell = (number, row, column) => {
    if (!number) return element("td", { class: "empty" }, element("span", { "aria-label": "none" }, "0"));
    const text = number.toLocaleString("en");
    const step = String(Math.ceil((4 * Math.sqrt(number)) / Math.sqrt(most)));
    if (!open) return element("td", { "data-step": step }, text);
    const label = `${table.rows[row]}, ${table.columns[column]}: ${text}`;
    const click = () => open(row, column);
    return element(
      "td",
      {},
      element("button", { type: "button", "data-step": step, "aria-label": label, click }, text),
    );
  };
  const heads = table.columns.map((name) => element("th", { scope: "col" }, name));
  const rows = table.rows.map((name, row) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...table.cells[row].map((number, column) => cell(number, row, column)),
    ),
  );
  return element(
    "table",
    { class: "matrix" },
    element("caption", {}, table.label),
    element("thead", {}, element("tr", {}, element("td", {}), ...heads)),
    element("tbody", {}, ...rows),
  );
}
