/** Answers of a query, from the engine in the page and from an endpoint alike, as variables and rows. */

/**
 * @typedef {{type: "uri" | "literal" | "bnode", value: string, language?: string, datatype?: string}} Cell
 * @typedef {{variables: string[], rows: (Cell | null)[][], total: number} | {truth: boolean}} Answer
 *   `total` is the number of all rows; `rows` may be fewer, where the rest is not to be shown.
 */

/** Read SPARQL 1.1 Query Results JSON. @returns {Answer} */
export function fromResultsJson(text) {
  const { head, boolean: truth, results } = JSON.parse(text);
  if (truth !== undefined) return { truth };
  const rows = results.bindings.map((binding) => head.vars.map((name) => cell(binding[name])));
  return { variables: head.vars, rows, total: rows.length };
}

function cell(term) {
  if (term === undefined) return null;
  return { type: term.type, value: term.value, language: term["xml:lang"], datatype: term.datatype };
}

const TERM = /<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/g;

/** Read N-Triples, the answer of CONSTRUCT and DESCRIBE. @returns {Answer} */
export function fromTriples(text) {
  const lines = [...new Set(text.split("\n").filter((line) => line.trim()))].sort();
  return { variables: ["subject", "predicate", "object"], rows: lines.map(triple), total: lines.length };
}

function triple(line) {
  return [...line.matchAll(TERM)].slice(0, 3).map(([, iri, blank, literal, language, datatype]) => {
    if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
    if (blank !== undefined) return { type: "bnode", value: blank };
    return { type: "literal", value: unescaped(literal), language, datatype };
  });
}

const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text) {
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, short, long, letter) =>
    letter ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(Number.parseInt(short ?? long, 16)),
  );
}
