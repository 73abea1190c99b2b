// A picture as it leaves the page: a title above, with list and version, and below what its lines mean.
import { linePath, markPath, toSvg } from "./drawing.js";
import { GROUP_NAMES, GROUP_STYLES } from "./relation-groups.js";

const TITLE_HEIGHT = 34;
const LEGEND_HEIGHT = 28;

/** The legend of a lineage as a strip: the groups of relations that are drawn, and kinds of mark. */
export function legendStrip(groups, { theme, measure }) {
  const items = [];
  let x = 14;
  const y = LEGEND_HEIGHT / 2;
  const entry = (shapes, wide, text) => {
    items.push(...shapes, { text, x: x + wide + 6, y, fill: theme.quiet, size: 11 });
    x += wide + 6 + measure(text, 11) + 22;
  };
  for (const group of groups) {
    const { width, dash } = GROUP_STYLES[group];
    const line = { d: linePath(x, y, x + 28, y), stroke: theme.groups[group], width: width + 1, dash };
    entry(
      [line],
      28,
      group === "code" || group === "calls" ? GROUP_NAMES[group] : `inherits ${GROUP_NAMES[group]}`,
    );
  }
  const grey = theme.families.at(-1);
  const dot = (look) => [{ d: markPath("dot", x + 5, y, 5), ...look }];
  entry(dot({ fill: grey, stroke: theme.outline }), 10, "in the list");
  entry(dot({ fill: theme.paper, stroke: grey, width: 2.2 }), 10, "outside the list");
  return { items, height: LEGEND_HEIGHT };
}

/**
 * Write a picture as SVG.
 *
 * @param picture items, width, height, and perhaps a foot (items and height)
 */
export function posterOf(graph, { items, width, height, foot }, { theme, origin }) {
  const said = `healthfm ${origin.version}. ${origin.lists.join(", ")}.`;
  const head = [
    { text: graph.title, x: 14, y: 19, fill: theme.ink, size: 16, weight: 700 },
    { text: said, x: width - 10, y: 19, fill: theme.quiet, size: 11, anchor: "end" },
  ];
  return toSvg([{ items: head, height: TITLE_HEIGHT }, { items, height }, ...(foot ? [foot] : [])], {
    width,
    title: graph.title,
    description: `${said} ${origin.address}`,
    ground: theme.paper,
  });
}
