// The groups of relations: how they are called, and how their edges are drawn.

/** What a child takes over along the edges of each group. */
export const GROUP_NAMES = {
  weights: "weights",
  behaviour: "behaviour",
  method: "method",
  code: "reuses code",
  calls: "calls",
};

/** How the edges of a group are drawn; dashes tell groups apart without colour. */
export const GROUP_STYLES = {
  weights: { width: 1.7, dash: [], opacity: 0.6 },
  behaviour: { width: 1.6, dash: [7, 3], opacity: 0.75 },
  method: { width: 1, dash: [], opacity: 0.5 },
  code: { width: 1.3, dash: [2, 3], opacity: 0.8 },
  calls: { width: 1.3, dash: [6, 2, 1, 2], opacity: 0.7 },
};

/** So many edges for each pixel of width are drawn in full strength. */
const FEW = 0.15;

/** How the edges of a group look when all are in the light, and when only some are. */
export function edgeStyle(group, { lit, density }) {
  const { width, dash, opacity } = GROUP_STYLES[group];
  if (lit !== null) return { width: width + 0.6, dash, opacity: 1 };
  // The more there are, the quieter is each.
  return { width, dash, opacity: opacity * Math.min(1, Math.sqrt(FEW / density)) };
}
