// vis-network on a canvas, without physics: it draws the marks, knows what lies under the pointer, pans and
// zooms. All else, edges too, is painted behind and in front of them from lists of paths and texts in
// pixels of the page: for each edge vis-network would keep two dozen objects, and files need the lists anyway.

import { FONT, paint } from "./drawing.js";

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

/** The width of a text in pixels. */
export function textWidth(text, size = 12, weight = 400) {
  const key = `${weight} ${size} ${text}`;
  if (!widths.has(key)) {
    pen.font = `${weight} ${size}px ${FONT}`;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

const ZOOM = { least: 0.4, most: 12 };

/**
 * Put a network into an element.
 *
 * @param on `behind()` and `front()` return lists to paint below and above the marks;
 *   `pick(id)`, `open(id)` and `hover(id)` are told a node or null; `moved()` that the camera moved
 *   by hand; `resized()` that the element has another size
 */
export function makeCanvas(container, options, on) {
  const nodes = new vis.DataSet();
  const size = () => ({ width: container.clientWidth, height: container.clientHeight });
  const network = new vis.Network(container, { nodes, edges: [] }, options);

  let changing = false;
  const painting = (list) => (context) => {
    if (changing) return;
    const ratio = context.canvas.width / context.canvas.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, list());
    context.restore();
  };
  network.on("beforeDrawing", painting(on.behind));
  network.on("afterDrawing", painting(on.front));
  network.on("click", ({ nodes: [id] }) => on.pick(id ?? null));
  network.on("doubleClick", ({ nodes: [id] }) => id && on.open?.(id));
  network.on("hoverNode", ({ node }) => on.hover(node));
  network.on("blurNode", () => on.hover(null));
  network.on("dragEnd", () => on.moved());
  network.on("zoom", () => {
    const scale = network.getScale();
    if (scale < ZOOM.least || scale > ZOOM.most) zoomTo(scale);
    on.moved();
  });
  let known = { width: 0, height: 0 };
  /** Let the network have the size of the element; tell whether it has another one now. */
  function resize() {
    const { width, height } = size();
    const other = width > 0 && (width !== known.width || height !== known.height);
    known = { width, height };
    if (other) network.setSize("100%", "100%");
    return other;
  }
  new ResizeObserver(() => {
    if (!resize()) return;
    network.redraw();
    on.resized();
  }).observe(container);

  function zoomTo(scale) {
    network.moveTo({ scale: Math.min(ZOOM.most, Math.max(ZOOM.least, scale)), animation: false });
  }

  return {
    size,
    redraw: () => network.redraw(),
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
    /** Replace all marks. */
    show(newNodes) {
      resize();
      // vis-network paints on every change, and looks at the whole first: nobody has told it yet where to look.
      changing = true;
      if (nodes.length) nodes.clear();
      nodes.add(newNodes);
      changing = false;
    },
    update(someNodes) {
      nodes.update(someNodes);
    },
    moveTo({ x, y, scale }) {
      network.moveTo({ position: { x, y }, scale, animation: false });
    },
    zoomBy(factor) {
      zoomTo(network.getScale() * factor);
      on.moved();
    },
    /** What is seen now: size of the element, scale, and `toScreen` from a place to pixels of the element. */
    view() {
      const { x: centreX, y: centreY } = network.getViewPosition();
      const scale = network.getScale();
      const { width, height } = size();
      const toScreen = ({ x, y }) => ({
        x: (x - centreX) * scale + width / 2,
        y: (y - centreY) * scale + height / 2,
      });
      return { size: { width, height }, scale, toScreen };
    },
  };
}
