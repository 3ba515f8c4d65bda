"""The forms a claim is written in: one function each, loaded when it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.claim import Claim, ClaimType
from quarterhour.workflows.clinic import Clinic
from quarterhour.workflows.errors import CannotClaim


class Written(msgspec.Struct, frozen=True):
    """Claims as a file: its bytes, and each text that could not stand in it as it was."""

    data: bytes
    changes: tuple[dict[str, Any], ...] = ()


class Format(msgspec.Struct, frozen=True):
    """A form: the type of its claims, and how it is written."""

    claim_type: ClaimType
    write: Callable[[Sequence[Claim], Clinic, dt.datetime, int], Written]


def _x12(claims: Sequence[Claim], clinic: Clinic, created: dt.datetime, control_number: int) -> Written:
    from quarterhour.interchange.x12.writing.claims import write_claims
    from quarterhour.interchange.x12.writing.pen import Envelope

    submitter, receiver = clinic.submitter, clinic.receiver
    if submitter is None or receiver is None:
        raise CannotClaim("an 837 names who submits and who receives: submitter and receiver in the clinic file")
    written = write_claims(
        claims,
        Envelope(
            sender=submitter.id,
            receiver=receiver.id,
            created=created,
            submitter_name=submitter.name,
            contact_name=submitter.contact_name,
            contact_phone=submitter.contact_phone,
            receiver_name=receiver.name,
            sender_qualifier=submitter.qualifier,
            receiver_qualifier=receiver.qualifier,
            control_number=control_number,
            group_control_number=control_number,
            usage=clinic.usage,
        ),
    )
    named = [claim.patient_control_number for claim in claims]
    changes = (
        {"claim_id": named[change.claim - 1] if change.claim else None, "place": change.place, "reason": change.reason,
         "before": change.before, "after": change.after}
        for change in written.changes
    )  # fmt: skip
    return Written(written.data, tuple(changes))


def _cms1500(claims: Sequence[Claim], _clinic: Clinic, _created: dt.datetime, _number: int) -> Written:
    from quarterhour.interchange.cms1500 import boxes, write_forms

    forms = [boxes(claim) for claim in claims]
    return Written(write_forms(forms), _of_forms(claims, [form.changes for form in forms]))


def _ub04(claims: Sequence[Claim], _clinic: Clinic, created: dt.datetime, _number: int) -> Written:
    from quarterhour.interchange.ub04 import locators, write_forms

    forms = [locators(claim, created.date()) for claim in claims]
    return Written(write_forms(forms), _of_forms(claims, [form.changes for form in forms]))


def _fhir(claims: Sequence[Claim], _clinic: Clinic, created: dt.datetime, _number: int) -> Written:
    from quarterhour.interchange.fhir.writer import write_claims

    written = write_claims(claims, created.date())
    changes = (
        {
            "claim_id": claims[lost.number].patient_control_number,
            "place": lost.pointer,
            "reason": "FHIR has no place for it",
        }
        for lost in written.lost
    )
    return Written(written.text.encode(), tuple(changes))


def _of_forms(claims: Sequence[Claim], changes: Sequence[Sequence[Any]]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"claim_id": claim.patient_control_number} | msgspec.to_builtins(change)
        for claim, own in zip(claims, changes, strict=True)
        for change in own
    )


FORMATS: Final[dict[str, Format]] = {
    "837p": Format("professional", _x12),
    "837i": Format("institutional", _x12),
    "cms1500": Format("professional", _cms1500),
    "ub04": Format("institutional", _ub04),
    "fhir": Format("professional", _fhir),
}
