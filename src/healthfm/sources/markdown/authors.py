"""Names of people, and where in a text that goes on with them a title ends."""

from __future__ import annotations

import re
from typing import Final

from healthfm.sources.tags import is_tag, is_venue, is_venue_like

_PERSON_WORD: Final = r"[^\W\d_a-z][\w.'’\-]*"
_PERSON: Final = re.compile(
    rf"(?:{_PERSON_WORD})(?:\s+(?:{_PERSON_WORD}|de|da|del|della|der|den|van|von|di|du|la|le|bin|al|el|y|ter)){{1,4}}[*†‡✉∗\d,]*"
)
#: Words of titles in this field; whoever is written with one of them is no person.
_NO_PERSON: Final = re.compile(
    r"\b(?:models?|learning|languages?|visions?|visual|medic\w+|clinical|health\w*|imag\w+|foundations?|deep|neural|"
    r"networks?|transformers?|large|data\w*|analysis|segmentation|detection|generat\w+|train\w+|pre-?train\w+|"
    r"reason\w+|towards?|survey|review|benchmarks?|protein\w*|sequences?|patholog\w+|radiolog\w+|reports?|"
    r"generalist|self-supervised|multi-?modal|chest|x-ray|3d|artificial|intelligence|agents?|robot\w*|diagnosis|"
    r"knowledge|retrieval|attention|representations?|evaluat\w+|systems?|science|methods?|applications?|"
    r"challenges?|opportunities|future)\b",
    re.IGNORECASE,
)
#: Surname and initials, as bibliographies write them: ``Doe, J. K.``.
_INITIALS: Final = re.compile(
    rf"({_PERSON_WORD}),\s+((?:[^\W\d_a-z]\.[\s-]?)*[^\W\d_a-z]\.)(?=\s*(?:,|$|and\b|&))"
)
_REMARK_AT_END: Final = re.compile(r"[\s,]*(?:\(?(?:19|20)\d\d|[\[(][^\[\]()]*)$")
_BRACKETED: Final = re.compile(r"\s+[\[(]([^\[\]()]+)[\])](?=\s*(?:$|[\n.,;|\[(–—-]))")
_ET_AL: Final = re.compile(r"\bet\.? al\b\.?", re.IGNORECASE)
_ET_AL_ALONE: Final = re.compile(
    rf"(?:{_PERSON_WORD}[,\s]+(?:and\s+|&\s*)?){{1,6}}et\.? al\.?,?\s*(?:\(?(?:19|20)\d\d\)?)?"
)
_BY: Final = re.compile(r",?\s+by:?\s+(?=[A-Z])")
_SENTENCE: Final = re.compile(
    r"(?<=[\w)”\"’]{2}[.?!])\s+(?=[A-Z\"“]|(?:ar|bio|med)Xiv|(?:bio|med)Rxiv|npj|eLife)"
)
_SEPARATOR: Final = re.compile(r"[,|;]\s+|\s[-–—]\s")


def are_authors(text: str) -> bool:
    """Whether a text is a list of people.

    Examples
    --------
    >>> [are_authors(text) for text in ["Jane Doe, Jan de Vries and Li Wei", "J. Smith et al.", "A, B"]]
    [True, True, False]
    >>> are_authors("Doe, J. K., Smith, B. (2023)")
    True
    """
    bare = " ".join(text.split()).strip(" ,;:*_()[]|–—-")[:3_000]
    bare = _INITIALS.sub(r"\1 \2", _REMARK_AT_END.sub("", bare)).strip(" .")
    if not bare:
        return False
    if _ET_AL_ALONE.fullmatch(bare + ("." if not bare.endswith(".") else "")) or _ET_AL_ALONE.fullmatch(bare):
        return True
    parts = re.split(r",\s*(?:and\s+|&\s*)?|\s+and\s+|\s*[&;·•]\s*", bare)
    people = [part.strip() for part in parts if part.strip() and not is_venue(part)]
    fitting = sum(is_person(_ET_AL.sub("", part).strip() or "X Y") for part in people)
    return len(people) >= 2 and fitting >= max(2, 0.7 * len(people))


def is_person(text: str) -> bool:
    """Whether a text may be the name of one person; so may many a title of two words.

    Examples
    --------
    >>> [is_person(text) for text in ["Jane Doe", "Vision Transformers"]]
    [True, False]
    """
    return bool(_PERSON.fullmatch(text)) and not _NO_PERSON.search(text)


def has_et_al(text: str) -> bool:
    """Whether a text speaks of authors and others."""
    return bool(_ET_AL.search(text))


def begins_with_people(text: str) -> bool:
    """Whether the first sentence of a text is a list of people."""
    head = text.split("\n", 1)[0][:2_000]
    first = _SENTENCE.split(head, maxsplit=1)[0] or head
    return are_authors(first) or (has_et_al(first) and are_authors(re.split(r"(?<=al)\.", first)[0]))


def _says_who_or_where(text: str) -> bool:
    return begins_with_people(text) or (is_tag(text) and is_venue_like(text))


def end_of_title(zone: str) -> int:
    """Return where the title at the start of a text ends that may go on with authors and venue.

    Examples
    --------
    >>> [text[: end_of_title(text)] for text in ["A title, Jane Doe, Li Wei", "A title. NeurIPS 2023"]]
    ['A title', 'A title.']
    """
    bracket = next((match for match in _BRACKETED.finditer(zone) if _says_who_or_where(match[1])), None)
    cut = bracket.start() if bracket else len(zone)
    for boundary in (_BY, _SENTENCE, _SEPARATOR):
        for match in list(boundary.finditer(zone, 0, cut))[:20]:
            rest = zone[match.end() : cut]
            venue = boundary is not _BY and is_tag(rest) and (boundary is _SENTENCE or is_venue_like(rest))
            if len(zone[: match.start()].split()) >= 2 and (begins_with_people(rest) or venue):
                cut = match.start()
                break
    return cut
