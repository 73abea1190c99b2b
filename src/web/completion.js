/** What can be completed at a place of a query: keywords, variables, prefixes and terms of the graph. */

const KEYWORDS = [
  ..."SELECT,DISTINCT,WHERE,FILTER,OPTIONAL,UNION,MINUS,VALUES,BIND,GROUP BY,ORDER BY,HAVING,LIMIT".split(
    ",",
  ),
  ..."OFFSET,ASK,CONSTRUCT,DESCRIBE,FROM,NAMED,GRAPH,EXISTS,NOT EXISTS,COUNT,SUM,MIN,MAX,AVG".split(","),
  ..."SAMPLE,GROUP_CONCAT,CONTAINS,REGEX,STR,LANG,LCASE,STRSTARTS,COALESCE,BOUND,PREFIX".split(","),
];
const MOST = 60;

/** The word before the cursor that may be completed: `?va`, `hfm:memb`, `bio`. */
export const WORD = /[?$]\w*|[A-Za-z][\w-]*:?[\w.-]*/;

/**
 * Return what completes a word, best first.
 *
 * @param {string} word the word before the cursor
 * @param {{prefixes: Object<string, string>, terms: {curie: string, label: string, kind: string}[]}} help
 * @param {string[]} variables those of the query
 * @returns {{label: string, detail?: string, type: string}[]}
 */
export function candidates(word, help, variables) {
  if (/^[?$]/.test(word)) {
    const matching = variables.filter((name) => name.startsWith(word.slice(1)) && name !== word.slice(1));
    return matching.map((name) => ({ label: word[0] + name, type: "variable" }));
  }
  const lower = word.toLowerCase();
  if (word.includes(":")) return matchingTerms(lower, help.terms);
  const keywords = KEYWORDS.filter((keyword) => keyword.toLowerCase().startsWith(lower));
  const prefixes = Object.entries(help.prefixes).filter(([prefix]) => prefix.startsWith(lower));
  return [
    ...keywords.map((keyword) => ({ label: keyword, type: "keyword" })),
    ...prefixes.map(([prefix, namespace]) => ({ label: `${prefix}:`, detail: namespace, type: "namespace" })),
    ...matchingTerms(lower, help.terms),
  ].slice(0, MOST);
}

// A term matches by its name from the start, by its local name, or by a word of its label, in that order.
function matchingTerms(lower, terms) {
  const [wanted, local] = lower.includes(":") ? lower.split(":") : ["", lower];
  const ranked = [[], [], []];
  for (const term of terms) {
    const [prefix, name] = splitName(term.curie.toLowerCase());
    if (wanted && prefix !== wanted) continue;
    if (name.startsWith(local)) ranked[0].push(term);
    else if (term.label.toLowerCase().startsWith(local)) ranked[1].push(term);
    else if (local.length > 2 && `${name} ${term.label.toLowerCase()}`.includes(local)) ranked[2].push(term);
  }
  return ranked
    .flat()
    .slice(0, MOST)
    .map(({ curie, label, kind }) => ({ label: curie, detail: label, type: kind }));
}

function splitName(curie) {
  const colon = curie.indexOf(":");
  return [curie.slice(0, colon), curie.slice(colon + 1)];
}
