// The matrices as a list of paths and texts, for files.
import { rectPath } from "./drawing.js";
import { valueName } from "./facets.js";
import { shorten } from "./labels.js";
import { countMatrix, MATRICES } from "./tabulate.js";

const CELL = { width: 84, height: 22 };
const ROW_HEAD = 150;
const COLUMN_HEAD = 74;

function pictureOfMatrix(graph, matrix, counted, { left, theme, measure }) {
  const items = [{ text: matrix.label, x: left, y: 20, fill: theme.ink, size: 14, weight: 700 }];
  counted.columns.forEach((column, index) => {
    const x = left + ROW_HEAD + (index + 0.5) * CELL.width;
    const text = shorten(valueName(graph, matrix.columns, column), CELL.width - 4, measure);
    items.push({ text, x, y: COLUMN_HEAD - 12, fill: theme.quiet, size: 11, anchor: "middle" });
  });
  counted.rows.forEach((row, index) => {
    const y = COLUMN_HEAD + index * CELL.height;
    items.push({
      text: shorten(valueName(graph, matrix.rows, row), ROW_HEAD - 8, measure),
      x: left,
      y: y + CELL.height / 2,
      fill: theme.ink,
    });
    counted.columns.forEach((column, place) => {
      const number = counted.count(row, column);
      const x = left + ROW_HEAD + place * CELL.width;
      const strength = Math.sqrt(number / counted.most);
      items.push({
        d: rectPath(x + 1, y + 1, CELL.width - 2, CELL.height - 2),
        fill: theme.groups.weights,
        opacity: 0.06 + 0.44 * strength,
      });
      items.push({
        text: String(number),
        x: x + CELL.width / 2,
        y: y + CELL.height / 2,
        fill: number ? theme.ink : theme.quiet,
        anchor: "middle",
      });
    });
  });
  return items;
}

/** Both matrices beside one another, with the size they take. */
export function pictureOfMatrices(graph, filters, among, { theme, measure }) {
  let left = 14;
  let height = 0;
  const items = MATRICES.flatMap((matrix) => {
    const counted = countMatrix(graph, matrix, filters, among);
    const drawn = pictureOfMatrix(graph, matrix, counted, { left, theme, measure });
    left += ROW_HEAD + counted.columns.length * CELL.width + 40;
    height = Math.max(height, COLUMN_HEAD + counted.rows.length * CELL.height + 14);
    return drawn;
  });
  return { items, width: left - 26, height };
}
