"""The notebooks run from top to bottom in a real kernel, and what they find is found once more here.

After its last cell each notebook is asked for some of its variables; each has a second opinion that
shares no step with it: networkx against SPARQL paths, definitions against algorithms, files against
the graph.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import statistics
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import networkx
import pytest
import yaml
from nbclient import NotebookClient
from pyoxigraph import NamedNode

from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import (
    ASSERTED_GRAPH,
    INFERRED_GRAPH,
    RELATION_GROUPS,
    RELATIONS_OUTSIDE_FAMILIES,
    Hfm,
)
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: A kernel that imports this may talk to its own machine only.
NO_NETWORK = """
import socket
connect = socket.socket.connect
def local_only(self, address):
    if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise AssertionError(f"a notebook reads the network: {address}")
    return connect(self, address)
socket.socket.connect = local_only
"""


def read(path: Path) -> Any:
    """Return a notebook."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_outputs(path: Path) -> None:
    """What a notebook says is computed when it is opened, not remembered."""
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_it_says_no_number_that_is_not_computed() -> None:
    """No count stands in the prose: a number of two digits or more belongs into a cell; years may."""
    for path in NOTEBOOKS:
        for cell in read(path).cells:
            if cell.cell_type == "markdown":
                prose = re.sub(r"^#.*$|`[^`]*`|https?://\S+", "", cell.source, flags=re.MULTILINE)
                assert not re.findall(r"(?<![\w.-])(?!(?:19|20)\d\d\b)\d{2,}(?![\w-])", prose), cell.source


def run(path: Path, folder: Path, expressions: list[str]) -> dict[str, Any]:
    """Execute a notebook in a folder and return the values of expressions after its last cell."""
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    notebook = read(path)
    asked = ", ".join(f"{expression!r}: {expression}" for expression in expressions)
    code = (
        f"import json\nprint(json.dumps({{{asked}}}, default=lambda value: getattr(value, 'item', list)()))"
    )
    notebook.cells.append(nbformat.v4.new_code_cell(code))  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(folder), "MPLBACKEND": "agg"})
    answer = "".join(output.text for output in notebook.cells[-1].outputs if output.name == "stdout")
    found: dict[str, Any] = json.loads(answer)
    return found


def names(kg: KnowledgeGraph, query: str, **bindings: Any) -> set[str]:
    """Return the first column of a query."""
    rows = kg.query(query, **bindings)
    return {str(next(iter(row.values()))) for row in rows.plain()}  # type: ignore[union-attr]


def quads(kg: KnowledgeGraph, predicate: str, graph: str) -> int:
    """Count the statements of a property in a named graph, without SPARQL."""
    found = kg.store.quads_for_pattern(None, NamedNode(predicate), None, NamedNode(graph))
    return sum(1 for _ in found)


def claims_in_files() -> list[dict[str, Any]]:
    """Return all lineage claims as the curated files state them."""
    files = (yaml.safe_load(path.read_text()) for path in (ROOT / "graph" / "models").glob("*.yaml"))
    return [claim for entry in files for claim in entry.get("lineage", [])]


def weights(kg: KnowledgeGraph) -> Any:
    """Return the network of what carries weights."""
    return kg.to_networkx(group="weights")


def derived(kg: KnowledgeGraph) -> Any:
    """Return the network of what came into being from what."""
    graph = kg.to_networkx()
    others = [(p, c, k) for p, c, k, g in graph.edges(keys=True, data="group") if g in {"code", "calls"}]
    graph.remove_edges_from(others)
    return graph


def cut_off(kg: KnowledgeGraph) -> int:
    """Count what no beginning reaches once the Transformer is gone: domination, by its definition."""
    graph = kg.to_networkx()
    roots = {name for name, degree in graph.in_degree() if degree == 0}
    lost = networkx.descendants(graph, "model:transformer")
    graph.remove_node("model:transformer")
    reached = set().union(*({root} | networkx.descendants(graph, root) for root in roots if root in graph))
    return len(lost - reached)


def lags(kg: KnowledgeGraph) -> list[int]:
    """Return the years from each general model to its first descendant in healthcare, by SPARQL paths."""
    query = """SELECT ?base (MIN(?y) - ?year AS ?lag) {
      ?base a hfm:Model ; hfm:domain domain:general ; hfm:year ?year .
      FILTER NOT EXISTS { ?base hfm:domain ?other FILTER(?other IN (domain:healthcare, domain:life-science)) }
      ?child hfm:dependsOn+ ?base ; hfm:year ?y ; hfm:domain ?d
      FILTER(?d IN (domain:healthcare, domain:life-science))
    } GROUP BY ?base ?year"""
    return [row["lag"] for row in kg.query(query).plain()]  # type: ignore[union-attr]


def empty_cells(kg: KnowledgeGraph) -> int:
    """Count pairs of modality and area without an artifact, from the nodes of the network."""
    filled = {
        pair
        for _, data in kg.to_networkx().nodes(data=True)
        for pair in itertools.product(data["modalities"], data["areas"])
    }
    schemes = [names(kg, "SELECT ?c { ?c skos:inScheme ?s }", s=f"https://w3id.org/healthfm/{kind}")
               for kind in ("modality", "area")]  # fmt: skip
    return len(schemes[0]) * len(schemes[1]) - len(filled)


def shares_taken_over(kg: KnowledgeGraph) -> list[float]:
    """Return the shares of listed general models that healthcare took over, by the product-limit formula."""
    nodes = kg.to_networkx().nodes(data=True)
    medical = Counter(data["year"] for _, data in nodes if set(data["domains"]) != {"general"})
    end = max(year for year, number in medical.items() if number >= 10)
    lives = []
    for name, data in nodes:
        if (
            data["kind"] != "model"
            or data["domains"] != ("general",)
            or not data["in_list"]
            or data["year"] > end
        ):
            continue
        below = networkx.descendants(kg.to_networkx(), name)
        years = [nodes[other]["year"] for other in below if set(nodes[other]["domains"]) - {"general"}]
        first = min([year for year in years if year <= end], default=None)
        lives.append((first if first is not None else end, first is not None, data["year"]))
    times = [(year - start, arrived) for year, arrived, start in lives]
    left, shares = 1.0, []
    for time in sorted({time for time, _ in times}):
        left *= 1 - sum(at == time and arrived for at, arrived in times) / sum(at >= time for at, _ in times)
        shares.append(round(1 - left, 9))
    return shares


def by_rule(kg: KnowledgeGraph) -> list[str]:
    """Return who is in a family by its rule, whomever a curator counts in or out: by a SPARQL path."""
    path = "|".join(f"hfm:{name}" for name in RELATION_GROUPS if name not in RELATIONS_OUTSIDE_FAMILIES)
    return sorted(names(kg, f"SELECT DISTINCT ?m {{ ?family hfm:familyRoot ?root . ?m ({path})* ?root }}"))


FAMILY_OF_BERT = "SELECT ?m { ?m hfm:memberOf family:bert FILTER(?m != model:bert) }"
CARRIERS = "SELECT DISTINCT ?m { ?m hfm:inheritsWeightsFrom+ ?base }"

#: Notebook → expression in its kernel → the same, found in another way.
SECOND_OPINIONS: dict[str, dict[str, Callable[[KnowledgeGraph], Any]]] = {
    "01-ten-questions-in-sparql": {
        "len(carriers)": lambda kg: len(networkx.descendants(weights(kg), "model:bert")),
        "all_followers": lambda kg: len(networkx.descendants(derived(kg), "model:bert")),
        "int(read)": lambda _: sum(claim["basis"] == "source-read" for claim in claims_in_files()),
        "int(basis.claims.sum())": lambda _: len(claims_in_files()),
        "dict((row['graph'], row['memberships']) for row in origins.plain())": lambda kg: {
            graph: quads(kg, Hfm.MEMBER_OF, graph) for graph in (ASSERTED_GRAPH, INFERRED_GRAPH)
        },
        "len(small)": lambda kg: len(set(alphafold_triples(kg))),
    },
    "02-shared-lineage": {
        "sorted(carriers)": lambda kg: sorted(names(kg, CARRIERS, base="model:bert")),
        "sorted(only_method)": lambda kg: sorted(
            names(kg, FAMILY_OF_BERT) - names(kg, CARRIERS, base="model:bert")
        ),
        "inherited.number_of_edges()": lambda kg: len(kg.ask("alphafold-derivatives")),
        "[bool(common) for common in shared]": lambda kg: [
            bool(
                kg.query(f"ASK {{ {one} hfm:inheritsWeightsFrom* ?x . {other} hfm:inheritsWeightsFrom* ?x }}")
            )
            for one, other in (
                ("model:biobert", "model:pubmedbert"),
                ("model:bio-plus-clinical-bert", "model:clinical-bert"),
                ("model:biobert", "model:linkbert"),
            )
        ],
    },
    "03-the-landscape": {
        "len(gaps.empty)": empty_cells,
        "len(transfers)": lambda kg: len(lags(kg)),
        "float(median)": lambda kg: statistics.median(lags(kg)),
        "int(transfers.years.max())": lambda kg: max(lags(kg)),
        "int(by_year.loc[peak].sum())": lambda kg: max(
            row["n"]
            for row in kg.query(  # type: ignore[union-attr]
                "SELECT ?y (COUNT(DISTINCT ?a) AS ?n) { ?a a hfm:Artifact ; hfm:year ?y } GROUP BY ?y"
            ).plain()
        ),
        "[round(float(p), 9) for p in arrival['share by then']]": shares_taken_over,
        "int(table.to_numpy().sum())": lambda kg: len(
            {
                (row["m"], row["o"], row["d"] == "domain:general")
                for row in kg.query("SELECT ?m ?o ?d { ?m hfm:developedBy ?o ; hfm:domain ?d }").plain()  # type: ignore[union-attr]
            }
        ),
    },
    "04-network-analysis": {
        "descendants['model:transformer']": lambda kg: len(
            names(kg, "SELECT DISTINCT ?m { ?m hfm:dependsOn+ model:transformer }")
        ),
        "dominated['model:transformer']": cut_off,
        "[len(null), len(chance)]": lambda _: [499, 199],
        "[verdict(p, 499, 'shown', 'not shown').rpartition(': ')[2][:13] for p in (0, 0.02, 0.03, 0.2)]": (
            lambda _: ["shown", "on the border", "on the border", "not shown"]
        ),
        "sorted(Counter(end for pair in shuffled(forwards.edges, rng) for end in enumerate(pair)).items())"
        " == sorted(Counter(end for pair in forwards.edges for end in enumerate(pair)).items())": lambda _: (
            True
        ),
        "nx.is_directed_acyclic_graph(nx.DiGraph(shuffled(forwards.edges, rng)))": lambda _: True,
        "all(years[p] <= years[c] for p, c in shuffled(forwards.edges, rng))": lambda _: True,
        "len(set(shuffled(forwards.edges, rng))) == forwards.number_of_edges()": lambda _: True,
        "len(set(shuffled(forwards.edges, rng)) & set(forwards.edges)) < len(forwards.edges) / 2": lambda _: (
            True
        ),
        "round(observed * (len(lineage) - 1))": lambda kg: max(
            len(networkx.descendants(kg.to_networkx(), name)) for name in kg.to_networkx()
        ),
        "sorted(family)": by_rule,
        "round(adjusted_rand(dict(enumerate('aabb')), dict(enumerate('abab'))), 6)": lambda _: -0.5,
        "adjusted_rand(family, family)": lambda _: 1.0,
        "int(reach['model:bert'])": lambda kg: len(names(kg, CARRIERS, base="model:bert")),
    },
    "05-impact-and-licences": {
        "inherited": lambda kg: sorted(names(kg, "SELECT ?a { model:biobert hfm:inheritsWeightsFrom+ ?a }")),
        "{through: len(impact.affected) for through, impact in impacts.items()}": lambda kg: {
            through: len(names(kg, f"SELECT ?m {{ ?m {path}+ model:biobert }}"))
            for through, path in (
                ("weights", "hfm:inheritsWeightsFrom"),
                ("behaviour", "(hfm:inheritsWeightsFrom|hfm:inheritsBehaviourFrom)"),
                ("method", "hfm:derivedFrom"),
                ("any", "hfm:dependsOn"),
            )
        },
        "int(exposure.set_index('base').weights['BERT'])": lambda kg: len(
            names(kg, CARRIERS, base="model:bert")
        ),
    },
    "06-your-own-models": {
        "agree": lambda _: True,
        "len(there)": lambda kg: len(names(kg, CARRIERS, base="model:bert")) + 1,
        "sorted(new)": lambda _: ["model:ward-bert"],
        "sorted(kg.lineage('ward-bert', direction='up').ancestors)": lambda kg: sorted(
            names(kg, "SELECT ?a { model:biobert hfm:dependsOn* ?a }")
        ),
        "server.returncode is not None": lambda _: True,
    },
    "07-survey-kit": {
        "sorted({key for keys in table.cite for key in keys.split(', ')})": lambda kg: sorted(
            name.removeprefix("paper:")
            for name in names(kg, "SELECT DISTINCT ?p { ?m hfm:memberOf family:bert ; hfm:introducedBy ?p }")
        ),
        "len(table)": lambda kg: len(names(kg, "SELECT ?m { ?m hfm:memberOf family:bert }")),
        "cited['data (sha256 of healthfm.trig)']": lambda _: hashlib.sha256(
            (ROOT / "graph" / "dist" / "healthfm.trig").read_bytes()
        ).hexdigest(),
        "sorted(entry.key for entry in bibtexparser.parse_string(bibliography).entries) == keys": lambda _: (
            True
        ),
        "sorted({key for found in (out / 'bert-variants.tex').read_text().split('cite{')[1:]"
        " for key in found.partition('}')[0].split(',')}) == keys": lambda _: True,
    },
}


def alphafold_triples(kg: KnowledgeGraph) -> list[tuple[str, str, str]]:
    """Return what the CONSTRUCT of the first notebook ought to give, from the edges of the network."""
    graph = kg.to_networkx()
    family = graph.subgraph([name for name, d in graph.nodes(data=True) if "alphafold" in d["families"]])
    edges = [(child, key, parent) for parent, child, key in family.edges(keys=True)]
    labels = [(child, "label", child) for _, child in family.edges()]
    comments = [(child, "comment", data["statement"]) for _, child, data in family.edges(data=True)]
    return [*edges, *labels, *comments]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_its_findings_are_found_in_another_way(path: Path, kg: KnowledgeGraph, tmp_path: Path) -> None:
    """Every cell runs, without the network, and key numbers equal those of an independent computation."""
    opinions = SECOND_OPINIONS[path.stem]
    found = run(path, tmp_path, list(opinions))
    assert found == {expression: opinion(kg) for expression, opinion in opinions.items()}
