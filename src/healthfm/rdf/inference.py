"""What follows from the asserted triples: seven rules, in the order in which they feed one another.

Each rule is one SPARQL CONSTRUCT, so that it can be read, tried and checked by anybody with any
engine. The order matters once: super-properties first, because ancestry runs over `derivedFrom`.

References
----------
RDF Schema 1.1, https://www.w3.org/TR/rdf-schema/#ch_subpropertyof and #ch_subclassof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Quad, QueryTriples, Store, Triple

from healthfm.vocabulary import PREFIXES, RELATION_GROUPS, RELATIONS_OUTSIDE_FAMILIES

_FAMILY_PATH: Final = "|".join(
    f"hfm:{relation}" for relation in RELATION_GROUPS if relation not in RELATIONS_OUTSIDE_FAMILIES
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called in reports, and the CONSTRUCT that is it."""

    name: str
    construct: str


RULES: Final = (
    Rule("super-properties", "CONSTRUCT { ?s ?q ?o } WHERE { ?p rdfs:subPropertyOf+ ?q . ?s ?p ?o }"),
    Rule("super-classes", "CONSTRUCT { ?s a ?d } WHERE { ?c rdfs:subClassOf+ ?d . ?s a ?c }"),
    Rule("introduced by", "CONSTRUCT { ?p hfm:introduces ?m } WHERE { ?m hfm:introducedBy ?p }"),
    Rule("ancestors", "CONSTRUCT { ?m hfm:hasAncestor ?a } WHERE { ?m hfm:derivedFrom+ ?a }"),
    Rule(
        "family members",
        f"""CONSTRUCT {{ ?m hfm:memberOf ?f }} WHERE {{
            ?f hfm:familyRoot ?root . ?m ({_FAMILY_PATH})* ?root .
            FILTER NOT EXISTS {{ ?f hfm:excludesMember ?m }} }}""",
    ),
    *(
        Rule(
            f"{own} from rows",
            f"""CONSTRUCT {{ ?m hfm:{own} ?v }} WHERE {{
            ?m hfm:introducedBy ?p . ?row hfm:about ?p ; hfm:{listed} ?v .
            FILTER NOT EXISTS {{ ?m hfm:{own} ?stated }} }}""",
        )
        for own, listed in (
            ("category", "listedCategory"),
            ("domain", "listedDomain"),
            ("applicationArea", "listedArea"),
        )
    ),
    Rule(
        "areas of studies",
        """CONSTRUCT { ?p hfm:applicationArea ?v } WHERE {
            ?p a hfm:Study . ?row hfm:about ?p ; hfm:listedArea ?v .
            FILTER NOT EXISTS { ?p hfm:applicationArea ?stated } }""",
    ),
)


def infer(asserted: Iterable[Triple]) -> frozenset[Triple]:
    """Return the triples that the rules add to `asserted`; none of them is in it.

    Notes
    -----
    Inferring from the union of both adds nothing. The stated category, domain and areas of an
    artifact win over what its rows say, field by field.
    """
    given = frozenset(asserted)
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in given)
    added: set[Triple] = set()
    for rule in RULES:
        constructed = store.query(rule.construct, prefixes=PREFIXES)
        assert isinstance(constructed, QueryTriples)
        fresh = set(constructed) - given - added
        store.extend(Quad(*triple) for triple in fresh)
        added |= fresh
    return frozenset(added)
