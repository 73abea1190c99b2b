// A small world: Transformer ← BERT ← {BioBERT, DistilBERT}, Vision ← Hybrid (which calls BERT), and a loner.
import { readGraph } from "../../src/healthfm/explorer/web/graph.js";

const edge = (child, relation, parent) => ({
  from: `model:${parent}`,
  to: `model:${child}`,
  relation,
  statement: `${child} is built on ${parent}.`,
  source: "paper:bert",
  basis: "source-read",
  confidence: "high",
  claim: `claim:${child}-1`,
});

const spot = (id, year, lane, descendants, inList = true) => ({
  id: `model:${id}`,
  year,
  lane,
  descendants,
  inList,
});

const model = (id, name, facts = {}, more = {}) => ({
  id: `model:${id}`,
  kind: "model",
  name,
  facts,
  ...more,
});

const text = { category: ["category:language"], modality: ["modality:text"], domain: ["domain:general"] };

/** The scene as the page's data block holds it. */
export const scene = {
  title: "A toy",
  version: "9.9.9",
  spots: [
    spot("bert", 2018, "family:bert", 3),
    spot("biobert", 2019, "family:bert", 0),
    spot("distilbert", 2019, "family:bert", 0),
    spot("transformer", 2017, "category:language", 4, false),
    spot("hybrid", null, "category:vision", 0),
    spot("loner", 2019, "unconnected", 0),
  ],
  edges: [
    edge("bert", "extends", "transformer"),
    edge("biobert", "continuesPretrainingOf", "bert"),
    edge("distilbert", "distilledFrom", "bert"),
    edge("hybrid", "calls", "bert"),
  ],
  lanes: [
    { id: "family:bert", name: "BERT", colour: 0 },
    { id: "category:language", name: "Other language", colour: 7 },
    { id: "category:vision", name: "Other vision", colour: 7 },
    { id: "unconnected", name: "No lineage", colour: 7 },
  ],
  things: [
    model("transformer", "Transformer", text),
    model("bert", "BERT", { ...text, memberOf: ["family:bert"], introducedBy: ["paper:bert"] }),
    model(
      "biobert",
      "BioBERT",
      {
        ...text,
        domain: ["domain:healthcare"],
        applicationArea: ["area:medical-informatics"],
        memberOf: ["family:bert"],
        developedBy: ["organization:korea"],
        codeLicense: ["https://example.org/licence"],
        weightsAccess: ["open"],
        altLabel: ["Bio BERT"],
        introducedBy: ["paper:biobert"],
        factsBasis: ["curator-knowledge"],
        factsChecked: ["2026-11-24"],
        year: ["2019"],
      },
      { inferred: ["domain", "memberOf"], links: [["code, official", "https://example.org/code"]] },
    ),
    model("distilbert", "DistilBERT", {
      ...text,
      memberOf: ["family:bert"],
      notReported: ["hfm:codeLicense", "hfm:weightsAccess"],
    }),
    model("hybrid", "Hybrid", {
      category: ["category:vision"],
      modality: ["modality:text", "modality:image"],
    }),
    model("loner", "=Loner, alone"),
    { id: "paper:bert", kind: "paper", name: "Pre-training of deep transformers" },
    {
      id: "paper:biobert",
      kind: "paper",
      name: "A biomedical language model",
      links: [["paper", "https://arxiv.org/abs/1901.08746"]],
      rows: ["Awesome list of 2023-03-29, line 59: Language > Healthcare"],
    },
    { id: "paper:survey", kind: "paper", name: "A survey", links: [["paper", "https://example.org/survey"]] },
    { id: "organization:korea", kind: "organization", name: "Korea University" },
    { id: "family:bert", kind: "family", name: "BERT" },
    { id: "category:language", kind: "category", name: "Language" },
    { id: "category:vision", kind: "category", name: "Vision" },
    { id: "modality:text", kind: "modality", name: "Text" },
    { id: "modality:image", kind: "modality", name: "Image" },
    { id: "modality:volume", kind: "modality", name: "Volume" },
    { id: "domain:general", kind: "domain", name: "General" },
    { id: "domain:healthcare", kind: "domain", name: "Healthcare" },
    { id: "area:medical-informatics", kind: "area", name: "Medical informatics" },
    { id: "https://example.org/licence", kind: "licence", name: "A licence" },
    {
      id: "list:awesome",
      kind: "list",
      name: "Awesome list",
      facts: { date: ["2023-03-29"], source: ["paper:survey"] },
    },
  ],
  properties: [
    { key: "modality", term: "hfm:modality", label: "modality", inverse: "things of it" },
    { key: "memberOf", term: "hfm:memberOf", label: "family", inverse: "members" },
    { key: "developedBy", term: "hfm:developedBy", label: "developed by", inverse: "developed" },
    { key: "introducedBy", term: "hfm:introducedBy", label: "described in", inverse: "introduces" },
  ],
  relations: [
    { relation: "continuesPretrainingOf", group: "weights", name: "continues pretraining of" },
    { relation: "distilledFrom", group: "behaviour", name: "distilled from" },
    { relation: "extends", group: "method", name: "extends" },
    { relation: "calls", group: "calls", name: "calls" },
  ],
  prefixes: {
    hfm: "https://w3id.org/healthfm/ns/",
    model: "https://w3id.org/healthfm/model/",
    modality: "https://w3id.org/healthfm/modality/",
    family: "https://w3id.org/healthfm/family/",
  },
  shapes: ["dot", "square", "triangle", "diamond", "star", "triangleDown", "hexagon", "dot"],
};

export const toyGraph = (from = scene) => readGraph(structuredClone(from));
