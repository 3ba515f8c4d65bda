"""An audit worksheet: what each note shows, element by element, and a score of note, sample and provider.

The score is ours; no payer scores notes by it. It is the share of the counted elements the note or its record shows,
less points for errors and warnings of documentation and necessity that are about none of those elements, and both
parts stand beside it.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.reading import ELEMENTS, Element
from quarterhour.domain.visit import Visit
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.workflows.asked import DEFAULT_PAYER, FORMAT, iso, policy_of
from quarterhour.workflows.check import Wish, checked_paths
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.report import Placed, by_visit

_KINDS: Final = frozenset({"documentation", "necessity"})
_HUNDRED: Final = 100
#: Elements counted where the payer's term of that name holds.
_BY_TERM: Final[dict[str, Element]] = {
    "per_code_minutes": "service_minutes",
    "start_stop_times": "start_stop_times",
}
#: A row of the worksheet: a grade of the note, or that the record has what the note does not say.
_IN_RECORD: Final = "in the record"


class Scale(msgspec.Struct, frozen=True):
    """What counts how much (``own/reports``)."""

    elements: tuple[str, ...]
    present: int
    partial: int
    error: int
    warning: int

    def points(self, grade: str) -> int:
        """The points of an element."""
        return {"present": self.present, _IN_RECORD: self.present, "partial": self.partial}.get(grade, 0)


def audit(
    paths: Iterable[str | Path], wish: Wish | None = None, *, sample: int | None = None, seed: int = 0
) -> dict[str, Any]:
    """The worksheet of the visits with notes in files and folders, or of ``sample`` of them drawn by ``seed``.

    The draw does not depend on the order of files: it is made from the notes in order of provider, date and visit.

    Raises:
        BadRequest: for a sample of none.
        UnknownName: for a payer there are no terms of.

    """
    if sample is not None and sample < 1:
        raise BadRequest("a sample has at least one note")
    wish = wish or Wish()
    checked = checked_paths(paths, wish)
    report = checked.report
    policy = policy_of(wish.policy_folders)
    names = [one["path"] for one in report["inputs"]]
    found = by_visit(one for one in report["findings"] if one["kind"] in _KINDS)
    every = sorted((at for at in checked.visits if at.reading), key=lambda at: _place(at, names))
    drawn = every if sample is None else _drawn(every, sample, seed)
    notes = [_note(at, names, found.get((names[at.input], at.number), []), policy, wish.payer) for at in drawn]
    return {
        "format": FORMAT,
        "tool": report["tool"],
        "notes_given": len(every),
        "without_note": {"visits": len(checked.visits) - len(every), "claims": report["summary"]["claims"]},
        "sample": None if sample is None else {"notes": len(drawn), "seed": seed},
        "summary": _summary(notes, len(every)),
        "providers": _by_provider(notes),
        "notes": notes,
        "errors": report["errors"],
    }


def _place(at: Placed, names: Sequence[str | None]) -> tuple[str, str, str, str, int]:
    visit = at.visit
    return (
        _provider(visit) or "",
        visit.date_of_service.isoformat(),
        visit.visit_id or "",
        names[at.input] or "",
        at.number,
    )


def _drawn(every: Sequence[Placed], sample: int, seed: int) -> list[Placed]:
    """So many of them, in the order they have."""
    size = min(sample, len(every))
    return [every[place] for place in sorted(random.Random(seed).sample(range(len(every)), size))]  # noqa: S311


def _provider(visit: Visit) -> str | None:
    return visit.therapist.npi if visit.therapist else None


def _note(
    at: Placed, names: Sequence[str | None], findings: Sequence[dict[str, Any]], policy: Policy, payer: str | None
) -> dict[str, Any]:
    visit = at.visit
    scale = _scale(visit, payer, policy)
    rows = [_row(name, at) for name in ELEMENTS if name in scale.elements]
    most = scale.present * len(rows)
    shown = _HUNDRED * sum(scale.points(row["grade"]) for row in rows) // most if most else 0
    # What a finding says of a counted element costs the element's points already.
    beyond = [one for one in findings if one["element"] not in scale.elements]
    errors = sum(one["severity"] == "error" for one in beyond)
    warnings = sum(one["severity"] == "warning" for one in beyond)
    less = scale.error * errors + scale.warning * warnings
    return {
        "path": names[at.input],
        "visit": at.number,
        "visit_id": visit.visit_id,
        "on": iso(visit.date_of_service),
        "provider": _provider(visit),
        "payer": visit.payer or payer,
        "codes": sorted({service.code for service in visit.services}),
        "score": max(0, shown - less),
        "elements_percent": shown,
        "points_off": less,
        "elements": rows,
        "findings": [
            {key: one[key] for key in ("rule", "severity", "kind", "element", "code", "message")}
            | {"question": one["remedy"]["text"] if one["remedy"]["kind"] == "chart" else None}
            for one in findings
        ],
    }


def _scale(visit: Visit, payer: str | None, policy: Policy) -> Scale:
    day = visit.date_of_service

    def value(name: str) -> Any:
        return policy.parameter(f"own/reports:{name}").on(day).value

    named = visit.payer or payer or DEFAULT_PAYER
    if named not in policy.payers:
        raise UnknownName("payer", named, policy.payers)
    terms = policy.payers.terms(named, visit.setting, day.toordinal())
    wanted = [element for term, element in _BY_TERM.items() if terms.number(term) == 1]
    return Scale(
        (*value("audited_elements"), *wanted),
        value("present_points"),
        value("partial_points"),
        value("error_points"),
        value("warning_points"),
    )


def _row(name: Element, at: Placed) -> dict[str, Any]:
    """One element: its grade by the note, or that the record has it, with the words of the note."""
    element = at.reading.elements.get(name) if at.reading else None
    grade = element.grade if element else "absent"
    if grade != "present" and _recorded(at.visit, name):
        return {"element": name, "grade": _IN_RECORD, "reason": "the visit record has it", "evidence": []}
    return {
        "element": name,
        "grade": grade,
        "reason": element.reason if element else "the note was not read for it",
        "evidence": [at.text[span.start : span.end] for span in element.evidence] if element else [],
    }


def _recorded(visit: Visit, name: Element) -> bool:
    """Whether the record outside the note has an element: a reviewer reads it as a whole."""
    plan, note = visit.plan_of_care, visit.note
    timed = [service for service in visit.services if service.units]
    there: Mapping[str, bool] = {
        "total_timed_minutes": visit.total_timed_minutes is not None,
        "total_treatment_time": visit.total_treatment_minutes is not None,
        "diagnosis": bool(plan and plan.diagnoses),
        "functional_goal": bool(plan and any(goal.text for goal in plan.goals)),
        "signature": bool(note and note.signed_by),
        "service_minutes": bool(timed) and all(service.minutes is not None for service in timed),
        "start_stop_times": bool(timed) and all(service.intervals for service in timed),
    }
    return there.get(name, False)


def _by_provider(notes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    of: dict[str | None, list[dict[str, Any]]] = {}
    for note in notes:
        of.setdefault(note["provider"], []).append(note)
    return [{"provider": provider, **_summary(of[provider], None)} for provider in sorted(of, key=lambda p: p or "")]


def _summary(notes: Sequence[dict[str, Any]], given: int | None) -> dict[str, Any]:
    """Score of some notes; ``margin`` is half of a 95 % interval of the mean, where these are a sample of ``given``."""
    scores = [note["score"] for note in notes]
    shown: dict[str, list[int]] = {}
    for note in notes:
        for row in note["elements"]:
            shown.setdefault(row["element"], []).append(row["grade"] in {"present", _IN_RECORD})
    return {
        "notes": len(notes),
        "score": round(statistics.fmean(scores), 1) if scores else None,
        "lowest": min(scores, default=None),
        "highest": max(scores, default=None),
        "margin": None if given is None else _margin(scores, given),
        "margin_not_told": None if given is None else _without_margin(scores, given),
        "elements_shown_percent": {name: _HUNDRED * sum(held) // len(held) for name, held in shown.items()},
    }


def _without_margin(scores: Sequence[int], given: int) -> str | None:
    """Why the mean of a sample has no margin; None where it has one, or where these are all there are."""
    if not scores or len(scores) >= given:
        return None
    if len(scores) == 1:
        return "one note says nothing of how the others differ"
    if len(set(scores)) == 1:
        # A spread of nothing in a part is no proof of none in the whole.
        return "the notes drawn have one score, which says nothing of how the others differ"
    return None


def _margin(scores: Sequence[int], given: int) -> float | None:
    """By Student's t with the correction for a finite number of notes; None as :func:`_without_margin`, or of all."""
    size = len(scores)
    if size >= given or _without_margin(scores, given):
        return None
    spread = statistics.stdev(scores) / size**0.5 * ((given - size) / (given - 1)) ** 0.5
    half: float = _t_quantile(size - 1) * spread
    return round(half, 1)


def _t_quantile(freedom: int) -> float:
    """The 97.5 % quantile of Student's t: exact for 1 and 2 degrees of freedom, else by Fisher's expansion (to 1 %)."""
    share = 0.95
    if freedom == 1:
        return math.tan(math.pi * share / 2)
    if freedom == 2:
        return share * math.sqrt(2 / (1 - share**2))
    z = statistics.NormalDist().inv_cdf((1 + share) / 2)
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
