// What of the graph the views show, given the state: who is there, and who is in the light.
import { matches } from "./facets.js";
import { idsBetween, impactOf, pathsDown, pathsUp } from "./lineage.js";

/** The artifacts that remain when one is isolated with its ancestors, descendants or those affected. */
export function isolated(graph, state) {
  const id = state.selected;
  if (state.only === null || !graph.spots.has(id)) return null;
  const found = new Set([id]);
  const add = (paths) => {
    for (const other of paths.keys()) found.add(other);
  };
  if (state.only === "impact") add(impactOf(graph, id, state.through));
  if (["up", "both"].includes(state.only)) add(pathsUp(graph, id));
  if (["down", "both"].includes(state.only)) add(pathsDown(graph, id));
  return found;
}

/** The artifacts that all views show: they pass the filters and belong to what is isolated. */
export function visibleIds(graph, state) {
  const only = isolated(graph, state);
  return [...graph.spots.keys()].filter(
    (id) => (only === null || only.has(id)) && matches(graph, id, state.filters),
  );
}

/** The artifacts that a paper, an organization, a dataset or a concept has to do with. */
function artifactsOf(graph, id) {
  const others = [
    ...(graph.factsTo.get(id) ?? []).map((fact) => fact.from),
    ...(graph.factsFrom.get(id) ?? []).map((fact) => fact.to),
  ];
  const found = others.filter((other) => graph.spots.has(other));
  return found.length ? new Set(found) : null;
}

/**
 * The artifacts in the light: the selected one with its lineage, or a path, or those that the selected
 * other thing has to do with; null where all are.
 */
export function highlighted(graph, state) {
  const id = state.selected;
  if (!graph.spots.has(id)) return artifactsOf(graph, id);
  if (graph.spots.has(state.to)) return new Set([id, state.to, ...idsBetween(graph, id, state.to)]);
  const follows = (edge) => !state.hidden.includes(edge.relation);
  return new Set([...pathsUp(graph, id, follows).keys(), ...pathsDown(graph, id, follows).keys()]);
}

/** The edges that are drawn: both ends are visible and the relation is switched on. */
export function visibleEdges(graph, state, ids) {
  const visible = new Set(ids);
  return graph.edges.filter(
    (edge) => visible.has(edge.child) && visible.has(edge.parent) && !state.hidden.includes(edge.relation),
  );
}

/** More edges than this say nothing together: a page that has them draws those of what is in the light. */
const MOST_EDGES = 1500;

export const isCrowded = (graph) => graph.edges.length > MOST_EDGES;

/** The edges that the lineage view draws; of a crowd, at most those of the selected thing itself. */
export function edgesToDraw(graph, state, { ids, lit }) {
  const visible = visibleEdges(graph, state, ids);
  if (!isCrowded(graph)) return visible;
  if (lit === null) return [];
  const inTheLight = visible.filter((edge) => lit.has(edge.child) && lit.has(edge.parent));
  if (inTheLight.length <= MOST_EDGES) return inTheLight;
  return inTheLight.filter((edge) => edge.child === state.selected || edge.parent === state.selected);
}
