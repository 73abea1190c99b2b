"""One work or two: what is sure, what is asked, what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthfm.sources.same_work import KnownWorks, Mention, compare
from healthfm.sources.titles import folded_title, split_name

CONVIRT = "Contrastive Learning of Medical Visual Representations from Paired Images and Text"


def mention(title: str, *ids: str, name: str | None = None) -> Mention:
    """Return a mention with one title."""
    return Mention((title,), frozenset(ids), (name,) if name else ())


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (mention("A", "arxiv:2001.1"), mention("A", "arxiv:2001.1"), "the same identifier"),
        (
            mention("BERT for charts", "arxiv:1.1"),
            mention("BERT for medical charts", "arxiv:1.1"),
            "identifier",
        ),
        (mention("T5", "arxiv:1.1"), mention("Exploring the Limits", "arxiv:1.1", name="T5"), "identifier"),
        (mention("A preprint of note", "arxiv:1.1"), mention("A Preprint of Note", "doi:10.1/x"), "title"),
        (mention(f"ConVIRT: {CONVIRT}"), mention(CONVIRT), "name in front"),
        (mention(CONVIRT), mention(f"ConVIRT: {CONVIRT}", "arxiv:2010.00747"), "name in front"),
        (mention("医学影像基础模型"), mention("医学影像基础模型"), "the same title"),
        (mention("Caf\u00e9 models for health"), mention("Cafe\u0301 Models for Health"), "the same title"),
    ],
)
def test_one_work_beyond_doubt(one: Mention, other: Mention, reason: str) -> None:
    """An identifier, a title, or a title with its short name in front makes one work."""
    match = compare(one, other)
    assert match is not None
    assert match.sure
    assert reason in match.reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            mention(CONVIRT, "arxiv:2303.11032"),
            mention("Zero-shot De-identification by GPT-4", "arxiv:2303.11032"),
            "one of the links may be wrong",
        ),
        (
            mention("A title they share", "arxiv:1.1"),
            mention("A title they share", "arxiv:2.2"),
            "two preprints: arxiv:1.1 and arxiv:2.2",
        ),
        (mention("Survey", "arxiv:1.1"), mention("Survey", "doi:10.1/x"), "which is short"),
        (
            mention("GatorTron: A Large Clinical Model"),
            mention("Reading electronic records", name="GatorTron"),
            "both are called 'gatortron'",
        ),
        (
            mention("A foundation model for retinal imges"),
            mention("A foundation model for retinal images"),
            "close title",
        ),
    ],
)
def test_what_is_unsure_is_a_question(one: Mention, other: Mention, reason: str) -> None:
    """Whatever may be a wrong link, a new version or a misspelling is asked, not decided."""
    match = compare(one, other)
    assert match is not None
    assert not match.sure
    assert reason in match.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Command R", "Command R+"),
        ("ChatCAD", "ChatCAD+"),
        ("ChatCAD: a title of some length", "ChatCAD+: a title of some length"),
        ("Med-PaLM", "Med-PaLM 2"),
        ("医学影像", "临床文本"),
        ("蛋白质", "化学分子"),
        ("…", "!!!"),
    ],
)
def test_two_works_are_not_even_a_question(one: str, other: str) -> None:
    """A plus or a number tells names apart, every script counts, and emptiness matches nothing."""
    assert compare(mention(one), mention(other)) is None


texts = st.text(max_size=30)
TITLES = ["ChatCAD: X", "ChatCAD+: X", "X", "Scaling vision models", "Scaling vison models", "模型"]
mentions = st.builds(
    Mention,
    titles=st.lists(st.sampled_from(TITLES) | texts, min_size=1, max_size=2).map(tuple),
    ids=st.frozensets(st.sampled_from(["arxiv:1.1", "arxiv:2.2", "doi:10.1/x"]), max_size=2),
    names=st.lists(st.sampled_from(["ChatCAD", "ChatCAD+", "X"]), max_size=1).map(tuple),
)


@given(mentions, mentions)
def test_comparing_is_symmetric(one: Mention, other: Mention) -> None:
    """Neither the decision nor its reason depends on who is compared with whom."""
    assert compare(one, other) == compare(other, one)


@given(mentions)
def test_a_mention_is_its_own_work_or_says_too_little(one: Mention) -> None:
    """What is compared with itself is never another work; only an empty title says nothing."""
    assert compare(one, one) is not None or not (one.folded or one.ids or one.called)


@given(st.lists(mentions, max_size=6), mentions)
def test_the_indexes_lose_nothing(works: list[Mention], one: Mention) -> None:
    """Looking up by index finds what comparing with every work finds."""
    named = {f"work-{number}": work for number, work in enumerate(works)}
    everything = {name: match for name, work in named.items() if (match := compare(one, work)) is not None}
    assert KnownWorks(named.items()).matches(one) == everything


@given(st.text())
def test_folding_is_idempotent(title: str) -> None:
    """A folded title is as folded as it can be, and so is each part of it."""
    assert folded_title(folded_title(title)) == folded_title(title)
    name, rest = split_name(title)
    assert (folded_title(name), folded_title(rest)) == (name, rest)
