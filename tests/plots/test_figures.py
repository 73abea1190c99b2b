"""Every other figure, held against an independent count of what it shows."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import networkx
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.transforms import Bbox

import healthfm
from healthfm import plots
from healthfm.errors import InputError, UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.plots.style import DOMAINS, GROUPS, PAGE_WIDTH, figure_of


def caption(ax: Axes) -> str:
    """Return the caption of a figure."""
    return " ".join(next(text for text in ax.texts if text.get_gid() == "caption").get_text().split())


def test_the_timeline_counts_every_artifact(kg: KnowledgeGraph) -> None:
    """Heights of the bars are the numbers of nodes of the network with that year, category and domain."""
    axes = plots.timeline(kg)
    counted = Counter(
        (data["year"], category, domain)
        for _, data in kg.to_networkx().nodes(data=True)
        for category in data["categories"]
        for domain in data["domains"]
    )
    drawn: Counter[tuple[int, str, str]] = Counter()
    for ax in axes:
        for bars in ax.containers:
            for bar in bars:
                label = str(bars.get_label()).replace(" ", "-")
                drawn[round(bar.get_x() + 0.4), ax.get_title(loc="left"), label] += round(bar.get_height())
    assert +drawn == counted


def test_the_heat_map_says_each_cell_and_hatches_the_empty_ones(kg: KnowledgeGraph) -> None:
    """Numbers and hatches are those of the named question."""
    ax = plots.modality_by_area(kg)
    labels = {
        row["c"]: row["l"]
        for row in kg.query("SELECT ?c ?l { ?c skos:inScheme ?s ; skos:prefLabel ?l }").plain()  # type: ignore[union-attr]
    }
    columns = [text.get_text().replace("\n", " ") for text in ax.get_xticklabels()]
    rows = [text.get_text() for text in ax.get_yticklabels()]
    shown = {
        (rows[round(text.get_position()[1])], columns[round(text.get_position()[0])]): int(text.get_text())
        for text in ax.texts
        if text.get_gid() != "caption"
    }
    counted = {
        (labels[row["modality"]], labels[row["area"]]): row["artifacts"]
        for row in kg.ask("modality-by-area").plain()
    }
    assert shown == {cell: number for cell, number in counted.items() if number}
    hatched = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_hatch()]
    assert len(hatched) == sum(1 for number in counted.values() if not number)
    assert f"{len(hatched)} of {len(counted)} cells are empty" in caption(ax)


def test_the_depth_is_the_longest_chain_above(kg: KnowledgeGraph) -> None:
    """Counted once more by recursion over `hfm:derivedFrom`."""
    pairs = kg.query("SELECT ?child ?parent { ?child hfm:derivedFrom ?parent }").plain()  # type: ignore[union-attr]
    above: dict[str, list[str]] = {}
    for row in pairs:
        above.setdefault(row["child"], []).append(row["parent"])

    def depth(name: str) -> int:
        return max((1 + depth(parent) for parent in above.get(name, [])), default=0)

    ax = plots.lineage_depth(kg)
    drawn = {round(bar.get_x() + 0.4): round(bar.get_height()) for bar in ax.patches}  # type: ignore[attr-defined]
    assert drawn == Counter(depth(name) for name in kg.to_networkx())


def test_the_fan_out_is_the_number_of_claims_that_name_the_parent(kg: KnowledgeGraph) -> None:
    ax = plots.fan_out(kg, limit=10)
    rows = kg.query(
        "SELECT ?name (COUNT(*) AS ?n) { ?c a hfm:LineageClaim ; hfm:claimStatus 'accepted' ; hfm:parent ?p "
        ". ?p rdfs:label ?name } GROUP BY ?name"
    )
    counted = {row["name"]: row["n"] for row in rows.plain()}  # type: ignore[union-attr]
    shown = [text.get_text() for text in ax.get_yticklabels()]
    widths: Counter[str] = Counter()
    for bar in ax.patches:
        widths[shown[round(bar.get_y() + 0.36)]] += round(bar.get_width())  # type: ignore[attr-defined]
    assert widths == {name: counted[name] for name in shown}
    assert min(widths.values()) >= sorted(counted.values(), reverse=True)[9]


def test_the_organizations_shown_are_the_largest_and_each_link_is_an_arrow(kg: KnowledgeGraph) -> None:
    """Counted once more from the network and a query of who developed what."""
    ax = plots.organization_network(kg, limit=12)
    makers: dict[str, set[str]] = {}
    for row in kg.query("SELECT ?m ?o { ?m hfm:developedBy ?o }").plain():  # type: ignore[union-attr]
        makers.setdefault(row["m"], set()).add(row["o"])
    numbers = Counter(maker for names in makers.values() for maker in names)
    largest = set(sorted(numbers, key=lambda name: (-numbers[name], name))[:12])
    derived = networkx.DiGraph(
        (p, c)
        for p, c, group in kg.to_networkx().edges(data="group")
        if group in {"weights", "behaviour", "method"}
    )
    links = {
        (a, b)
        for p, c in derived.edges
        for a, b in itertools.product(makers.get(p, ()), makers.get(c, ()))
        if a != b and {a, b} <= largest
    }
    assert sum(isinstance(patch, FancyArrowPatch) for patch in ax.patches) == len(links)
    written = [text.get_text() for text in ax.texts if text.get_gid() == "name"]
    said = sorted(int(text.rpartition("(")[2].removesuffix(")")) for text in written)
    assert said == sorted(numbers[name] for name in largest)


def test_the_names_of_organizations_end_inside_the_figure(kg: KnowledgeGraph) -> None:
    ax = plots.organization_network(kg)
    figure_of(ax).draw_without_rendering()
    frame = ax.get_window_extent().padded(2)
    for text in ax.texts:
        if text.get_gid() == "name":
            box = text.get_window_extent()
            assert frame.x0 <= box.x0 < box.x1 <= frame.x1
            assert frame.y0 <= box.y0 < box.y1 <= frame.y1


def test_the_network_of_organizations_takes_most_of_its_figure(kg: KnowledgeGraph) -> None:
    """Names go on in a second line before they push the circle together."""
    ax = plots.organization_network(kg)
    assert max(*ax.get_xlim(), *ax.get_ylim()) < 1.6  # the circle has radius 1


def test_a_saved_figure_is_as_wide_as_a_page(kg: KnowledgeGraph) -> None:
    """Nothing stands out of the frame, or print would scale all letters down."""
    for draw in (plots.timeline, plots.modality_by_area, plots.lineage_depth, plots.fan_out):
        drawn = draw(kg)
        figure = figure_of(drawn[0] if isinstance(drawn, list) else drawn)
        figure.draw_without_rendering()
        box = figure.get_tightbbox()
        assert box.x0 > -0.1
        assert box.x1 < PAGE_WIDTH + 0.1, draw.__name__


def test_no_label_of_the_heat_map_meets_another(kg: KnowledgeGraph) -> None:
    ax = plots.modality_by_area(kg)
    figure_of(ax).draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.get_xticklabels()]
    assert not [pair for pair in itertools.combinations(boxes, 2) if Bbox.intersection(*pair)]


def test_bars_of_one_figure_are_told_apart_in_grey() -> None:
    """What is inherited has a pattern of its own beside its colour; so have the domains."""
    for styles in (GROUPS, DOMAINS):
        assert len({style.hatch for style in styles.values()}) == len(styles)


@pytest.mark.parametrize(
    "draw", [plots.modality_by_area, plots.lineage_depth, plots.fan_out, plots.organization_network]
)
def test_a_caption_names_version_and_list(kg: KnowledgeGraph, draw: object) -> None:
    said = caption(draw(kg))  # type: ignore[operator]
    assert f"healthfm {healthfm.__version__}" in said
    dates = kg.query("SELECT (MAX(?date) AS ?last) { ?list a hfm:List ; dcterms:date ?date }").plain()  # type: ignore[union-attr]
    assert f"as of {dates[0]['last']}" in said


@pytest.mark.parametrize("draw", [plots.fan_out, plots.organization_network])
def test_a_limit_that_shows_nothing_is_refused(kg: KnowledgeGraph, draw: object) -> None:
    with pytest.raises(UsageError, match="a limit of 0 shows no"):
        draw(kg, limit=0)  # type: ignore[operator]


def bert_tree(kg: KnowledgeGraph) -> Axes:
    """Return the figure of one family."""
    return plots.family_tree(kg, "bert")


FIGURES = (
    plots.timeline,
    plots.lineage_depth,
    plots.fan_out,
    plots.modality_by_area,
    plots.organization_network,
    bert_tree,
)


@pytest.mark.parametrize("draw", FIGURES)
def test_every_figure_is_saved_with_the_same_bytes_each_time(
    kg: KnowledgeGraph, tmp_path: Path, draw: object
) -> None:
    """Saved twice and drawn anew: the layout has settled before the first file is written."""
    files = []
    for name in "ab":
        drawn = draw(kg)  # type: ignore[operator]
        ax = drawn[0] if isinstance(drawn, list) else drawn
        files += [plots.save(ax, tmp_path / f"{name}{number}.svg").read_bytes() for number in range(2)]
    assert len(set(files)) == 1


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_a_figure_is_saved_for_print_with_the_same_bytes_each_time(
    kg: KnowledgeGraph, tmp_path: Path, ending: str, start: bytes
) -> None:
    """The fonts of a PDF are embedded as TrueType, which publishers ask for."""
    ax = plots.family_tree(kg, "alphafold")
    first = plots.save(ax, tmp_path / f"a.{ending}").read_bytes()
    assert first.startswith(start)
    assert first == plots.save(ax, tmp_path / f"b.{ending}").read_bytes()
    if ending == "pdf":
        assert b"/Type3" not in first
        assert b"/FontFile2" in first


def test_what_cannot_be_saved_is_said(kg: KnowledgeGraph, tmp_path: Path) -> None:
    ax = plots.lineage_depth(kg)
    with pytest.raises(UsageError, match="names no format of pdf, svg, png, eps"):
        plots.save(ax, tmp_path / "figure.doc")
    with pytest.raises(InputError, match="cannot be written: No such file"):
        plots.save(ax, tmp_path / "nowhere" / "figure.pdf")


def test_a_plot_without_matplotlib_says_what_to_install(tmp_path: Path) -> None:
    """The import alone says it; the rest of the package does without."""
    import subprocess
    import sys

    (tmp_path / "matplotlib.py").write_text("raise ImportError")
    code = (
        "import healthfm\n"
        "try:\n    import healthfm.plots\nexcept healthfm.UsageError as error:\n    print(error, end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout == "plots need matplotlib; install healthfm[plots]"


# Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, at full severity.
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def lab(colour: str, deficiency: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a colour in CIE Lab as it is seen with a deficiency."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(DEFICIENCIES[deficiency] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt((to_xyz @ seen) / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_colours_are_told_apart_by_all(deficiency: str) -> None:
    """Groups and domains keep a distance of 11 in CIE Lab, however colours are seen."""
    for palette in (
        [style.colour for style in plots.style.GROUPS.values()],
        [style.face for style in plots.style.DOMAINS.values()],
    ):
        for one, other in itertools.combinations(palette, 2):
            distance = np.linalg.norm(lab(one, deficiency) - lab(other, deficiency))
            assert distance >= 11, (one, other, distance)
