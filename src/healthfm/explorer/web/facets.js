// Facets: what a thing is under each, what matches, and how many there would be.
// Within a facet any ticked value will do (OR); between facets all must hold (AND).
import { FACETS } from "./state.js";

/** The value of a thing that has none: nobody looked, or there is nothing to say. */
export const NONE = "none";
/** The value of a thing of which somebody looked, and the sources are silent. */
export const NOT_REPORTED = "not reported";

const FACTS = {
  category: "category",
  modality: "modality",
  domain: "domain",
  area: "applicationArea",
  family: "memberOf",
  organization: "developedBy",
};

function reported(thing, keys) {
  const values = keys.flatMap((key) => thing.facts[key] ?? []);
  if (values.length) return [...new Set(values)];
  const silent = thing.facts.notReported ?? [];
  return keys.some((key) => silent.includes(`hfm:${key}`)) ? [NOT_REPORTED] : [NONE];
}

/** The values of an artifact under a facet; never empty. */
export function valuesOf(graph, id, facet) {
  const thing = graph.things.get(id);
  const spot = graph.spots.get(id);
  if (facet in FACTS) return thing.facts[FACTS[facet]] ?? [NONE];
  if (facet === "relation") {
    const edges = graph.byChild.get(id) ?? [];
    return edges.length ? [...new Set(edges.map((edge) => edge.relation))] : [NONE];
  }
  if (facet === "year") return [spot.year === null ? NONE : String(spot.year)];
  if (facet === "licence") return reported(thing, ["codeLicense", "weightsLicense"]);
  if (facet === "access") return reported(thing, ["weightsAccess"]);
  return [spot.inList ? "yes" : "no"];
}

/** Whether an artifact passes the filters, those of some facets left aside. */
export function matches(graph, id, filters, aside = []) {
  return Object.entries(filters).every(
    ([facet, wanted]) =>
      aside.includes(facet) || valuesOf(graph, id, facet).some((value) => wanted.includes(value)),
  );
}

/** For each facet, value → how many artifacts there are with it, given what is ticked in the others. */
export function countFacets(graph, filters, among = [...graph.spots.keys()]) {
  const counts = new Map();
  for (const { key } of FACETS) {
    const found = new Map();
    for (const id of graph.spots.keys()) for (const value of valuesOf(graph, id, key)) found.set(value, 0);
    for (const id of among) {
      if (!matches(graph, id, filters, [key])) continue;
      for (const value of valuesOf(graph, id, key)) found.set(value, found.get(value) + 1);
    }
    counts.set(key, found);
  }
  return counts;
}

/** The filters with one value ticked or not. */
export function toggled(filters, facet, value) {
  const values = filters[facet] ?? [];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  const { [facet]: _, ...rest } = filters;
  return next.length ? { ...rest, [facet]: next } : rest;
}

/** How a value of a facet is called. */
export function valueName(graph, facet, value) {
  if (value === NONE) {
    if (facet === "relation") return "no parent recorded";
    if (facet === "year") return "undated";
    return { family: "no family", area: "no area" }[facet] ?? "not stated";
  }
  if (facet === "relation") return graph.relationNames.get(value) ?? value;
  return graph.things.get(value)?.name ?? value;
}
