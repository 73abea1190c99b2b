"""The page by keyboard alone, and without motion for those who want none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.explorer.conftest import Explorer

pytestmark = pytest.mark.browser


def test_arrows_walk_the_lineage_and_escape_clears(explorer: Explorer) -> None:
    """Left goes to a parent, right to a child, up and down along the lane, Escape back to the whole."""
    explorer.find("BioBERT")
    explorer.page.focus("#mynetwork")
    explorer.page.keyboard.press("ArrowLeft")
    assert explorer.heading() == "BERT"
    explorer.page.keyboard.press("ArrowRight")
    child = explorer.heading()
    assert child != "BERT"
    explorer.page.keyboard.press("ArrowDown")
    explorer.page.keyboard.press("ArrowUp")
    assert explorer.heading() == child
    explorer.page.keyboard.press("Escape")
    assert explorer.page.is_hidden("#details")
    assert explorer.fragment() == ""


def test_from_search_to_a_papers_link_by_keyboard_alone(explorer: Explorer) -> None:
    """Find, land on the panel, tab to the paper: focus is visible all the way."""
    explorer.find("BioBERT")
    assert explorer.page.evaluate("document.activeElement.textContent") == "BioBERT"
    for _ in range(60):
        explorer.page.keyboard.press("Tab")
        focused = explorer.page.evaluate(
            """() => { const it = document.activeElement;
            return [it.href ?? '', getComputedStyle(it).outlineStyle]; }"""
        )
        assert focused[1] != "none"
        if "arxiv.org/abs/1901.08746" in focused[0]:
            return
    pytest.fail("the paper's link is not within 60 steps of the Tab key")


def test_tabs_filters_and_keys_by_keyboard(explorer: Explorer) -> None:
    """Numbers and arrows change views, `f` opens the filters, `?` the list of keys; Escape closes either."""
    explorer.page.keyboard.press("3")
    assert explorer.page.is_visible("#table")
    explorer.page.focus("#tab-table")
    explorer.page.keyboard.press("ArrowRight")
    assert explorer.page.is_visible("#neighbourhood")
    assert explorer.page.evaluate("document.activeElement.id") == "tab-neighbourhood"
    explorer.page.keyboard.press("f")
    assert explorer.page.is_visible("#facets")
    explorer.page.keyboard.press("Escape")
    assert explorer.page.is_hidden("#facets")
    assert explorer.page.evaluate("document.activeElement.id") == "filters-toggle"
    explorer.page.keyboard.press("?")
    assert "to a parent" in explorer.page.inner_text("dialog")
    explorer.page.keyboard.press("Escape")
    assert explorer.page.is_hidden("dialog")


def test_a_selected_thing_comes_into_view_at_once_where_motion_is_not_wanted(
    visit: Callable[..., Explorer],
) -> None:
    """Zoomed in far from it, a search still shows its mark, without a flight over the picture."""
    explorer = visit("#at=0.1,0.1,8", reduced_motion="reduce")
    before = explorer.page.evaluate("networks[0].getScale()")
    explorer.find("ChatGPT")
    place, centre, scale = explorer.page.evaluate(
        "[networks[0].getPosition('model:chatgpt'), networks[0].getViewPosition(), networks[0].getScale()]"
    )
    assert place == pytest.approx(centre, abs=2)
    assert scale == pytest.approx(before)
