// Everything by keyboard: one letter for what is used most, arrows to walk the lineage.
import { VIEWS } from "./state.js";

export const KEYS = [
  ["/", "search"],
  ["1 2 3 4", "lineage, matrix, table, neighbourhood"],
  ["← →", "in a picture: to a parent, to a child"],
  ["↑ ↓", "in a picture: along the lane"],
  ["Enter", "in a picture: to the details; in a neighbourhood: expand"],
  ["+ − 0", "zoom in, zoom out, show all"],
  ["f", "filters"],
  ["Esc", "close, or select nothing"],
  ["?", "these keys"],
];

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, dialog") !== null;

/** @param act search(), filters(), help(), clear(), view(name), zoom(factor), fit() */
export function listenToKeys(act) {
  const single = {
    "/": () => act.search(),
    f: () => act.filters(),
    "?": () => act.help(),
    "+": () => act.zoom(1.3),
    "=": () => act.zoom(1.3),
    "-": () => act.zoom(1 / 1.3),
    0: () => act.fit(),
    Escape: () => act.clear(),
  };
  for (const [index, view] of VIEWS.entries()) single[index + 1] = () => act.view(view);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) && event.key !== "Escape") return;
    if (event.target.closest?.("dialog") || !Object.hasOwn(single, event.key)) return;
    event.preventDefault();
    single[event.key]();
  });
}

/** Arrow keys walk a picture; Enter opens what is selected. */
export function walkWithKeys(container, { neighbour, select, open }) {
  container.addEventListener("keydown", (event) => {
    if (event.key === "Enter") open();
    else if (ARROWS.includes(event.key)) select(neighbour(event.key));
    else return;
    event.preventDefault();
  });
}

/** Tabs after their pattern: one stop for the Tab key, arrows between them. */
export function walkTabs(tabs, choose) {
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(tab.dataset.view));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs.at((index + step) % tabs.length);
      choose(next.dataset.view);
      next.focus();
    });
  });
}
