"""The names that queries, notebooks and other people's data carry for years.

The only module that spells an IRI of ours. Terms are plain ``Final[str]``: a misspelt one fails in
mypy, and importing this module costs nothing (rooms that need rdflib terms make them themselves).

References
----------
The ontology is ``ontology/healthfm.ttl``; a test compares both ways.
"""

from __future__ import annotations

from typing import Final

ROOT: Final = "https://w3id.org/healthfm/"

HFM_NS: Final = ROOT + "ns/"
MODEL_NS: Final = ROOT + "model/"
PAPER_NS: Final = ROOT + "paper/"
ORGANIZATION_NS: Final = ROOT + "organization/"
FAMILY_NS: Final = ROOT + "family/"
CATEGORY_NS: Final = ROOT + "category/"
MODALITY_NS: Final = ROOT + "modality/"
DOMAIN_NS: Final = ROOT + "domain/"
AREA_NS: Final = ROOT + "area/"
TASK_NS: Final = ROOT + "task/"
DATASET_NS: Final = ROOT + "dataset/"
CLAIM_NS: Final = ROOT + "claim/"
ROW_NS: Final = ROOT + "row/"
LIST_NS: Final = ROOT + "list/"
VERSION_NS: Final = ROOT + "version/"

#: The two named graphs that partition the default graph.
ASSERTED_GRAPH: Final = ROOT + "graph/asserted"
INFERRED_GRAPH: Final = ROOT + "graph/inferred"
#: Stands in another server while the graph is being brought there, and not before or after.
UNFINISHED_GRAPH: Final = ROOT + "graph/unfinished"

#: The dataset as a whole (VoID, DCAT) and the ontology document.
CATALOGUE: Final = ROOT + "catalogue"
ONTOLOGY: Final = ROOT + "ontology"

#: Every SPARQL door knows these without declaring them; a user's own PREFIX wins.
PREFIXES: Final[dict[str, str]] = {
    "hfm": HFM_NS,
    "model": MODEL_NS,
    "paper": PAPER_NS,
    "organization": ORGANIZATION_NS,
    "family": FAMILY_NS,
    "category": CATEGORY_NS,
    "modality": MODALITY_NS,
    "domain": DOMAIN_NS,
    "area": AREA_NS,
    "task": TASK_NS,
    "dataset": DATASET_NS,
    "claim": CLAIM_NS,
    "row": ROW_NS,
    "list": LIST_NS,
    "version": VERSION_NS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "http://schema.org/",
    "fair4ml": "https://w3id.org/fair4ml#",
    "fabio": "http://purl.org/spar/fabio/",
    "codemeta": "https://w3id.org/codemeta/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "bibo": "http://purl.org/ontology/bibo/",
    "it6": "http://data.europa.eu/it6/",
    "obo": "http://purl.obolibrary.org/obo/",
    "edam": "http://edamontology.org/",
}

#: CURIE prefixes that mean an entity of the catalogue, in the order a bare id is looked up.
ENTITY_PREFIXES: Final = (
    "model", "paper", "family", "organization", "dataset", "task", "area", "category", "modality", "domain",
    "list", "version", "row", "claim",
)  # fmt: skip


class Hfm:
    """Terms of our own ontology."""

    # classes
    ARTIFACT: Final = HFM_NS + "Artifact"
    MODEL: Final = HFM_NS + "Model"
    SYSTEM: Final = HFM_NS + "System"
    METHOD: Final = HFM_NS + "Method"
    LIBRARY: Final = HFM_NS + "Library"
    PAPER: Final = HFM_NS + "Paper"
    STUDY: Final = HFM_NS + "Study"
    FAMILY: Final = HFM_NS + "Family"
    DATASET: Final = HFM_NS + "Dataset"
    ORGANIZATION: Final = HFM_NS + "Organization"
    LIST: Final = HFM_NS + "List"
    LIST_VERSION: Final = HFM_NS + "ListVersion"
    LIST_ROW: Final = HFM_NS + "ListRow"
    RESOURCE_ROW: Final = HFM_NS + "ResourceRow"
    FORMER_ROW: Final = HFM_NS + "FormerRow"
    LINEAGE_CLAIM: Final = HFM_NS + "LineageClaim"
    # what an artifact is
    CATEGORY: Final = HFM_NS + "category"
    MODALITY: Final = HFM_NS + "modality"
    DOMAIN: Final = HFM_NS + "domain"
    APPLICATION_AREA: Final = HFM_NS + "applicationArea"
    TASK: Final = HFM_NS + "task"
    INTRODUCED_BY: Final = HFM_NS + "introducedBy"
    INTRODUCES: Final = HFM_NS + "introduces"
    EVALUATES: Final = HFM_NS + "evaluates"
    DEVELOPED_BY: Final = HFM_NS + "developedBy"
    YEAR: Final = HFM_NS + "year"
    PLACEMENT_REASON: Final = HFM_NS + "placementReason"
    REPLACED_BY: Final = HFM_NS + "replacedBy"
    # pages
    CODE: Final = HFM_NS + "code"
    OFFICIAL_CODE: Final = HFM_NS + "officialCode"
    THIRD_PARTY_CODE: Final = HFM_NS + "thirdPartyCode"
    PROJECT: Final = HFM_NS + "project"
    BLOG: Final = HFM_NS + "blog"
    WEIGHTS: Final = HFM_NS + "weights"
    DOCUMENTATION: Final = HFM_NS + "documentation"
    FULL_TEXT: Final = HFM_NS + "fullText"
    # identifiers
    ARXIV_ID: Final = HFM_NS + "arxivId"
    DOI: Final = HFM_NS + "doi"
    # the three-state facts
    CODE_LICENSE: Final = HFM_NS + "codeLicense"
    WEIGHTS_LICENSE: Final = HFM_NS + "weightsLicense"
    WEIGHTS_ACCESS: Final = HFM_NS + "weightsAccess"
    PARAMETER_COUNT: Final = HFM_NS + "parameterCount"
    TRAINED_WITH: Final = HFM_NS + "trainedWith"
    NOT_REPORTED: Final = HFM_NS + "notReported"
    LICENSE_TERMS: Final = HFM_NS + "licenseTerms"
    DATASET_MODALITY: Final = HFM_NS + "datasetModality"
    FACTS_BASIS: Final = HFM_NS + "factsBasis"
    FACTS_SOURCE: Final = HFM_NS + "factsSource"
    FACTS_CHECKED: Final = HFM_NS + "factsChecked"
    # families
    MEMBER_OF: Final = HFM_NS + "memberOf"
    FAMILY_ROOT: Final = HFM_NS + "familyRoot"
    EXCLUDES_MEMBER: Final = HFM_NS + "excludesMember"
    # the list
    ABOUT: Final = HFM_NS + "about"
    ABOUT_DATASET: Final = HFM_NS + "aboutDataset"
    WAS_ABOUT: Final = HFM_NS + "wasAbout"
    FIRST_SEEN_IN: Final = HFM_NS + "firstSeenIn"
    LAST_SEEN_IN: Final = HFM_NS + "lastSeenIn"
    LISTED_CATEGORY: Final = HFM_NS + "listedCategory"
    LISTED_DOMAIN: Final = HFM_NS + "listedDomain"
    LISTED_AREA: Final = HFM_NS + "listedArea"
    LISTED_MODALITY: Final = HFM_NS + "listedModality"
    LINE: Final = HFM_NS + "line"
    SECTION: Final = HFM_NS + "section"
    IN_LIST: Final = HFM_NS + "inList"
    LISTED_LINK: Final = HFM_NS + "listedLink"
    DISPUTED_LINK: Final = HFM_NS + "disputedLink"
    CORRECT_LINK: Final = HFM_NS + "correctLink"
    # lineage
    DEPENDS_ON: Final = HFM_NS + "dependsOn"
    DERIVED_FROM: Final = HFM_NS + "derivedFrom"
    INHERITS_WEIGHTS_FROM: Final = HFM_NS + "inheritsWeightsFrom"
    INHERITS_BEHAVIOUR_FROM: Final = HFM_NS + "inheritsBehaviourFrom"
    INHERITS_METHOD_FROM: Final = HFM_NS + "inheritsMethodFrom"
    FINE_TUNED_FROM: Final = HFM_NS + "fineTunedFrom"
    CONTINUES_PRETRAINING_OF: Final = HFM_NS + "continuesPretrainingOf"
    USES_COMPONENT: Final = HFM_NS + "usesComponent"
    ADAPTER_OF: Final = HFM_NS + "adapterOf"
    MERGED_FROM: Final = HFM_NS + "mergedFrom"
    QUANTIZED_FROM: Final = HFM_NS + "quantizedFrom"
    DISTILLED_FROM: Final = HFM_NS + "distilledFrom"
    TRAINED_ON_OUTPUTS_OF: Final = HFM_NS + "trainedOnOutputsOf"
    REIMPLEMENTS: Final = HFM_NS + "reimplements"
    EXTENDS: Final = HFM_NS + "extends"
    SUCCEEDS: Final = HFM_NS + "succeeds"
    REUSES_CODE_OF: Final = HFM_NS + "reusesCodeOf"
    CALLS: Final = HFM_NS + "calls"
    HAS_ANCESTOR: Final = HFM_NS + "hasAncestor"
    NO_KNOWN_PARENT: Final = HFM_NS + "noKnownParent"
    NO_KNOWN_PARENT_BASIS: Final = HFM_NS + "noKnownParentBasis"
    # evidence
    CHILD: Final = HFM_NS + "child"
    RELATION: Final = HFM_NS + "relation"
    PARENT: Final = HFM_NS + "parent"
    STATEMENT: Final = HFM_NS + "statement"
    SOURCE: Final = HFM_NS + "source"
    LOCATOR: Final = HFM_NS + "locator"
    BASIS: Final = HFM_NS + "basis"
    CONFIDENCE: Final = HFM_NS + "confidence"
    CLAIM_STATUS: Final = HFM_NS + "claimStatus"
    AGAINST_TIME: Final = HFM_NS + "againstTime"


class Term:
    """Established terms that we use instead of own ones."""

    TYPE: Final = PREFIXES["rdf"] + "type"
    LABEL: Final = PREFIXES["rdfs"] + "label"
    COMMENT: Final = PREFIXES["rdfs"] + "comment"
    SUB_PROPERTY_OF: Final = PREFIXES["rdfs"] + "subPropertyOf"
    SUB_CLASS_OF: Final = PREFIXES["rdfs"] + "subClassOf"
    SEE_ALSO: Final = PREFIXES["rdfs"] + "seeAlso"
    ALT_LABEL: Final = PREFIXES["skos"] + "altLabel"
    PREF_LABEL: Final = PREFIXES["skos"] + "prefLabel"
    DATE: Final = PREFIXES["dcterms"] + "date"
    TITLE: Final = PREFIXES["dcterms"] + "title"
    IDENTIFIER: Final = PREFIXES["dcterms"] + "identifier"
    CREDIT_TEXT: Final = PREFIXES["schema"] + "creditText"
    CREATOR: Final = PREFIXES["dcterms"] + "creator"
    DATE_PUBLISHED: Final = PREFIXES["schema"] + "datePublished"
    VERSION: Final = PREFIXES["schema"] + "version"
    HOMEPAGE: Final = PREFIXES["foaf"] + "homepage"
    COUNTRY: Final = PREFIXES["schema"] + "addressCountry"
    TRAINED_ON: Final = PREFIXES["fair4ml"] + "trainedOn"
    QUALIFIED_DERIVATION: Final = PREFIXES["prov"] + "qualifiedDerivation"
    PROV_ENTITY: Final = PREFIXES["prov"] + "entity"
    HAS_EVIDENCE: Final = PREFIXES["obo"] + "RO_0002558"
    PAPER_TYPE: Final = PREFIXES["dcterms"] + "type"
    ROW_TYPE: Final = PREFIXES["dcterms"] + "type"
    HAS_VERSION: Final = PREFIXES["dcterms"] + "hasVersion"
    IS_VERSION_OF: Final = PREFIXES["dcterms"] + "isVersionOf"
    LICENSE_DOCUMENT: Final = PREFIXES["dcterms"] + "LicenseDocument"
    NOTE: Final = PREFIXES["skos"] + "note"
    SOURCE: Final = PREFIXES["dcterms"] + "source"
    XSD_INTEGER: Final = PREFIXES["xsd"] + "integer"
    XSD_DATE: Final = PREFIXES["xsd"] + "date"
    XSD_GYEAR: Final = PREFIXES["xsd"] + "gYear"
    XSD_GYEARMONTH: Final = PREFIXES["xsd"] + "gYearMonth"


#: relation name in the catalogue → group name; the order is the one people read them in.
RELATION_GROUPS: Final[dict[str, str]] = {
    "fineTunedFrom": "weights",
    "continuesPretrainingOf": "weights",
    "usesComponent": "weights",
    "adapterOf": "weights",
    "mergedFrom": "weights",
    "quantizedFrom": "weights",
    "distilledFrom": "behaviour",
    "trainedOnOutputsOf": "behaviour",
    "reimplements": "method",
    "extends": "method",
    "succeeds": "method",
    "reusesCodeOf": "code",
    "calls": "calls",
}

#: The relations by which nobody joins a family: a chatbot that calls GPT-4 is no GPT variant.
RELATIONS_OUTSIDE_FAMILIES: Final = ("usesComponent", "reusesCodeOf", "calls")

#: Groups whose edges say that the child came into being from the parent (``hfm:derivedFrom``).
DERIVING_GROUPS: Final = ("weights", "behaviour", "method")


def curie(iri: str) -> str:
    """Shorten an IRI with the first of our prefixes that fits; return it unchanged where none does.

    Examples
    --------
    >>> curie("https://w3id.org/healthfm/model/biobert")
    'model:biobert'
    >>> curie("https://example.org/x")
    'https://example.org/x'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """Return the IRI of a CURIE with one of our prefixes; return anything else unchanged.

    Examples
    --------
    >>> expand("family:bert")
    'https://w3id.org/healthfm/family/bert'
    """
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return name
