"""Entries to asserted triples: artifacts, papers and the small registers. Pure; no disk, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import NOT_REPORTED, Artifact, Claim, Paper
from healthfm.rdf.terms import integer, iso_date, node, page, text, triples
from healthfm.sources.identifiers import to_url
from healthfm.vocabulary import (
    AREA_NS,
    CATEGORY_NS,
    CLAIM_NS,
    DATASET_NS,
    DOMAIN_NS,
    FAMILY_NS,
    HFM_NS,
    MODALITY_NS,
    MODEL_NS,
    ORGANIZATION_NS,
    PAPER_NS,
    PREFIXES,
    TASK_NS,
    Hfm,
    Term,
)

#: Between the authors of a paper in the line that credits them.
AUTHOR_SEPARATOR: Final = "; "
_TYPES: Final = {
    "model": Hfm.MODEL,
    "system": Hfm.SYSTEM,
    "method": Hfm.METHOD,
    "library": Hfm.LIBRARY,
}
_LINKS: Final = {
    "code": Hfm.CODE,
    "weights": Hfm.WEIGHTS,
    "project": Hfm.PROJECT,
    "blog": Hfm.BLOG,
    "documentation": Hfm.DOCUMENTATION,
    "paper": Hfm.FULL_TEXT,
}
#: How a claim is known, said in the Evidence and Conclusion Ontology: traceable author statement
#: used in manual assertion; curator inference used in manual assertion.
_ECO: Final = {
    "source-read": PREFIXES["obo"] + "ECO_0000304",
    "curator-knowledge": PREFIXES["obo"] + "ECO_0000305",
}


def named(namespace: str, ids: Iterable[str]) -> list[NamedNode]:
    """Return the nodes of some ids of one namespace."""
    return [node(namespace + name) for name in ids]


def artifact_triples(name: str, artifact: Artifact, catalogue: Catalogue) -> Iterator[Triple]:
    """Yield what an entry of ``graph/models`` says, its lineage claims included."""
    me = node(MODEL_NS + name)
    yield from triples(me, Term.TYPE, [node(_TYPES[artifact.kind])])
    yield from triples(me, Term.LABEL, [text(artifact.name)])
    yield from triples(me, Term.ALT_LABEL, map(text, artifact.other_names))
    yield from triples(me, Hfm.YEAR, [integer(artifact.year)])
    yield from triples(me, Hfm.INTRODUCED_BY, named(PAPER_NS, artifact.introduced_by))
    yield from triples(me, Hfm.DEVELOPED_BY, named(ORGANIZATION_NS, artifact.developed_by))
    yield from triples(me, Hfm.MODALITY, named(MODALITY_NS, artifact.modalities))
    yield from triples(me, Hfm.TASK, named(TASK_NS, artifact.tasks))
    yield from triples(me, Hfm.TRAINED_WITH, named(MODEL_NS, artifact.trained_with))
    if artifact.replaced_by:
        yield from triples(me, Hfm.REPLACED_BY, named(MODEL_NS, [artifact.replaced_by]))
    yield from _placement_triples(me, artifact)
    yield from _link_triples(me, artifact)
    yield from _fact_triples(me, artifact, catalogue)
    yield from _lineage_triples(me, artifact)


def _placement_triples(me: NamedNode, artifact: Artifact) -> Iterator[Triple]:
    placement = artifact.placement
    if placement is None:
        return
    yield from triples(me, Hfm.CATEGORY, named(CATEGORY_NS, placement.categories))
    yield from triples(me, Hfm.DOMAIN, named(DOMAIN_NS, placement.domains))
    yield from triples(me, Hfm.APPLICATION_AREA, named(AREA_NS, placement.areas))
    yield from triples(me, Hfm.PLACEMENT_REASON, [text(placement.reason)])


def _link_triples(me: NamedNode, artifact: Artifact) -> Iterator[Triple]:
    for link in artifact.links:
        predicate = _LINKS[link.kind]
        if link.official is not None:
            predicate = Hfm.OFFICIAL_CODE if link.official else Hfm.THIRD_PARTY_CODE
        yield from triples(me, predicate, [page(link.url)])


def _fact_triples(me: NamedNode, artifact: Artifact, catalogue: Catalogue) -> Iterator[Triple]:
    facts: list[tuple[str, object, Iterable[NamedNode | Literal]]] = [
        (Hfm.OFFICIAL_CODE, artifact.official_code, ()),
        (Hfm.CODE_LICENSE, artifact.code_license, _license(artifact.code_license, catalogue)),
        (Hfm.WEIGHTS_LICENSE, artifact.weights_license, _license(artifact.weights_license, catalogue)),
        (Hfm.WEIGHTS_ACCESS, artifact.weights_access, [text(str(artifact.weights_access))]),
        (Hfm.PARAMETER_COUNT, artifact.parameter_count, _count(artifact.parameter_count)),
        (Term.TRAINED_ON, artifact.trained_on, named(DATASET_NS, artifact.trained_on or ())),
    ]
    for predicate, value, objects in facts:
        if value == NOT_REPORTED:
            yield from triples(me, Hfm.NOT_REPORTED, [node(predicate)])
        elif value is not None:
            yield from triples(me, predicate, objects)
    if artifact.checked:
        yield from triples(me, Hfm.FACTS_BASIS, [text(artifact.checked.basis)])
        yield from triples(me, Hfm.FACTS_SOURCE, map(_source, artifact.checked.sources))
        yield from triples(me, Hfm.FACTS_CHECKED, [iso_date(artifact.checked.date)])


def _count(value: int | str | None) -> list[Literal]:
    return [integer(value)] if isinstance(value, int) else []


def _license(name: str | None, catalogue: Catalogue) -> list[NamedNode]:
    return [] if name in {None, NOT_REPORTED} else [license_node(str(name), catalogue)]


def license_node(name: str, catalogue: Catalogue) -> NamedNode:
    """Return the node of a licence: the page it names, or SPDX's for an SPDX id."""
    url = catalogue.licenses[name].url
    return page(url) if url else node(f"https://spdx.org/licenses/{name}")


def _source(source: str) -> NamedNode:
    if source.startswith("paper:"):
        return node(PAPER_NS + source.removeprefix("paper:"))
    return page(source)


def _lineage_triples(me: NamedNode, artifact: Artifact) -> Iterator[Triple]:
    for claim in artifact.lineage:
        if claim.status == "accepted":
            yield Triple(me, node(HFM_NS + claim.relation), node(MODEL_NS + claim.parent))
        yield from _claim_triples(me, claim)
    if artifact.no_known_parent:
        yield from triples(me, Hfm.NO_KNOWN_PARENT, [text(artifact.no_known_parent.statement)])
        yield from triples(me, Hfm.NO_KNOWN_PARENT_BASIS, [text(artifact.no_known_parent.basis)])


def _claim_triples(me: NamedNode, claim: Claim) -> Iterator[Triple]:
    it = node(CLAIM_NS + claim.id)
    parent = node(MODEL_NS + claim.parent)
    yield Triple(me, node(Term.QUALIFIED_DERIVATION), it)
    yield from triples(it, Term.TYPE, [node(Hfm.LINEAGE_CLAIM)])
    yield from triples(it, Hfm.CHILD, [me])
    yield from triples(it, Hfm.RELATION, [node(HFM_NS + claim.relation)])
    yield from triples(it, Hfm.PARENT, [parent])
    yield from triples(it, Term.PROV_ENTITY, [parent])
    yield from triples(it, Hfm.STATEMENT, [text(claim.statement)])
    yield from triples(it, Hfm.SOURCE, [_source(claim.source)])
    yield from triples(it, Hfm.LOCATOR, [text(claim.locator)] if claim.locator else [])
    yield from triples(it, Hfm.BASIS, [text(claim.basis)])
    yield from triples(it, Term.HAS_EVIDENCE, [node(_ECO[claim.basis])])
    yield from triples(it, Hfm.CONFIDENCE, [text(claim.confidence)])
    yield from triples(it, Hfm.CLAIM_STATUS, [text(claim.status)])
    yield from triples(it, Hfm.AGAINST_TIME, [text(claim.against_time)] if claim.against_time else [])
    yield from triples(it, Term.DATE, [iso_date(claim.date)])


def paper_triples(name: str, paper: Paper) -> Iterator[Triple]:
    """Yield what an entry of ``graph/papers`` says."""
    me = node(PAPER_NS + name)
    yield from triples(me, Term.TYPE, [node(Hfm.STUDY if paper.kind == "study" else Hfm.PAPER)])
    yield from triples(me, Term.TITLE, [text(paper.title)])
    yield from triples(me, Term.LABEL, [text(paper.title)])
    yield from triples(me, Term.PAPER_TYPE, [text(paper.kind)])
    yield from triples(me, Hfm.YEAR, [integer(paper.year)])
    yield from triples(me, Term.DATE_PUBLISHED, [iso_date(paper.date)] if paper.date else [])
    yield from triples(me, Term.CREATOR, map(text, paper.authors))
    # A graph has no order of authors; their line keeps it.
    yield from triples(
        me, Term.CREDIT_TEXT, [text(AUTHOR_SEPARATOR.join(paper.authors))] if paper.authors else []
    )
    for identifier in paper.identifiers:
        yield from _identifier_triples(me, identifier)
    for link in paper.links:
        yield from triples(me, _LINKS[link.kind], [page(link.url)])
    yield from triples(me, Hfm.EVALUATES, named(MODEL_NS, paper.evaluates))
    yield from triples(me, Hfm.APPLICATION_AREA, named(AREA_NS, paper.areas))
    yield from triples(me, Hfm.PLACEMENT_REASON, [text(paper.reason)] if paper.reason else [])
    if paper.replaced_by:
        yield from triples(me, Hfm.REPLACED_BY, named(PAPER_NS, [paper.replaced_by]))


def _identifier_triples(me: NamedNode, identifier: str) -> Iterator[Triple]:
    prefix, _, local = identifier.partition(":")
    yield from triples(me, Term.IDENTIFIER, [text(identifier)])
    yield from triples(me, Term.SEE_ALSO, [page(to_url(identifier))])
    if prefix == "arxiv":
        yield from triples(me, Hfm.ARXIV_ID, [text(local)])
    elif prefix == "doi":
        yield from triples(me, Hfm.DOI, [text(local)])


def register_triples(catalogue: Catalogue) -> Iterator[Triple]:
    """Yield what the registers say: organizations, datasets, licences and families."""
    for name, organization in catalogue.organizations.items():
        me = node(ORGANIZATION_NS + name)
        yield from triples(me, Term.TYPE, [node(Hfm.ORGANIZATION)])
        yield from triples(me, Term.LABEL, [text(organization.name)])
        yield from triples(me, Term.ALT_LABEL, map(text, organization.other_names))
        yield from triples(me, Term.COUNTRY, [text(organization.country)] if organization.country else [])
        yield from triples(me, Term.HOMEPAGE, [page(organization.homepage)] if organization.homepage else [])
    for name, dataset in catalogue.datasets.items():
        me = node(DATASET_NS + name)
        yield from triples(me, Term.TYPE, [node(Hfm.DATASET)])
        yield from triples(me, Term.LABEL, [text(dataset.name)])
        yield from triples(me, Term.ALT_LABEL, map(text, dataset.other_names))
        yield from triples(me, Term.HOMEPAGE, [page(dataset.homepage)] if dataset.homepage else [])
        yield from triples(me, Hfm.DATASET_MODALITY, named(MODALITY_NS, dataset.modalities))
    for name, license_ in catalogue.licenses.items():
        me = license_node(name, catalogue)
        yield from triples(me, Term.TYPE, [node(Term.LICENSE_DOCUMENT)])
        yield from triples(me, Term.LABEL, [text(license_.name)])
        yield from triples(me, Hfm.LICENSE_TERMS, [text(license_.terms)])
    for name, family in catalogue.families.items():
        me = node(FAMILY_NS + name)
        yield from triples(me, Term.TYPE, [node(Hfm.FAMILY)])
        yield from triples(me, Term.LABEL, [text(family.name)])
        yield from triples(me, Term.COMMENT, [text(family.description)])
        yield from triples(me, Hfm.FAMILY_ROOT, named(MODEL_NS, [family.root]))
        for exception in family.include:
            yield from triples(node(MODEL_NS + exception.member), Hfm.MEMBER_OF, [me])
            yield from triples(me, Term.NOTE, [text(f"Includes {exception.member}: {exception.reason}")])
        for exception in family.exclude:
            yield from triples(me, Hfm.EXCLUDES_MEMBER, named(MODEL_NS, [exception.member]))
            yield from triples(me, Term.NOTE, [text(f"Excludes {exception.member}: {exception.reason}")])
