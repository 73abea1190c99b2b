// Facts in words: the value of each property, where it comes from, and the links outwards.
import { element, outward } from "./dom.js";
import { papersOf } from "./graph.js";
import { ABOUT_FACTS, sourceOf, sourcesOf } from "./provenance.js";

/** More values than these of one property are folded away. */
const MANY = 12;

/** A text value as people read it. */
function worded(key, value) {
  if (key === "parameterCount") return Number(value).toLocaleString("en");
  return key === "notReported" ? value.split(":").at(-1) : value;
}

/** @param jump makes a button that goes to a thing */
export function makeFactList(graph, jump) {
  /** Things as buttons, texts in one run of words. */
  function told(key, ids) {
    const texts = ids.filter((value) => !graph.things.has(value)).map((value) => worded(key, value));
    const things = ids.filter((value) => graph.things.has(value)).map(jump);
    return texts.length ? [element("span", {}, texts.join(", ")), ...things] : things;
  }

  function values(key, ids) {
    if (ids.length <= MANY) return told(key, ids);
    const more = element("summary", {}, `and ${ids.length - MANY} more`);
    const rest = element("div", { class: "values" }, ...told(key, ids.slice(MANY)));
    return [...told(key, ids.slice(0, MANY)), element("details", {}, more, rest)];
  }

  /** Facts in which the thing is the value: the models of an organization, the papers that evaluate it. */
  function backwards(thing) {
    const found = new Map();
    for (const { from, key } of graph.factsTo.get(thing.id) ?? []) {
      if (graph.propertyOf.get(key)?.inverse) found.set(key, [...(found.get(key) ?? []), from]);
    }
    return found;
  }

  /** What each short word for a source means for this thing. */
  function key(thing, used) {
    const known = sourcesOf(graph, thing);
    const items = [...used].map((word) => {
      const sentences = known.get(word).map(({ text, page }) => (page ? outward(page, text) : text));
      const words = sentences.flatMap((sentence, index) => (index ? ["; ", sentence] : [sentence]));
      return element("li", {}, element("span", { class: `from ${word}` }, word), " ", ...words);
    });
    return element("ul", { class: "sources", "aria-label": "Where the facts come from" }, ...items);
  }

  return {
    facts(thing) {
      const list = element("dl");
      const used = new Set();
      for (const { key: property, label } of graph.properties) {
        const own = thing.facts[property] ?? [];
        if (!own.length || ABOUT_FACTS.includes(property)) continue;
        const source = sourceOf(thing, property);
        used.add(source);
        const from = element("span", { class: `from ${source}` }, source);
        list.append(
          element("dt", {}, label),
          element("dd", { class: "values" }, ...values(property, own), from),
        );
      }
      for (const [property, others] of backwards(thing)) {
        const { inverse } = graph.propertyOf.get(property);
        list.append(
          element("dt", {}, inverse),
          element("dd", { class: "values" }, ...values(property, others)),
        );
      }
      return list.children.length ? [element("h3", {}, "Facts"), list, key(thing, used)] : [];
    },

    /** Links to paper, code, weights and pages; those of the papers that introduce it are its own. */
    links(thing) {
      const links = [...papersOf(graph, thing).flatMap((paper) => paper.links), ...thing.links];
      if (!links.length) return [];
      const items = links.map(([word, url]) => element("li", {}, `${word}: `, outward(url)));
      return [element("h3", {}, "Links"), element("ul", { class: "links" }, ...items)];
    },
  };
}
