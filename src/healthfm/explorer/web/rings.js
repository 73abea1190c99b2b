// The neighbourhood of one thing: who is in it, and where each stands on rings around the centre.
import { matches } from "./facets.js";
import { ARTIFACT_KINDS } from "./graph.js";

/** At most so many things are drawn; more come by expanding step by step. */
export const MOST = 150;

/** Kinds around a thing, clockwise from the left: what it was built on first, concepts last. */
const AROUND = [
  "parent",
  "paper",
  "organization",
  "child",
  "artifact",
  "dataset",
  "family",
  "task",
  "modality",
  "area",
  "category",
  "domain",
  "licence",
  "list",
];
/** Two hops do not lead through these: half the graph is behind a modality or a domain. */
const HUBS = ["category", "domain", "modality", "area", "task", "licence", "family", "list"];

/** What stands next to a thing: id, how it is connected, and its place in the order around. */
export function neighboursOf(graph, id) {
  const found = new Map();
  const add = (other, role, link) => {
    if (!found.has(other)) found.set(other, { id: other, role, link });
  };
  const kind = (other) => graph.things.get(other).kind;
  const role = (other) => (ARTIFACT_KINDS.includes(kind(other)) ? "artifact" : kind(other));
  for (const edge of graph.byChild.get(id) ?? []) add(edge.parent, "parent", { edge });
  for (const edge of graph.byParent.get(id) ?? []) add(edge.child, "child", { edge });
  for (const fact of graph.factsFrom.get(id) ?? []) add(fact.to, role(fact.to), { fact });
  for (const fact of graph.factsTo.get(id) ?? []) add(fact.from, role(fact.from), { fact, backwards: true });
  const weight = (other) => graph.spots.get(other)?.descendants ?? 0;
  return [...found.values()].sort(
    (a, b) =>
      AROUND.indexOf(a.role) - AROUND.indexOf(b.role) ||
      weight(b.id) - weight(a.id) ||
      a.id.localeCompare(b.id),
  );
}

/**
 * Everything within some hops of a centre, and whatever was expanded by hand, as a tree; of artifacts, those that
 * pass the filters.
 *
 * @returns nodes (id, ring, via: the node it hangs on, link), the nearest first; `left` says how many
 *   more there would be, `filtered` how many did not pass
 */
export function neighbourhood(graph, centre, { hops, expanded, filters = {} }) {
  const nodes = new Map([[centre, { id: centre, ring: 0, via: null, role: "centre", link: null }]]);
  const filtered = new Set();
  const passes = (id) => !graph.spots.has(id) || matches(graph, id, filters);
  let left = 0;
  for (const node of nodes.values()) {
    const kind = graph.things.get(node.id).kind;
    const open = node.ring === 0 || expanded.includes(node.id) || (node.ring < hops && !HUBS.includes(kind));
    if (!open) continue;
    for (const next of neighboursOf(graph, node.id)) {
      if (nodes.has(next.id)) continue;
      if (!passes(next.id)) filtered.add(next.id);
      else if (nodes.size >= MOST) left += 1;
      else nodes.set(next.id, { ...next, ring: node.ring + 1, via: node.id });
    }
  }
  return { nodes: [...nodes.values()], left, filtered: filtered.size };
}

/**
 * The links that are drawn: those by which each thing came in, all among the nearest, and all of the
 * selected one; every other would only be a web in front of these.
 *
 * @returns facts, and edges; `aside` are those that are there only because both ends are near
 */
export function linksAmong(graph, nodes, selected) {
  const inside = new Map(nodes.map((node) => [node.id, node]));
  const drawn = (a, b) => {
    const [first, second] = [inside.get(a), inside.get(b)];
    return first.via === b || second.via === a || a === selected || b === selected;
  };
  const near = (edge) => inside.get(edge.child).ring + inside.get(edge.parent).ring <= 2;
  const edges = graph.edges
    .filter((edge) => inside.has(edge.child) && inside.has(edge.parent))
    .map((edge) => ({ ...edge, aside: !drawn(edge.child, edge.parent) }))
    .filter((edge) => !edge.aside || near(edge));
  const facts = [...inside.keys()].flatMap((id) =>
    (graph.factsFrom.get(id) ?? []).filter((fact) => inside.has(fact.to) && drawn(fact.from, fact.to)),
  );
  return { edges, facts };
}

const sumOf = (nodes, number) => nodes.reduce((sum, node) => sum + number(node), 0);

/**
 * Place a neighbourhood on ellipses in a window: each branch gets an arc for its leaves, a large one less for each.
 *
 * @returns id → {x, y, angle}, the centre in the middle
 */
export function placeOnRings(nodes, { width, height }) {
  const children = new Map(nodes.map((node) => [node.id, []]));
  for (const node of nodes) if (node.via !== null) children.get(node.via).push(node);
  const leaves = new Map();
  for (const node of [...nodes].reverse()) {
    const own = children.get(node.id);
    leaves.set(node.id, own.length ? sumOf(own, (child) => leaves.get(child.id)) : 1);
  }
  const weight = (node) => leaves.get(node.id) ** 0.75;
  const rings = Math.max(1, ...nodes.map((node) => node.ring));
  const centre = { x: Math.round(width / 2), y: Math.round(height / 2) };
  // Names stand outside the ring and need room there.
  const radius = { x: width / 2 - Math.min(190, width * 0.24), y: height / 2 - 30 };
  const places = new Map([[nodes[0].id, { ...centre, angle: 0 }]]);
  const spread = (node, from, to) => {
    const own = children.get(node.id);
    const whole = sumOf(own, weight);
    let angle = from;
    own.forEach((child, index) => {
      const share = ((to - from) * weight(child)) / whole;
      const middle = angle + share / 2;
      // On a crowded ring every other thing steps inwards, so that names find room.
      const crowded = leaves.get(nodes[0].id) > 36 && index % 2 ? 0.82 : 1;
      // The nearest are the most important: they get a little more than their share of the way out.
      const far = (child.ring / rings) ** 0.8 * crowded;
      places.set(child.id, {
        x: Math.round(centre.x + far * radius.x * Math.cos(middle)),
        y: Math.round(centre.y + far * radius.y * Math.sin(middle)),
        angle: middle,
      });
      spread(child, angle, angle + share);
      angle += share;
    });
  };
  const first = startAngle(children.get(nodes[0].id), weight);
  spread(nodes[0], first, first + 2 * Math.PI);
  return places;
}

/** Where to begin, so that what the centre was built on stands at the left. */
function startAngle(nearest, weight) {
  const parents = nearest.filter((node) => node.role === "parent");
  return Math.PI - (Math.PI * sumOf(parents, weight)) / Math.max(1, sumOf(nearest, weight));
}
