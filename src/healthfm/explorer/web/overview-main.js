// Starts the page of a large graph: counts, search, and one neighbourhood after another.
import { makeCanvas, textWidth } from "./canvas.js";
import { arrow, straight } from "./curves.js";
import { element } from "./dom.js";
import { walkTabs } from "./keyboard.js";
import { placeLabels } from "./labels.js";
import { edgesAmong, expand, MOST_SHOWN, placeByYear, readOverview } from "./overview-graph.js";
import { countTable } from "./overview-tables.js";
import { foldName } from "./search.js";
import { makeSearchBox } from "./search-box.js";
import { runBlock, unpack } from "./unpack.js";

const byId = (id) => document.getElementById(id);
const [columns, network] = await Promise.all([unpack("overview"), unpack("pyvis"), runBlock("vis")]);
const graph = readOverview(JSON.parse(columns));
const darkness = matchMedia("(prefers-color-scheme: dark)");
const theme = () => (darkness.matches ? graph.themes.dark : graph.themes.light);
const whole = (number) => number.toLocaleString("en");
const withYear = (thing) => `${graph.names[thing]}${graph.years[thing] ? ` (${graph.years[thing]})` : ""}`;

let shown = new Set();
let selected = null;
let layout = placeByYear(graph, shown);

// ---- the picture

const canvas = makeCanvas(byId("mynetwork"), JSON.parse(JSON.parse(network).options), {
  behind: () => [...lines(), ...yearLines()],
  front: labels,
  pick: (thing) => thing !== null && select(thing),
  open: (thing) => openAround(thing),
  hover: () => {},
  moved: () => {},
  resized: () => fitAll(),
});

function yearLines() {
  const { size, toScreen } = canvas.view();
  return layout.years.map(({ year, x }) => ({
    text: year ? String(year) : "undated",
    x: toScreen({ x, y: 0 }).x,
    y: Math.min(14, size.height),
    anchor: "middle",
    fill: theme().quiet,
    weight: 700,
  }));
}

function labels() {
  const { size, scale, toScreen } = canvas.view();
  const order = [...shown].sort((a, b) => graph.down[b].length - graph.down[a].length);
  const candidates = order.map((thing) => ({
    id: thing,
    text: graph.names[thing],
    ...toScreen(layout.places.get(thing)),
    radius: radius(thing) * scale,
    sides: ["right", "below"],
    must: thing === selected,
    weight: thing === selected ? 700 : 400,
  }));
  return placeLabels(candidates, textWidth, { left: 0, right: size.width, top: 24 }).map(
    ({ text, x, y, weight }) => ({
      text,
      x,
      y,
      weight,
      fill: theme().ink,
      halo: theme().paper,
    }),
  );
}

const radius = (thing) => 4 + Math.min(9, Math.sqrt(graph.down[thing].length));

function nodeOf(thing) {
  const fill = thing === selected ? theme().families[1] : theme().families[0];
  const colour = { background: fill, border: theme().outline };
  return {
    id: thing,
    label: "",
    ...layout.places.get(thing),
    size: radius(thing),
    color: { ...colour, highlight: colour, hover: colour },
  };
}

function lines() {
  const { scale, toScreen } = canvas.view();
  return edgesAmong(graph, shown).flatMap((edge) => {
    const child = graph.children[edge];
    const [from, to] = [graph.parents[edge], child].map((thing) => toScreen(layout.places.get(thing)));
    const stroke = theme().groups[graph.relationGroups[graph.relations[edge]]];
    return arrow(straight(from, to), radius(child) * scale, { stroke, width: 1 });
  });
}

function draw() {
  canvas.show([...shown].map(nodeOf));
}

function fitAll() {
  const places = [...layout.places.values()];
  if (!places.length) return;
  const span = (key) => [Math.min(...places.map((at) => at[key])), Math.max(...places.map((at) => at[key]))];
  const [[left, right], [top, bottom]] = [span("x"), span("y")];
  const { width, height } = canvas.size();
  const scale = Math.min(1.4, width / (right - left + 260), height / (bottom - top + 90));
  canvas.moveTo({ x: (left + right) / 2 + 50, y: (top + bottom) / 2, scale: Math.max(0.4, scale) });
}

// ---- what is opened

/** Draw a thing with what is next to it; what is there already stays, as long as there is room. */
function openAround(thing, { fresh = false } = {}) {
  const grown = expand(graph, fresh ? new Set() : shown, thing);
  shown = grown.shown;
  selected = thing;
  showTab("neighbourhood");
  const { width, height } = canvas.size();
  layout = placeByYear(graph, shown, height / width);
  draw();
  fitAll();
  showDetails(thing);
  const left = grown.leftOut
    ? `; ${whole(grown.leftOut)} more did not fit, ${MOST_SHOWN} are drawn at most`
    : "";
  byId("said").textContent = `${whole(shown.size)} things drawn${left}`;
}

function select(thing) {
  selected = thing;
  if (shown.has(thing)) canvas.update([...shown].map(nodeOf));
  canvas.redraw();
  showDetails(thing);
}

function link(thing) {
  const click = () => (shown.has(thing) ? select(thing) : openAround(thing));
  return element("button", { type: "button", class: "link", click }, withYear(thing));
}

function list(title, edges, other) {
  const items = edges
    .slice(0, MOST_SHOWN)
    .map((edge) => element("li", {}, `${graph.relationNames[graph.relations[edge]]} `, link(other[edge])));
  const rest = edges.length - items.length;
  if (rest) items.push(element("li", { class: "quiet" }, `and ${whole(rest)} more`));
  return edges.length
    ? [element("h3", {}, `${title} (${whole(edges.length)})`), element("ul", {}, ...items)]
    : [];
}

function showPanel(...content) {
  const close = element("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => (byId("details").hidden = true));
  byId("details").replaceChildren(close, ...content);
  byId("details").hidden = false;
  byId("details").scrollTop = 0;
}

function showDetails(thing) {
  const afresh = element(
    "button",
    { type: "button", click: () => openAround(thing, { fresh: true }) },
    "Only this",
  );
  const more = element("button", { type: "button", click: () => openAround(thing) }, "Expand");
  showPanel(
    element("p", { class: "kind" }, [graph.kinds[thing], graph.years[thing] || "undated"].join(" · ")),
    element("h2", {}, graph.names[thing]),
    element(
      "p",
      { class: "quiet" },
      graph.rows[thing].map((row) => graph.tables.families.rows[row]).join(", "),
    ),
    element("p", { class: "actions" }, more, afresh),
    ...list("Built on", graph.up[thing], graph.parents),
    ...list("Built upon by", graph.down[thing], graph.children),
    element(
      "p",
      { class: "sources" },
      "With evidence: ",
      element("code", {}, `healthfm lineage ${graph.ids[thing]}`),
    ),
  );
}

function showCell(row, column) {
  const { rows, columns: names, years } = graph.tables.families;
  const found = [...graph.ids.keys()].filter(
    (thing) => graph.years[thing] === years[column] && graph.rows[thing].includes(row),
  );
  const things = found.sort((a, b) => graph.down[b].length - graph.down[a].length);
  const items = things.slice(0, MOST_SHOWN).map((thing) => element("li", {}, link(thing)));
  const rest = things.length - items.length;
  showPanel(
    element("h2", {}, `${rows[row]}, ${names[column]}`),
    element(
      "p",
      { class: "quiet" },
      `${whole(things.length)}, those most built upon first${rest ? `; the first ${MOST_SHOWN} of them` : ""}`,
    ),
    element("ul", {}, ...items),
  );
}

// ---- the page

const tabs = [...document.querySelectorAll("[role=tab]")];

function showTab(view) {
  for (const tab of tabs) {
    const chosen = tab.dataset.view === view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
}

const entries = graph.names.map((name, thing) => ({
  id: String(thing),
  text: name,
  matched: "name",
  folded: foldName(name),
  rank: -graph.down[thing].length,
}));
const search = makeSearchBox({
  label: "Find a model, system, method or library",
  placeholder: "Find a model …",
  entries: () => entries,
  nameOf: (thing) => graph.names[thing],
  describe: ({ id }) => `${graph.kinds[id]}, ${graph.years[id] || "undated"}`,
  choose: (thing) => openAround(Number(thing), { fresh: true }),
});
byId("find").append(search.box);
byId("summary").textContent =
  `${whole(graph.ids.length)} models, systems, methods and libraries, ${whole(graph.children.length)} lineage edges`;
byId("matrices").append(countTable(graph.tables.families, showCell), countTable(graph.tables.kinds));
walkTabs(tabs, showTab);
showTab("counts");
byId("fit").addEventListener("click", fitAll);
byId("zoom-in").addEventListener("click", () => canvas.zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => canvas.zoomBy(1 / 1.3));
darkness.addEventListener("change", draw);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input")) return;
  event.preventDefault();
  search.input.focus();
});
requestAnimationFrame(() => requestAnimationFrame(() => document.body.setAttribute("data-ready", "true")));
