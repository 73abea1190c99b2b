/** Oxigraph in a worker: evaluates one query after another, and can be ended from outside. */

import init, { Store } from "oxigraph";

import { fromResultsJson, fromTriples } from "./answer.js";
import { nameColumns } from "./query_text.js";
import { MOST_ROWS } from "./result_table.js";

let store;

async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function start({ engine, graph }) {
  const [code, quads] = await Promise.all([unpack(engine), unpack(graph)]);
  await init({ module_or_path: code });
  store = new Store();
  store.load(quads, { format: "nq", no_transaction: true });
}

function answer(query) {
  const evaluate = (text, format) => store.query(text, { results_format: format });
  const body = evaluate(query, "json");
  // Triples come as JSON-LD, an array; results as an object.
  if (body.startsWith("[")) return { ...fromTriples(evaluate(query, "nt")), triples: true };
  const found = fromResultsJson(body);
  const named = found.variables ? nameColumns(query, found.variables) : query;
  return named === query ? found : fromResultsJson(evaluate(named, "json"));
}

function file(query, format) {
  const { variables } = format === "csv" || format === "tsv" ? answer(query) : {};
  return store.query(variables ? nameColumns(query, variables) : query, { results_format: format });
}

let started;
self.onmessage = async ({ data }) => {
  started ??= start(data);
  if (data.query === undefined) return;
  try {
    await started;
    const found = data.format ? file(data.query, data.format) : answer(data.query);
    self.postMessage({ found: found.rows ? { ...found, rows: found.rows.slice(0, MOST_ROWS) } : found });
  } catch (error) {
    // What is no plain Error (a trap, an exhausted stack) leaves the engine unfit for further use.
    self.postMessage({ fault: error.message, broken: error.constructor !== Error });
  }
};
