// The details panel: all that is known of the selected thing, per fact where it comes from.
import { copy, element, outward, sign } from "./dom.js";
import { iriOf, nameOf } from "./graph.js";
import { FOLLOWED, impactOf, relate } from "./lineage.js";
import { GROUP_STYLES } from "./lineage-picture.js";
import { ABOUT_FACTS, basisName, sourceOf, sourcesOf } from "./provenance.js";
import { makeSearchBox } from "./search-box.js";
import { queryOfThing } from "./sparql.js";

/** More values than these of one property are folded away. */
const MANY = 12;

export function makeDetailsPanel(app, panel, { artifacts, theme, showQuery, say }) {
  const { graph } = app;
  const goTo = (id) => app.set({ selected: id, to: null, only: null });

  /** A button that goes to a thing; its year is told where it has one. */
  function jump(id) {
    if (!graph.things.has(id)) return element("span", {}, id);
    return element("button", { type: "button", class: "link", click: () => goTo(id) }, nameOf(graph, id));
  }

  function actionsOf(thing) {
    const isolate = (only, name, title) =>
      element(
        "button",
        {
          type: "button",
          title,
          "aria-pressed": String(app.state.only === only),
          click: () =>
            app.set({
              only: app.state.only === only ? null : only,
              view: app.state.view === "table" ? "table" : "lineage",
            }),
        },
        name,
      );
    const lineage = graph.spots.has(thing.id)
      ? [
          isolate("up", "Ancestors", "Show only this and what it was built on"),
          isolate("down", "Descendants", "Show only this and what was built on it"),
          isolate("both", "Both", "Show only this, its ancestors and its descendants"),
          isolate("impact", "Impact", "Show only what is affected if this is withdrawn or found faulty"),
        ]
      : [];
    return element(
      "div",
      { class: "actions" },
      ...(lineage.length ? [element("span", { class: "quiet" }, "Isolate"), ...lineage] : []),
      element(
        "button",
        { type: "button", click: () => app.set({ view: "neighbourhood", centre: thing.id, expanded: [] }) },
        "Neighbourhood",
      ),
      element(
        "button",
        {
          type: "button",
          click: async () =>
            say((await copy(iriOf(graph, thing.id))) ? "IRI copied" : iriOf(graph, thing.id)),
        },
        "Copy IRI",
      ),
      element(
        "button",
        {
          type: "button",
          click: async () => say((await copy(app.permalink())) ? "Link copied" : app.permalink()),
        },
        "Copy link",
      ),
      element(
        "button",
        { type: "button", click: () => showQuery(queryOfThing(graph, thing.id)) },
        "As SPARQL",
      ),
    );
  }

  function pathTo(thing) {
    const { box } = makeSearchBox({
      label: `Path from ${thing.name} to`,
      placeholder: "Path to another model …",
      entries: artifacts,
      nameOf: (id) => nameOf(graph, id),
      describe: (entry) => (entry.matched === "name" ? yearOf(entry.id) : entry.text),
      choose: (id) => app.set({ to: id, only: null, view: "lineage" }),
    });
    return [box, ...(graph.spots.has(app.state.to) ? [pathFound(thing.id, app.state.to)] : [])];
  }

  const yearOf = (id) => String(graph.spots.get(id)?.year ?? "");

  function pathFound(first, second) {
    const meetings = relate(graph, first, second);
    const step = (edge, other) =>
      element("li", {}, relationSign(edge), ` ${graph.relationNames.get(edge.relation)} `, jump(edge[other]));
    const close = element(
      "button",
      { type: "button", class: "link", click: () => app.set({ to: null }) },
      "clear",
    );
    if (!meetings.length) {
      return element(
        "p",
        { class: "path" },
        `${nameOf(graph, first)} and ${nameOf(graph, second)} have no common ancestor here. `,
        close,
      );
    }
    return element(
      "div",
      { class: "path" },
      ...meetings.flatMap(({ ancestor, fromFirst, fromSecond }) => [
        element(
          "p",
          {},
          element("strong", {}, nameOf(graph, first)),
          " and ",
          element("strong", {}, nameOf(graph, second)),
          " meet in ",
          element("strong", {}, nameOf(graph, ancestor)),
          " ",
        ),
        ...[
          [first, fromFirst],
          [second, fromSecond],
        ].map(([id, path]) =>
          path.length
            ? element("ol", {}, element("li", {}, jump(id)), ...path.map((edge) => step(edge, "parent")))
            : null,
        ),
      ]),
      close,
    );
  }

  function relationSign(edge) {
    const { dash, width } = GROUP_STYLES[edge.group];
    return sign(
      [
        {
          d: "M0 6h20",
          stroke: theme().groups[edge.group],
          "stroke-width": width + 1,
          "stroke-dasharray": dash.join(" ") || undefined,
        },
      ],
      { width: 20, height: 12 },
    );
  }

  function impactList(thing) {
    if (app.state.only !== "impact") return [];
    const choice = element(
      "select",
      { "aria-label": "Impact through", change: (event) => app.set({ through: event.target.value }) },
      ...Object.keys(FOLLOWED).map((through) =>
        element("option", { value: through, selected: through === app.state.through }, through),
      ),
    );
    const affected = [...impactOf(graph, thing.id, app.state.through)];
    return [
      element("h3", {}, `Affects ${affected.length} through `, choice),
      element(
        "ol",
        { class: "affected" },
        ...affected.map(([id, path]) =>
          element(
            "li",
            {},
            jump(id),
            " ",
            element(
              "span",
              { class: "quiet" },
              path.map((edge) => graph.relationNames.get(edge.relation)).join(" → "),
            ),
          ),
        ),
      ),
    ];
  }

  function factsOf(thing) {
    const list = element("dl");
    const used = new Set();
    for (const { key, label } of graph.properties) {
      const values = thing.facts[key] ?? [];
      if (!values.length || ABOUT_FACTS.includes(key)) continue;
      const source = sourceOf(thing, key);
      used.add(source);
      list.append(
        element("dt", {}, label),
        element(
          "dd",
          {},
          ...listed(values, key),
          " ",
          element("abbr", { class: `from ${source}`, title: `from the ${source}; see below` }, source),
        ),
      );
    }
    for (const [key, others] of backwards(thing)) {
      list.append(
        element("dt", {}, graph.propertyOf.get(key).inverse),
        element("dd", {}, ...listed(others, key)),
      );
    }
    return list.children.length ? [element("h3", {}, "Facts"), list, sourceKey(thing, used)] : [];
  }

  function backwards(thing) {
    const found = new Map();
    for (const { from, key } of graph.factsTo.get(thing.id) ?? []) {
      if (!graph.propertyOf.get(key)?.inverse) continue;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(from);
    }
    return found;
  }

  function listed(values, key) {
    const texts = values.map((value) =>
      graph.things.has(value) ? jump(value) : element("span", {}, worded(key, value)),
    );
    const joined = (list) => list.flatMap((item, index) => (index ? [", ", item] : [item]));
    if (texts.length <= MANY) return joined(texts);
    const rest = texts.slice(MANY);
    return [
      ...joined(texts.slice(0, MANY)),
      element("details", {}, element("summary", {}, `and ${rest.length} more`), ...joined(rest)),
    ];
  }

  function sourceKey(thing, used) {
    const known = sourcesOf(graph, thing);
    const items = [...used].map((word) =>
      element(
        "li",
        {},
        element("abbr", { class: `from ${word}` }, word),
        " ",
        ...(known.get(word).length ? known.get(word) : [{ text: "the rows of the list" }]).flatMap(
          ({ text, page }, index) => [index ? "; " : "", page ? outward(page, text) : text],
        ),
      ),
    );
    return element("ul", { class: "sources", "aria-label": "Where the facts come from" }, ...items);
  }

  function linksOf(thing) {
    const papers = (thing.facts.introducedBy ?? []).map((id) => graph.things.get(id)).filter(Boolean);
    const links = [...papers.flatMap((paper) => paper.links), ...thing.links];
    if (!links.length) return [];
    return [
      element("h3", {}, "Links"),
      element(
        "ul",
        { class: "links" },
        ...links.map(([word, url]) => element("li", {}, `${word}: `, outward(url))),
      ),
    ];
  }

  function lineageList(title, edges, other) {
    if (!edges?.length) return [];
    const items = edges.map((edge) => {
      const source = graph.things.get(edge.source);
      const where = source ? jump(edge.source) : outward(edge.source);
      return element(
        "li",
        {},
        relationSign(edge),
        ` ${graph.relationNames.get(edge.relation)} `,
        jump(edge[other]),
        element("span", { class: "quiet" }, ` ${yearOf(edge[other])}`),
        element(
          "p",
          { class: "evidence" },
          edge.statement,
          " ",
          element(
            "span",
            { class: "quiet" },
            where,
            edge.locator ? `, ${edge.locator}` : "",
            `; ${basisName(edge.basis)}; confidence ${edge.confidence}`,
          ),
        ),
      );
    });
    return [element("h3", {}, `${title} (${edges.length})`), element("ul", { class: "lineage" }, ...items)];
  }

  /** Draw a part again without taking the focus from the button of the same name. */
  function replace(...children) {
    const focused = panel.contains(document.activeElement) ? document.activeElement.textContent : null;
    panel.replaceChildren(...children);
    if (focused === null) return;
    const again = [...panel.querySelectorAll("button")].find((button) => button.textContent === focused);
    (again ?? panel.querySelector("h2")).focus();
  }

  return {
    update() {
      const thing = graph.things.get(app.state.selected);
      panel.hidden = !thing;
      if (!thing) {
        panel.replaceChildren();
        return;
      }
      const artifact = graph.spots.has(thing.id);
      replace(
        element(
          "button",
          {
            type: "button",
            class: "close",
            "aria-label": "Close details",
            click: () => app.set({ selected: null, only: null, to: null }),
          },
          "×",
        ),
        element("p", { class: "kind" }, [thing.kind, yearOf(thing.id)].filter(Boolean).join(" · ")),
        element("h2", { tabindex: "-1" }, thing.name),
        actionsOf(thing),
        ...(artifact ? pathTo(thing) : []),
        ...(artifact ? impactList(thing) : []),
        ...lineageList("Built on", graph.byChild.get(thing.id), "parent"),
        ...lineageList("Built upon by", graph.byParent.get(thing.id), "child"),
        ...linksOf(thing),
        ...factsOf(thing),
      );
    },
    focus: () => panel.querySelector("h2")?.focus(),
  };
}

/** A text value as people read it. */
function worded(key, value) {
  if (key === "parameterCount") return Number(value).toLocaleString("en");
  return key === "notReported" ? value.split(":").at(-1) : value;
}
