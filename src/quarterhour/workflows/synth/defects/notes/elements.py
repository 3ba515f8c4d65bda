"""Notes that leave out, or tell in words that fit every patient, what a reviewer looks for."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from quarterhour.workflows.synth.courses import REPORT_EVERY
from quarterhour.workflows.synth.defects.contract import Made, with_line
from quarterhour.workflows.synth.defects.notes.contract import (
    ACTIVITIES,
    EXERCISE,
    MODALITIES,
    Noted,
    on_note,
    recorded,
    with_part,
)  # fmt: skip
from quarterhour.workflows.synth.notes.phrases import phrases

Make = Callable[[Noted], Made | None]
#: Pain in a joint and in the low back: symptoms, which tie work to no condition.
_SYMPTOMS = ("M25.561", "M54.50")
_SHEET = "exercises per flowsheet"


def _of_activities(what: str, **sentence: str) -> Make:
    """A sentence of a note with 97530 told otherwise."""

    def make(noted: Noted) -> Made | None:
        if not noted.has(ACTIVITIES) or noted.confirmed:
            return None
        return on_note(noted, what, (), None, **sentence)

    return make


def _elsewhere(what: str, **sentence: str) -> Make:
    """A sentence of the note of another treatment told otherwise."""

    def make(noted: Noted) -> Made | None:
        if noted.has(ACTIVITIES) or not noted.treated or noted.confirmed:
            return None
        return on_note(noted, what, (), None, **sentence)

    return make


def _no_place(noted: Noted) -> Made | None:
    if not noted.alone(ACTIVITIES):
        return None
    parts = with_part(noted.tale, 0, work="sit to stand 3 x 8")
    return on_note(noted, "no place or set-up", contact="Treated one-on-one.", parts=parts)


def _no_contact(noted: Noted) -> Made | None:
    if not noted.alone(ACTIVITIES):
        return None
    record = with_line(noted.visit, 0, mode=None)
    return on_note(noted, "nothing on one-on-one", record=record, contact="Treated in the gym.")


def _no_condition(noted: Noted) -> Made | None:
    plan = msgspec.structs.replace(noted.told.plan, diagnoses=())
    also = ("POC111",) if noted.asks("certification") else ()
    return on_note(noted, "no condition", also, recorded(noted, plan_of_care=plan), condition="")


def _no_progress(noted: Noted) -> Made | None:
    if noted.tale.number == 1 or noted.evaluated or not noted.treated or noted.confirmed:
        return None
    return on_note(noted, "nothing compared with an earlier state", progress="")


def _no_goal(noted: Noted) -> Made | None:
    if not noted.treated or noted.has(ACTIVITIES):
        return None
    return on_note(noted, "no goal, and a tie in stock words", goal="", aim=phrases().stock.link)


def _no_next_step(noted: Noted) -> Made | None:
    return on_note(noted, "no next step", plan="") if noted.treated else None


def _named_by_category(code: str, work: str) -> Make:
    """A code billed alone, told by a category."""

    def make(noted: Noted) -> Made | None:
        if not noted.alone(code) or not noted.asks("treatment_note"):
            return None
        return on_note(noted, "work named by its category alone", parts=with_part(noted.tale, 0, work=work))

    return make


def _activities_by_category(noted: Noted) -> Made | None:
    if not noted.alone(ACTIVITIES):
        return None
    return on_note(
        noted, "activities named by their category", parts=with_part(noted.tale, 0, work="functional tasks as before")
    )


def _stock_alone(noted: Noted) -> Made | None:
    if not noted.alone(EXERCISE) or noted.confirmed or noted.tale.number == 1:
        return None
    stock = phrases().stock
    parts = with_part(noted.tale, 0, work=_SHEET)
    late = ("NEC102",) if noted.tale.number > REPORT_EVERY else ()
    also = ("DOC206", "DOC233", "NEC101", *(("DOC112",) if noted.asks("treatment_note") else ()), *late)
    return on_note(
        noted, "stock words alone", also, parts=parts, response=stock.response, reason=stock.reason, help="", goal="",
        aim="", progress="",
    )  # fmt: skip


def _no_skill(noted: Noted) -> Made | None:
    if noted.has(ACTIVITIES) or not noted.treated or noted.confirmed or noted.evaluated:
        return None
    if not 1 < noted.tale.number <= REPORT_EVERY:
        return None
    symptom = noted.told.plan.diagnoses[0] in _SYMPTOMS
    also = ("DOC206", "DOC231", "DOC232", "DOC233", *(("NEC103",) if symptom else ()))
    return on_note(
        noted, "nothing that shows skill", also, help="", reason="", response="", progress="", goal="", aim=""
    )


def _nothing_expected(noted: Noted) -> Made | None:
    if not noted.treated or noted.confirmed or noted.evaluated or noted.tale.number <= REPORT_EVERY:
        return None
    also = ("DOC206", noted.one_of("DOC202", "DOC232"), noted.one_of("DOC204", "DOC231"))
    return on_note(noted, "late, and neither progress nor a reason", also, reason="", response="", progress="")


def _no_tie_to_condition(noted: Noted) -> Made | None:
    if not noted.treated or noted.confirmed:
        return None
    also = (noted.one_of("DOC203", "DOC233"), noted.one_of("DOC204", "DOC231"))
    return on_note(noted, "no tie to the condition", also, condition="", reason="", goal="", aim="")


def _no_aim(noted: Noted) -> Made | None:
    if not noted.treated:
        return None
    plan = msgspec.structs.replace(noted.told.plan, goals=())
    also = (noted.one_of("DOC203", "DOC233"), *(("POC102",) if noted.asks("certification") else ()))
    return on_note(noted, "no goal to aim at", also, recorded(noted, plan_of_care=plan), goal="", aim="")


def _modality_alone(noted: Noted) -> Made | None:
    if not noted.only(*MODALITIES):
        return None
    return on_note(noted, "modalities alone, and no reason", reason="", aim="")


_STOCK = phrases().stock
DEFECTS: tuple[tuple[str, Make], ...] = (
    ("DOC111", _named_by_category("92507", "language goals addressed")),
    ("DOC112", _named_by_category(EXERCISE, _SHEET)),
    ("DOC201", _of_activities("no level of help", help="")),
    ("DOC202", _of_activities("no response", response="")),
    ("DOC203", _of_activities("no goal, and no tie to one", goal="", aim="")),
    ("DOC204", _of_activities("no reason for skill", reason="")),
    ("DOC205", _no_goal),
    ("DOC206", _no_progress),
    ("DOC207", _no_condition),
    ("DOC208", _no_place),
    ("DOC209", _no_contact),
    ("DOC210", _no_next_step),
    ("DOC211", _of_activities("help in stock words", help=_STOCK.help)),
    ("DOC212", _of_activities("a response in stock words", response=_STOCK.response)),
    ("DOC213", _of_activities("a tie in stock words", aim=_STOCK.link)),
    ("DOC214", _of_activities("skill asserted in stock words", reason=_STOCK.reason)),
    ("DOC220", _activities_by_category),
    ("DOC231", _elsewhere("no reason for skill", reason="")),
    ("DOC232", _elsewhere("no response", response="")),
    ("DOC233", _elsewhere("no goal, and no tie to one", goal="", aim="")),
    ("DOC501", _stock_alone),
    ("NEC101", _no_skill),
    ("NEC102", _nothing_expected),
    ("NEC103", _no_tie_to_condition),
    ("NEC104", _no_aim),
    ("NEC105", _modality_alone),
)
