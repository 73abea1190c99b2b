/** Faults of a query in plain words, with their place in the text. */

import { hasForm, withoutOpaque } from "./query_text.js";

const PLACE = /\bline (\d+), column (\d+)/;
// Among the characters that it would have taken, the engine hides what it really means.
const SENTENCE = /(?:one of |, |^)([A-Z]\w*(?: [\w']+){3,})/;

/**
 * Find the place that a message names, as offsets in the text, or null: the word that stands there,
 * or else the last one before.
 */
export function placeOf(message, text) {
  const match = PLACE.exec(message);
  if (match === null) return null;
  const lines = text.split("\n");
  const line = Math.min(Number(match[1]), lines.length);
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const place = Math.min(before + Number(match[2]) - 1, text.length);
  const word = /^\S+/.exec(text.slice(place))?.[0];
  if (word) return { from: place, to: place + word.length };
  const last = /\S*\s*$/.exec(text.slice(0, place))[0];
  return { from: place - last.length, to: place - last.length + last.trimEnd().length };
}

/**
 * Say in one line what is wrong with a query.
 *
 * @param {string} message what the engine said
 * @param {string} text the query as the user wrote it
 * @param {number} offset characters put before its first line
 */
export function plainFault(message, text, offset = 0) {
  if (!hasForm(text)) return "not a SPARQL 1.1 query: it needs SELECT, ASK, CONSTRUCT or DESCRIBE";
  const match = /error at (\d+):(\d+): expected (.*)/s.exec(message);
  if (match === null) return `the query could not be evaluated: ${message.replace(/\s+/g, " ").trim()}`;
  const line = Number(match[1]);
  const column = Math.max(1, Number(match[2]) - (line === 1 ? offset : 0));
  const at = (place) => `not a SPARQL 1.1 query: line ${line}, column ${place}`;
  if (match[3].includes("Prefix not found")) {
    // The place is behind the name whose prefix is not known.
    const before = withoutOpaque(text)
      .split("\n")
      [line - 1].slice(0, column - 1);
    const name = /[\w.-]*:[\w.-]*$/.exec(before)?.[0] ?? "";
    return `${at(column - name.length)}: the prefix of '${name}' is not known; declare it with PREFIX`;
  }
  const sentence = SENTENCE.exec(match[3])?.[1];
  if (sentence) return `${at(column)}: ${sentence}; correct it`;
  const rest = text
    .split("\n")
    .slice(line - 1)
    .join("\n")
    .slice(column - 1);
  const found = /\S+/.exec(rest)?.[0];
  return `${at(column)}: did not expect ${found ? `'${found}'` : "the end"} here; correct it`;
}
