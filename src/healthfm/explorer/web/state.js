// The state of the page and its form in the address: a permalink restores all of it.
import { FOLLOWED } from "./lineage.js";

export const VIEWS = ["lineage", "matrix", "table", "neighbourhood"];
export const ISOLATIONS = ["up", "down", "both", "impact"];

/** Facets in the order people meet them; the key is also the name in the address. */
export const FACETS = [
  { key: "category", label: "Category" },
  { key: "modality", label: "Modality" },
  { key: "domain", label: "Domain" },
  { key: "area", label: "Application area" },
  { key: "family", label: "Family" },
  { key: "relation", label: "Relation to a parent" },
  { key: "year", label: "Year" },
  { key: "organization", label: "Organization" },
  { key: "licence", label: "Licence of code or weights" },
  { key: "access", label: "Access to weights" },
  { key: "listed", label: "In the list" },
];

export const START = Object.freeze({
  view: "lineage",
  selected: null,
  filters: {},
  hidden: [],
  only: null,
  through: "weights",
  to: null,
  centre: null,
  hops: 1,
  expanded: [],
  sort: "name",
  camera: null,
});

/** The state after a change; the camera of another picture would look at nothing. */
export function changed(state, change) {
  const other = ["filters", "only", "through"].some((key) => key in change && change[key] !== state[key]);
  return { ...state, ...(other ? { camera: null } : {}), ...change };
}

/** One value in the address: `:` and `/` stay readable, a comma is never left bare. */
function encode(value) {
  return encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** Write the state as the part of an address after `#`; what is as at the start is left out. */
export function toHash(state) {
  const parts = [];
  const put = (key, values) => {
    if (values.length) parts.push(`${key}=${values.map((value) => encode(String(value))).join(",")}`);
  };
  const one = (key, value, start) => put(key, value === start || value === null ? [] : [value]);
  one("view", state.view, START.view);
  one("n", state.selected, null);
  for (const { key } of FACETS) put(key, state.filters[key] ?? []);
  put("hide", state.hidden);
  one("only", state.only, null);
  one("through", state.through, START.through);
  one("to", state.to, null);
  one("around", state.centre, null);
  one("hops", state.hops, START.hops);
  put("expanded", state.expanded);
  one("sort", state.sort, START.sort);
  put("at", state.camera ?? []);
  return parts.join("&");
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Read a state from the part of an address after `#`; what makes no sense is as at the start. */
export function fromHash(hash) {
  const given = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [key, text = ""] = part.split("=", 2);
    given.set(key, text.split(",").map(decode).filter(Boolean));
  }
  const all = (key) => given.get(key) ?? [];
  const one = (key) => all(key)[0] ?? null;
  const among = (key, allowed, start) => (allowed.includes(one(key)) ? one(key) : start);
  const filters = {};
  for (const { key } of FACETS) if (all(key).length) filters[key] = all(key);
  const camera = all("at").map(Number);
  return {
    view: among("view", VIEWS, START.view),
    selected: one("n"),
    filters,
    hidden: all("hide"),
    only: among("only", ISOLATIONS, null),
    through: among("through", Object.keys(FOLLOWED), START.through),
    to: one("to"),
    centre: one("around"),
    hops: one("hops") === "2" ? 2 : 1,
    expanded: all("expanded"),
    sort: one("sort") ?? START.sort,
    camera: camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0 ? camera : null,
  };
}
