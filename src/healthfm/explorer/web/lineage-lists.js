// Lineage in words: what a thing was built on with the evidence, how two are related, who is affected.
import { element, outward, sign } from "./dom.js";
import { nameOf } from "./graph.js";
import { FOLLOWED, impactOf, relate } from "./lineage.js";
import { basisName } from "./provenance.js";
import { GROUP_STYLES } from "./relation-groups.js";

/** @param jump makes a button that goes to a thing; theme() gives the colours of the moment */
export function makeLineageLists(app, { jump, theme }) {
  const { graph } = app;

  function step(edge, other) {
    const { dash, width } = GROUP_STYLES[edge.group];
    const line = {
      d: "M0 6h20",
      stroke: theme().groups[edge.group],
      "stroke-width": width + 1,
      "stroke-dasharray": dash.join(" ") || undefined,
    };
    const year = graph.spots.get(edge[other])?.year ?? "";
    return [
      sign([line], { width: 20, height: 12 }),
      ` ${graph.relationNames.get(edge.relation)} `,
      jump(edge[other]),
      element("span", { class: "quiet" }, ` ${year}`),
    ];
  }

  /** Edges on one side of a thing, each with its statement, source, basis and confidence. */
  function withEvidence(title, edges, other) {
    if (!edges?.length) return [];
    const items = edges.map((edge) => {
      const known = [edge.locator, basisName(edge.basis), `confidence ${edge.confidence}`];
      return element(
        "li",
        {},
        ...step(edge, other),
        element("p", { class: "evidence" }, edge.statement),
        element(
          "p",
          { class: "evidence source" },
          graph.things.has(edge.source) ? jump(edge.source) : outward(edge.source),
        ),
        element("p", { class: "evidence source quiet" }, known.filter(Boolean).join("; ")),
      );
    });
    return [element("h3", {}, `${title} (${edges.length})`), element("ul", { class: "lineage" }, ...items)];
  }

  function pathUp(id, edges) {
    const items = [
      element("li", {}, jump(id)),
      ...edges.map((edge) => element("li", {}, ...step(edge, "parent"))),
    ];
    return edges.length ? element("ol", {}, ...items) : null;
  }

  function meeting(first, second, { ancestor, fromFirst, fromSecond }) {
    const [a, b, common] = [first, second, ancestor].map((id) => element("strong", {}, nameOf(graph, id)));
    const words = {
      [first]: [b, " descends from ", a],
      [second]: [a, " descends from ", b],
    }[ancestor] ?? [a, " and ", b, " both descend from ", common];
    return [element("p", {}, ...words), pathUp(first, fromFirst), pathUp(second, fromSecond)];
  }

  return {
    builtOn: (id) => withEvidence("Built on", graph.byChild.get(id), "parent"),
    builtUponBy: (id) => withEvidence("Built upon by", graph.byParent.get(id), "child"),

    /** How two things are related, step by step. */
    path(first, second) {
      const meetings = relate(graph, first, second);
      const none = `${nameOf(graph, first)} and ${nameOf(graph, second)} have no common ancestor here.`;
      return element(
        "div",
        { class: "path" },
        ...(meetings.length
          ? meetings.flatMap((found) => meeting(first, second, found))
          : [element("p", {}, none)]),
        element(
          "button",
          { type: "button", class: "link", click: () => app.set({ to: null }) },
          "Clear path",
        ),
      );
    },

    /** Everything affected by a thing, with the relations on a shortest path to each. */
    impact(id) {
      const { through } = app.state;
      const choice = element(
        "select",
        { "aria-label": "Impact through", change: (event) => app.set({ through: event.target.value }) },
        ...Object.keys(FOLLOWED).map((name) =>
          element("option", { value: name, selected: name === through }, name),
        ),
      );
      const affected = [...impactOf(graph, id, through)].map(([other, path]) =>
        element(
          "li",
          {},
          jump(other),
          " ",
          element(
            "span",
            { class: "quiet" },
            path.map((edge) => graph.relationNames.get(edge.relation)).join(" → "),
          ),
        ),
      );
      return [
        element("h3", {}, `Affects ${affected.length} through `, choice),
        element("ol", { class: "affected" }, ...affected),
      ];
    },
  };
}
