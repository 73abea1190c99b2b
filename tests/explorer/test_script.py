"""The scripts of the pages: modules joined into one, without a bundler."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest

from healthfm.explorer.script import join_modules, modules_of, source

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|var|function\*?|class) +([\w$]+)", re.MULTILINE)
ENTRIES = ("main.js", "overview-main.js")


def every_module() -> set[str]:
    """Return the names of all modules of ``web/``."""
    folder = resources.files("healthfm.explorer") / "web"
    return {file.name for file in folder.iterdir() if file.name.endswith(".js")}


def test_every_module_is_in_a_page() -> None:
    """No module is left over from something that is gone."""
    assert every_module() == {module for entry in ENTRIES for module in modules_of(entry)}


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_two_modules_of_a_page_declare_the_same_name(entry: str) -> None:
    """In one script there is one scope: a name that two modules declare would stop the page."""
    declared = Counter(name for module in modules_of(entry) for name in DECLARED.findall(source(module)))
    assert [name for name, number in declared.items() if number > 1] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_module_is_in_the_script_once_and_after_what_it_imports(entry: str) -> None:
    """Nothing is left out, nothing is twice, and no import is left for a browser to fetch."""
    script = join_modules(entry)
    modules = modules_of(entry)
    firsts = {module: source(module).splitlines()[0] for module in modules}
    assert all(script.count(first) == 1 for first in firsts.values())
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    for module in modules:
        for needed in re.findall(r'from "\./([^"]+)";', source(module)):
            assert script.index(firsts[needed]) < script.index(firsts[module])


def test_no_module_makes_elements_from_text() -> None:
    """Text becomes text nodes only: no sink that parses markup or code is named anywhere."""
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setHTML"
    assert [module for module in every_module() if re.search(sinks, source(module))] == []
