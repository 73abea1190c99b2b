// Finding things by name, other name or title.
import { ARTIFACT_KINDS, papersOf } from "./graph.js";

/** A text as it is compared: without case and marks. */
export const foldName = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "");

/** Every name of everything, ready to be searched. */
export function searchIndex(graph, kinds = null) {
  const entries = [];
  const add = (thing, text, matched) =>
    entries.push({ id: thing.id, text, matched, folded: foldName(text), rank: rankOf(graph, thing) });
  for (const thing of graph.things.values()) {
    if (kinds && !kinds.includes(thing.kind)) continue;
    add(thing, thing.name, "name");
    for (const other of thing.facts.altLabel ?? []) add(thing, other, "other name");
    for (const paper of papersOf(graph, thing)) add(thing, paper.name, "title");
  }
  return entries;
}

/** The same as a function that makes it when it is first asked, for not everybody searches. */
export function indexWhenAsked(graph, kinds = null) {
  let entries = null;
  return () => {
    entries ??= searchIndex(graph, kinds);
    return entries;
  };
}

/** Artifacts come first, those with more descendants before others. */
function rankOf(graph, thing) {
  const spot = graph.spots.get(thing.id);
  if (spot) return -spot.descendants;
  return ARTIFACT_KINDS.includes(thing.kind) ? 0 : thing.kind === "paper" ? 2 : 1;
}

/** How well an entry fits, the lower the better; null where it does not. */
function fit(folded, words) {
  const whole = words.join(" ");
  if (folded === whole) return 0;
  if (folded.startsWith(whole)) return 1;
  if (folded.includes(` ${whole}`) || folded.includes(`-${whole}`)) return 2;
  if (folded.includes(whole)) return 3;
  return words.every((word) => folded.includes(word)) ? 4 : null;
}

const MATCHED = { name: 0, "other name": 0.5, title: 10 };

/** The best entries, one for each thing. */
export function find(entries, text, limit = 12) {
  const words = foldName(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const best = new Map();
  for (const entry of entries) {
    const how = fit(entry.folded, words);
    if (how === null) continue;
    const score = how + MATCHED[entry.matched];
    if (!best.has(entry.id) || best.get(entry.id).score > score) best.set(entry.id, { ...entry, score });
  }
  const order = (a, b) =>
    a.score - b.score || a.rank - b.rank || a.text.length - b.text.length || a.id.localeCompare(b.id);
  return [...best.values()].sort(order).slice(0, limit);
}
