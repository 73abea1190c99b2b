// Starts the page: reads the inert blocks, makes the views, and tells them of every change.
import { makeApp } from "./app.js";
import { textWidth } from "./canvas.js";
import { makeDetailsPanel } from "./details-panel.js";
import { makeDialogs } from "./dialogs.js";
import { makeFacetPanel } from "./facet-panel.js";
import { tableOfView } from "./files.js";
import { ARTIFACT_KINDS, nameOf, readGraph } from "./graph.js";
import { listenToKeys, walkTabs, walkWithKeys } from "./keyboard.js";
import { makeLegend } from "./legend.js";
import { makeLineageView } from "./lineage-view.js";
import { pictureOfMatrices } from "./matrix-picture.js";
import { makeMatrixView } from "./matrix-view.js";
import { makeNeighbourhoodView } from "./neighbourhood-view.js";
import { legendStrip } from "./poster.js";
import { indexWhenAsked } from "./search.js";
import { makeSearchBox } from "./search-box.js";
import { isCrowded, isolated, visibleEdges, visibleIds } from "./selection.js";
import { makeTableView } from "./table-view.js";
import { makeTakeAway } from "./take-away.js";
import { runBlock, unpack } from "./unpack.js";

const byId = (id) => document.getElementById(id);

const [scene, network] = await Promise.all([unpack("scene"), unpack("pyvis"), runBlock("vis")]);
const { nodes, edges, options } = JSON.parse(network);
const graph = readGraph({ ...JSON.parse(scene), edges });
const app = makeApp(graph);
const darkness = matchMedia("(prefers-color-scheme: dark)");
const theme = () => (darkness.matches ? graph.themes.dark : graph.themes.light);
// pyvis hands options over as text.
const drawn = { nodes, options: JSON.parse(options), theme: theme() };

const say = (text) => (byId("said").textContent = text);
const { showText, showQuery, showKeys } = makeDialogs(byId("dialog"), { queryPage: byId("sparql"), say });

// ---- views and panels

const lineage = makeLineageView(app, byId("mynetwork"), drawn);
const surroundings = makeNeighbourhoodView(
  app,
  { container: byId("rings"), toolbar: byId("rings-tools"), legend: byId("rings-legend") },
  drawn,
);
const matrix = makeMatrixView(app, byId("matrix"));
const table = makeTableView(app, byId("table"));
const views = { lineage, matrix, table, neighbourhood: surroundings };
const legend = makeLegend(app, byId("legend"));
legend.draw(theme());
const facets = makeFacetPanel(app, byId("facets"), byId("chips"));
const details = makeDetailsPanel(app, byId("details"), {
  artifacts: indexWhenAsked(graph, ARTIFACT_KINDS),
  theme,
  showQuery,
  say,
});
const search = makeSearchBox({
  label: "Find a model, paper, organization or dataset",
  placeholder: "Find a model, a paper …",
  entries: indexWhenAsked(graph),
  nameOf: (id) => nameOf(graph, id),
  describe: ({ id, text, matched }) => {
    const spot = graph.spots.get(id);
    return [graph.things.get(id).kind, spot?.year, matched === "name" ? null : text]
      .filter(Boolean)
      .join(" · ");
  },
  choose: (id) => {
    const around = app.state.view === "neighbourhood" ? { centre: id, expanded: [] } : {};
    app.set({ selected: id, to: null, only: null, ...around });
    details.focus();
  },
});
byId("find").append(search.box);

function pictureOf(view) {
  if (view === "matrix") {
    const among = isolated(graph, app.state) ?? [...graph.spots.keys()];
    return pictureOfMatrices(graph, app.state.filters, among, { theme: theme(), measure: textWidth });
  }
  const groups = graph.relations
    .filter(({ relation }) => !app.state.hidden.includes(relation))
    .map(({ group }) => group);
  const strip = () => legendStrip(new Set(groups), { theme: theme(), measure: textWidth });
  const foot = view === "lineage" ? strip() : undefined;
  return { items: views[view].picture(), ...views[view].canvas.size(), foot };
}

const takeAway = makeTakeAway(app, byId("take-away"), {
  pictureOf,
  table: () =>
    tableOfView({ graph, state: app.state, tableRows: table.rows(), neighbourhoodRows: surroundings.rows() }),
  theme,
  showQuery,
  showText,
  say,
});

// ---- telling everybody

function summary(ids) {
  const edges = visibleEdges(graph, app.state, ids);
  const all = graph.spots.size;
  const models = ids.length === all ? all : `${ids.length} of ${all}`;
  const drawn = isCrowded(graph) ? " (select to see)" : "";
  return `${models} models, systems, methods and libraries, ${edges.length} lineage edges${drawn}`;
}

const tabs = [...document.querySelectorAll("[role=tab]")];

function update(state, before) {
  for (const tab of tabs) {
    const chosen = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  const ids = visibleIds(graph, state);
  byId("summary").textContent = summary(ids);
  byId("nothing").hidden = ids.length > 0 || state.view === "neighbourhood";
  legend.update(state, ids);
  facets.update(state);
  details.update();
  takeAway.update(state);
  views[state.view].update(state, before);
  if (state.selected !== before.selected && state.selected) say(spoken(state.selected));
}

/** What a screen reader hears when a thing is selected. */
function spoken(id) {
  const up = graph.byChild.get(id)?.length ?? 0;
  const down = graph.byParent.get(id)?.length ?? 0;
  const year = graph.spots.get(id)?.year;
  const lineageWords = graph.spots.has(id) ? `, built on ${up}, built upon by ${down}` : "";
  return `${nameOf(graph, id)}, ${graph.things.get(id).kind}${year ? `, ${year}` : ""}${lineageWords}`;
}

function setTheme() {
  legend.draw(theme());
  legend.update(app.state, visibleIds(graph, app.state));
  lineage.setTheme(theme());
  surroundings.setTheme(theme());
}

function toggleFilters(open = byId("facets").hidden) {
  byId("facets").hidden = !open;
  byId("filters-toggle").setAttribute("aria-expanded", String(open));
  facets.update(app.state);
}

/** Close the filters if the keyboard is in them; tell whether it was. */
function leaveFilters() {
  if (!byId("facets").contains(document.activeElement)) return false;
  toggleFilters(false);
  byId("filters-toggle").focus();
  return true;
}

/** Close what folds out over the page, but for the one that holds an element; tell whether any was open. */
function closeMenus(but = null) {
  const open = [...document.querySelectorAll("details.menu[open]")].filter((menu) => !menu.contains(but));
  for (const menu of open) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
  return open.length > 0;
}

const select = (id) => id && app.set({ selected: id, to: null, only: null });
const pictureNow = () => (app.state.view === "neighbourhood" ? surroundings : lineage);

app.onChange(update);
walkTabs(tabs, (view) => {
  const around = app.state.selected ?? surroundings.centre();
  const other = view === "neighbourhood" && around !== app.state.centre;
  app.set({ view, ...(other ? { centre: around, expanded: [] } : {}) });
});
walkWithKeys(byId("mynetwork"), { neighbour: lineage.neighbour, select, open: () => details.focus() });
walkWithKeys(byId("rings"), {
  neighbour: surroundings.neighbour,
  select,
  open: () => surroundings.expand(app.state.selected ?? surroundings.centre()),
});
listenToKeys({
  search: () => search.input.focus(),
  filters: () => {
    toggleFilters();
    if (!byId("facets").hidden) byId("facets").querySelector("summary").focus();
  },
  help: showKeys,
  clear: () => closeMenus() || leaveFilters() || app.set({ selected: null, only: null, to: null }),
  view: (view) => tabs.find((tab) => tab.dataset.view === view).click(),
  zoom: (factor) => pictureNow().canvas.zoomBy(factor),
  fit: () => pictureNow().fit(),
});
byId("filters-toggle").addEventListener("click", () => toggleFilters());
byId("keys").addEventListener("click", showKeys);
byId("clear").addEventListener("click", () => app.set({ filters: {} }));
for (const [name, act] of [
  ["zoom-in", () => pictureNow().canvas.zoomBy(1.3)],
  ["zoom-out", () => pictureNow().canvas.zoomBy(1 / 1.3)],
  ["fit", () => pictureNow().fit()],
]) {
  for (const button of document.getElementsByClassName(name)) button.addEventListener("click", act);
}
document.addEventListener("click", (event) => {
  if (event.target.closest("#take-away button")) closeMenus();
  else closeMenus(event.target);
});
darkness.addEventListener("change", setTheme);
app.start();
// The first picture is painted in the next frame, and stands when the one after it comes.
requestAnimationFrame(() => requestAnimationFrame(() => document.body.setAttribute("data-ready", "true")));
