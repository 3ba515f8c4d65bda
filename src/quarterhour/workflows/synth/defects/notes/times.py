"""Notes whose minutes, totals and times are missing, contradict each other, or are not those of the record."""

from __future__ import annotations

import msgspec

from quarterhour.domain.visit import Visit
from quarterhour.workflows.synth.defects.contract import Made, units_of, with_line
from quarterhour.workflows.synth.defects.notes.contract import Noted, on_note, recorded, with_part
from quarterhour.workflows.synth.defects.notes.elements import Make
from quarterhour.workflows.synth.defects.pairs import apart_by_time, only_pair
from quarterhour.workflows.synth.notes.tale import Part
from quarterhour.workflows.synth.services import QUARTER

_MEDICARE = "cms"


def _billed(noted: Noted) -> int:
    """Timed units billed."""
    return sum(noted.visit.services[at].units or 0 for at in noted.timed)


def _without_minutes(noted: Noted) -> tuple[Part, ...]:
    """The services as told, timed ones without their minutes."""
    return tuple(
        msgspec.structs.replace(part, minutes=None) if at in noted.timed else part
        for at, part in enumerate(noted.tale.parts)
    )


def _several(noted: Noted) -> bool:
    """Two timed services or more, none distinct: of one alone, or the last one, the total tells the minutes."""
    return len(noted.timed) > 1 and not noted.distinct


def _no_total(noted: Noted) -> Made | None:
    if not noted.timed or not noted.asks("treatment_note"):
        return None
    return on_note(noted, "no total of timed minutes", (), recorded(noted, total_timed_minutes=None), timed=None)


def _neither_total_nor_minutes(noted: Noted) -> Made | None:
    if not _several(noted) or not noted.asks("treatment_note") or noted.asks("per_code_minutes"):
        return None
    record = recorded(noted, total_timed_minutes=None)
    return on_note(noted, "neither total nor minutes", (), record, timed=None, parts=_without_minutes(noted))


def _rest_counted(noted: Noted) -> Made | None:
    if not noted.timed:
        return None
    contact = f"{noted.tale.contact} Rest breaks are included in the minutes."
    return on_note(noted, "rest counted as treatment", contact=contact)


def _no_treatment_time(noted: Noted) -> Made | None:
    if not noted.asks("treatment_note"):
        return None
    record = recorded(noted, total_treatment_minutes=None)
    return on_note(noted, "no total treatment time", (), record, total=None, clock=False)


def _no_times(noted: Noted) -> Made | None:
    if not noted.timed or not noted.asks("start_stop_times") or noted.distinct:
        return None
    record: Visit = noted.visit
    for at in range(len(record.services)):
        record = with_line(record, at, intervals=())
    return on_note(noted, "no start and stop times", (), record, clock=False)


def _no_minutes(noted: Noted) -> Made | None:
    if not _several(noted) or not noted.asks("per_code_minutes"):
        return None
    return on_note(noted, "no minutes of the services", parts=_without_minutes(noted))


def _shifted(noted: Noted, least: int, by: int) -> int | None:
    """A timed service whose minutes may be told so many more or fewer without any unit changing."""
    every = noted.tale.timed or 0
    for at in noted.timed:
        minutes = noted.tale.parts[at].minutes or 0
        if (
            noted.visit.services[at].units
            and minutes >= least
            and units_of(minutes + by) == units_of(minutes)
            and units_of(every + by) == units_of(every)
            and not noted.visit.services[at].assistant_minutes
        ):
            return at
    return None


def _fewer_minutes(noted: Noted) -> Made | None:
    at = _shifted(noted, QUARTER, -1)
    if at is None or noted.distinct:
        return None
    parts = with_part(noted.tale, at, minutes=(noted.tale.parts[at].minutes or 0) - 1)
    record = recorded(noted, total_timed_minutes=None)
    return on_note(noted, "a minute less than the record", (), record, parts=parts, timed=(noted.tale.timed or 0) - 1)


def _more_minutes(noted: Noted) -> Made | None:
    at = _shifted(noted, 1, 1)
    if at is None or noted.distinct or (noted.tale.timed or 0) >= (noted.tale.total or 0):
        return None
    parts = with_part(noted.tale, at, minutes=(noted.tale.parts[at].minutes or 0) + 1)
    record = recorded(noted, total_timed_minutes=None)
    return on_note(noted, "a minute more than the record", (), record, parts=parts, timed=(noted.tale.timed or 0) + 1)


def _total_off(noted: Noted) -> Made | None:
    timed = noted.tale.timed or 0
    if not noted.timed or timed + 2 > (noted.tale.total or 0):
        return None
    record = recorded(noted, total_timed_minutes=None)
    return on_note(noted, "a total that is not the sum", (), record, timed=timed + 2)


def _treatment_too_short(noted: Noted) -> Made | None:
    timed = noted.tale.timed or 0
    if timed < 1 or noted.distinct:
        return None
    begin, _ = noted.tale.seen
    return on_note(
        noted, "less treatment than timed minutes", ("TIM205",), total=timed - 1, seen=(begin, begin + timed - 1)
    )


def _clock_too_short(noted: Noted) -> Made | None:
    begin, end = noted.tale.seen
    if not noted.timed or len(noted.tale.parts) < 2 or noted.distinct:
        return None
    parts = tuple(msgspec.structs.replace(part, end=part.begin) for part in noted.tale.parts)
    return on_note(noted, "times closer together than the minutes", parts=parts, seen=(begin, end - 3))


def _treatment_differs(noted: Noted) -> Made | None:
    begin, end = noted.tale.seen
    if noted.tale.total is None:
        return None
    return on_note(noted, "another treatment time", total=noted.tale.total + 3, seen=(begin, end + 3))


def _timed_differs(noted: Noted) -> Made | None:
    timed = noted.tale.timed or 0
    if not _several(noted) or noted.asks("per_code_minutes") or timed + 2 > (noted.tale.total or 0):
        return None
    if units_of(timed + 2) != units_of(timed):
        return None
    return on_note(noted, "another timed total", parts=_without_minutes(noted), timed=timed + 2)


def _too_many_units(noted: Noted) -> Made | None:
    if noted.distinct:
        return None
    for at in noted.timed:
        minutes = noted.tale.parts[at].minutes or 0
        if minutes > 2 * QUARTER:
            parts = with_part(noted.tale, at, minutes=minutes - QUARTER)
            record = recorded(noted, total_timed_minutes=None)
            timed = (noted.tale.timed or 0) - QUARTER
            return on_note(noted, "a quarter hour less than billed", ("TIM201",), record, parts=parts, timed=timed)
    return None


def _too_few_units(noted: Noted) -> Made | None:
    at = _shifted(noted, 1, 0)
    tale, more = noted.tale, QUARTER
    if at is None or noted.distinct or tale.total is None:
        return None
    parts = with_part(tale, at, minutes=(tale.parts[at].minutes or 0) + more)
    record = recorded(noted, total_timed_minutes=None, total_treatment_minutes=tale.total + more)
    return on_note(
        noted, "a quarter hour more than billed", ("TIM207",), record, parts=parts, timed=(tale.timed or 0) + more,
        total=tale.total + more, seen=(tale.seen[0], tale.seen[1] + more),
    )  # fmt: skip


def _unit_moved(noted: Noted) -> Made | None:
    if noted.distinct or noted.asks("per_code_minutes"):
        return None
    services, told = noted.visit.services, noted.tale.parts
    places = [at for at in noted.timed if services[at].units and at in noted.told.procedures()]
    for one in places:
        for other in places:
            minutes = told[one].minutes or 0
            if one != other and minutes > 2 * QUARTER:
                parts = with_part(noted.tale, one, minutes=minutes - QUARTER)
                more = msgspec.structs.replace(told[other], minutes=(told[other].minutes or 0) + QUARTER)
                parts = (*parts[:other], more, *parts[other + 1 :])
                return on_note(noted, "a quarter hour told of another code", ("TIM201", "TIM207"), parts=parts)
    return None


def _total_too_low(noted: Noted) -> Made | None:
    timed = noted.tale.timed or 0
    if noted.told.method() != _MEDICARE or _billed(noted) < 2 or noted.distinct:
        return None
    record = recorded(noted, total_timed_minutes=None)
    return on_note(noted, "a total that makes fewer units", ("TIM202",), record, timed=timed - QUARTER)


def _distinct_beyond_time(noted: Noted) -> Made | None:
    timed = noted.tale.timed or 0
    if not noted.distinct or timed < 1:
        return None
    begin, _ = noted.tale.seen
    also = ("TIM203", "TIM205")
    return on_note(noted, "59 beyond the treatment time", also, total=timed - 1, seen=(begin, begin + timed - 1))


def _distinct_without_minutes(noted: Noted) -> Made | None:
    pair = only_pair(noted.told)
    if pair is None or not apart_by_time(noted.told, pair) or noted.asks("per_code_minutes") or len(noted.timed) < 2:
        return None
    return on_note(noted, "59 and no minutes of the services", parts=_without_minutes(noted))


def _threshold_without_reason(noted: Noted) -> Made | None:
    if not noted.confirmed or noted.tale.number == 1 or noted.evaluated or not noted.treated:
        return None
    also = ("DOC206", noted.one_of("DOC204", "DOC231"))
    return on_note(noted, "KX, and neither reason nor progress", also, reason="", progress="")


DEFECTS: tuple[tuple[str, Make], ...] = (
    ("DOC103", _no_total),
    ("DOC104", _neither_total_nor_minutes),
    ("DOC105", _no_treatment_time),
    ("DOC301", _no_times),
    ("DOC302", _no_minutes),
    ("MOD201", _distinct_beyond_time),
    ("MOD202", _distinct_without_minutes),
    ("MOD203", _threshold_without_reason),
    ("TIM201", _fewer_minutes),
    ("TIM202", _total_off),
    ("TIM203", _treatment_too_short),
    ("TIM204", _clock_too_short),
    ("TIM205", _treatment_differs),
    ("TIM207", _more_minutes),
    ("TIM208", _timed_differs),
    ("TIM209", _rest_counted),
    ("UNT201", _too_many_units),
    ("UNT202", _unit_moved),
    ("UNT203", _too_few_units),
    ("UNT204", _total_too_low),
)
