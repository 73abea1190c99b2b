"""What an entry of the catalogue is: one frozen type per kind of file.

The types are the specification: the reader validates files against them, the canonical writer takes
its key order from them, and the JSON Schema that editors use is generated from them. Facts that may
be unknown have three states: a value, ``not-reported`` (somebody looked, the source is silent), and
absent (nobody looked).
"""

from __future__ import annotations

import datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from healthfm.errors import InputError
from healthfm.sources.identifiers import canonical, to_url
from healthfm.vocabulary import RELATION_GROUPS

ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NOT_REPORTED: Final = "not-reported"

EARLIEST_YEAR: Final = 1943  # the first artificial neuron, doi:10.1007/BF02478259
LATEST_YEAR: Final = 2100


def _iso_date(text: str) -> str:
    parts = text.split("-")
    if len(parts) > 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        raise ValueError("write an ISO date: YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        datetime.date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError as error:
        raise ValueError(f"no such date: {error}") from error
    return text


def _web_page(url: str) -> str:
    try:
        canonical(url)
    except InputError as error:
        raise ValueError("is no http or https address; correct it") from error
    return url


def _identifier(curie: str) -> str:
    try:
        form = canonical(to_url(curie)).id
    except InputError as error:
        raise ValueError(str(error)) from error
    if form != curie:
        raise ValueError(f"not in canonical form; write {form}")
    return curie


def _relation(name: str) -> str:
    if name not in RELATION_GROUPS:
        raise ValueError(f"no such relation; one of {', '.join(RELATION_GROUPS)}")
    return name


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Url = Annotated[str, AfterValidator(_web_page)]
Identifier = Annotated[str, AfterValidator(_identifier)]
IsoDate = Annotated[str | int, AfterValidator(lambda value: _iso_date(str(value)))]
Year = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
Relation = Annotated[str, AfterValidator(_relation), Field(json_schema_extra={"enum": list(RELATION_GROUPS)})]
Source = Annotated[str, StringConstraints(pattern=r"^(paper:[a-z0-9-]+|https?://.+)$")]
Unreported = Literal["not-reported"]

Kind = Literal["model", "system", "method", "library"]
PaperKind = Literal["paper", "post", "report", "study"]
ArtifactLinkKind = Literal["code", "weights", "project", "blog", "documentation"]
PaperLinkKind = Literal["paper", "blog", "project", "documentation", "code"]
Basis = Literal["source-read", "curator-knowledge"]
Confidence = Literal["high", "medium", "low"]
ClaimStatus = Literal["accepted", "disputed", "rejected"]
Access = Literal["open", "gated", "closed", "not-reported"]
Terms = Literal[
    "permissive", "share-alike", "use-restricted", "non-commercial", "research-only", "proprietary"
]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Placement(_Entry):
    """What the entry states where the list is silent or wrong; a stated field replaces the rows'."""

    categories: tuple[Id, ...] = ()
    domains: tuple[Id, ...] = ()
    areas: tuple[Id, ...] = ()
    reason: Text


class ArtifactLink(_Entry):
    """A page of an artifact; `official` only says of code whether its authors published it."""

    kind: ArtifactLinkKind
    url: Url
    official: bool | None = None

    @model_validator(mode="after")
    def _official_is_about_code(self) -> ArtifactLink:
        if self.official is not None and self.kind != "code":
            raise ValueError("'official' is said of code only; delete it")
        return self


class PaperLink(_Entry):
    """A page of a paper that is no identifier."""

    kind: PaperLinkKind
    url: Url


class Checked(_Entry):
    """How the facts of an entry (not its lineage) are known."""

    basis: Basis
    sources: tuple[Source, ...] = ()
    date: IsoDate


class Claim(_Entry):
    """One lineage edge with its evidence; only accepted claims yield edges."""

    id: Id
    relation: Relation
    parent: Id
    statement: Text
    source: Source
    locator: Text | None = None
    basis: Basis
    confidence: Confidence
    status: ClaimStatus = "accepted"
    against_time: Text | None = None  # why the parent may be younger than the child
    date: IsoDate


class NoKnownParent(_Entry):
    """The statement that an artifact has no direct parent, and how that is known."""

    statement: Text
    basis: Basis
    date: IsoDate


class Artifact(_Entry):
    """Anything that can have lineage: a model, a system, a method or a library."""

    name: Text
    kind: Kind
    other_names: tuple[Text, ...] = ()
    year: Year
    introduced_by: tuple[Id, ...] = ()
    developed_by: tuple[Id, ...] = ()
    modalities: tuple[Id, ...] = ()
    tasks: Annotated[tuple[Id, ...], Field(max_length=4)] = ()
    placement: Placement | None = None
    links: tuple[ArtifactLink, ...] = ()
    official_code: Unreported | None = None  # looked, and its authors published none; a link says where it is
    code_license: Text | None = None
    weights_access: Access | None = None
    weights_license: Text | None = None
    parameter_count: Annotated[int, Field(gt=0)] | Unreported | None = None
    trained_on: tuple[Id, ...] | Unreported | None = None
    trained_with: tuple[Id, ...] = ()
    checked: Checked | None = None
    lineage: tuple[Claim, ...] = ()
    no_known_parent: NoKnownParent | None = None
    replaced_by: Id | None = None

    @model_validator(mode="after")
    def _lineage_or_none_known(self) -> Artifact:
        if bool(self.lineage) == (self.no_known_parent is not None) and self.replaced_by is None:
            raise ValueError("write exactly one of 'lineage' and 'no_known_parent'")
        return self

    @model_validator(mode="after")
    def _official_code_is_there_or_not(self) -> Artifact:
        if self.official_code is not None and any(link.official for link in self.links):
            raise ValueError("a link to official code is there; delete 'official_code'")
        return self

    @model_validator(mode="after")
    def _no_license_for_closed_weights(self) -> Artifact:
        if self.weights_access == "closed" and self.weights_license is not None:
            raise ValueError("closed weights have no licence; delete 'weights_license'")
        return self


class Paper(_Entry):
    """A paper, post or report with the identifiers of all its versions: one work."""

    title: Text
    kind: PaperKind
    year: Year
    date: IsoDate | None = None
    authors: tuple[Text, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[PaperLink, ...] = ()
    evaluates: tuple[Id, ...] = ()
    areas: tuple[Id, ...] = ()
    reason: Text | None = None
    replaced_by: Id | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Paper:
        if not self.identifiers and not self.links and self.replaced_by is None:
            raise ValueError("write at least one of 'identifiers' and 'links'")
        return self


class Organization(_Entry):
    """Who develops artifacts; `country` is ISO 3166-1 alpha-2."""

    name: Text
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    homepage: Url | None = None
    other_names: tuple[Text, ...] = ()


class Dataset(_Entry):
    """Data that artifacts were trained on."""

    name: Text
    other_names: tuple[Text, ...] = ()
    modalities: tuple[Id, ...] = ()
    homepage: Url | None = None


class License(_Entry):
    """A licence, and what kind of terms it sets; SPDX ids need no `url`."""

    name: Text
    terms: Terms
    url: Url | None = None


class FamilyException(_Entry):
    """A member that a curator adds to a family or takes out of it."""

    member: Id
    reason: Text


class Family(_Entry):
    """A root and everything that descends from it by method, behaviour or weights."""

    name: Text
    root: Id
    description: Text
    include: tuple[FamilyException, ...] = ()
    exclude: tuple[FamilyException, ...] = ()
