"""A description as HTML for people in Jupyter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthfm.analysis.html import link, pairs, text

if TYPE_CHECKING:
    from healthfm.analysis.description import Description, Fact
    from healthfm.analysis.lineage import Edge


def description_html(description: Description) -> str:
    """Return what is known of a thing: facts, lineage with evidence, mentions, rows of lists."""
    kinds = ", ".join(kind.partition(":")[2] for kind in description.types)
    own = link(description.iri, description.id)
    parts = [
        f"<p><strong>{text(description.name)}</strong> · {text(kinds)} · {own}</p>",
        pairs([(text(fact.property), _value(fact)) for fact in description.facts]),
    ]
    for title, edges, upwards in (
        ("built on", description.built_on, True),
        ("built upon by", description.built_upon_by, False),
    ):
        if edges:
            parts.append(f"<p>{title}</p>" + pairs([_evidence(edge, upwards=upwards) for edge in edges]))
    if description.mentions:
        mentions = [
            (f"is {text(fact.property)} of", link(fact.value, fact.label)) for fact in description.mentions
        ]
        parts.append("<p>mentioned as</p>" + pairs(mentions))
    if description.rows:
        parts.append(
            "<p>listed in</p><ul>" + "".join(f"<li>{text(row)}</li>" for row in description.rows) + "</ul>"
        )
    return "\n".join(parts)


def _value(fact: Fact) -> str:
    shown = link(fact.value, fact.label) if isinstance(fact.value, str) else text(fact.label)
    return shown + (" <small>(inferred)</small>" if fact.inferred else "")


def _evidence(edge: Edge, *, upwards: bool) -> tuple[str, str]:
    name = f"{text(edge.relation)} {link(edge.parent if upwards else edge.child)}"
    where = f", {text(edge.locator)}" if edge.locator else ""
    known = f"source {link(edge.source)}{where}; {text(edge.basis)}, confidence {text(edge.confidence)}"
    return name, f"{text(edge.statement)} <small>{known}</small>"
