"""Recorded lists to asserted triples: what each row says, where, and which of its links are disputed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from healthfm.rdf.entry_triples import named
from healthfm.rdf.terms import integer, iso_date, node, page, text, triples
from healthfm.sources.link_kinds import LinkKind
from healthfm.sources.rows import ListRecord, Row
from healthfm.sources.sections import placement
from healthfm.vocabulary import (
    AREA_NS,
    CATEGORY_NS,
    DOMAIN_NS,
    HFM_NS,
    LIST_NS,
    PAPER_NS,
    ROW_NS,
    Hfm,
    Term,
)

#: Kind of a link → the property that says of a row that it has one.
LISTED: Final = {kind.value: f"{HFM_NS}listed{kind.value.capitalize()}" for kind in LinkKind}


def list_triples(name: str, record: ListRecord) -> Iterator[Triple]:
    """Yield a list and all its rows."""
    me = node(LIST_NS + name)
    yield from triples(me, Term.TYPE, [node(Hfm.LIST)])
    yield from triples(me, Term.LABEL, [text(record.name)])
    yield from triples(me, Term.HOMEPAGE, [page(record.url)])
    yield from triples(me, Term.DATE, [iso_date(record.date)] if record.date else [])
    yield from triples(me, Term.VERSION, [text(record.commit)] if record.commit else [])
    yield from triples(me, Term.IDENTIFIER, [text(record.content_id)] if record.content_id else [])
    yield from triples(me, Term.SOURCE, named(PAPER_NS, [record.described_by]) if record.described_by else [])
    for row in record.rows:
        yield from _row_triples(me, row)


def _row_triples(me: NamedNode, row: Row) -> Iterator[Triple]:
    it = node(ROW_NS + row.id)
    says = placement(row.section)
    yield from triples(it, Term.TYPE, [node(Hfm.LIST_ROW)])
    yield from triples(it, Hfm.IN_LIST, [me])
    yield from triples(it, Hfm.LINE, [integer(row.line)])
    yield from triples(it, Hfm.SECTION, [text(" > ".join(row.section))])
    yield from triples(it, Term.LABEL, [text(row.title)])
    yield from triples(it, Hfm.ABOUT, named(PAPER_NS, [row.about] if row.about else []))
    yield from triples(it, Hfm.LISTED_CATEGORY, named(CATEGORY_NS, [says.category] if says.category else []))
    yield from triples(it, Hfm.LISTED_DOMAIN, named(DOMAIN_NS, [says.domain] if says.domain else []))
    yield from triples(it, Hfm.LISTED_AREA, named(AREA_NS, [says.area] if says.area else []))
    for link in row.links:
        yield from triples(it, LISTED[link.kind], [page(link.url)])
    for dispute in row.disputed:
        yield from triples(it, Hfm.DISPUTED_LINK, [page(dispute.url)])
        yield from triples(it, Hfm.CORRECT_LINK, [page(dispute.correct)])
        yield from triples(it, Term.COMMENT, [text(dispute.reason)])
