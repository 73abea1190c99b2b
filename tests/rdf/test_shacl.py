"""The shapes bite: each rule is broken once, and the report names the node and the rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from healthfm.catalog.reader import read_catalogue
from healthfm.rdf.dataset import make_dataset
from healthfm.rdf.ontology import read_ontology
from healthfm.rdf.shacl import validate
from healthfm.vocabulary import CLAIM_NS, MODEL_NS, PAPER_NS, ROW_NS, VERSION_NS, Hfm, Term
from tests.conftest import ROOT, TOY

SHAPES = ROOT / "ontology" / "shapes.ttl"
GOOD = frozenset(make_dataset(read_catalogue(TOY), read_ontology(ROOT / "ontology")).triples)
BERT, CLAIM, PAPER, ROW = MODEL_NS + "bert", CLAIM_NS + "bert-1", PAPER_NS + "bert", ROW_NS + "toy-0001"
VERSION = VERSION_NS + "toy-1"

Change = Callable[[frozenset[Triple]], frozenset[Triple]]


def without(subject: str, predicate: str) -> Change:
    """Return a change that takes out every value of a property."""
    return lambda triples: frozenset(
        t for t in triples if not (t.subject == NamedNode(subject) and t.predicate == NamedNode(predicate))
    )


def plus(subject: str, predicate: str, value: NamedNode | Literal) -> Change:
    """Return a change that adds a value."""
    return lambda triples: triples | {Triple(NamedNode(subject), NamedNode(predicate), value)}


def test_the_toy_world_conforms() -> None:
    """What is broken below is whole."""
    assert validate(GOOD, SHAPES) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without(BERT, Term.LABEL), "exactly one name"),
        (plus(BERT, Hfm.YEAR, Literal(2019)), "exactly one year of first release"),
        (without(BERT, Hfm.CATEGORY), "An artifact has a category"),
        (without(BERT, Hfm.DOMAIN), "An artifact has a domain"),
        (plus(BERT, Hfm.MODALITY, NamedNode("http://a/x")), "A modality is a concept"),
        (plus(BERT, Hfm.DEPENDS_ON, NamedNode("http://a/x")), "A parent is an artifact"),
        (plus(BERT, Hfm.PARAMETER_COUNT, Literal("many")), "one positive integer"),
        (plus(BERT, Hfm.WEIGHTS_ACCESS, Literal("maybe")), "open, gated or closed"),
        (plus(BERT, Hfm.CODE, NamedNode("javascript:alert(1)")), "http or https address"),
        (plus(BERT, Hfm.HAS_ANCESTOR, NamedNode(BERT)), "its own ancestor"),
        (without(CLAIM, Hfm.STATEMENT), "a statement of its evidence"),
        (without(CLAIM, Hfm.SOURCE), "the paper or page it rests on"),
        (without(CLAIM, Hfm.BASIS), "how it is known"),
        (plus(CLAIM, Hfm.RELATION, NamedNode(Hfm.DERIVED_FROM)), "a lineage property that is no group"),
        (without(CLAIM, Hfm.CHILD), "one child, an artifact"),
        (plus(PAPER, Hfm.DOI, Literal("https://doi.org/10.1/X")), "in lower case and has no resolver"),
        (plus(PAPER, Hfm.ARXIV_ID, Literal("1810.04805v2")), "no version"),
        (plus(PAPER, Term.TYPE, NamedNode(Hfm.STUDY)), "introduces nothing"),
        (plus(ROW, Hfm.ABOUT, NamedNode(PAPER_NS + "biobert")), "exactly one work"),
        (without(ROW, Hfm.FIRST_SEEN_IN), "first seen in one version"),
        (plus(ROW, Term.TYPE, NamedNode(Hfm.RESOURCE_ROW)), "A resource row lists no work"),
        (plus(ROW, Term.TYPE, NamedNode(Hfm.FORMER_ROW)), "in its list no more"),
        (without(VERSION, Term.IS_VERSION_OF), "A version is one of one list"),
        (plus(ROW, Hfm.DISPUTED_LINK, NamedNode("http://a/x")), "comes with the reason"),
    ],
)
def test_each_broken_rule_is_reported(change: Change, message: str) -> None:
    """One planted fault gives at least one result, and one of them says what is wrong."""
    found = validate(change(GOOD), SHAPES)
    assert any(message in violation.message for violation in found), [str(violation) for violation in found]


def test_messages_are_written_for_people() -> None:
    """Every property shape has a message of its own and a severity."""
    text = SHAPES.read_text(encoding="utf-8")
    assert text.count("sh:message") == text.count("sh:severity")
    assert text.count("sh:path hfm:") + text.count("sh:path rdfs:") <= text.count("sh:message") + 3
