/** An answer as a table: text nodes only, links for http and https alone. */

import { shorten } from "./terms.js";

/** More rows than this are not drawn; what is left out is said, and downloads have all. */
export const MOST_ROWS = 1000;

const NUMERIC = /#(?:integer|decimal|double|float|int|long|nonNegativeInteger)$/;

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * Return the nodes that show an answer: a note that says how much there is, then the table.
 *
 * @param {import("./answer.js").Answer} answer
 * @param {{prefixes: Object<string, string>, link: (iri: string) => string}} options
 */
export function showAnswer(answer, { prefixes, link }) {
  if ("truth" in answer) return [element("p", { className: "note" }, answer.truth ? "yes" : "no")];
  const { variables, rows, total } = answer;
  const head = element("tr", {}, ...variables.map((name) => element("th", { scope: "col" }, name)));
  const shown = rows.slice(0, MOST_ROWS);
  const body = shown.map((cells) =>
    element("tr", {}, ...cells.map((cell) => tableCell(cell, prefixes, link))),
  );
  const table = element(
    "table",
    { className: "results" },
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  const frame = element("div", { className: "frame", tabIndex: 0 }, table);
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Rows");
  return [element("p", { className: "note" }, counted(total)), ...(rows.length ? [frame] : [])];
}

/** Say how many rows there are, and how many of them are shown. */
export function counted(number) {
  const rows = number === 1 ? "1 row" : `${number.toLocaleString("en")} rows`;
  if (number <= MOST_ROWS) return rows;
  return `${rows}; only the first ${MOST_ROWS.toLocaleString("en")} are shown, downloads have all`;
}

function tableCell(cell, prefixes, link) {
  if (cell === null) return element("td");
  if (cell.type === "uri") {
    const name = shorten(cell.value, prefixes).replace(/^<(.*)>$/, "$1");
    if (!/^https?:/i.test(cell.value)) return element("td", {}, name);
    const anchor = {
      href: link(cell.value),
      title: cell.value,
      rel: "noopener noreferrer",
      target: "_blank",
    };
    return element("td", {}, element("a", anchor, name));
  }
  const className = NUMERIC.test(cell.datatype ?? "") ? "number" : "";
  return element("td", { className }, cell.type === "bnode" ? `_:${cell.value}` : cell.value);
}
