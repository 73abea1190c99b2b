"""What people do in the page: find, filter, walk, isolate and compare; each as Python answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healthfm.analysis.network import node_attributes
from healthfm.analysis.results import Rows
from healthfm.knowledge_graph import KnowledgeGraph
from tests.explorer.conftest import Explorer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("biobert", "BioBERT"),
        ("few-shot learners", "Language Models are Few-Shot Learners"),
        ("korea univ", "Korea University"),
        ("mimic-iii", "MIMIC-III"),
    ],
)
def test_search_completes_names_titles_and_all_kinds(explorer: Explorer, typed: str, found: str) -> None:
    """`/`, a few letters, Enter: the best match opens, found by name or by the title of its paper."""
    explorer.page.keyboard.press("/")
    explorer.page.keyboard.type(typed)
    options = explorer.page.locator("#find [role=option]")
    assert found in options.first.inner_text()
    assert explorer.page.get_attribute("#find input", "aria-expanded") == "true"
    explorer.page.keyboard.press("Enter")
    assert explorer.heading() == found


def test_search_finds_other_names_and_says_when_there_is_nothing(
    explorer: Explorer, kg: KnowledgeGraph
) -> None:
    """Every other name leads to its thing; nonsense leads nowhere and is said to."""
    named = kg.query(
        "SELECT ?name ?other { ?m a hfm:Model ; skos:altLabel ?other ; rdfs:label ?name } LIMIT 1"
    )
    assert isinstance(named, Rows)
    row = named.plain()[0]
    explorer.page.keyboard.press("/")
    explorer.page.keyboard.type(str(row["other"]))
    assert str(row["name"]) in explorer.page.inner_text("#find [role=listbox]")
    explorer.page.fill("#find input", "xyzzy")
    assert "Nothing here is called so" in explorer.page.inner_text("#find [role=listbox]")
    explorer.page.keyboard.press("Enter")
    assert explorer.page.is_hidden("#details")


def test_the_panel_tells_facts_with_sources_lineage_with_evidence_and_safe_links(
    explorer: Explorer, kg: KnowledgeGraph
) -> None:
    """Where each fact comes from, the sentence behind each edge, links to paper, code and weights."""
    explorer.find("BioBERT")
    text = explorer.page.inner_text("#details")
    for part in (
        "continues pretraining of",
        "confidence high",
        "Korea University",
        "curator",
        *kg.show("biobert").rows,
    ):
        assert part in text, part
    facts = explorer.page.locator("#details dl > dt").count()
    sources = explorer.page.locator("#details dl .from").count()
    assert sources >= facts - 1  # what other things say of it has its source there
    links = explorer.page.eval_on_selector_all("#details a", "all => all.map(a => [a.href, a.rel, a.target])")
    assert all(href.startswith(("http:", "https:")) for href, _, _ in links)
    assert {(rel, target) for _, rel, target in links} == {("noopener noreferrer", "_blank")}
    words = explorer.page.inner_text("#details .links")
    assert all(word in words for word in ("paper: ", "code, official: ", "weights: "))


def test_a_click_on_a_mark_selects_it_and_one_beside_selects_nothing(explorer: Explorer) -> None:
    """The mouse reaches what the picture shows."""
    explorer.click_node("model:bert")
    assert explorer.heading() == "BERT"
    box = explorer.page.locator("#mynetwork").bounding_box()
    assert box is not None
    explorer.page.mouse.click(box["x"] + 150, box["y"] + 45)
    explorer.page.wait_for_selector("#details", state="hidden")


def test_the_legend_switches_groups_and_single_relations(explorer: Explorer, kg: KnowledgeGraph) -> None:
    """A group or relation that is switched off is drawn no more, and comes back."""
    edges = [(parent, child, data) for parent, child, data in kg.to_networkx().edges(data=True)]

    def pairs(*, without: str) -> set[tuple[str, str]]:
        kept = (edge for edge in edges if without not in {edge[2]["group"], edge[2]["relation"]})
        return {(parent, child) for parent, child, _ in kept}

    everything = explorer.edges_drawn()
    method = explorer.page.locator("#legend .groups > li > label", has_text="method")
    method.click()
    assert explorer.edges_drawn() == pairs(without="method")
    assert "hide=" in explorer.fragment()
    method.click()
    explorer.page.locator("#legend summary").first.click()
    explorer.page.locator("#legend details label", has_text="uses component").click()
    assert explorer.edges_drawn() == pairs(without="usesComponent")
    explorer.page.locator("#legend details label", has_text="uses component").click()
    assert explorer.edges_drawn() == everything


def test_filters_join_by_or_within_and_by_and_between(explorer: Explorer, kg: KnowledgeGraph) -> None:
    """Counts tell what a click brings; rows of the table, nodes of the picture and the line agree."""
    explorer.page.click("#filters-toggle")
    assert "(OR)" in explorer.page.inner_text("#facets")
    assert "(AND)" in explorer.page.inner_text("#facets")
    attributes = node_attributes(kg.store)

    def tick(name: str) -> int:
        label = explorer.page.locator("#facets label", has=explorer.page.get_by_text(name, exact=True)).first
        promised = int(label.locator(".count").inner_text())
        label.click()
        return promised

    assert tick("Image") == sum("image" in own["modalities"] for own in attributes.values())
    tick("Volume")
    either = {name for name, own in attributes.items() if {"image", "volume"} & set(own["modalities"])}
    assert explorer.drawn() == either
    promised = tick("Medical imaging and vision")
    both = {name for name in either if "medical-imaging" in attributes[name]["areas"]}
    assert explorer.drawn() == both
    assert promised == len(both)
    assert explorer.page.inner_text("#summary").startswith(f"{len(both)} of {len(attributes)} models")
    assert set(explorer.rows()) == both
    assert explorer.page.locator("#chips button").count() == 4
    explorer.page.click("text=Clear filters")
    assert explorer.page.is_hidden("#chips")
    assert len(explorer.rows()) == len(attributes)


def test_filters_hold_in_a_neighbourhood_too(visit: Callable[..., Explorer], kg: KnowledgeGraph) -> None:
    """Around an organization stand those of its models that pass; how many do not is said."""
    around = "#view=neighbourhood&around=organization:google"
    attributes = node_attributes(kg.store)
    everything = visit(around).drawn(1)
    explorer = visit(f"{around}&family=family:bert")
    wanted = {name for name in everything if name not in attributes or "bert" in attributes[name]["families"]}
    assert explorer.drawn(1) == wanted
    assert "organization:google" in wanted < everything
    left_out = len(everything) - len(wanted)
    assert f"{left_out} left out by filters" in explorer.page.inner_text("#rings-tools")


def test_every_facet_offers_values(explorer: Explorer) -> None:
    """Eleven facets, from category to whether the list has it, each with something to choose."""
    explorer.page.click("#filters-toggle")
    facets = explorer.page.eval_on_selector_all(
        "#facets details",
        "all => all.map(it => it.querySelectorAll('input').length)",
    )
    assert len(facets) == 11
    assert all(values >= 2 for values in facets)


def test_a_cell_of_a_matrix_filters_the_other_views(explorer: Explorer) -> None:
    """The table then has as many rows as the cell says; empty cells can be seen; a second click undoes it."""
    explorer.page.click("#tab-matrix")
    assert explorer.page.locator("#matrix table").count() == 2
    assert explorer.page.locator("#matrix td.empty").count() > 20
    cell = explorer.page.get_by_role("button", name="Image, Medical imaging and vision:")
    number = int(cell.inner_text())
    cell.click()
    assert cell.get_attribute("aria-pressed") == "true"
    assert len(explorer.rows()) == number
    explorer.page.click("#tab-lineage")
    assert len(explorer.drawn()) == number
    explorer.page.click("#tab-matrix")
    cell.click()
    assert explorer.page.is_hidden("#chips")


def test_the_table_sorts_both_ways_and_opens_details(explorer: Explorer) -> None:
    """A header sorts, once more turns it round; it says so to screen readers; a name opens the panel."""
    explorer.page.click("#tab-table")
    years = "rows => rows.map(row => Number(row.cells[1].textContent))"
    explorer.page.click("[data-sort=year]")
    found = explorer.page.eval_on_selector_all("#table tbody tr", years)
    assert found == sorted(found)
    explorer.page.click("[data-sort=year]")
    found = explorer.page.eval_on_selector_all("#table tbody tr", years)
    assert found == sorted(found, reverse=True)
    assert explorer.page.locator("th[aria-sort=descending]").inner_text().startswith("Year")
    explorer.page.get_by_role("button", name="BioBERT", exact=True).click()
    assert explorer.heading() == "BioBERT"


def test_a_neighbourhood_holds_all_kinds_and_grows_step_by_step(explorer: Explorer) -> None:
    """One hop, two hops, expanding one thing, and a new centre; never more than it can show."""
    explorer.find("BioBERT")
    explorer.page.click("#details >> text=Neighbourhood")
    near = explorer.drawn(1)
    kinds = {name.partition(":")[0] for name in near}
    assert {"model", "paper", "organization", "modality", "area", "dataset"} <= kinds
    explorer.page.click("text=2 hops")
    assert near < explorer.drawn(1)
    assert len(explorer.drawn(1)) <= 150
    explorer.page.click("text=1 hop")
    assert explorer.drawn(1) == near
    explorer.click_node("organization:korea-university", 1)
    explorer.page.click("text=Expand Korea University")
    assert near <= explorer.drawn(1)
    explorer.page.click("text=Centre on Korea University")
    assert "model:biobert" in explorer.drawn(1)
    assert "model:bert" not in explorer.drawn(1)


@pytest.mark.parametrize(("button", "direction"), [("Ancestors", "up"), ("Descendants", "down")])
def test_isolating_agrees_with_python(
    explorer: Explorer, kg: KnowledgeGraph, button: str, direction: str
) -> None:
    """What is left in the picture and the table is what `lineage` returns."""
    lineage = kg.lineage("bert", direction=direction)  # type: ignore[call-overload]
    explorer.find("BERT")
    explorer.page.locator("#details").get_by_role("button", name=button).click()
    assert explorer.drawn() == {"model:bert"} | lineage.ancestors | lineage.descendants
    assert set(explorer.rows()) == explorer.drawn()
    explorer.page.locator("#details").get_by_role("button", name=button).click()
    assert len(explorer.rows()) > 100


@pytest.mark.parametrize("through", ["weights", "behaviour", "method", "any"])
def test_impact_agrees_with_python(visit: Callable[..., Explorer], kg: KnowledgeGraph, through: str) -> None:
    """Whom a withdrawal of CLIP affects, through each thing that is inherited."""
    explorer = visit("#n=model:clip&only=impact")
    explorer.page.select_option("#details select", through)
    affected = {found.artifact.id for found in kg.impact("clip", through=through).affected}  # type: ignore[arg-type]
    assert explorer.drawn() == affected | {"model:clip"}
    assert f"Affects {len(affected)} through" in explorer.page.inner_text("#details")


def test_the_path_between_two_models_agrees_with_python(explorer: Explorer, kg: KnowledgeGraph) -> None:
    """Both lead up to their nearest common ancestor, step by step, and only that path is in the light."""
    explorer.find("BioBERT")
    explorer.page.fill("#details input[type=search]", "PubMedBERT")
    explorer.page.keyboard.press("Enter")
    relation = kg.lineage("biobert", to="pubmedbert")
    text = explorer.page.inner_text("#details .path")
    assert "both descend from" in text
    for meeting in relation.meetings:
        assert meeting.ancestor.name in text
        path = {(edge.parent, edge.child) for edge in meeting.from_first + meeting.from_second}
        assert path <= explorer.edges_drawn()
    assert len(explorer.edges_drawn()) < 6
    explorer.page.click("text=Clear path")
    assert explorer.page.locator("#details .path").count() == 0
