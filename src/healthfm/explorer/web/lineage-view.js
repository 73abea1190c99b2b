// The lineage view: models only, x is the year, a lane for each family.
import { makeCanvas, textWidth } from "./canvas.js";
import { layOut, marginFor } from "./lanes.js";
import {
  behindLineage,
  edgesOfLineage,
  frameOfLineage,
  labelsOfLineage,
  markColours,
  marksOfLineage,
} from "./lineage-picture.js";
import { edgesToDraw, highlighted, visibleIds } from "./selection.js";
import { START } from "./state.js";

export function makeLineageView(app, container, drawn) {
  const { graph } = app;
  const sizes = new Map(drawn.nodes.map((node) => [node.id, node.size]));
  let { theme } = drawn;
  let hovered = null;
  let layout = { places: new Map(), lanes: [], years: [] };
  let ids = [];
  let edges = [];
  let lit = null;
  /** What was selected last, kept in view until the camera is moved by hand. */
  let followed = null;

  const canvas = makeCanvas(container, drawn.options, {
    behind: () => [...behindLineage(inView()), ...edgesOfLineage(inView())],
    front: () => [...labelsOfLineage(inView()), ...frameOfLineage(inView())],
    pick: (id) =>
      app.set(id === null ? { selected: null, only: null, to: null } : { selected: id, to: null }),
    hover: (id) => {
      hovered = id;
      canvas.redraw();
    },
    moved: () => {
      followed = null;
      app.set({ camera: cameraNow() });
    },
    resized: () => {
      arrange();
      bringIntoView(followed);
    },
  });

  function inView() {
    const view = canvas.view();
    return {
      graph,
      layout,
      ids,
      edges,
      lit,
      chosen: [app.state.selected, app.state.to],
      hovered,
      theme,
      ...view,
      margin: marginFor(view.size.width),
      measure: textWidth,
    };
  }

  /** Share the window out among what is visible, and draw it. */
  function arrange() {
    const size = canvas.size();
    if (!size.width) return;
    ids = visibleIds(graph, app.state);
    const visible = new Set(ids);
    const spots = [...graph.spots.values()].filter((spot) => visible.has(spot.id));
    layout = layOut(spots, graph.lanes, {
      ...size,
      nameWidth: (id) => textWidth(graph.things.get(id).name),
      radius: (id) => sizes.get(id),
    });
    lighten();
    canvas.show(spots.map(nodeOf));
    look();
  }

  /** Find what is in the light, and the edges to draw. */
  function lighten() {
    const found = highlighted(graph, app.state);
    // Where nothing of it passes the filters, the light stays on all.
    lit = found !== null && ids.some((id) => found.has(id)) ? found : null;
    edges = edgesToDraw(graph, app.state, { ids, lit });
  }

  function nodeOf(spot) {
    const { x, y, radius } = layout.places.get(spot.id);
    const { colour } = graph.laneOf.get(spot.lane);
    return {
      id: spot.id,
      label: "",
      x,
      y,
      shape: graph.shapes[colour],
      size: radius,
      ...appearance(spot),
    };
  }

  function appearance(spot) {
    const { colour } = graph.laneOf.get(spot.lane);
    const { fill, stroke, width } = markColours(spot, {
      colour,
      lit: lit === null || lit.has(spot.id),
      theme,
    });
    const chosen = [app.state.selected, app.state.to].includes(spot.id);
    const colours = { background: fill, border: chosen ? theme.ink : stroke };
    return {
      color: { ...colours, highlight: colours, hover: { background: fill, border: theme.ink } },
      borderWidth: chosen ? 3 : width,
      borderWidthSelected: chosen ? 3 : width,
    };
  }

  function repaint() {
    if (!layout.places.size) return;
    lighten();
    canvas.update(ids.map((id) => ({ id, ...appearance(graph.spots.get(id)) })));
    canvas.redraw();
  }

  /** Where the camera is, in parts of the window, so that it means the same in another one. */
  function cameraNow() {
    const { width, height } = canvas.size();
    const { x, y, scale } = canvas.camera();
    return [x / width, y / height, scale].map((number) => Math.round(number * 1000) / 1000);
  }

  /** Move the camera to where the state has it: to the whole, if nowhere in particular. */
  function look() {
    const { width, height } = canvas.size();
    const [x, y, scale] = app.state.camera ?? [0.5, 0.5, 1];
    if (String(cameraNow()) !== String([x, y, scale])) {
      canvas.moveTo({ x: x * width, y: y * height, scale });
    }
  }

  /** Move to a thing that lies outside the window, keeping the zoom. */
  function bringIntoView(id) {
    const place = layout.places.get(id);
    if (!place || app.state.camera === null) return;
    const { width, height } = canvas.size();
    const { left, top } = marginFor(width);
    const { x, y } = canvas.view().toScreen(place);
    if (x > left && x < width && y > top && y < height) return;
    canvas.moveTo({ ...place, scale: canvas.camera().scale });
    app.set({ camera: cameraNow() });
  }

  return {
    canvas,
    fit: () => app.set({ camera: null }),
    setTheme(next) {
      theme = next;
      repaint();
    },
    update(state, before) {
      const same = ["filters", "only", "through"].every((key) => state[key] === before[key]);
      const anchored = state.only === null || state.selected === before.selected;
      if (same && anchored && layout.places.size) repaint();
      else arrange();
      look();
      if (before === START) return; // an address says itself where to look
      if (state.selected !== before.selected) followed = state.selected;
      bringIntoView(followed);
    },
    /** The picture as it is now, in full, for a file. */
    picture() {
      const view = inView();
      return [
        ...behindLineage(view),
        ...edgesOfLineage(view),
        ...marksOfLineage(view),
        ...labelsOfLineage(view),
        ...frameOfLineage(view),
      ];
    },
    /** The next thing in a direction, as the arrow keys mean it. */
    neighbour(key) {
      return neighbourOf(key, { app, ids, layout });
    },
  };
}

function neighbourOf(key, { app, ids, layout }) {
  const { graph } = app;
  const { selected } = app.state;
  const below = (id) => graph.spots.get(id).descendants;
  if (!ids.includes(selected)) return ids.toSorted((a, b) => below(b) - below(a))[0];
  const towards = (edges, other) => edges?.map((edge) => edge[other]).find((id) => ids.includes(id));
  if (key === "ArrowLeft") return towards(graph.byChild.get(selected), "parent");
  if (key === "ArrowRight") return towards(graph.byParent.get(selected), "child");
  const lane = ids.filter((id) => graph.spots.get(id).lane === graph.spots.get(selected).lane);
  const at = (id) => layout.places.get(id);
  lane.sort((a, b) => at(a).x - at(b).x || at(a).y - at(b).y);
  const index = lane.indexOf(selected);
  return lane.at((index + (key === "ArrowDown" ? 1 : -1)) % lane.length);
}
