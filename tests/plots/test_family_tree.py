"""The family tree: it shows the family, each edge once, and no name runs into another thing."""

from __future__ import annotations

import itertools

import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyArrowPatch, PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from healthfm import plots
from healthfm.errors import UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.plots.family_tree import _arrange
from healthfm.plots.style import GROUPS, figure_of

FAMILIES = ["family:alphafold", "family:bert", "family:gpt", "family:vision-transformer", "family:diffusion"]


def names(ax: Axes) -> list[Text]:
    """Return the names that are written."""
    return [text for text in ax.texts if text.get_gid() == "name"]


@pytest.mark.parametrize("family", FAMILIES)
def test_it_shows_the_members_and_every_edge_among_them(kg: KnowledgeGraph, family: str) -> None:
    """Names, years and numbers of edges are what SPARQL finds, and the caption says them."""
    ax = plots.family_tree(kg, family)
    rows = kg.query("SELECT ?name ?year { ?m hfm:memberOf ?f ; rdfs:label ?name ; hfm:year ?year }", f=family)
    years = {row["name"]: row["year"] for row in rows.plain()}  # type: ignore[union-attr]
    assert {text.get_text(): int(text.xy[0]) for text in names(ax)} == years  # type: ignore[attr-defined]
    claims = kg.query(
        'SELECT ?c { ?c a hfm:LineageClaim ; hfm:child ?a ; hfm:parent ?b ; hfm:claimStatus "accepted" . '
        "?a hfm:memberOf ?f . ?b hfm:memberOf ?f }",
        f=family,
    )
    drawn = [patch for patch in ax.patches if patch.get_gid() in {"branch", "other edge"}]
    assert len(drawn) == len(claims)  # type: ignore[arg-type]
    caption = next(text for text in ax.texts if text.get_gid() == "caption").get_text()
    assert caption.startswith(f"{len(years)} artifacts, {len(drawn)} lineage edges, {min(years.values())} to")


@pytest.mark.parametrize("family", FAMILIES)
def test_no_name_meets_another_name_or_a_branch(kg: KnowledgeGraph, family: str) -> None:
    """Measured on the drawn figure, to the pixel; every name ends inside the frame."""
    ax = plots.family_tree(kg, family)
    figure_of(ax).draw_without_rendering()
    boxes = [text.get_window_extent() for text in names(ax)]
    assert not [pair for pair in itertools.combinations(boxes, 2) if Bbox.intersection(*pair)]
    frame = ax.get_window_extent()
    assert all(box.x1 <= frame.x1 for box in boxes)
    for patch in ax.patches:
        if patch.get_gid() == "branch":
            assert isinstance(patch, PathPatch)
            path = patch.get_transform().transform_path(patch.get_path())
            assert not any(path.intersects_bbox(box.padded(-1), filled=False) for box in boxes)


def test_the_caption_says_what_the_figure_alone_does_not(kg: KnowledgeGraph) -> None:
    """Within a year, right of means built on; a curve is a second parent, said only where there is one."""
    captions = {}
    for name in ("alphafold", "swin-transformer"):
        ax = plots.family_tree(kg, name)
        text = next(text for text in ax.texts if text.get_gid() == "caption").get_text()
        captions[name] = " ".join(text.split())
        curves = [patch for patch in ax.patches if patch.get_gid() == "other edge"]
        assert bool(curves) == ("Faint curves" in captions[name])
    assert "children stand to the right of parents" in captions["alphafold"]


def test_an_edge_is_drawn_as_what_it_hands_down(kg: KnowledgeGraph) -> None:
    """In BERT's family each colour has as many edges as SPARQL counts for the group."""
    ax = plots.family_tree(kg, "bert")
    drawn = [p.get_edgecolor() for p in ax.patches if isinstance(p, PathPatch | FancyArrowPatch)]
    rows = kg.ask("bert-variants").plain()
    for group in ("weights", "behaviour", "method"):
        colour = to_rgb(GROUPS[group].colour)
        number = sum(1 for edge in drawn if edge[:3] == pytest.approx(colour))
        assert number == len([row for row in rows if row["inherits"] == group])


def test_two_things_that_build_on_each_other_are_drawn_too() -> None:
    """OpenFold and FastFold carry code of each other: a circle places neither, and both edges are seen."""
    import networkx

    circle = networkx.MultiDiGraph()
    for name, year in (("root", 2021), ("a", 2022), ("b", 2022)):
        circle.add_node(name, year=year)
    for parent, child, group in (("root", "a", "method"), ("a", "b", "code"), ("b", "a", "code")):
        circle.add_edge(parent, child, group=group)
    tree = _arrange(circle, "root", "Root")
    assert tree.parents == {"a": ("root", "method")}
    assert tree.others == (("a", "b", "code"), ("b", "a", "code"))
    assert sorted(row for _, row in tree.positions.values()) == [0, 1, 2]


def test_any_artifact_has_a_tree_of_its_descendants(kg: KnowledgeGraph) -> None:
    """Electra heads no family; whoever takes it over or starts from it hangs below it."""
    ax = plots.family_tree(kg, "electra")
    assert {text.get_text() for text in names(ax)} == {"ELECTRA", "ProtElectra", "BioELECTRA"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("biobrt-xyz", "nothing here is called"),
        ("organization:google", "no family tree"),
        ("gato", "descends"),
    ],
)
def test_what_has_no_tree_is_refused(kg: KnowledgeGraph, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        plots.family_tree(kg, name)


def test_it_draws_on_the_axes_it_is_given(kg: KnowledgeGraph) -> None:
    _, ax = pyplot.subplots()
    assert plots.family_tree(kg, "alphafold", ax=ax) is ax
