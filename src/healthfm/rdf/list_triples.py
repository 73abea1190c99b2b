"""Recorded lists to asserted triples: what each row says, where, and which of its links are disputed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from healthfm.rdf.entry_triples import named
from healthfm.rdf.terms import integer, iso_date, node, page, text, triples
from healthfm.sources.link_kinds import LinkKind
from healthfm.sources.rows import ListRecord, Row, Version
from healthfm.sources.sections import RowKind, placement
from healthfm.vocabulary import (
    AREA_NS,
    CATEGORY_NS,
    DATASET_NS,
    DOMAIN_NS,
    HFM_NS,
    LIST_NS,
    MODALITY_NS,
    PAPER_NS,
    ROW_NS,
    VERSION_NS,
    Hfm,
    Term,
)

#: Kind of a link → the property that says of a row that it has one.
LISTED: Final = {kind.value: f"{HFM_NS}listed{kind.value.capitalize()}" for kind in LinkKind}


def list_triples(name: str, record: ListRecord) -> Iterator[Triple]:
    """Yield a list, its versions, its rows, and those that are gone."""
    me = node(LIST_NS + name)
    yield from triples(me, Term.TYPE, [node(Hfm.LIST)])
    yield from triples(me, Term.LABEL, [text(record.name)])
    yield from triples(me, Term.HOMEPAGE, [page(record.url)])
    yield from triples(me, Term.SOURCE, named(PAPER_NS, [record.described_by]) if record.described_by else [])
    yield from _version_facts(me, record.newest)
    for number, version in enumerate(record.versions, 1):
        it = _version_node(record, number)
        yield from triples(me, Term.HAS_VERSION, [it])
        yield from triples(it, Term.TYPE, [node(Hfm.LIST_VERSION)])
        yield from triples(it, Term.LABEL, [text(f"{record.name}, {version}")])
        yield from triples(it, Term.IS_VERSION_OF, [me])
        yield from _version_facts(it, version)
    for row in record.rows:
        yield from _row_triples(me, record, row)
    for row in record.gone:
        yield from _former_row_triples(record, row)


def _version_node(record: ListRecord, number: int) -> NamedNode:
    return node(f"{VERSION_NS}{record.prefix}-{number}")


def _version_facts(it: NamedNode, version: Version) -> Iterator[Triple]:
    yield from triples(it, Term.DATE, [iso_date(version.date)] if version.date else [])
    yield from triples(it, Term.VERSION, [text(version.commit)] if version.commit else [])
    yield from triples(it, Term.IDENTIFIER, [text(version.content_id)] if version.content_id else [])


def _row_triples(me: NamedNode, record: ListRecord, row: Row) -> Iterator[Triple]:
    it = node(ROW_NS + row.id)
    yield from triples(it, Hfm.IN_LIST, [me])
    yield from triples(it, Hfm.LINE, [integer(row.line)])
    yield from triples(it, Hfm.SECTION, [text(" > ".join(row.section))])
    yield from triples(it, Term.LABEL, [text(row.title)])
    yield from triples(it, Hfm.FIRST_SEEN_IN, [_version_node(record, row.since)])
    if row.kind is RowKind.WORK:
        yield from _work_triples(it, row)
    else:
        yield from triples(it, Term.TYPE, [node(Hfm.RESOURCE_ROW)])
        yield from triples(it, Term.ROW_TYPE, [text(row.kind)])
        yield from triples(it, Hfm.ABOUT_DATASET, named(DATASET_NS, [row.about] if row.about else []))
    for link in row.links:
        yield from triples(it, LISTED[link.kind], [page(link.url)])
    for dispute in row.disputed:
        yield from triples(it, Hfm.DISPUTED_LINK, [page(dispute.url)])
        yield from triples(it, Hfm.CORRECT_LINK, [page(dispute.correct)])
        yield from triples(it, Term.COMMENT, [text(dispute.reason)])


def _work_triples(it: NamedNode, row: Row) -> Iterator[Triple]:
    says = placement(row.section)
    yield from triples(it, Term.TYPE, [node(Hfm.LIST_ROW)])
    yield from triples(it, Hfm.ABOUT, named(PAPER_NS, [row.about] if row.about else []))
    yield from triples(it, Hfm.LISTED_CATEGORY, named(CATEGORY_NS, [says.category] if says.category else []))
    yield from triples(it, Hfm.LISTED_DOMAIN, named(DOMAIN_NS, [says.domain] if says.domain else []))
    yield from triples(it, Hfm.LISTED_AREA, named(AREA_NS, [says.area] if says.area else []))
    yield from triples(it, Hfm.LISTED_MODALITY, named(MODALITY_NS, says.modalities))


def _former_row_triples(record: ListRecord, row: Row) -> Iterator[Triple]:
    """Yield a row that is gone; it no longer places its work, since the list does not."""
    it = node(ROW_NS + row.id)
    yield from triples(it, Term.TYPE, [node(Hfm.FORMER_ROW)])
    yield from triples(it, Term.LABEL, [text(row.title)])
    yield from triples(it, Hfm.SECTION, [text(" > ".join(row.section))])
    yield from triples(it, Hfm.FIRST_SEEN_IN, [_version_node(record, row.since)])
    yield from triples(it, Hfm.LAST_SEEN_IN, [_version_node(record, row.until or row.since)])
    if row.kind is RowKind.WORK and row.about is not None:
        yield from triples(it, Hfm.WAS_ABOUT, named(PAPER_NS, [row.about]))
