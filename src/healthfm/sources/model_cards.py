"""Model cards of the HuggingFace Hub: the YAML in front of a README.md, one card, a folder or a dump.

References
----------
https://huggingface.co/docs/hub/model-cards (model card metadata, specifying a base model).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from healthfm.errors import InputError
from healthfm.sources.foreign_yaml import read_foreign
from healthfm.sources.imported import CandidateClaim, FactValue, Imported, Item, Oddity, as_link
from healthfm.sources.list_text import decoded, list_text
from healthfm.sources.reading import Entry

HUB: Final = "https://huggingface.co/"
#: The Hub's word for a relation → our property.
RELATIONS: Final = {
    "finetune": "fineTunedFrom",
    "adapter": "adapterOf",
    "merge": "mergedFrom",
    "quantized": "quantizedFrom",
}
#: What holds of all of them, where the card does not say which.
_SOME_RELATION: Final = "inheritsWeightsFrom"
_KEYS: Final = (
    "pipeline_tag", "license", "license_name", "license_link", "datasets", "language", "library_name",
    "tags", "new_version", "base_model", "base_model_relation",
)  # fmt: skip
_FRONT_MATTER: Final = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
#: The address of a model, or of a branch or file of it.
_ADDRESS_OF_MODEL: Final = re.compile(
    r"https?://(?:huggingface\.co|hf\.co)/([^/]+(?:/[^/]+)?)(?:/(?:tree|blob)/.*)?"
)
_MODEL_ID: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(?:/[\w.-]{1,96})?")
#: Fields of a dump that may hold the model's id, the card's text, or its metadata already read.
_IDS: Final = ("modelId", "id", "model_id", "repo_id")
_TEXTS: Final = ("card", "content", "readme", "text")
_METADATA: Final = ("cardData", "card_data", "metadata")
MAX_LINE: Final = 10_000_000


def read_model_cards(path: Path) -> Iterator[Item]:
    """Yield what the cards of a file, a folder or a JSON-lines dump say, one after the other.

    Notes
    -----
    In memory is one card at a time. A card in a folder is called by its folder and the one above
    it (``owner/model/README.md``), a single file by its own name or folder.

    Raises
    ------
    InputError
        If there is no such file or folder, or no card in it.
    """
    if path.is_dir():
        if next(_readmes(path), None) is None:
            raise InputError(f"{path}: no README.md in it or below; name a folder with model cards")
        for file in _readmes(path):
            yield from _card(_model_of(file.parent, path), list_text(str(file)), str(file.relative_to(path)))
    elif path.suffix in {".jsonl", ".ndjson"}:
        yield from _dump(path)
    else:
        yield from _card(_model_of(path.resolve().parent, None), list_text(str(path)), path.name)


def has_front_matter(text: str) -> bool:
    """Return whether a text begins as a model card does."""
    return _FRONT_MATTER.match(text) is not None


def _readmes(folder: Path) -> Iterator[Path]:
    """Yield the cards under a folder, in an order of their own, without reading all names at once."""
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not child.is_symlink():
            yield from _readmes(child)
        elif child.name.lower() == "readme.md":
            yield child


def _model_of(folder: Path, root: Path | None) -> str:
    parts = folder.relative_to(root).parts if root else folder.parts[-2:]
    return "/".join(parts[-2:]) or folder.name


def _dump(path: Path) -> Iterator[Item]:
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                place = f"{path.name}:{number}"
                if len(line) > MAX_LINE:
                    yield Oddity(place, "a line that is too long", f"more than {MAX_LINE:,} bytes")
                    while len(line) > MAX_LINE and not line.endswith(b"\n"):
                        line = file.readline(MAX_LINE + 1)
                elif line.strip():
                    yield from _record(line, place)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; check the path") from error


def _record(line: bytes, place: str) -> Iterator[Item]:
    try:
        record = json.loads(decoded(line, place))
    except (ValueError, RecursionError, InputError) as error:
        yield Oddity(place, "a line that is no JSON", str(error)[:80])
        return
    fields = record if isinstance(record, dict) else {}
    model = next((fields[key] for key in _IDS if isinstance(fields.get(key), str)), None)
    metadata = next((fields[key] for key in _METADATA if isinstance(fields.get(key), dict)), None)
    text = next((fields[key] for key in _TEXTS if isinstance(fields.get(key), str)), None)
    if model is None or (metadata is None and text is None):
        yield Oddity(place, "a record without a model id or a card", ", ".join(fields)[:80])
    elif metadata is not None:
        yield from _metadata_items(model, metadata, place)
    else:
        yield from _card(model, str(text), place)


def _card(model: str, text: str, place: str) -> Iterator[Item]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        yield Oddity(place, "a card without metadata", model)
        return
    try:
        document = read_foreign(match[1])
    except InputError as error:
        yield Oddity(place, "metadata that cannot be read", f"{model}: {error}")
        return
    for line, key in document.repeated:
        yield Oddity(place, "a key that stands twice", f"{key}, line {line} of the metadata")
    if isinstance(document.value, dict):
        yield from _metadata_items(model, document.value, place)
    else:
        yield Oddity(place, "metadata that is no mapping", model)


def _metadata_items(model: str, metadata: Mapping[str, Any], place: str) -> Iterator[Item]:
    facts: dict[str, FactValue] = {}
    for key in _KEYS:
        values = _texts(metadata.get(key))
        if values:
            facts[key] = values if isinstance(metadata[key], list) else values[0]
    link = as_link("model card", HUB + model)
    entry = Entry(1, model, (), (link,) if link else (), name=model.rpartition("/")[2])
    yield Imported(place, entry, facts)
    for value in _structures(metadata.get("base_model")):
        yield Oddity(place, "a base model that names no model", f"{model}: {value!s:.80}")
    yield from _base_models(model, _texts(metadata.get("base_model")), facts, place)


def _texts(value: Any) -> tuple[str, ...]:
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    return tuple(
        str(item).strip() for item in values if isinstance(item, str | int | float) and str(item).strip()
    )


def _structures(value: Any) -> list[Any]:
    """Return what stands where a text, or a list of texts, ought to stand."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict | list)]


def _base_models(
    model: str, bases: tuple[str, ...], facts: Mapping[str, FactValue], place: str
) -> Iterator[Item]:
    said = facts.get("base_model_relation", "")
    relation = RELATIONS.get(str(said).lower(), _SOME_RELATION)
    if bases and not said:
        yield Oddity(place, "a base model without a relation", model)
    elif said and str(said).lower() not in RELATIONS:
        yield Oddity(place, "a relation that the Hub does not know", f"{model}: {said}")
    if len(set(bases)) < len(bases):
        yield Oddity(place, "a base model that stands twice", model)
    for base in dict.fromkeys(bases):
        parent = _ADDRESS_OF_MODEL.sub(r"\1", base).strip("/")
        if not _MODEL_ID.fullmatch(parent):
            yield Oddity(place, "a base model that names no model", f"{model}: {base[:80]}")
        elif parent == model:
            yield Oddity(place, "a base model that is the model itself", model)
        else:
            way = f" ({said})" if said else ", without saying which way"
            yield CandidateClaim(
                child=model,
                relation=relation,
                parent=parent,
                statement=f"The model card of '{model}' names '{parent}' as its base model{way}.",
                source=HUB + model,
                locator="metadata, base_model",
            )
