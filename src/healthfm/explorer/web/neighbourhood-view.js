// The neighbourhood view: everything around one thing, one or two hops, and further step by step.
import { makeCanvas, textWidth } from "./canvas.js";
import { element, sign } from "./dom.js";
import { markPath } from "./drawing.js";
import { ARTIFACT_KINDS, groupBy, nameOf } from "./graph.js";
import { linksAmong, MOST, neighbourhood, placeOnRings } from "./rings.js";
import { captionsOf, KIND_MARKS, linesOf, markOf, marksOf, namesOf } from "./rings-picture.js";

export function makeNeighbourhoodView(app, { container, toolbar, legend }, drawn) {
  const { graph } = app;
  const sizes = new Map(drawn.nodes.map((node) => [node.id, node.size]));
  let { theme } = drawn;
  let hovered = null;
  let found = { nodes: [], left: 0, filtered: 0 };
  let places = new Map();
  let links = { edges: [], facts: [] };

  const canvas = makeCanvas(container, drawn.options, {
    behind: () => (found.nodes.length ? linesOf(inView()) : []),
    front: () => (found.nodes.length ? [...captionsOf(inView()), ...namesOf(inView())] : []),
    pick: (id) => app.set({ selected: id ?? app.state.centre, to: null, only: null }),
    open: expand,
    hover: (id) => {
      hovered = id;
      canvas.redraw();
    },
    moved: () => {},
    resized: arrange,
  });

  function centre() {
    const { centre: chosen, selected } = app.state;
    const weightiest = () => [...graph.spots.values()].sort((a, b) => b.descendants - a.descendants)[0]?.id;
    return chosen ?? selected ?? weightiest();
  }

  function expand(id) {
    if (!app.state.expanded.includes(id)) app.set({ expanded: [...app.state.expanded, id] });
  }

  const radiusOf = (id) => (id === centre() ? 14 : Math.max(5.5, sizes.get(id) ?? 6));

  function inView() {
    return {
      graph,
      nodes: found.nodes,
      places,
      links,
      theme,
      hovered,
      selected: app.state.selected,
      ...canvas.view(),
      measure: textWidth,
      radiusOf,
    };
  }

  function arrange() {
    const { width, height } = canvas.size();
    const id = centre();
    if (!width || !id) return;
    found = neighbourhood(graph, id, app.state);
    places = placeOnRings(found.nodes, { width, height });
    links = linksAmong(graph, found.nodes, app.state.selected);
    canvas.show(found.nodes.map(nodeOf));
    fit();
  }

  function nodeOf({ id }) {
    const { shape, fill, stroke, width } = markOf(graph, id, theme);
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

  function showToolbar() {
    const id = centre();
    if (!id) return;
    const { selected, hops, expanded } = app.state;
    const button = (text, click, attributes = {}) =>
      element("button", { type: "button", click, ...attributes }, text);
    const hop = (number, text) =>
      button(text, () => app.set({ hops: number }), { "aria-pressed": String(hops === number) });
    const more = found.left ? `, ${found.left} more not drawn (at most ${MOST})` : "";
    const filtered = found.filtered ? `, ${found.filtered} left out by filters` : "";
    const tools = [hop(1, "1 hop"), hop(2, "2 hops")];
    if (selected && selected !== id && places.has(selected)) {
      const name = nameOf(graph, selected);
      tools.push(
        button(`Expand ${name}`, () => expand(selected), { disabled: expanded.includes(selected) }),
        button(`Centre on ${name}`, () => app.set({ centre: selected, expanded: [] })),
      );
    }
    if (expanded.length) tools.push(button("Fold again", () => app.set({ expanded: [] })));
    toolbar.replaceChildren(
      element(
        "span",
        {},
        "Around ",
        element("strong", {}, nameOf(graph, id)),
        element("span", { class: "quiet" }, `: ${found.nodes.length - 1} things${more}${filtered}`),
      ),
      ...tools,
    );
  }

  function showLegend() {
    const kinds = [...new Set(found.nodes.map(({ id }) => graph.things.get(id).kind))];
    const marks = groupBy(
      kinds.filter((kind) => kind in KIND_MARKS).map((kind) => KIND_MARKS[kind]),
      ({ shape, colour }) => `${shape} ${colour}`,
    );
    const entry = (shape, fill, text) =>
      element("li", {}, sign([{ d: markPath(shape, 8, 7, 5), fill }], { width: 16 }), text);
    legend.replaceChildren(
      ...(kinds.some((kind) => ARTIFACT_KINDS.includes(kind))
        ? [entry("dot", theme.families[0], "models, by family")]
        : []),
      ...[...marks.values()].map((alike) => {
        const [{ shape, colour }] = alike;
        return entry(shape, theme.kinds[colour], alike.map(({ plural }) => plural).join(", "));
      }),
      element("li", {}, "Double-click or Enter expands."),
    );
  }

  function fit() {
    const { width, height } = canvas.size();
    canvas.moveTo({ x: width / 2, y: height / 2, scale: 1 });
  }

  return {
    canvas,
    centre,
    expand,
    fit,
    setTheme(next) {
      theme = next;
      arrange();
      showLegend();
    },
    update() {
      arrange();
      showToolbar();
      showLegend();
    },
    /** The picture as it is now, in full, for a file. */
    picture() {
      const view = inView();
      return [...linesOf(view), ...marksOf(view), ...captionsOf(view), ...namesOf(view)];
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
