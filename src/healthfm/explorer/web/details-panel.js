// The details panel: all that is known of the selected thing, and what can be done with it.
import { copy, element } from "./dom.js";
import { makeFactList } from "./fact-list.js";
import { iriOf, nameOf } from "./graph.js";
import { makeLineageLists } from "./lineage-lists.js";
import { makeSearchBox } from "./search-box.js";
import { queryOfThing } from "./sparql.js";

/** What can be isolated: value of the state, word, and what it means. */
const ISOLATE = [
  ["up", "Ancestors", "Show only this and what it was built on"],
  ["down", "Descendants", "Show only this and what was built on it"],
  ["both", "Both", "Show only this, its ancestors and its descendants"],
  ["impact", "Impact", "Show only what is affected if this is withdrawn or found faulty"],
];

/**
 * @param tools entries of artifacts for the search of a path, theme(), showQuery(text) and say(text)
 * @returns update(), and focus(), which moves the keyboard to the panel
 */
export function makeDetailsPanel(app, panel, { artifacts, theme, showQuery, say }) {
  const { graph } = app;
  const lists = makeLineageLists(app, { jump, theme });
  const factList = makeFactList(graph, jump);
  const button = (text, click, attributes = {}) =>
    element("button", { type: "button", click, ...attributes }, text);

  function jump(id) {
    if (!graph.things.has(id)) return element("span", {}, id);
    const go = () => app.set({ selected: id, to: null, only: null });
    return button(nameOf(graph, id), go, { class: "link" });
  }

  function isolation(only, name, title) {
    const pressed = app.state.only === only;
    const view = app.state.view === "table" ? "table" : "lineage";
    return button(name, () => app.set({ only: pressed ? null : only, to: null, view }), {
      title,
      "aria-pressed": String(pressed),
    });
  }

  async function copied(text, what) {
    say((await copy(text)) ? `${what} copied` : text);
  }

  function actions(thing) {
    const isolating = graph.spots.has(thing.id)
      ? [element("span", { class: "quiet" }, "Isolate"), ...ISOLATE.map((choice) => isolation(...choice))]
      : [];
    return element(
      "div",
      { class: "actions" },
      ...isolating,
      button("Neighbourhood", () => app.set({ view: "neighbourhood", centre: thing.id, expanded: [] })),
      button("Copy IRI", () => copied(iriOf(graph, thing.id), "IRI")),
      button("Copy link", () => copied(app.permalink(), "Link")),
      button("As SPARQL", () => showQuery(queryOfThing(graph, thing.id))),
    );
  }

  function pathTo(thing) {
    const { box } = makeSearchBox({
      label: `Path from ${thing.name} to`,
      placeholder: "Path to another model …",
      entries: artifacts,
      nameOf: (id) => nameOf(graph, id),
      describe: ({ id, text, matched }) =>
        matched === "name" ? String(graph.spots.get(id)?.year ?? "") : text,
      choose: (id) => app.set({ to: id, only: null, view: "lineage" }),
    });
    return [box, ...(graph.spots.has(app.state.to) ? [lists.path(thing.id, app.state.to)] : [])];
  }

  function partsOf(thing) {
    const year = graph.spots.get(thing.id)?.year;
    const head = [
      button("×", () => app.set({ selected: null, only: null, to: null }), {
        class: "close",
        "aria-label": "Close details",
      }),
      element("p", { class: "kind" }, [thing.kind, year].filter(Boolean).join(" · ")),
      element("h2", { tabindex: "-1" }, thing.name),
      actions(thing),
    ];
    const lineage = graph.spots.has(thing.id)
      ? [
          ...pathTo(thing),
          ...(app.state.only === "impact" ? lists.impact(thing.id) : []),
          ...lists.builtOn(thing.id),
          ...lists.builtUponBy(thing.id),
        ]
      : [];
    return [...head, ...lineage, ...factList.links(thing), ...factList.facts(thing)];
  }

  /** Draw the panel again without taking the focus from the button of the same name. */
  function replace(parts) {
    const focused = panel.contains(document.activeElement) ? document.activeElement.textContent : null;
    panel.replaceChildren(...parts);
    if (focused === null) return;
    const again = [...panel.querySelectorAll("button")].find((it) => it.textContent === focused);
    (again ?? panel.querySelector("h2"))?.focus();
  }

  let shown = null;
  return {
    update() {
      const thing = graph.things.get(app.state.selected);
      panel.hidden = !thing;
      replace(thing ? partsOf(thing) : []);
      if (shown !== thing) panel.scrollTop = 0;
      shown = thing;
    },
    focus: () => panel.querySelector("h2")?.focus(),
  };
}
