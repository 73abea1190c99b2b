// The legend of relations under the picture: it names them and switches them, one by one or by group.
import { element, sign } from "./dom.js";
import { groupBy } from "./graph.js";
import { GROUP_NAMES, GROUP_STYLES } from "./relation-groups.js";
import { visibleEdges } from "./selection.js";

export function makeLegend(app, panel) {
  const { graph } = app;
  const groups = groupBy(graph.relations, ({ group }) => group);
  const boxes = [];

  function set(relations, shown) {
    const others = app.state.hidden.filter((relation) => !relations.includes(relation));
    app.set({ hidden: shown ? others : [...others, ...relations] });
  }

  function toggle(relations, label) {
    const box = element("input", {
      type: "checkbox",
      change: () => set(relations, box.checked),
    });
    const count = element("span", { class: "count" });
    boxes.push({ box, relations, count });
    return element("label", {}, box, ...label, " ", count);
  }

  function groupItem([group, relations], theme) {
    const { width, dash } = GROUP_STYLES[group];
    const line = sign(
      [
        {
          d: "M0 7h26",
          stroke: theme.groups[group],
          "stroke-width": width + 1.2,
          "stroke-dasharray": dash.join(" ") || undefined,
        },
      ],
      { width: 26 },
    );
    const names = relations.map(({ relation }) => relation);
    const head = toggle(names, [line, GROUP_NAMES[group]]);
    if (relations.length === 1) return element("li", {}, head);
    const each = relations.map(({ relation, name }) => element("li", {}, toggle([relation], [name])));
    return element(
      "li",
      {},
      head,
      element(
        "details",
        { class: "menu" },
        element("summary", { "aria-label": `Relations of the group ${GROUP_NAMES[group]}` }, ""),
        element("ul", {}, ...each),
      ),
    );
  }

  return {
    draw(theme) {
      boxes.length = 0;
      const mark = (attributes) => sign([{ d: "M7 2a5 5 0 1 0 .01 0Z", ...attributes }], { width: 14 });
      panel.replaceChildren(
        element(
          "ul",
          { class: "groups" },
          element("li", { class: "quiet" }, "inherits"),
          ...[...groups].map((entry) => groupItem(entry, theme)),
        ),
        element(
          "ul",
          { class: "marks" },
          element("li", {}, mark({ fill: theme.families.at(-1), stroke: theme.outline }), "in the list"),
          element(
            "li",
            {},
            mark({ fill: theme.paper, stroke: theme.families.at(-1), "stroke-width": 2.2 }),
            "outside the list",
          ),
          element(
            "li",
            {},
            sign([
              {
                d: "M3 7a2 2 0 1 0 4 0a2 2 0 1 0 -4 0ZM10 7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
                fill: theme.families.at(-1),
              },
            ]),
            "size: descendants",
          ),
        ),
      );
    },
    /** Show what is switched on, and how many edges of each there are among the things in view. */
    update({ hidden }, ids) {
      const edges = visibleEdges(graph, { hidden: [] }, ids);
      for (const { box, relations, count } of boxes) {
        const off = relations.filter((relation) => hidden.includes(relation)).length;
        box.checked = off < relations.length;
        box.indeterminate = off > 0 && off < relations.length;
        count.textContent = String(edges.filter((edge) => relations.includes(edge.relation)).length);
      }
    },
  };
}
