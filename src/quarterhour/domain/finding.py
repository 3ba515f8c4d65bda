"""What a rule says about one thing, in the shape of the outward contract."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]
Persona = Literal["therapist", "biller", "auditor"]
RemedyKind = Literal["format", "choice", "chart"]
Kind = Literal[
    "units_over",
    "units_under",
    "ptp",
    "mue",
    "modifier_missing",
    "modifier_unsupported",
    "assistant_modifier",
    "documentation",
    "necessity",
    "plan_of_care",
    "time_conflict",
    "wrong_code",
    "eligibility",
    "claim",
    "format",
    "other",
]

PERSONAS: tuple[str, ...] = get_args(Persona)
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
#: Where a severity stands in a report: the worst first.
RANK: dict[str, int] = {severity: place for place, severity in enumerate(reversed(SEVERITIES))}


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Words of a note that a finding rests on; offsets are code points, the end exclusive."""

    source: str
    start: int
    end: int
    text: str


class RemedyText(msgspec.Struct, frozen=True, gc=False):
    """What may be done: a change of form, a person's choice, or a question to the clinician."""

    kind: RemedyKind
    text: str
    patch: dict[str, Any] | None = None


class Citation(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Who says so, since when (None: not known), how well it is known, and from which release it was answered."""

    title: str
    effective_from: str | None
    evidence: str | None = None
    as_of: str | None = None
    href: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing one rule says about one visit or claim. ``line`` counts from 1 within it."""

    rule: str
    name: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    visit_id: str | None
    claim_id: str | None
    kind: Kind
    element: str | None
    line: int | None
    code: str | None
    message: str
    numbers: dict[str, int | str]
    evidence: tuple[Evidence, ...]
    remedy: RemedyText
    sources: tuple[Citation, ...]
    where: dict[str, int | str]
