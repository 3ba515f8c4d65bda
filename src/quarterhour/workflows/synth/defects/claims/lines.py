"""Defects of a claim's lines, dates, diagnoses and frequency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.money import Cents
from quarterhour.workflows.synth.defects.claims.contract import (
    DAY,
    Billed,
    ClaimDefect,
    MadeClaim,
    on_claim,
    on_line,
    with_line,
)  # fmt: skip
from quarterhour.workflows.synth.defects.contract import CENTURY

#: Whole weeks, so that the day before is one of the week on which people are treated.
_YEAR = dt.timedelta(weeks=52)
_TOO_MANY_LINES, _TOO_MANY_DIAGNOSES, _TOO_MANY_POINTERS = 51, 13, 5
#: Diagnoses that stand on no drawn claim together, in the order they are added.
_OTHERS = ("M25.562", "M25.551", "M25.552", "M25.511", "M25.512", "M25.521", "M25.522", "M25.531", "M25.532", "M25.571",
           "M25.572", "M79.601", "M79.602")  # fmt: skip
_FELL = "W19.XXXA"
_REFERENCE = "20250101000001"


def _on_plain(what: str, also: tuple[str, ...] = (), **changes: object) -> Callable[[Billed], MadeClaim | None]:
    """A line that no other one hangs on changed."""

    def make(billed: Billed) -> MadeClaim | None:
        at = billed.plain()
        return None if at is None else on_line(billed, at, what, also, **changes)

    return make


def _on_any(what: str, **changes: object) -> Callable[[Billed], MadeClaim]:
    return lambda billed: on_claim(billed, what, (), **changes)


def _alone(billed: Billed) -> bool:
    """A claim of one line that no other one hangs on."""
    return billed.plain() == 0 and len(billed.claim.lines) == 1


def _evaluation(billed: Billed) -> Line | None:
    """The evaluation on a professional claim: a patient has one, so no other claim of theirs gets lines of the same
    days.
    """
    for line in billed.claim.lines:
        card = billed.policy.codes.card(line.code)
        if card is not None and card.kind == "evaluation" and billed.professional and "59" not in line.modifiers:
            return line
    return None


def _below_zero(billed: Billed) -> MadeClaim | None:
    at = billed.plain()
    if at is None:
        return None
    return on_line(billed, at, "a charge below zero", charge=Cents(-(billed.claim.lines[at].charge or 0)))


def _no_units(billed: Billed) -> MadeClaim | None:
    at = billed.plain()
    if at is None or len(billed.claim.lines) < 2:
        return None
    return on_line(billed, at, "no units", units=0)


def _too_many_lines(billed: Billed) -> MadeClaim | None:
    line = _evaluation(billed)
    if line is None or billed.asks("timely_filing"):
        return None
    # In the year before, on days on which no drawn claim of the patient stands.
    last = dt.date(billed.day.year, 1, 1)
    lines = tuple(
        msgspec.structs.replace(
            line, date_of_service=last - number * DAY, control_number=f"{line.control_number}-{number}"
        )
        for number in range(1, _TOO_MANY_LINES + 1)
    )
    return on_claim(billed, "more lines than a claim has room for", lines=lines)


def _several_days(billed: Billed) -> MadeClaim | None:
    if not _alone(billed) or not billed.professional:
        return None
    return on_line(billed, 0, "a line of two days", date_to=billed.day + DAY)


def _backwards(billed: Billed) -> MadeClaim | None:
    if not _alone(billed) or not billed.professional:
        return None
    return on_line(billed, 0, "a line that ends before it begins", date_to=billed.day - DAY)


def _two_years(billed: Billed) -> MadeClaim | None:
    line = _evaluation(billed)
    if line is None or not billed.asks("kx_threshold"):
        return None
    other = msgspec.structs.replace(
        line, date_of_service=dt.date(billed.day.year - 1, 12, 31), control_number=f"{line.control_number}-2"
    )
    return on_claim(billed, "days of two years", lines=(other, line))


def _filed_late(billed: Billed) -> MadeClaim | None:
    if not billed.professional or not _alone(billed) or not billed.asks("timely_filing"):
        return None
    day = billed.day - _YEAR
    lines = tuple(msgspec.structs.replace(line, date_of_service=day) for line in billed.claim.lines)
    return on_claim(billed, "filed after a year", lines=lines)


def _onset(
    what: str, when: Callable[[Billed], dt.date | None], also: tuple[str, ...] = ()
) -> Callable[[Billed], MadeClaim | None]:
    """Another day of onset on a professional claim."""

    def make(billed: Billed) -> MadeClaim | None:
        day = when(billed)
        return on_claim(billed, what, also, onset=day) if billed.professional and day is not None else None

    return make


def _born(billed: Billed) -> dt.date | None:
    return billed.patient.birth_date


def _unnamed(billed: Billed) -> MadeClaim | None:
    if billed.professional and not billed.asks("replacement_claims"):
        return None
    return on_claim(billed, "replaces a claim it does not name", frequency="7")


def _replaced_where_not_taken(billed: Billed) -> MadeClaim | None:
    if not billed.professional or billed.asks("replacement_claims"):
        return None
    what = "replaces a claim at a payer that takes none"
    return on_claim(billed, what, frequency="7", original_reference=_REFERENCE)


def _frequency(billed: Billed) -> MadeClaim | None:
    return on_claim(billed, "a frequency there is not", frequency="5") if billed.professional else None


def _without_day(billed: Billed) -> MadeClaim | None:
    if billed.claim.related_causes or not billed.professional:
        return None
    return on_claim(billed, "an accident and no day of it", related_causes=("OA",))


def _no_accident(billed: Billed) -> MadeClaim | None:
    if not billed.asks("accident_date") or not billed.professional:
        return None
    return on_claim(
        billed, "an accident's payer and no accident", accident=None, related_causes=(), accident_state=None
    )


def _without_state(billed: Billed) -> MadeClaim | None:
    if billed.claim.related_causes or not billed.professional:
        return None
    day = billed.day - 10 * DAY
    return on_claim(billed, "an automobile accident and no state", related_causes=("AA",), accident=day)


def _paid_too_much(billed: Billed) -> MadeClaim | None:
    if not billed.professional:
        return None
    return on_claim(billed, "more paid than charged", patient_paid=Cents(billed.claim.charge + 100))


def _no_place(billed: Billed) -> MadeClaim | None:
    return on_claim(billed, "no place of service", place_of_service=None) if billed.professional else None


def _line_place(billed: Billed) -> MadeClaim | None:
    if not _alone(billed) or not billed.professional:
        return None
    return on_line(billed, 0, "a place there is not", ("CLM103",), place_of_service="45")


def _pointers(
    what: str, pointers: Callable[[Billed], tuple[int, ...]], more: int = 0
) -> Callable[[Billed], MadeClaim | None]:
    """Pointers of the first line changed, of a claim with so many diagnoses more."""

    def make(billed: Billed) -> MadeClaim | None:
        if not billed.professional:
            return None
        made = on_line(billed, 0, what, diagnosis_pointers=pointers(billed))
        diagnoses = billed.claim.diagnoses + _OTHERS[:more]
        return MadeClaim(msgspec.structs.replace(made.claim, diagnoses=diagnoses), 1, what)

    return make


def _no_pointer(billed: Billed) -> MadeClaim | None:
    if not billed.professional or len(billed.claim.lines) < 2:
        return None
    return on_line(billed, 0, "no pointer", diagnosis_pointers=())


def _billed_again(billed: Billed) -> MadeClaim | None:
    if not _alone(billed) or not billed.professional or billed.asks("unlikely_edits"):
        return None
    if billed.asks("one_line_per_code"):
        return None
    number = f"{billed.claim.patient_control_number}-2"
    return MadeClaim(billed.claim, 1, "the claim once more", more=_numbered(billed.claim, number))


def _billed_again_otherwise(billed: Billed) -> MadeClaim | None:
    made = _billed_again(billed)
    if made is None or made.more is None:
        return None
    line = msgspec.structs.replace(made.more.lines[0], modifiers=(*made.more.lines[0].modifiers, "LT"))
    return msgspec.structs.replace(
        made, what="the claim once more, with LT", also=(), more=with_line(made.more, 0, line)
    )


def _numbered(claim: Claim, number: str) -> Claim:
    """The claim under another number."""
    lines = tuple(
        msgspec.structs.replace(line, control_number=f"{number}-{at}") for at, line in enumerate(claim.lines, 1)
    )
    return msgspec.structs.replace(claim, patient_control_number=number, lines=lines)


def _no_diagnosis(billed: Billed) -> MadeClaim | None:
    lines = tuple(msgspec.structs.replace(line, diagnosis_pointers=()) for line in billed.claim.lines)
    return on_claim(billed, "no diagnosis", diagnoses=(), lines=lines)


def _too_many_diagnoses(billed: Billed) -> MadeClaim | None:
    if not billed.professional:
        return None
    diagnoses = (*billed.claim.diagnoses, *_OTHERS)[:_TOO_MANY_DIAGNOSES]
    return on_claim(billed, "more diagnoses than a claim has room for", diagnoses=diagnoses)


def _twice(billed: Billed) -> MadeClaim:
    diagnoses = (*billed.claim.diagnoses, billed.claim.diagnoses[0])
    return on_claim(billed, "a diagnosis twice", diagnoses=diagnoses)


def _external_cause(billed: Billed) -> MadeClaim:
    return on_claim(billed, "an external cause first", diagnoses=(_FELL, *billed.claim.diagnoses[1:]))


def _unused(billed: Billed) -> MadeClaim | None:
    if not billed.professional:
        return None
    lines = tuple(msgspec.structs.replace(line, diagnosis_pointers=(2,)) for line in billed.claim.lines)
    diagnoses = (billed.claim.diagnoses[0], _OTHERS[0])
    return on_claim(billed, "no line points to the first diagnosis", diagnoses=diagnoses, lines=lines)


def _line_twice(billed: Billed) -> MadeClaim | None:
    at = billed.plain()
    if at is None or not billed.professional or billed.asks("unlikely_edits") or billed.asks("one_line_per_code"):
        return None
    line = billed.claim.lines[at]
    again = msgspec.structs.replace(line, control_number=f"{line.control_number}-2")
    return MadeClaim(with_line(billed.claim, at, line, again), at + 2, "a line twice")


DEFECTS = (
    ClaimDefect("CLM202", _on_plain("no charge", charge=None), table_only=True),
    ClaimDefect("CLM203", _below_zero),
    ClaimDefect("CLM204", _no_units, table_only=True),
    ClaimDefect("CLM206", _too_many_lines, table_only=True),
    ClaimDefect("CLM207", _line_twice),
    ClaimDefect("CLM208", _billed_again),
    ClaimDefect("CLM209", _billed_again_otherwise),
    ClaimDefect("CLM210", _on_plain("no date of service", date_of_service=None), table_only=True),
    ClaimDefect("CLM211", _onset("an onset that has not come", lambda billed: billed.day + CENTURY, ("CLM224",))),
    ClaimDefect("CLM212", _backwards),
    ClaimDefect("CLM213", _several_days),
    ClaimDefect("CLM216", _two_years),
    ClaimDefect("CLM217", _onset("an onset before birth", lambda billed: (_born(billed) or billed.day) - DAY)),
    ClaimDefect("CLM218", _filed_late),
    ClaimDefect("CLM220", _unnamed, table_only=True),
    ClaimDefect("CLM221", _on_any("a first claim that names another", original_reference=_REFERENCE)),
    ClaimDefect("CLM222", _replaced_where_not_taken),
    ClaimDefect("CLM223", _frequency),
    ClaimDefect("CLM224", _onset("an onset after the service", lambda billed: billed.day + DAY)),
    ClaimDefect("CLM225", _without_day),
    ClaimDefect("CLM226", _without_state),
    ClaimDefect("CLM227", _no_accident),
    ClaimDefect("CLM228", _paid_too_much),
    ClaimDefect("CLM229", _no_place, table_only=True),
    ClaimDefect("CLM230", _line_place),
    ClaimDefect("DGN101", _no_diagnosis, table_only=True),
    ClaimDefect(
        "DGN102",
        _pointers("a pointer to no diagnosis", lambda billed: (1, len(billed.claim.diagnoses) + 1)),
        table_only=True,
    ),
    ClaimDefect("DGN103", _no_pointer, table_only=True),
    ClaimDefect("DGN104", _pointers("a pointer twice", lambda _: (1, 1))),
    ClaimDefect(
        "DGN105",
        _pointers("more pointers than a line has room for", lambda _: (1, 2, 3, 4, 5), _TOO_MANY_POINTERS),
        table_only=True,
    ),
    ClaimDefect("DGN106", _too_many_diagnoses, table_only=True),
    ClaimDefect("DGN107", _twice),
    ClaimDefect("DGN108", _external_cause),
    ClaimDefect("DGN109", _unused),
)
