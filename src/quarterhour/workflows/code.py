"""What is known of a procedure code on a date; two of them side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.code import code_number
from quarterhour.policy import Policy
from quarterhour.policy.codes import CodeCard, Dated, Event
from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.workflows.asked import FORMAT, Day, card_of, cited, day_of, iso, policy_of
from quarterhour.workflows.pair import pair

#: What an unlikely-units edit counts, by its adjudication indicator (NCCI manual, ch. 1 s. V).
_COUNTS: Final = {
    1: "units of a line",
    2: "units of a day, set by policy",
    3: "units of a day, set by clinical benchmarks",
}


def code(
    text: str, *, with_code: str | None = None, on: Day = None, policy_folders: Sequence[str | Path] = ()
) -> dict[str, Any]:
    """The reference card of a code; with ``with_code`` both cards, what differs, and the edits between them.

    Raises:
        BadRequest: for a malformed code, or one compared with itself.
        UnknownCode: for a code of which nothing is known.

    """
    policy, day = policy_of(policy_folders), day_of(on)
    card = _card(card_of(text, policy), policy, day)
    if with_code is None:
        return {"format": FORMAT, "on": day.isoformat(), **card}
    other = _card(card_of(with_code, policy), policy, day)
    edits = {
        claim: pair(card["code"], other["code"], on=day, claim=claim, policy_folders=policy_folders)
        for claim in CLAIM_TYPES
    }
    return {
        "format": FORMAT,
        "on": day.isoformat(),
        "codes": [card, other],
        "differences": [
            {"what": words, card["code"]: card[key], other["code"]: other[key]}
            for key, words in _COMPARED
            if card[key] != other[key]
        ],
        "edits": {claim: {key: answer[key] for key in _OF_PAIR} for claim, answer in edits.items()},
        "same_minutes": _same_minutes(card, other),
    }


_COMPARED: Final = (
    ("kind", "how it is counted"),
    ("unit_minutes", "minutes of a unit"),
    ("contact", "contact"),
    ("disciplines", "disciplines"),
    ("bound_discipline", "belongs to one discipline"),
    ("designation", "Medicare therapy list"),
)
_OF_PAIR: Final = ("known", "edit", "column1", "column2", "indicator", "bypass", "as_of", "reason", "payer_notes")


def _same_minutes(one: dict[str, Any], other: dict[str, Any]) -> str:
    """One sentence on minutes counted under both."""
    if one["timed"] and other["timed"]:
        return "the same minutes count under one of the two only; separate intervals, or no second code"
    return "minutes of the timed code are not minutes of the other; neither may be counted under both"


def _card(card: CodeCard, policy: Policy, day: dt.date) -> dict[str, Any]:
    designation = card.designation_on(day)
    return {
        "code": card.code,
        "label": card.label,
        "group": card.group,
        "kind": card.kind,
        "timed": card.timed,
        "unit_minutes": card.unit_minutes,
        "counts_in_total": bool(policy.codes.in_total[policy.codes.row(code_number(card.code))]),
        "contact": card.contact,
        "disciplines": list(card.disciplines),
        "bound_discipline": card.bound_discipline,
        "designation": designation.value if designation else None,
        "designations": [
            {"from": iso(one.first), "value": one.value, "note": one.note} | _short(one) for one in card.designation
        ],
        "valid": {
            "from": iso(card.valid_from),
            "to": iso(card.valid_to),
            "on_date": _lives(card, day),
            "evidence": card.valid_evidence,
            "source": card.valid_source.title if card.valid_source else None,
        },
        "add_on_to": list(card.add_on_to),
        "for": list(card.is_for),
        "not_for": list(card.is_not_for),
        "similar": [{"code": one, "label": _label(one, policy)} for one in card.similar],
        "unlikely_units": _unlikely(card, day, policy),
        "history": [{"on": iso(event.on), "what": event.what} | _short(event) for event in card.history],
        "note": card.note,
        "sources": _sources(card),
    }


def _short(dated: Dated | Event) -> dict[str, Any]:
    return {"evidence": dated.evidence, "source": dated.source.title}


def _lives(card: CodeCard, day: dt.date) -> bool | None:
    """Whether it is a code on that day; None where its life is not known."""
    if card.valid_from is None:
        return None
    return card.valid_from <= day and (card.valid_to is None or day <= card.valid_to)


def _label(text: str, policy: Policy) -> str | None:
    card = policy.codes.card(text)
    return card.label if card else None


def _unlikely(card: CodeCard, day: dt.date, policy: Policy) -> dict[str, Any]:
    """The edits of a day; before the first release those of it, whose date is said."""
    edits = policy.unlikely
    releases = {claim: edits.release_on(claim, day) for claim in CLAIM_TYPES}
    found: dict[str, Any] = {"as_of": min(release.as_of for release in releases.values()).isoformat()}
    for claim in CLAIM_TYPES:
        limit = edits.limit(code_number(card.code), claim, max(day, releases[claim].covers_from))
        found[claim] = (
            {"units": limit.units, "adjudication": limit.adjudication, "counts": _COUNTS.get(limit.adjudication)}
            if limit
            else None
        )
    return found


def _sources(card: CodeCard) -> list[dict[str, Any]]:
    """Every source of the card once."""
    dated = [(one.source, one.evidence) for one in card.designation]
    dated += [(one.source, one.evidence) for one in card.history]
    if card.valid_source:
        dated.append((card.valid_source, card.valid_evidence or "memory"))
    return [cited(source, evidence) for source, evidence in {source.id: (source, e) for source, e in dated}.values()]
