/** IRIs as people write them: `model:bert` for `https://w3id.org/healthfm/model/bert`. */

// A local name that needs no escaping in SPARQL (a part of PN_LOCAL).
const LOCAL_NAME = /^[A-Za-z0-9_](?:[\w.-]*[\w-])?$/;

/** Return the prefixed name of an IRI, or the IRI in angle brackets where no prefix fits. */
export function shorten(iri, prefixes) {
  let best = null;
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    const fits = iri.startsWith(namespace) && LOCAL_NAME.test(iri.slice(namespace.length));
    if (fits && namespace.length > (best ? prefixes[best].length : 0)) best = prefix;
  }
  return best === null ? `<${iri}>` : `${best}:${iri.slice(prefixes[best].length)}`;
}

/** Return declarations of all prefixes in one line, to stand before a query without moving its lines. */
export function preamble(prefixes) {
  return Object.entries(prefixes)
    .map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}> `)
    .join("");
}
