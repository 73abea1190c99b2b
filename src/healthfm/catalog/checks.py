"""What must hold between entries: no dangling id, no circle, one work one paper, time runs forward."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import ID_PATTERN, NOT_REPORTED, Artifact, Claim, Paper
from healthfm.catalog.names import nearest
from healthfm.sources.identifiers import canonical
from healthfm.sources.rows import ListRecord, Row
from healthfm.sources.sections import RowKind
from healthfm.vocabulary import DERIVING_GROUPS, RELATION_GROUPS

#: What a message calls the things of each field of `Catalogue` or scheme of the ontology.
SINGULAR = {
    "artifacts": "model",
    "papers": "paper",
    "organizations": "organization",
    "datasets": "dataset",
    "licenses": "licence",
    "categories": "category",
    "domains": "domain",
    "areas": "area",
    "modalities": "modality",
    "tasks": "task",
}


def check(catalogue: Catalogue, concepts: Mapping[str, Collection[str]]) -> list[str]:
    """Return every fault between the entries, each as ``file:line: what; what to do``.

    Parameters
    ----------
    concepts
        The ids of the ontology's closed lists: ``categories``, ``domains``, ``areas``,
        ``modalities``, ``tasks``.
    """
    faults = [
        *_draft_faults(catalogue),
        *_artifact_faults(catalogue, concepts),
        *_paper_faults(catalogue, concepts),
        *_register_faults(catalogue, concepts),
        *_row_faults(catalogue),
        *_duplicate_claims(catalogue),
        *_duplicate_identifiers(catalogue),
        *_circles(catalogue),
    ]
    return sorted(faults, key=_by_place)


def _by_place(fault: str) -> tuple[str, int, str]:
    name, line, rest = fault.split(":", 2)
    return name, int(line), rest


def _dangling(place: str, key: str, kind: str, ids: Collection[str], known: Collection[str]) -> Iterator[str]:
    for name in ids:
        if name not in known:
            help_ = nearest(name, known, otherwise="add it first or correct the id")
            yield f"{place}: {key}: no {SINGULAR[kind]} '{name}'; {help_}"


def _draft_faults(catalogue: Catalogue) -> Iterator[str]:
    for (kind, name), to_do in catalogue.drafts.items():
        yield f"{catalogue.place(kind, name, 'draft')}: draft: {to_do}"


def _artifact_faults(catalogue: Catalogue, concepts: Mapping[str, Collection[str]]) -> Iterator[str]:
    for name, artifact in catalogue.artifacts.items():
        references: list[tuple[str, str, tuple[str, ...], Collection[str]]] = [
            ("introduced_by", "papers", artifact.introduced_by, catalogue.papers),
            ("developed_by", "organizations", artifact.developed_by, catalogue.organizations),
            ("trained_with", "artifacts", artifact.trained_with, catalogue.artifacts),
            ("modalities", "modalities", artifact.modalities, concepts["modalities"]),
            ("tasks", "tasks", artifact.tasks, concepts["tasks"]),
            ("replaced_by", "artifacts", _present(artifact.replaced_by), catalogue.artifacts),
            ("code_license", "licenses", _reported(artifact.code_license), catalogue.licenses),
            ("weights_license", "licenses", _reported(artifact.weights_license), catalogue.licenses),
        ]
        if isinstance(artifact.trained_on, tuple):
            references.append(("trained_on", "datasets", artifact.trained_on, catalogue.datasets))
        for key, kind, ids, known in references:
            yield from _dangling(catalogue.place("artifacts", name, key), key, kind, ids, known)
        yield from _placement_faults(catalogue, name, artifact, concepts)
        for index, claim in enumerate(artifact.lineage):
            yield from _claim_faults(catalogue, name, artifact, index, claim)


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value is not None else ()


def _reported(value: str | None) -> tuple[str, ...]:
    return _present(None if value == NOT_REPORTED else value)


def _placement_faults(
    catalogue: Catalogue, name: str, artifact: Artifact, concepts: Mapping[str, Collection[str]]
) -> Iterator[str]:
    if artifact.placement is None:
        return
    for key in ("categories", "domains", "areas"):
        place = catalogue.place("artifacts", name, "placement", key)
        yield from _dangling(place, key, key, getattr(artifact.placement, key), concepts[key])


def _claim_faults(
    catalogue: Catalogue, name: str, artifact: Artifact, index: int, claim: Claim
) -> Iterator[str]:
    place = catalogue.place("artifacts", name, "lineage", index, "parent")
    yield from _dangling(place, claim.relation, "artifacts", [claim.parent], catalogue.artifacts)
    if claim.source.startswith("paper:"):
        at = catalogue.place("artifacts", name, "lineage", index, "source")
        yield from _dangling(at, "source", "papers", [claim.source.removeprefix("paper:")], catalogue.papers)
    if claim.parent == name:
        yield f"{place}: {claim.relation}: '{name}' is its own parent; name the thing it was built on"
    parent = catalogue.artifacts.get(claim.parent)
    if parent and parent.year > artifact.year and claim.against_time is None:
        yield (
            f"{place}: {claim.relation}: parent '{claim.parent}' ({parent.year}) is younger than "
            f"'{name}' ({artifact.year}); correct a year or give the reason in 'against_time'"
        )


def _paper_faults(catalogue: Catalogue, concepts: Mapping[str, Collection[str]]) -> Iterator[str]:
    for name, paper in catalogue.papers.items():
        for key, kind, ids, known in (
            ("evaluates", "artifacts", paper.evaluates, catalogue.artifacts),
            ("areas", "areas", paper.areas, concepts["areas"]),
            ("replaced_by", "papers", _present(paper.replaced_by), catalogue.papers),
        ):
            yield from _dangling(catalogue.place("papers", name, key), key, kind, ids, known)
        introduces = [key for key, artifact in catalogue.artifacts.items() if name in artifact.introduced_by]
        if paper.kind == "study" and introduces:
            place = catalogue.place("papers", name, "kind")
            yield f"{place}: kind: a study introduces nothing, but '{introduces[0]}' names it"


def _register_faults(catalogue: Catalogue, concepts: Mapping[str, Collection[str]]) -> Iterator[str]:
    for name, family in catalogue.families.items():
        members = [("root", family.root)]
        members += [("include", exception.member) for exception in family.include]
        members += [("exclude", exception.member) for exception in family.exclude]
        for key, member in members:
            place = catalogue.place("families", name, key)
            yield from _dangling(place, key, "artifacts", [member], catalogue.artifacts)
    for name, license_ in catalogue.licenses.items():
        # Ids of ours are lower case; SPDX writes capitals, and its page is the licence's address.
        if license_.url is None and re.fullmatch(ID_PATTERN, name):
            yield f"{catalogue.place('licenses', name)}: '{name}' is no SPDX id; write the url of its text"
    for name, dataset in catalogue.datasets.items():
        place = catalogue.place("datasets", name, "modalities")
        yield from _dangling(place, "modalities", "modalities", dataset.modalities, concepts["modalities"])


def _row_faults(catalogue: Catalogue) -> Iterator[str]:
    owners: dict[str, str] = {}
    for name, record in catalogue.lists.items():
        place = catalogue.place("lists", name, "described_by")
        yield from _dangling(place, "described_by", "papers", _present(record.described_by), catalogue.papers)
        for index, row in enumerate(record.rows):
            place = catalogue.place("lists", name, "rows", index, "about")
            if row.kind is RowKind.WORK:
                yield from _work_row_faults(catalogue, place, row)
            else:
                yield from _dangling(place, "about", "datasets", _present(row.about), catalogue.datasets)
        yield from _version_faults(catalogue, name, record)
        for row in (*record.rows, *record.gone):
            if row.id in owners:
                place = catalogue.place("lists", name, "prefix")
                yield f"{place}: row id '{row.id}' is taken by list '{owners[row.id]}'; mint other ids"
            owners[row.id] = name


def _version_faults(catalogue: Catalogue, name: str, record: ListRecord) -> Iterator[str]:
    place = catalogue.place("lists", name, "versions")
    for version in record.versions:
        if version.date is not None and not re.fullmatch(r"\d{4}(-\d\d){0,2}", version.date):
            yield f"{place}: '{version.date}' is no ISO date; write YYYY, YYYY-MM or YYYY-MM-DD"
    for row in (*record.rows, *record.gone):
        numbers = (row.since, row.until or row.since)
        if not 1 <= min(numbers) <= max(numbers) <= len(record.versions):
            yield f"{place}: row '{row.id}' was seen in a version that is not here; correct since and until"


def _work_row_faults(catalogue: Catalogue, place: str, row: Row) -> Iterator[str]:
    if row.about is None:
        yield f"{place}: row '{row.id}' ({row.title}) has no 'about'; write the paper it stands for"
        return
    if ("papers", row.about) in catalogue.drafts:
        return
    if row.about not in catalogue.papers:
        yield from _dangling(place, "about", "papers", [row.about], catalogue.papers)
        return
    known = addresses(catalogue.papers[row.about])
    disputed = {dispute.url for dispute in row.disputed}
    for link in row.links:
        if link.kind == "paper" and link.url not in disputed and link.id not in known:
            yield (
                f"{place}: row '{row.id}' links to {link.id}, which paper '{row.about}' does not have; "
                "add it to the paper's identifiers or links, correct 'about', or dispute the link"
            )


def addresses(paper: Paper) -> frozenset[str]:
    """Return what identifies a paper: its identifiers and its pages, in canonical form."""
    return frozenset({*paper.identifiers, *(canonical(link.url).id for link in paper.links)})


def _duplicate_claims(catalogue: Catalogue) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name, artifact in catalogue.artifacts.items():
        for index, claim in enumerate(artifact.lineage):
            place = catalogue.place("artifacts", name, "lineage", index, "id")
            if claim.id in seen:
                yield f"{place}: claim id '{claim.id}' is taken by {seen[claim.id]}; mint a new one"
            seen[claim.id] = place


def _duplicate_identifiers(catalogue: Catalogue) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name, paper in catalogue.papers.items():
        for index, identifier in enumerate(paper.identifiers):
            place = catalogue.place("papers", name, "identifiers", index)
            if identifier in seen:
                yield f"{place}: {identifier} belongs to {seen[identifier]} too; one work is one paper"
            seen[identifier] = place


def _circles(catalogue: Catalogue) -> Iterator[str]:
    parents = {name: _deriving_parents(name, artifact) for name, artifact in catalogue.artifacts.items()}
    done: set[str] = set()
    for start in parents:
        circle = _find_circle(start, parents, done)
        if circle:
            done.update(circle)
            place = catalogue.place("artifacts", circle[0], "lineage")
            yield f"{place}: lineage runs in a circle: {' → '.join(circle)}; one of these edges is wrong"


def _deriving_parents(name: str, artifact: Artifact) -> list[str]:
    """Return the parents that ancestry runs over; being one's own is a fault reported elsewhere."""
    return [
        claim.parent
        for claim in artifact.lineage
        if claim.parent != name
        and claim.status == "accepted"
        and RELATION_GROUPS[claim.relation] in DERIVING_GROUPS
    ]


def _find_circle(start: str, parents: Mapping[str, list[str]], done: set[str]) -> list[str] | None:
    """Depth-first search without recursion: lineage chains may be long."""
    path: list[str] = []
    stack: list[tuple[str, bool]] = [(start, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            path.pop()
            done.add(node)
        elif node in path:
            return [*path[path.index(node) :], node]
        elif node not in done:
            path.append(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in reversed(parents.get(node, [])))
    return None
