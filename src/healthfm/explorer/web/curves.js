// Lines from one thing to another, in pixels: a Bézier curve and the head of an arrow. The page paints
// them and files hold them, from the same list.
import { round } from "./drawing.js";

/** How far (pixels) a line between things of one column swings out to the left. */
const SWING = 12;
/** How far (in parts of the way) a line keeps level at either end. */
const LEVEL = 0.4;
const HALVINGS = 10;

/** The curve between two places of a picture with years from left to right: start, two controls, end. */
export function levelCurve(from, to, scale) {
  if (Math.abs(from.x - to.x) < 1) {
    const x = from.x - SWING * scale;
    return [from, { x, y: from.y + (to.y - from.y) / 3 }, { x, y: to.y - (to.y - from.y) / 3 }, to];
  }
  const bend = LEVEL * (to.x - from.x);
  return [from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to];
}

/** A straight line as a curve. */
export const straight = (from, to) => [from, from, to, to];

function pointAt([a, b, c, d], t) {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}

/** The point of a curve that lies so far from its end. */
function before(curve, distance) {
  const end = curve[3];
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    const { x, y } = pointAt(curve, middle);
    if (Math.hypot(end.x - x, end.y - y) > distance) low = middle;
    else high = middle;
  }
  return pointAt(curve, low);
}

const written = ({ x, y }) => `${round(x)} ${round(y)}`;

const curvePath = ([from, ...others]) => `M${written(from)}C${others.map(written).join(" ")}`;

/** A head whose tip touches the mark that the curve leads to. */
function headPath(curve, { radius, length }) {
  const tip = before(curve, radius);
  const base = before(curve, radius + length);
  const [x, y] = [(tip.x - base.x) * 0.4, (tip.y - base.y) * 0.4];
  const corners = [tip, { x: base.x - y, y: base.y + x }, { x: base.x + y, y: base.y - x }];
  return `M${corners.map(written).join("L")}Z`;
}

/** A curve that ends in an arrow at a mark of some radius, as paths with a look. */
export function arrow(curve, radius, { stroke, width, dash, opacity }) {
  const head = headPath(curve, { radius, length: 4.5 + 1.5 * width });
  return [
    { d: curvePath(curve), stroke, width, dash, opacity },
    { d: head, fill: stroke, opacity },
  ];
}
