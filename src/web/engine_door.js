/** Asks the engine that the page carries, in a worker that starts when it is first needed. */

import { plainFault } from "./fault.js";
import { isUpdate } from "./query_text.js";
import { element } from "./result_table.js";
import { preamble } from "./terms.js";
import { Fault } from "./workbench.js";

const TOO_MUCH = "the query needs more than the page can give: nested too deeply, or too large an answer";
const MEDIA = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/sparql-results+json",
  xml: "application/sparql-results+xml",
  ttl: "text/turtle",
  nt: "application/n-triples",
};

/**
 * @param {{source: string, engine: string, graph: string}} parts the worker's program, and WebAssembly
 *   and N-Quads as base64 of gzip
 * @param {{prefixes: Object<string, string>, timeout: number}} options seconds until a query is ended
 * @returns {import("./workbench.js").Door}
 */
export function engineDoor(parts, { prefixes, timeout }) {
  const declared = preamble(prefixes);
  let worker = null;
  let running = null;

  function warm() {
    if (worker) return;
    const program = URL.createObjectURL(new Blob([parts.source], { type: "text/javascript" }));
    worker = new Worker(program);
    worker.onmessage = ({ data }) => settle(data);
    worker.postMessage({ engine: parts.engine, graph: parts.graph });
  }

  function settle({ found, fault, broken }) {
    const { query, resolve, reject, timer } = running;
    running = null;
    clearTimeout(timer);
    if (broken) restart();
    if (fault === undefined) resolve(found);
    else reject(new Fault(broken ? TOO_MUCH : plainFault(fault, query, declared.length)));
  }

  function restart() {
    worker.terminate();
    worker = null;
  }

  // The engine cannot be interrupted; its worker can be ended, and the next one starts in its place.
  function stop(reason) {
    if (!running) return;
    const { reject, timer } = running;
    running = null;
    clearTimeout(timer);
    restart();
    reject(new Fault(reason));
    warm();
  }

  function send(query, format) {
    if (isUpdate(query)) return Promise.reject(new Fault("updates are refused: this page only reads"));
    stop("another query was asked");
    warm();
    return new Promise((resolve, reject) => {
      const reason = `ended after ${timeout} s; ask for less, with LIMIT or a filter`;
      const timer = setTimeout(() => stop(reason), timeout * 1000);
      running = { query, resolve, reject, timer };
      worker.postMessage({ query: declared + query, format });
    });
  }

  return {
    warm,
    ask: (query) => send(query),
    cancel: () => stop("cancelled"),
    permalink: (query) => `#query=${encodeURIComponent(query)}`,
    link: (iri) => iri,
    formats: { rows: ["csv", "tsv", "json", "xml"], triples: ["ttl", "nt"] },
    download(query, format) {
      const button = element("button", { type: "button" }, format.toUpperCase());
      button.addEventListener("click", async () => {
        const href = URL.createObjectURL(new Blob([await send(query, format)], { type: MEDIA[format] }));
        element("a", { href, download: `healthfm-query.${format}` }).click();
        URL.revokeObjectURL(href);
      });
      return button;
    },
  };
}
