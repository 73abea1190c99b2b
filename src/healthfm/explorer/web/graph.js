// The graph as the page holds it: things by id, lineage edges both ways, and who mentions whom.

/** Kinds of thing that can have lineage; all others stand around them. */
export const ARTIFACT_KINDS = ["model", "system", "method", "library"];

/** Items by what a function says of each, in the order met. */
export function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Every fact whose value is a thing, as {from, key, to}, what people ask first first; lineage is not among them. */
function mentions(things, properties) {
  const found = [];
  for (const thing of things.values()) {
    for (const { key } of properties) {
      for (const to of thing.facts[key] ?? []) if (things.has(to)) found.push({ from: thing.id, key, to });
    }
  }
  return found;
}

/** Index the data block of the page. */
export function readGraph(scene) {
  const groupOf = new Map(scene.relations.map(({ relation, group }) => [relation, group]));
  const edges = scene.edges.map(({ from, to, ...known }) => ({
    parent: from,
    child: to,
    group: groupOf.get(known.relation),
    ...known,
  }));
  const spots = new Map(scene.spots.map((spot) => [spot.id, spot]));
  const things = new Map();
  for (const thing of scene.things) {
    things.set(thing.id, { facts: {}, inferred: [], links: [], rows: [], ...thing });
  }
  let between = null;
  /** Facts by one of their ends, indexed when somebody asks. */
  const facts = (end) => {
    if (between === null) {
      const found = mentions(things, scene.properties);
      between = { from: groupBy(found, (fact) => fact.from), to: groupBy(found, (fact) => fact.to) };
    }
    return between[end];
  };
  return {
    ...scene,
    spots,
    things,
    edges,
    byChild: groupBy(edges, (edge) => edge.child),
    byParent: groupBy(edges, (edge) => edge.parent),
    get factsFrom() {
      return facts("from");
    },
    get factsTo() {
      return facts("to");
    },
    relationNames: new Map(scene.relations.map(({ relation, name }) => [relation, name])),
    propertyOf: new Map(scene.properties.map((property) => [property.key, property])),
    laneOf: new Map(scene.lanes.map((lane) => [lane.id, lane])),
  };
}

/** The name of a thing, or the id where nothing is known of it. */
export function nameOf(graph, id) {
  return graph.things.get(id)?.name ?? id;
}

/** The IRI of a CURIE with one of our prefixes; an IRI stays what it is. */
export function iriOf(graph, id) {
  const [prefix, ...local] = id.split(":");
  return Object.hasOwn(graph.prefixes, prefix) ? graph.prefixes[prefix] + local.join(":") : id;
}

/** The papers that introduce a thing. */
export function papersOf(graph, thing) {
  return (thing.facts.introducedBy ?? []).map((id) => graph.things.get(id)).filter(Boolean);
}

/** The lists that the graph stands on. */
export function listsOf(graph) {
  return [...graph.things.values()].filter((thing) => thing.kind === "list");
}
