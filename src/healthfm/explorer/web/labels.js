// Which names are written: greedily, the weightier first, so that none covers another or a mark.

/** From the top of a letter to the foot of another, in pixels: names may stand as close as this. */
export const LABEL_HEIGHT = 12;
/** Between a mark and its name, in pixels. */
const GAP = 4;

const EVERYWHERE = { left: 0, right: Number.POSITIVE_INFINITY, top: Number.NEGATIVE_INFINITY };

const overlap = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/** Fewer letters than these of a longer name tell nothing. */
const FEWEST = 4;

/** Shorten a text until it fits; an empty one where not even a few letters would. */
export function shorten(text, room, measure) {
  if (measure(text) <= room) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle).trimEnd()}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low < FEWEST ? "" : `${text.slice(0, low).trimEnd()}…`;
}

/**
 * Choose the names to write.
 *
 * @param candidates in the order of their importance: id, text, weight (of the font), x, y (of the mark),
 *   radius, and the sides to try (`right`, `left`, `below`, `above`, and `beyond`: at the right by the radius
 *   `reach`, past the marks above and below); `short` is written on the first of them where the text fits on none, `over` lets it cover marks, but no name, and `must` writes it whatever it covers
 * @param measure returns the width of a text in pixels, given its size and weight
 * @param area left, right and top edge (pixels) that no name runs over
 * @returns what to write: id, text, x (left end) and y (middle), none over another
 */
export function placeLabels(candidates, measure, area = EVERYWHERE) {
  const marks = candidates.map(({ x, y, radius }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  const index = new Buckets(marks);
  const names = new Buckets([]);
  const placed = [];
  const order = [...candidates.keys()].sort(
    (a, b) => Number(candidates[b].must) - Number(candidates[a].must),
  );
  for (const position of order) {
    const { id, text, short, must, over, weight = 400, sides = ["right"] } = candidates[position];
    const boxOf = (words) => (side) => ({
      words,
      ...boxAt(side, candidates[position], measure(words, 12, weight)),
    });
    const boxes = [...sides.map(boxOf(text)), ...(short ? [boxOf(short)(sides[0])] : [])];
    const covered = over ? names : index;
    const inside = (box) => box.left >= area.left && box.right <= area.right && box.top >= area.top;
    const free = boxes.find((box) => inside(box) && !covered.hits(box, marks[position]));
    const box = free ?? (must ? (boxes.find(inside) ?? boxes[0]) : undefined);
    if (!box) continue;
    index.add(box);
    names.add(box);
    placed.push({ id, text: box.words, weight, x: box.left, y: (box.top + box.bottom) / 2 });
  }
  return placed;
}

function boxAt(side, { x, y, radius, reach }, width) {
  const half = LABEL_HEIGHT / 2;
  const centre = {
    right: [x + radius + GAP + width / 2, y],
    beyond: [x + reach + GAP + width / 2, y],
    left: [x - radius - GAP - width / 2, y],
    below: [x, y + radius + half + 1],
    above: [x, y - radius - half - 1],
  }[side];
  return {
    left: centre[0] - width / 2,
    right: centre[0] + width / 2,
    top: centre[1] - half,
    bottom: centre[1] + half,
  };
}

/** Boxes by the squares of a grid that they touch, so that a look-up sees only its neighbours. */
class Buckets {
  #cells = new Map();
  #size = 64;

  constructor(boxes) {
    for (const box of boxes) this.add(box);
  }

  *#keys(box) {
    for (let x = Math.floor(box.left / this.#size); x <= Math.floor(box.right / this.#size); x += 1) {
      for (let y = Math.floor(box.top / this.#size); y <= Math.floor(box.bottom / this.#size); y += 1) {
        yield `${x},${y}`;
      }
    }
  }

  add(box) {
    for (const key of this.#keys(box)) {
      if (this.#cells.has(key)) this.#cells.get(key).push(box);
      else this.#cells.set(key, [box]);
    }
  }

  hits(box, own) {
    for (const key of this.#keys(box)) {
      for (const other of this.#cells.get(key) ?? []) if (other !== own && overlap(box, other)) return true;
    }
    return false;
  }
}
