import assert from "node:assert/strict";
import test from "node:test";
import { arrow, levelCurve, straight } from "../../src/healthfm/explorer/web/curves.js";

const numbers = (outline) => outline.match(/-?[0-9.]+/g).map(Number);
const look = { stroke: "#000", width: 1, dash: [], opacity: 1 };
const ways = [
  [
    { x: 10, y: 20 },
    { x: 300, y: 20 },
  ],
  [
    { x: 10, y: 20 },
    { x: 80, y: 400 },
  ],
  [
    { x: 300, y: 400 },
    { x: 10, y: 20 },
  ],
  [
    { x: 50, y: 20 },
    { x: 50, y: 300 },
  ],
];

test("a line leads from one thing to the other, and its arrow's tip touches the mark", () => {
  for (const [from, to] of ways) {
    for (const curve of [levelCurve(from, to, 1), straight(from, to)]) {
      const [line, head] = arrow(curve, 8, look).map(({ d }) => numbers(d));
      assert.deepEqual([line.slice(0, 2), line.slice(-2)], [Object.values(from), Object.values(to)]);
      const [x, y] = head;
      assert.ok(Math.abs(Math.hypot(to.x - x, to.y - y) - 8) < 0.8, `${x} ${y}`);
    }
  }
});

test("things of one column are joined past what stands between them", () => {
  const [, first, second] = levelCurve({ x: 50, y: 0 }, { x: 50, y: 90 }, 2);
  assert.ok(first.x < 30 && second.x < 30);
  assert.ok(first.y > 0 && second.y < 90);
});
