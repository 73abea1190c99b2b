// Where a fact comes from: a row of a list, the lineage, or the curator's entry with its own basis.
import { nameOf, papersOf } from "./graph.js";

/** Properties that say how facts are known; they are told as provenance, not as facts. */
export const ABOUT_FACTS = ["factsBasis", "factsChecked", "factsSource"];
const FROM_ROWS = ["category", "domain", "applicationArea"];

const BASIS = {
  "source-read": "the source was read",
  "curator-knowledge": "the curator's knowledge of the field, still to be checked",
};

export function basisName(basis) {
  return BASIS[basis] ?? basis;
}

/** The rows of lists about a thing or about the papers that introduce it. */
export function rowsOf(graph, thing) {
  return [thing, ...papersOf(graph, thing)].flatMap((it) => it.rows);
}

/** Short word for where the value of a property comes from: `list`, `lineage` or `entry`. */
export function sourceOf(thing, key) {
  if (!thing.inferred.includes(key)) return "entry";
  return FROM_ROWS.includes(key) ? "list" : "lineage";
}

/** The long form of each short word, for one thing: word → sentences, each with an address or none. */
export function sourcesOf(graph, thing) {
  const rows = rowsOf(graph, thing).map((text) => ({ text }));
  const [basis] = thing.facts.factsBasis ?? [];
  const [checked] = thing.facts.factsChecked ?? [];
  const known = basis
    ? `${basisName(basis)}${checked ? `; as of ${checked}` : ""}`
    : "as the curator entered it";
  const pages = (thing.facts.factsSource ?? []).map((page) => ({ text: nameOf(graph, page), page }));
  return new Map([
    ["list", rows],
    ["lineage", [{ text: "follows from the lineage edges, each with its own evidence" }]],
    ["entry", [{ text: known }, ...pages]],
  ]);
}
