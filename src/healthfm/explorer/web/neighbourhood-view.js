// The neighbourhood view: everything around one thing, one or two hops, and further step by step.
import { makeCanvas, textWidth } from "./canvas.js";
import { element } from "./dom.js";
import { linePath, markPath } from "./drawing.js";
import { nameOf } from "./graph.js";
import { placeLabels, shorten } from "./labels.js";
import { GROUP_STYLES, markColours } from "./lineage-picture.js";
import { linksAmong, MOST, neighbourhood, placeOnRings } from "./rings.js";

/** Shapes of what is no artifact; artifacts keep the colour and shape of their family. */
export const KIND_SHAPES = {
  paper: "square",
  organization: "triangle",
  dataset: "diamond",
  family: "star",
  modality: "hexagon",
  area: "hexagon",
  task: "triangleDown",
  category: "hexagon",
  domain: "hexagon",
  licence: "square",
  list: "square",
};
const LONGEST = 170;

export function makeNeighbourhoodView(app, { container, toolbar, legend }, drawn) {
  const { graph } = app;
  const sizes = new Map(drawn.nodes.map((node) => [node.id, node.size]));
  let theme = null;
  let hovered = null;
  let found = { nodes: [], left: 0 };
  let places = new Map();
  let links = { edges: [], facts: [] };

  const canvas = makeCanvas(container, drawn.options, {
    behind: () => [],
    front: () => labels(),
    pick: (id) => app.set({ selected: id ?? app.state.centre, to: null, only: null }),
    open: (id) => expand(id),
    hover: (id) => {
      hovered = id;
      canvas.redraw();
    },
    moved: () => {},
    resized: () => arrange(),
  });

  const centre = () =>
    app.state.centre ??
    app.state.selected ??
    [...graph.spots.values()].toSorted((a, b) => b.descendants - a.descendants)[0]?.id;

  function expand(id) {
    if (!app.state.expanded.includes(id)) app.set({ expanded: [...app.state.expanded, id] });
  }

  function arrange() {
    const { width, height } = canvas.size();
    const id = centre();
    if (!width || theme === null || !id) return;
    found = neighbourhood(graph, id, app.state);
    const margin = { x: Math.min(150, width * 0.22), y: 34 };
    places = placeOnRings(found.nodes, { width, height, margin });
    links = linksAmong(
      graph,
      found.nodes.map((node) => node.id),
    );
    canvas.show(found.nodes.map(nodeOf), [...links.edges.map(edgeOf), ...links.facts.map(factOf)]);
    canvas.moveTo({ x: width / 2, y: height / 2, scale: 1 });
  }

  const radiusOf = (id) => (id === centre() ? 14 : Math.max(5, sizes.get(id) ?? 5.5));

  function markOf(id) {
    const spot = graph.spots.get(id);
    if (spot) {
      const { colour } = graph.laneOf.get(spot.lane);
      return { shape: graph.shapes[colour], ...markColours(spot, { colour, lit: true, theme }) };
    }
    return {
      shape: KIND_SHAPES[graph.things.get(id).kind] ?? "dot",
      fill: theme.paper,
      stroke: theme.quiet,
      width: 1.6,
    };
  }

  function nodeOf({ id }) {
    const { shape, fill, stroke, width } = markOf(id);
    const { x, y } = places.get(id);
    const chosen = id === app.state.selected;
    const colours = { background: fill, border: chosen ? theme.ink : stroke };
    return {
      id,
      label: "",
      x,
      y,
      shape,
      size: radiusOf(id),
      color: { ...colours, highlight: colours, hover: { background: fill, border: theme.ink } },
      borderWidth: chosen ? 3 : width,
      borderWidthSelected: chosen ? 3 : width,
    };
  }

  const straight = { smooth: false };

  function edgeOf({ id, parent, child, group }) {
    const { width, dash } = GROUP_STYLES[group];
    const colour = theme.groups[group];
    return {
      id,
      from: parent,
      to: child,
      ...straight,
      width: width + 0.4,
      dashes: dash.length ? dash : false,
      color: { color: colour, highlight: colour, hover: colour, opacity: 0.9 },
    };
  }

  function factOf({ from, key, to }) {
    return {
      id: `${from} ${key} ${to}`,
      from,
      to,
      ...straight,
      arrows: "",
      width: 1,
      color: { color: theme.faint, highlight: theme.quiet, hover: theme.quiet },
    };
  }

  function candidates() {
    const { scale } = canvas.camera();
    const order = [...found.nodes].sort((a, b) => a.ring - b.ring);
    return order.map(({ id }) => {
      const must = [id === centre(), id === app.state.selected, id === hovered].some(Boolean);
      const { x, y } = canvas.toScreen(places.get(id));
      const text = must ? nameOf(graph, id) : shorten(nameOf(graph, id), LONGEST, textWidth);
      const outwards = Math.cos(places.get(id).angle) < 0 ? "left" : "right";
      const sides =
        id === centre()
          ? ["below"]
          : [
              outwards,
              Math.sin(places.get(id).angle) < 0 ? "above" : "below",
              outwards === "left" ? "right" : "left",
            ];
      return { id, text, x, y, radius: radiusOf(id) * scale, must, sides };
    });
  }

  function labels() {
    return placeLabels(candidates(), textWidth).map(({ id, text, x, y }) => ({
      text,
      x,
      y,
      fill: graph.spots.has(id) ? theme.ink : theme.quiet,
      halo: theme.paper,
      weight: id === centre() ? 700 : 400,
    }));
  }

  function showToolbar() {
    const id = centre();
    if (!id) return;
    const { selected, hops, expanded } = app.state;
    const hop = (number) =>
      element(
        "button",
        { type: "button", "aria-pressed": String(hops === number), click: () => app.set({ hops: number }) },
        `${number} hop${number > 1 ? "s" : ""}`,
      );
    const other = selected && selected !== id && places.has(selected);
    toolbar.replaceChildren(
      element(
        "span",
        {},
        "Around ",
        element("strong", {}, nameOf(graph, id)),
        element(
          "span",
          { class: "quiet" },
          `, ${found.nodes.length - 1} things${found.left ? `, ${found.left} more not drawn (at most ${MOST})` : ""}`,
        ),
      ),
      hop(1),
      hop(2),
      ...(other
        ? [
            element(
              "button",
              { type: "button", disabled: expanded.includes(selected), click: () => expand(selected) },
              `Expand ${nameOf(graph, selected)}`,
            ),
            element(
              "button",
              { type: "button", click: () => app.set({ centre: selected, expanded: [] }) },
              `Centre on ${nameOf(graph, selected)}`,
            ),
          ]
        : []),
      ...(expanded.length
        ? [element("button", { type: "button", click: () => app.set({ expanded: [] }) }, "Fold again")]
        : []),
    );
  }

  function showLegend() {
    const kinds = [...new Set(found.nodes.map(({ id }) => graph.things.get(id).kind))].filter(
      (kind) => kind in KIND_SHAPES,
    );
    legend.textContent = `Filled: in the list; hollow: a parent outside it, or no model. ${kinds.length ? `Around it: ${kinds.join(", ")}.` : ""} Two hops lead through models, papers, organizations and datasets; double-click or Enter expands anything.`;
  }

  return {
    canvas,
    centre,
    expand,
    fit() {
      const { width, height } = canvas.size();
      canvas.moveTo({ x: width / 2, y: height / 2, scale: 1 });
    },
    setTheme(next) {
      theme = next;
      arrange();
    },
    update() {
      arrange();
      showToolbar();
      showLegend();
    },
    picture() {
      const { scale } = canvas.camera();
      const at = (id) => canvas.toScreen(places.get(id));
      const line = (a, b, style) => ({ d: linePath(at(a).x, at(a).y, at(b).x, at(b).y), ...style });
      const marks = found.nodes.map(({ id }) => {
        const { shape, ...look } = markOf(id);
        return { d: markPath(shape, at(id).x, at(id).y, radiusOf(id) * scale), ...look };
      });
      return [
        ...links.facts.map(({ from, to }) => line(from, to, { stroke: theme.faint })),
        ...links.edges.map(({ parent, child, group }) =>
          line(parent, child, {
            stroke: theme.groups[group],
            width: GROUP_STYLES[group].width + 0.4,
            dash: GROUP_STYLES[group].dash,
          }),
        ),
        ...marks,
        ...labels(),
      ];
    },
    /** What the view shows, as rows of a file. */
    rows() {
      return found.nodes.map(({ id, ring, via }) => ({
        id,
        name: nameOf(graph, id),
        kind: graph.things.get(id).kind,
        hop: ring,
        via: via ?? "",
      }));
    },
    neighbour(key) {
      const order = found.nodes.map((node) => node.id);
      const index = Math.max(0, order.indexOf(app.state.selected));
      const step = ["ArrowRight", "ArrowDown"].includes(key) ? 1 : -1;
      return order.at((index + step) % order.length);
    },
  };
}
