// The filters: facets with counts, and the ticked ones as chips above every view.
import { element } from "./dom.js";
import { countFacets, NONE, toggled, valueName } from "./facets.js";
import { isolated } from "./selection.js";
import { FACETS } from "./state.js";

/** Facets that stand open from the start. */
const OPEN = ["category", "modality", "area"];

export function makeFacetPanel(app, panel, chips) {
  const { graph } = app;
  const boxes = [];

  function group({ key, label }, counts) {
    const name = (value) => valueName(graph, key, value);
    const last = (value) => Number(value === NONE);
    const byName = (a, b) => name(a[0]).localeCompare(name(b[0]), "en");
    const order = (a, b) =>
      last(a[0]) - last(b[0]) || (key === "year" ? byName(a, b) : b[1] - a[1] || byName(a, b));
    const items = [...counts].sort(order).map(([value]) => {
      const box = element("input", {
        type: "checkbox",
        change: () => app.set({ filters: toggled(app.state.filters, key, value) }),
      });
      const count = element("span", { class: "count" });
      boxes.push({ key, value, box, count });
      return element(
        "li",
        {},
        element("label", {}, box, element("span", { class: "name" }, name(value)), count),
      );
    });
    return element(
      "details",
      { open: OPEN.includes(key) },
      element("summary", {}, label),
      element("ul", {}, ...items),
    );
  }

  function fill() {
    const all = countFacets(graph, {});
    panel.append(
      element(
        "p",
        { class: "quiet" },
        "Within a group any ticked value will do (OR); between groups all must hold (AND). Filters apply to the models of every view.",
      ),
      ...FACETS.map((facet) => group(facet, all.get(facet.key))),
    );
  }

  function showChips({ filters }) {
    const items = Object.entries(filters).flatMap(([key, values]) =>
      values.map((value) =>
        element(
          "li",
          {},
          element(
            "button",
            {
              type: "button",
              "aria-label": `Remove filter ${valueName(graph, key, value)}`,
              click: () => app.set({ filters: toggled(app.state.filters, key, value) }),
            },
            `${FACETS.find((facet) => facet.key === key).label}: ${valueName(graph, key, value)} ×`,
          ),
        ),
      ),
    );
    if (items.length)
      items.push(
        element(
          "li",
          {},
          element(
            "button",
            { type: "button", class: "clear", click: () => app.set({ filters: {} }) },
            "Clear filters",
          ),
        ),
      );
    chips.replaceChildren(element("ul", {}, ...items));
    chips.hidden = !items.length;
  }

  return {
    update(state) {
      showChips(state);
      if (panel.hidden) return;
      if (!boxes.length) fill();
      const counts = countFacets(graph, state.filters, isolated(graph, state) ?? undefined);
      for (const { key, value, box, count } of boxes) {
        const number = counts.get(key).get(value);
        box.checked = (state.filters[key] ?? []).includes(value);
        count.textContent = String(number);
        box.closest("li").classList.toggle("empty", number === 0 && !box.checked);
      }
    },
  };
}
