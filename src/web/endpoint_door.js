/** Asks the SPARQL endpoint that serves the page. */

import { fromResultsJson, fromTriples } from "./answer.js";
import { element } from "./result_table.js";
import { Fault } from "./workbench.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";

/**
 * @param {{endpoint: string, root: string, formats: {rows: string[], triples: string[]}}} options
 * @returns {import("./workbench.js").Door}
 */
export function endpointDoor({ endpoint, root, formats }) {
  let running = null;
  const address = (query, more = {}) => `${endpoint}?${new URLSearchParams({ query, ...more })}`;

  async function ask(query) {
    running = new AbortController();
    const body = new URLSearchParams({ query });
    try {
      const request = { method: "POST", headers: { Accept: ACCEPT }, body, signal: running.signal };
      const response = await fetch(endpoint, request);
      const text = await response.text();
      if (!response.ok) throw new Fault(text.trim());
      const triples = response.headers.get("Content-Type").startsWith("application/n-triples");
      return triples ? { ...fromTriples(text), triples } : fromResultsJson(text);
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault(error.name === "AbortError" ? "cancelled" : "the server does not answer; try again");
    }
  }

  return {
    warm() {},
    ask,
    cancel: () => running?.abort(),
    permalink: (query) => address(query),
    link: (iri) => (iri.startsWith(root) ? `/${iri.slice(root.length)}` : iri),
    formats,
    download: (query, format) =>
      element("a", { href: address(query, { format }), download: "" }, format.toUpperCase()),
  };
}
