"""Queries that bring engines down or make them call out, in several sizes and disguises.

Each has the statuses of which one must come. ``{trap}`` stands for a server that must not be called,
``{secret}`` for a file that must not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

REFUSED: Final = frozenset({400})
TOO_MUCH: Final = frozenset({413})
ANSWERED: Final = frozenset({200})
#: Time or memory is over, whichever comes first; or it is refused before.
ENDED: Final = frozenset({503})
ENDED_OR_REFUSED: Final = ENDED | REFUSED


class Attack(NamedTuple):
    """A query, and what may come of it."""

    name: str
    query: str
    statuses: frozenset[int]


#: What opens, what stands inside, what closes; a size that kills the engine, from about there.
_NESTINGS: Final = {
    "groups": ("SELECT * { ", "{", "?s ?p ?o", "}", " }", 2_240),
    "graphs": ("SELECT * { ", "GRAPH ?g {", "?s ?p ?o", "}", " }", 1_000),
    "optionals": ("SELECT * { ", "OPTIONAL {", "?s ?p ?o", "}", " }", 1_000),
    "minuses": ("SELECT * { ?s ?p ?o ", "MINUS {", "?s ?p ?o", "}", " }", 1_000),
    "parens": ("ASK { FILTER(", "(", "1", ")", ") }", 4_736),
    "parens of a comparison": ("ASK { ?s ?p ?b FILTER(?b<", "(", "1", ")", "&&?b>1) }", 4_736),
    "parens behind no quotation": ("ASK { ?s ?p model:a\\' FILTER(", "(", "1", ")", ") } #'", 4_736),
    "nots": ("ASK { FILTER(", "!", "true", "", ") }", 9_472),
    "minus signs": ("SELECT (", "-", "?x", "", " AS ?y) { }", 9_472),
    "ifs": ("SELECT (", "IF(true,", "1", ",1)", " AS ?y) { }", 960),
    "functions": ("SELECT (", "STR(", "'a'", ")", " AS ?y) { }", 4_000),
    "coalesces": ("SELECT (", "COALESCE(", "1", ")", " AS ?y) { }", 4_000),
    "ins": ("ASK { FILTER(", "1 IN (", "1", ")", ") }", 2_000),
    "exists": ("ASK { ", "FILTER EXISTS {", "?s ?p ?o", "}", " }", 864),
    "subselects": ("", "SELECT * { {", " SELECT * { ?s ?p ?o } ", "} }", "", 1_184),
    "path parens": ("ASK { ?s ", "(", "rdf:type", ")", " ?o }", 13_824),
    "inverse paths": ("ASK { ?s ", "^", "rdf:type", "", " ?o }", 13_824),
    "star paths": ("ASK { ?s ", "(", "rdf:type", ")*", " ?o }", 2_000),
    "collections": ("ASK { ", "(", "1", ")", " ?p ?o }", 300),
    "blank nodes": ("ASK { ?s ?p ", "[ ?q ", "?o", " ]", " }", 300),
}
#: What joins many things side by side, which the engine nests one in the other.
_CHAINS: Final = {
    "||": ("ASK { FILTER(true ", "|| true ", ") }", 9_472),
    "&&": ("ASK { FILTER(true ", "&& true ", ") }", 9_472),
    "&& of a comparison": ("ASK { ?s ?p ?b FILTER(?b<1", "&&1", "&&?b>1) }", 9_472),
    "+": ("SELECT (1 ", "+ 1 ", "AS ?x) { }", 6_912),
    "*": ("SELECT (1 ", "* 1 ", "AS ?x) { }", 6_912),
    "unions": ("SELECT * { { ?s ?p 0 } ", "UNION { ?s ?p 1 } ", "}", 3_000),
    "binds": ("SELECT * { ", "BIND(1 AS ?x{}) ", "}", 2_688),
    "optionals": ("SELECT * { ", "OPTIONAL { ?s ?p 1 } ", "}", 3_000),
    "minuses": ("SELECT * { ?s ?p ?o ", "MINUS { ?s ?p 1 } ", "}", 3_000),
    "filters": ("ASK { ", "FILTER(true) ", "}", 30_000),
    "path sequence": ("ASK { ?s rdf:type", "/rdf:type", " ?o }", 3_000),
    "path choice": ("ASK { ?s rdf:type", "|rdf:type", " ?o }", 6_000),
}
_PAIRS: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . "
_COSTLY: Final = {
    "cartesian count": ("SELECT (COUNT(*) AS ?n) { " + _PAIRS + "}", ENDED),
    "cartesian count of two": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }", ENDED),
    "cartesian distinct": ("SELECT (COUNT(DISTINCT *) AS ?n) { " + _PAIRS + "}", ENDED),
    "cartesian order": ("SELECT * { " + _PAIRS + "} ORDER BY ?c ?f LIMIT 1", ENDED),
    "cartesian group": ("SELECT ?c (COUNT(?f) AS ?n) { " + _PAIRS + "} GROUP BY ?c", ENDED),
    "cartesian filter": ("ASK { " + _PAIRS + "FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = 'x') }", ENDED),
    "cartesian offset": ("SELECT * { " + _PAIRS + "} OFFSET 1000000000 LIMIT 1", ENDED),
    "cartesian minus": (
        "ASK { " + _PAIRS + "MINUS { ?j ?k ?l . ?m ?n ?o } FILTER(false) }",
        ENDED | ANSWERED,
    ),
    "cartesian minus that matters": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c MINUS { ?a ?k ?l . ?m ?n ?o } }",
        ENDED,
    ),
    "cartesian optional": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f . ?g ?h ?i } }",
        ENDED,
    ),
    "cartesian union": ("SELECT (COUNT(*) AS ?n) { { " + _PAIRS + "} UNION { " + _PAIRS + "} }", ENDED),
    "cartesian construct": ("CONSTRUCT { ?a ?e ?i } WHERE { " + _PAIRS + "}", ENDED | TOO_MUCH),
    "cartesian describe": ("DESCRIBE ?a ?d { ?a ?b ?c . ?d ?e ?f }", ENDED | TOO_MUCH),
    "cartesian rows": ("SELECT * { " + _PAIRS + "}", TOO_MUCH | ENDED),
    "cartesian rows of two": ("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }", TOO_MUCH | ENDED),
    "concatenated pairs": ("SELECT (GROUP_CONCAT(?a) AS ?x) { ?a ?b ?c . ?d ?e ?f }", ENDED),
    "collected pairs": (
        "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d))) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        ENDED,
    ),
    "all paths": ("SELECT (COUNT(*) AS ?n) { ?s (!hfm:no)* ?o }", ENDED | ANSWERED),
    "all paths both ways": ("SELECT (COUNT(*) AS ?n) { ?s (!hfm:no|^(!hfm:no))* ?o }", ENDED_OR_REFUSED),
    "stars in stars": ("SELECT (COUNT(*) AS ?n) { ?s ((!hfm:no)*/(^(!hfm:no))*)* ?o }", ENDED_OR_REFUSED),
    "paths after paths": (
        "SELECT (COUNT(*) AS ?n) { ?s (!hfm:no)+ ?x . ?x (!hfm:no)+ ?o }",
        ENDED | ANSWERED,
    ),
    "doubling": (
        "SELECT (STRLEN(?x40) AS ?n) { BIND('aaaaaaaa' AS ?x0) "
        + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
        + " }",
        ENDED,
    ),
    "doubling in one expression": (
        "SELECT (STRLEN(" + "CONCAT(" * 6 + "?a" + ", ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a)" * 6 + ") AS ?n) "
        "{ BIND('" + "a" * 10_000 + "' AS ?a) }",
        ENDED | ANSWERED,
    ),
    "replacing": (
        "SELECT (STRLEN(REPLACE(REPLACE(REPLACE(?a, 'a', ?b), 'a', ?b), 'a', ?b)) AS ?n) "
        "{ BIND('" + "a" * 1_000 + "' AS ?a) BIND('" + "a" * 1_000 + "' AS ?b) }",
        ENDED,
    ),
    "regex from the data": (
        "SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?a . ?t rdfs:label ?b FILTER(REGEX(?a, ?b)) }",
        ENDED | ANSWERED,
    ),
    "concatenation of many": (
        "SELECT (STRLEN(CONCAT(" + ", ".join(["?a"] * 50_000) + ")) AS ?n) "
        "{ BIND('" + "a" * 99_999 + "' AS ?a) }",
        ENDED,
    ),
    "replacing nothing": (
        "SELECT (STRLEN(REPLACE(?a, '', ?a)) AS ?n) { BIND('" + "a" * 100_000 + "' AS ?a) }",
        ENDED,
    ),
    "blank nodes in a template": (
        "CONSTRUCT { " + "?s ?p [ ?p ?o ] . " * 200 + "} WHERE { ?s ?p ?o }",
        TOO_MUCH | ENDED,
    ),
    "reifiers in reifiers": (
        "SELECT * { " + "<< " * 95 + "?s ?p ?o" + " >> ?p ?o" * 95 + " }",
        ENDED_OR_REFUSED,
    ),
    "values by values": (
        "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + " ".join(map(str, range(20_000))) + " } "
        "VALUES ?y { " + " ".join(map(str, range(20_000))) + " } FILTER(?x + ?y = -1) }",
        ENDED,
    ),
    "values by values, ordered": (
        "SELECT ?x { VALUES ?x { " + " ".join(map(str, range(20_000))) + " } "
        "VALUES ?y { " + " ".join(map(str, range(20_000))) + " } } ORDER BY ?y ?x LIMIT 1",
        ENDED,
    ),
}
#: Hard for other engines, and no trouble for this one.
_HARMLESS: Final = {
    "catastrophic regex": "ASK { FILTER(REGEX('" + "a" * 40 + "!', '^(a+)+$')) }",
    "catastrophic regex over labels": (
        "SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?l FILTER(REGEX(?l, '^(([a-z])+.)+[A-Z]([a-z])+$')) }"
    ),
    "nested regex": "ASK { FILTER(REGEX('" + "a" * 4_000 + "', '(a*)*b')) }",
    "back reference": "ASK { FILTER(REGEX('aa', '(a)\\\\1')) }",
    "huge repetition": "ASK { FILTER(REGEX('a', '((a{1,1000}){1,1000}){1,1000}')) }",
    "huge integer": "SELECT (" + "9" * 4_000 + " + 1 AS ?x) { }",
    "huge decimal": "SELECT (" + "9" * 4_000 + ".5 * 2 AS ?x) { }",
    "huge exponent": "SELECT (1e308 * 1e308 AS ?x) { }",
    "division by zero": "SELECT (1/0 AS ?x) (1.0/0 AS ?y) (1e0/0 AS ?z) { }",
    "integer overflow": "SELECT (9223372036854775807 + 1 AS ?x) (-9223372036854775808 / -1 AS ?y) { }",
    "substring extremes": "SELECT (SUBSTR('abc', -9223372036854775808, 9223372036854775807) AS ?x) { }",
    "substring of infinity": "SELECT (SUBSTR('abc', 1e99) AS ?y) { }",
    "offset extremes": "SELECT * { ?s ?p ?o } OFFSET 9223372036854775807 LIMIT 9223372036854775807",
    "zero": "SELECT (ENCODE_FOR_URI('\\u0000') AS ?x) { }",
    "surrogate": "SELECT ('\\uD800' AS ?x) { }",
    "lone surrogates in an IRI": "ASK { <http://a/\\uDFFF> ?p ?o }",
    "beyond Unicode": "SELECT ('\\U00110000' AS ?x) { }",
    "right-to-left mark": "SELECT ('\u202e\u200b' AS ?x) { }",
    "far future": "SELECT (YEAR('999999999999-01-01T00:00:00Z'^^xsd:dateTime) AS ?y) { }",
    "farther future": "SELECT (NOW() + 'P9999999Y'^^xsd:duration AS ?z) { }",
    "many variables": "SELECT * { "
    + " ".join(f"OPTIONAL {{ ?s{i} hfm:no ?o{i} }}" for i in range(300))
    + " }",
    "long name": "SELECT ?" + "x" * 50_000 + " { }",
    "long text": "SELECT ('" + "x" * 400_000 + "' AS ?x) { }",
    "many comments": "#\n" * 100_000 + "ASK { }",
    "unclosed text": "SELECT ('" + "a" * 100_000,
    "unclosed long text": 'SELECT (""" ' + '"" ' * 50_000,
    "only brackets": "{[(" * 30,
    "empty": "",
    "only a comment": "# nothing",
    "escaped braces": "ASK \\u007B \\u007D",
}
_FEDERATED: Final = (
    "SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ ?s ?p model:a\\' }} UNION {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }} #'",
    "SELECT * {{ {{ ?s ?p model:a\\# }} UNION {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ ?s ?p '\\u0027' }} UNION {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }} #'",
    "SELECT * {{ service <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SeRvIcE\t<{trap}>\n{{}} }}",
    "SELECT * {{ SERVICE# {{ }}\n<{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\U00000053\\u0045RVICE <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVIC\\u0045 SILENT <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?v {{ <{trap}> }} SERVICE ?v {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(IRI('{trap}') AS ?v) SERVICE SILENT ?v {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?v {{ <{trap}> }} SERVICE $v {{ ?s ?p ?o }} }}",
    "PREFIX t: <{trap}> SELECT * {{ SERVICE t: {{ ?s ?p ?o }} }}",
    "BASE <{trap}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ }} UNION {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ GRAPH ?g {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{trap}> {{ ?a ?b ?c }} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "SELECT (EXISTS {{ SERVICE <{trap}> {{ ?a ?b ?c }} }} AS ?x) {{ }}",
    "ASK {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <file://{secret}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <file://{secret}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <unix:{secret}> {{ ?s ?p ?o }} }}",
)
_GRAPHS: Final = (
    "SELECT * FROM <{trap}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{trap}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{trap}/a.ttl> FROM NAMED <{trap}/b.rdf> {{ ?s ?p ?o }}",
    "SELECT * FROM <file://{secret}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <file://{secret}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <file://{secret}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{trap}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <file://{secret}> WHERE {{ ?s ?p ?o }}",
    "DESCRIBE <file://{secret}>",
    "DESCRIBE <{trap}>",
    "BASE <file://{secret}> SELECT * FROM <> {{ ?s ?p ?o }}",
)
#: Changes of the data; each is sent in every way that a query or an update can be.
UPDATES: Final = (
    "INSERT DATA { <http://x/a> <http://x/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <https://w3id.org/healthfm/graph/asserted> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <{trap}>",
    "LOAD SILENT <file://{secret}> INTO GRAPH <http://x/g>",
    "DROP ALL",
    "CLEAR DEFAULT",
    "CREATE GRAPH <http://x/g>",
    "COPY DEFAULT TO <http://x/g>",
    "# SELECT\nPREFIX x: <http://x/> dRoP SILENT ALL",
    "\\u0044ROP ALL",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "DROP ALL ; SELECT * { ?s ?p ?o }",
)


def nestings() -> Iterator[Attack]:
    """Yield nestings just beyond what is served, at the size that kills, and far beyond it."""
    for name, (before, opening, middle, closing, after, deadly) in _NESTINGS.items():
        for size in (deadly // 2, deadly, min(deadly * 4, 30_000)):
            query = before + opening * size + middle + closing * size + after
            yield Attack(f"nested {name} x {size}", query, REFUSED)


def chains() -> Iterator[Attack]:
    """Yield the like side by side."""
    for name, (before, link, after, deadly) in _CHAINS.items():
        for size in (deadly, 30_000):
            links = "".join(link.replace("{}", str(number)) for number in range(size))
            query = before + links + after
            # Also reading something as long as that takes its time.
            statuses = REFUSED if len(query) < 100_000 else REFUSED | TOO_MUCH | ENDED
            yield Attack(f"chain of {name} x {size}", query, statuses)


def served_nestings() -> Iterator[Attack]:
    """Yield what is deep and still within the limit: it costs what it costs, and nothing dies of it."""
    for name, (before, opening, middle, closing, after, _) in _NESTINGS.items():
        query = before + opening * 40 + middle + closing * 40 + after
        yield Attack(f"nested {name} x 40", query, ANSWERED | ENDED_OR_REFUSED)


def costly() -> Iterator[Attack]:
    """Yield what runs for ever or fills the memory."""
    return (Attack(name, query, statuses) for name, (query, statuses) in _COSTLY.items())


def harmless() -> Iterator[Attack]:
    """Yield what is odd, and answered or refused at once."""
    return (Attack(name, query, ANSWERED | REFUSED) for name, query in _HARMLESS.items())


def federated(trap: str, secret: str) -> Iterator[Attack]:
    """Yield calls of other servers, and of files."""
    for number, query in enumerate(_FEDERATED):
        yield Attack(f"SERVICE {number}", query.format(trap=trap, secret=secret), REFUSED)


def graphs(trap: str, secret: str) -> Iterator[Attack]:
    """Yield graphs that would have to be fetched."""
    for number, query in enumerate(_GRAPHS):
        yield Attack(f"graph {number}", query.format(trap=trap, secret=secret), ANSWERED)
