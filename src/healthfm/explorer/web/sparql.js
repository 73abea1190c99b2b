// The same in SPARQL: a query for one thing, and one for what the filters leave.
import { NONE, NOT_REPORTED } from "./facets.js";
import { iriOf } from "./graph.js";

const PROPERTIES = {
  category: ["hfm:category"],
  modality: ["hfm:modality"],
  domain: ["hfm:domain"],
  area: ["hfm:applicationArea"],
  family: ["hfm:memberOf"],
  organization: ["hfm:developedBy"],
  licence: ["hfm:codeLicense", "hfm:weightsLicense"],
  access: ["hfm:weightsAccess"],
};

/** A term as SPARQL writes it; nothing in it can end it. */
function term(graph, value) {
  const iri = iriOf(graph, value);
  if (iri !== value || /^https?:/.test(value))
    return `<${iri.replace(/[<>"{}|\\^`\s\p{Cc}]/gu, encodeURIComponent)}>`;
  return JSON.stringify(value);
}

/** All that is known of one thing, in either direction. */
export function queryOfThing(graph, id) {
  const it = term(graph, id);
  return `SELECT ?property ?value ?other WHERE {\n  { ${it} ?property ?value } UNION { ?other ?property ${it} }\n}\nORDER BY ?property ?value ?other\n`;
}

function clause(graph, facet, values) {
  const variable = `?${facet}`;
  if (facet === "year") {
    const years = values.filter((value) => value !== NONE);
    const dated = `?it hfm:year ${variable} . VALUES ${variable} { ${years.join(" ")} }`;
    return either([
      ...(years.length ? [dated] : []),
      ...(values.includes(NONE) ? ["FILTER NOT EXISTS { ?it hfm:year ?any }"] : []),
    ]);
  }
  if (facet === "listed") {
    const row = "EXISTS { ?it hfm:introducedBy/^hfm:about ?row }";
    return either(values.map((value) => `FILTER ${value === "yes" ? row : `NOT ${row}`}`));
  }
  if (facet === "relation") return relationClause(graph, values);
  return factClause(graph, facet, values);
}

function factClause(graph, facet, values) {
  const path = PROPERTIES[facet].join("|");
  const named = values.filter((value) => value !== NONE && value !== NOT_REPORTED);
  const silent = `?it hfm:notReported ?silent . VALUES ?silent { ${PROPERTIES[facet].join(" ")} }`;
  const without = `FILTER NOT EXISTS { ?it ${path} ?any }`;
  const parts = [];
  if (named.length) {
    parts.push(
      `?it ${path} ?${facet} . VALUES ?${facet} { ${named.map((value) => term(graph, value)).join(" ")} }`,
    );
  }
  if (values.includes(NOT_REPORTED)) parts.push(`${without} ${silent}`);
  if (values.includes(NONE)) parts.push(`${without} FILTER NOT EXISTS { ${silent} }`);
  return either(parts);
}

function relationClause(graph, values) {
  const named = values.filter((value) => value !== NONE && graph.relationNames.has(value));
  const parts = [];
  if (named.length) parts.push(`?it ${named.map((value) => `hfm:${value}`).join("|")} ?parent .`);
  if (values.includes(NONE)) parts.push("FILTER NOT EXISTS { ?it hfm:dependsOn ?any }");
  return either(parts);
}

function either(parts) {
  return parts.length === 1
    ? parts[0]
    : parts.map((part) => `{ ?it a hfm:Artifact . ${part} }`).join("\n  UNION\n  ");
}

/** The artifacts that pass the filters. */
export function queryOfFilters(graph, filters) {
  const lines = Object.entries(filters).map(([facet, values]) => `  ${clause(graph, facet, values)}\n`);
  return `SELECT DISTINCT ?it ?name WHERE {\n  ?it a hfm:Artifact ; rdfs:label ?name .\n${lines.join("")}}\nORDER BY ?name\n`;
}
