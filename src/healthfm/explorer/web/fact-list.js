// Facts in words: the value of each property, where it comes from, and the links outwards.
import { element, outward } from "./dom.js";
import { ABOUT_FACTS, sourceOf, sourcesOf } from "./provenance.js";

/** More values than these of one property are folded away. */
const MANY = 12;

/** A text value as people read it. */
function worded(key, value) {
  if (key === "parameterCount") return Number(value).toLocaleString("en");
  return key === "notReported" ? value.split(":").at(-1) : value;
}

const commas = (items) => items.flatMap((item, index) => (index ? [", ", item] : [item]));

/** @param jump makes a button that goes to a thing */
export function makeFactList(graph, jump) {
  function values(key, ids) {
    const items = ids.map((value) =>
      graph.things.has(value) ? jump(value) : element("span", {}, worded(key, value)),
    );
    if (items.length <= MANY) return commas(items);
    const more = element("summary", {}, `and ${items.length - MANY} more`);
    return [...commas(items.slice(0, MANY)), element("details", {}, more, ...commas(items.slice(MANY)))];
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
      const told = sentences.flatMap((sentence, index) => (index ? ["; ", sentence] : [sentence]));
      return element("li", {}, element("span", { class: `from ${word}` }, word), " ", ...told);
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
        list.append(element("dt", {}, label), element("dd", {}, ...values(property, own), " ", from));
      }
      for (const [property, others] of backwards(thing)) {
        const { inverse } = graph.propertyOf.get(property);
        list.append(element("dt", {}, inverse), element("dd", {}, ...values(property, others)));
      }
      return list.children.length ? [element("h3", {}, "Facts"), list, key(thing, used)] : [];
    },

    /** Links to paper, code, weights and pages; those of the papers that introduce it are its own. */
    links(thing) {
      const papers = (thing.facts.introducedBy ?? []).map((id) => graph.things.get(id)).filter(Boolean);
      const links = [...papers.flatMap((paper) => paper.links), ...thing.links];
      if (!links.length) return [];
      const items = links.map(([word, url]) => element("li", {}, `${word}: `, outward(url)));
      return [element("h3", {}, "Links"), element("ul", { class: "links" }, ...items)];
    },
  };
}
