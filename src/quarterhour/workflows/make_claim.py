"""From visit records to a file a payer takes: checked first, refused where they have errors, what is changed told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.money import Cents
from quarterhour.interchange.visit_json.text import NotJson, parse
from quarterhour.workflows.asked import FORMAT, policy_of
from quarterhour.workflows.check import Checked, Wish, checked_content, checked_paths, checked_records
from quarterhour.workflows.claim import Per, claims_with_visits
from quarterhour.workflows.claim_formats import FORMATS, Written
from quarterhour.workflows.claim_gate import Gate, judged_as_written
from quarterhour.workflows.clinic import Clinic, clinic_of, clinic_of_value
from quarterhour.workflows.errors import BadRequest, CannotClaim

_ERROR = "error"


class Made(msgspec.Struct, frozen=True):
    """A file of claims, or none where they were refused, and what is told of it (the JSON answer of the command)."""

    data: bytes | None
    told: dict[str, Any]


def make_claims(
    paths: Sequence[str | Path], form: str, wish: Wish, *, clinic: Path | None = None, per: Per = "period",
    despite: bool = False, created: dt.datetime | None = None, control_number: int = 1,
) -> Made:  # fmt: skip
    """The claims of the visits of some files, in one of ``FORMATS``.

    Visits with findings of level error are refused unless ``despite``; so are claims, and visits of them that have
    such findings on this form. What is told has the warnings as well.

    Raises:
        BadRequest: if no visit can be read, a file cannot be, or the form is unknown.
        CannotClaim: if visits lack what a claim needs.
        CannotWrite, CannotPrint: if the form cannot carry a claim.

    """
    how = _How(form, per, despite, created, control_number)
    return _made(checked_paths(paths, wish), wish, clinic_of(clinic), how)


def make_claims_of_content(
    content: bytes, form: str, wish: Wish, *, clinic: Path | None = None, per: Per = "period",
    despite: bool = False, created: dt.datetime | None = None, control_number: int = 1,
) -> Made:  # fmt: skip
    """As :func:`make_claims`, of visits that were sent in any form that a check reads.

    ``{"visits": ..., "clinic": {...}}`` has its own clinic, which stands in the place of the file.
    """
    how = _How(form, per, despite, created, control_number)
    both = _with_clinic(content)
    if both is None:
        return _made(checked_content(content, wish), wish, clinic_of(clinic), how)
    known = clinic_of_value(both["clinic"], "clinic")
    return _made(checked_records(both["visits"], wish), wish, known, how)


class _How(msgspec.Struct, frozen=True):
    """How claims are written."""

    form: str
    per: Per
    despite: bool
    created: dt.datetime | None
    control_number: int


def _with_clinic(content: bytes) -> dict[str, Any] | None:
    """Visits and their clinic, None of another content."""
    if b'"clinic"' not in content:
        return None
    try:
        value, _ = parse(content.decode("utf-8-sig"))
    except (NotJson, UnicodeDecodeError):
        return None  # whoever reads the visits says what is wrong, and where
    return value if isinstance(value, dict) and value.keys() == {"visits", "clinic"} else None


def _made(checked: Checked, wish: Wish, known: Clinic, how: _How) -> Made:
    form = how.form
    if form not in FORMATS:
        raise BadRequest(f"expected a form of {', '.join(FORMATS)}, got {form!r}")
    policy = policy_of(wish.policy_folders)
    errors = checked.report["errors"]
    if errors:
        first = errors[0]
        where = first["path"] or f"visits{first['pointer'] or ''}"
        raise BadRequest(f"{where}: {first['message']}; no claim is made of files that cannot be read")
    visits = [
        msgspec.structs.replace(at.visit, payer=at.visit.payer or wish.payer)
        for at in checked.visits
        if at.document >= 0
    ]
    if not visits:
        raise CannotClaim("there are no visits in what was named")
    made = claims_with_visits(visits, FORMATS[form].claim_type, known, policy, how.per)
    if not made:
        raise CannotClaim("no visit has a service with units to bill")
    gate = judged_as_written(made, checked.report["findings"], wish)
    refused = not how.despite and any(one["severity"] == _ERROR for one in gate.findings)
    when = how.created or dt.datetime.now(tz=dt.UTC).astimezone()
    claims = [claim for claim, _ in made]
    written = None if refused else FORMATS[form].write(claims, known, when, how.control_number)
    return Made(written.data if written else None, _told(form, claims, gate, written, refused=refused))


def _told(form: str, claims: Sequence[Claim], gate: Gate, written: Written | None, *, refused: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "as": form,
        "written": not refused,
        "claims": [
            {
                "claim_id": claim.patient_control_number,
                "payer": claim.payer,
                "lines": len(claim.lines),
                "charge": str(claim.charge),
                "from": min(line.date_of_service for line in claim.lines if line.date_of_service).isoformat(),
                "to": max(line.date_of_service for line in claim.lines if line.date_of_service).isoformat(),
            }
            for claim in claims
        ],
        "charge": str(Cents(sum(claim.charge for claim in claims))),
        "findings": gate.findings,
        "other_form": gate.other_form,
        "changes": list(written.changes) if written else [],
    }
