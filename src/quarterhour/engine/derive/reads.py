"""Which columns of the record some rules can read, so that a file's other columns need not be read at all.

What a rule reads is in its code: the names it and the functions it calls use. Every name that is a column of the visit
or line table counts as read, and every name of a derived table as that table; a rule that asks for columns by names it
makes up, or reads notes or visits in a row, may read everything. So the answer may be too long and is never too short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final

from quarterhour.engine.derive import npis
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.contract import Rule
from quarterhour.rules.facts import LineFacts, VisitFacts

#: What says to whom and when a service was furnished, who is paid by whom, and what is charged: told of every visit.
#: Birth date and sex part people of one id.
ALWAYS: Final = frozenset({
    "visit_id", "date_of_service", "payer", "setting", "discipline", "patient.id", "patient.birth_date", "patient.sex",
    "therapist.npi", "therapist.name", "billing_provider.npi", "code", "units", "charge",
})  # fmt: skip
_PLAN: Final = "plan_of_care."
#: The columns of the record behind one of the visit or line table, where they are not among those. One that ends in a
#: dot stands for all that begin so.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "place_of_service": ("place_of_service",),
    "birth_day": ("patient.birth_date",),
    "therapist_credential": ("therapist.credential",),
    "therapist_standing": ("therapist.credential",),
    "assistant_given": ("assistant.",),
    "assistant_credential": ("assistant.credential",),
    "supervisor_credential": ("supervisor.credential",),
    "malformed_npis": npis.COLUMNS,
    "failed_npis": npis.COLUMNS,
    "plan_given": (_PLAN,),
    "plan_established": (_PLAN + "established",),
    "first_treatment": (_PLAN + "first_treatment",),
    "certified": (_PLAN + "certified_on",),
    "certified_through": (_PLAN + "certified_through",),
    "certifier_credential": (_PLAN + "certified_by.credential",),
    "order_signed": (_PLAN + "order_signed_on",),
    "sent_to_referrer": (_PLAN + "sent_to_referrer_on",),
    "visit_number": (_PLAN + "visit_number",),
    "last_progress_report_visit": (_PLAN + "last_progress_report_visit",),
    "goals": (_PLAN + "goals",),
    "diagnoses": (_PLAN + "diagnoses",),
    "malformed_diagnoses": (_PLAN + "diagnoses",),
    "frequency_given": (_PLAN + "frequency",),
    "duration_given": (_PLAN + "duration",),
    "plan_days": (_PLAN + "duration",),
    "total_treatment_minutes": ("total_treatment_minutes",),
    "total_timed_minutes": ("total_timed_minutes",),
    "timed_minutes": ("minutes",),
    "all_minutes": ("minutes",),
    "accrued": ("accrued.",),
    "note_given": ("note.text",),
    "signed": ("note.signed_by",),
    "signed_day": ("note.signed_on",),
    "minutes": ("minutes",),
    "assistant_minutes": ("assistant_minutes",),
    "mode": ("mode",),
    "modifiers": ("modifiers",),
    "modifier_count": ("modifiers",),
    "unknown_modifier": ("modifiers",),
    "repeated_modifier": ("modifiers",),
    "intervals": ("intervals",),
    "interval_minutes": ("intervals",),
    "reversed_intervals": ("intervals",),
}
_PAIRS: Final = ("billing_provider.tax_id", "billing_provider.name", "modifiers")
#: The columns of the record behind a derived table; those of notes and of courses are all there are.
TABLES: Final[Mapping[str, tuple[str, ...] | None]] = {
    "day": ("minutes", "assistant_minutes", "modifiers"),
    "code_day": ("minutes", "assistant_minutes", "modifiers"),
    "pair": _PAIRS,
    "beside": _PAIRS,
    "code_pair": _PAIRS,
    "overlap": ("intervals",),
    "unlikely": (),
    "history": ("note.type", "minutes", "modifiers", "intervals", "accrued."),
    "note": None,
    "note_code": None,
    "note_activity": None,
    "note_overlap": None,
    "reasons": None,
    "course": None,
}
#: Tables whose rows join visits of a patient.
JOINING: Final = frozenset({
    "day", "code_day", "pair", "beside", "code_pair", "overlap", "unlikely", "history", "note_overlap", "course",
})  # fmt: skip
_OWN: Final = frozenset((*VisitFacts.__struct_fields__, *LineFacts.__struct_fields__))


def columns_read(entries: Sequence[Entry]) -> frozenset[str] | None:
    """The columns of the record that rules over visits can read; None where that may be any.

    One that ends in a dot stands for all that begin so.
    """
    found = set(ALWAYS)
    for entry in entries:
        rule = entry.rule
        names = _names(rule.find)
        if names is None or "getattr" in names:
            return None
        names |= {rule.over, *(part for column in rule.needs for part in column.split("."))}
        names |= {part for condition in rule.only_where for part in (condition.table, condition.column)}
        if rule.modifiers:
            names.add("modifiers")
        for table in names & TABLES.keys():
            columns = TABLES[table]
            if columns is None:
                return None
            found.update(columns)
        for name in names & _OWN:
            found.update(COLUMNS.get(name, ()))
    return frozenset(found)


@cache
def joins_visits(rule: Rule) -> bool:
    """What the rule says of a visit rests on other visits of the patient in the batch too."""
    tables = {rule.over, *(condition.table for condition in rule.only_where)}
    # Every table of dates has a column ``day``, so that name alone tells of no table.
    return bool(JOINING & (tables | ((_names(rule.find) or set()) - {"day"})))


def _names(function: Callable[..., Any]) -> set[str] | None:
    """Every name a function and the functions of rules it uses have in their code; None where that cannot be told."""
    found: set[str] = set()
    seen: set[FunctionType] = set()
    waiting: list[Any] = [function]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, FunctionType):
            return None
        if one in seen:
            continue
        seen.add(one)
        names = {name for code in _codes(one.__code__) for name in code.co_names}
        found |= names
        held = [cell.cell_contents for cell in one.__closure__ or ()]
        used = (*(one.__globals__.get(name) for name in names), *held)
        waiting += [
            other
            for other in used
            if isinstance(other, FunctionType) and other.__module__.startswith("quarterhour.rules")
        ]
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
