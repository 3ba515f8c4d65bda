"""277CA (005010X214) out of statuses of claims, as a payer or clearinghouse sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.interchange.x12.writing.pen import (
    Envelope,
    Pen,
    amount,
    day,
    envelope_begin,
    envelope_end,
    joined,
    need,
    segment,
)

GUIDE: Final = "005010X214"
_ACCEPTED: Final = ("A0", "A1", "A2", "A5")


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A status: category such as A2 or A7, status code such as 20, and whom it is about."""

    category: str
    code: str
    entity: str = ""


class LineStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Of one line; ``control_number`` is the REF*6R that was sent with it."""

    code: str
    charge: Cents
    status: Status
    modifiers: tuple[str, ...] = ()
    control_number: str | None = None
    date_of_service: dt.date | None = None


class ClaimStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Of one claim, known again by its patient control number."""

    patient_control_number: str
    family: str
    given: str
    member_id: str
    charge: Cents
    statuses: tuple[Status, ...]
    date_of_service: dt.date
    payer_control_number: str | None = None
    clearinghouse_trace: str | None = None
    lines: tuple[LineStatus, ...] = ()


def write_statuses(
    claims: Sequence[ClaimStatus], envelope: Envelope, *, payer: tuple[str, str], submitter: tuple[str, str],
    provider: tuple[str, str], batch: str,
) -> bytes:  # fmt: skip
    """One transaction of statuses. ``payer``, ``submitter`` and ``provider`` are name and identifier (an NPI).

    Raises:
        CannotWrite: if a name or identifier is missing or cannot be carried.

    """
    pen, when = Pen(), envelope.created
    today = day(when.date())
    good = [claim for claim in claims if all(status.category in _ACCEPTED for status in claim.statuses)]
    bad = [claim for claim in claims if claim not in good]
    totals = [
        *([f"QTY*90*{len(good)}"] if good else []), *([f"QTY*AA*{len(bad)}"] if bad else []),
        *([f"AMT*YU*{amount(sum(claim.charge for claim in good))}"] if good else []),
        *([f"AMT*YY*{amount(sum(claim.charge for claim in bad))}"] if bad else []),
    ]  # fmt: skip
    total = amount(sum(claim.charge for claim in claims))
    accepted = "A1:19:PR" if good or not claims else "A8:746:40"
    action = "WQ" if good or not claims else "U"
    pen.segments += [
        f"ST*277*0001*{GUIDE}", f"BHT*0085*08*{envelope.control_number:09d}*{today}*{when:%H%M}*TH",
        "HL*1**20*1", _name(pen, "PR", payer, "PI", "2100A"), f"TRN*1*{envelope.control_number:09d}",
        f"DTP*050*D8*{today}", f"DTP*009*D8*{today}",
        "HL*2*1*21*1", _name(pen, "41", submitter, "46", "2100B"), f"TRN*2*{pen.code(batch, 50, '2200B TRN02')}",
        f"STC*{accepted}*{today}*{action}*{total}", *totals,
        "HL*3*2*19*1", _name(pen, "85", provider, "XX", "2100C"), "TRN*1*0", f"STC*{accepted}**{action}*{total}",
    ]  # fmt: skip
    for number, claim in enumerate(claims, start=4):
        pen.claim = number - 3
        _claim(pen, claim, number, today)
    pen.segments.append(f"SE*{len(pen.segments) + 1}*0001")
    return joined([*envelope_begin(envelope, "HN", GUIDE), *pen.segments, *envelope_end(envelope, 1)], envelope)


def _name(pen: Pen, role: str, who: tuple[str, str], qualifier: str, loop: str) -> str:
    name, identifier = need(pen.text(who[0], 60, f"{loop} NM103"), f"{loop} NM103"), need(who[1], f"{loop} NM109")
    return f"NM1*{role}*2*{name}*****{qualifier}*{pen.code(identifier, 80, f'{loop} NM109')}"


def _claim(pen: Pen, claim: ClaimStatus, number: int, today: str) -> None:
    family, given = pen.text(claim.family, 60, "2100D NM103"), pen.text(claim.given, 35, "2100D NM104")
    pen.segments += [
        f"HL*{number}*3*PT",
        f"NM1*QC*1*{need(family, '2100D NM103')}*{given}****MI*{pen.code(claim.member_id, 80, '2100D NM109')}",
        f"TRN*2*{pen.code(claim.patient_control_number, 50, '2200D TRN02')}",
    ]
    pen.segments += [_status(status, today, claim.charge) for status in claim.statuses]
    for code, value in (("1K", claim.payer_control_number), ("D9", claim.clearinghouse_trace)):
        if value:
            pen.segments.append(f"REF*{code}*{pen.code(value, 50, f'2200D REF*{code}')}")
    pen.segments.append(f"DTP*472*D8*{day(claim.date_of_service)}")
    for line in claim.lines:
        procedure = "HC:" + ":".join((line.code, *line.modifiers))
        pen.segments += [f"SVC*{procedure}*{amount(line.charge)}", _status(line.status, today, None)]
        if line.control_number:
            pen.segments.append(f"REF*FJ*{pen.code(line.control_number, 50, '2220D REF*FJ')}")
        if line.date_of_service:
            pen.segments.append(f"DTP*472*D8*{day(line.date_of_service)}")


def _status(status: Status, today: str, charge: Cents | None) -> str:
    action = "WQ" if status.category in _ACCEPTED and charge is not None else "U"
    composite = ":".join(part for part in (status.category, status.code, status.entity) if part)
    return segment("STC", composite, today, action, "" if charge is None else amount(charge))
