// Questions about lineage: ancestors, descendants, who is affected, how two are related.

/** What is followed: what carries weights carries behaviour, and what carries either the method. */
export const FOLLOWED = {
  weights: ["weights"],
  behaviour: ["weights", "behaviour"],
  method: ["weights", "behaviour", "method"],
  any: ["weights", "behaviour", "method", "code", "calls"],
};

/** Shortest paths from a thing: id → edges, nearest first; the thing itself has an empty one. */
function pathsFrom(index, start, other, follows) {
  const paths = new Map([[start, []]]);
  for (const [current, path] of paths) {
    for (const edge of index.get(current) ?? []) {
      if (follows(edge) && !paths.has(edge[other])) paths.set(edge[other], [...path, edge]);
    }
  }
  return paths;
}

const always = () => true;

export function pathsUp(graph, id, follows = always) {
  return pathsFrom(graph.byChild, id, "parent", follows);
}

export function pathsDown(graph, id, follows = always) {
  return pathsFrom(graph.byParent, id, "child", follows);
}

/** Everything affected if a thing is withdrawn or found faulty, with a shortest path to each. */
export function impactOf(graph, id, through) {
  const groups = FOLLOWED[through];
  const paths = pathsDown(graph, id, (edge) => groups.includes(edge.group));
  paths.delete(id);
  return paths;
}

/**
 * How two things are related: the common ancestors that have no other below them, each with the
 * paths up to it; each of the two counts as its own ancestor.
 */
export function relate(graph, first, second) {
  const [fromFirst, fromSecond] = [pathsUp(graph, first), pathsUp(graph, second)];
  const common = [...fromFirst.keys()].filter((id) => fromSecond.has(id));
  const passed = new Set();
  for (const id of common) for (const above of pathsUp(graph, id).keys()) if (above !== id) passed.add(above);
  return common
    .filter((id) => !passed.has(id))
    .map((id) => ({ ancestor: id, fromFirst: fromFirst.get(id), fromSecond: fromSecond.get(id) }));
}

/** The ids on the paths between two things; empty where they are not related. */
export function idsBetween(graph, first, second) {
  const found = new Set();
  for (const { ancestor, fromFirst, fromSecond } of relate(graph, first, second)) {
    found.add(first).add(second).add(ancestor);
    for (const edge of [...fromFirst, ...fromSecond]) found.add(edge.parent).add(edge.child);
  }
  return found;
}
