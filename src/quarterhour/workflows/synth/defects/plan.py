"""Defects of the plan of care: certification, progress reports, and what the plan says."""

from __future__ import annotations

from quarterhour.domain.visit import Provider
from quarterhour.workflows.synth.courses import CERTIFIED_DAYS, REPORT_EVERY
from quarterhour.workflows.synth.defects.contract import (
    Defect,
    Made,
    Told,
    days_after,
    on_plan,
)  # fmt: skip

#: A certification is due within so many days.
_DUE = 30


def _certifies(told: Told, least: int, most: int = CERTIFIED_DAYS - 1) -> bool:
    """Whether certification counts for the payer and the course is so many days old."""
    return told.asks("certification") and least <= told.elapsed <= most


def _before_plan(told: Told) -> Made | None:
    if not _certifies(told, 1, 20) or told.lines("evaluation", "re-evaluation"):
        return None
    day = told.visit.date_of_service
    return on_plan(told, "a plan of a later day", established=days_after(day, 2), certified_on=days_after(day, 3))


def _no_goals(told: Told) -> Made | None:
    return on_plan(told, "a plan without goals", goals=()) if told.asks("certification") else None


def _no_diagnosis(told: Told) -> Made | None:
    return on_plan(told, "a plan without a diagnosis", diagnoses=()) if told.asks("certification") else None


def _no_frequency(told: Told) -> Made | None:
    return on_plan(told, "a plan without a frequency", frequency=None) if told.asks("certification") else None


def _not_certified(told: Told) -> Made | None:
    if not _certifies(told, _DUE + 1):
        return None
    return on_plan(told, "no certification", certified_on=None, certified_by=None, certified_through=None)


def _certified_late(told: Told) -> Made | None:
    if not _certifies(told, 0, _DUE + 9):
        return None
    return on_plan(told, "a certification after it was due", certified_on=days_after(told.began, _DUE + 10))


def _lapsed(told: Told) -> Made | None:
    through = days_after(told.visit.date_of_service, -1)
    if not _certifies(told, 40) or told.plan.certified_on is None:
        return None
    return on_plan(told, "a certification that ended the day before", certified_through=through)


def _order_unproven(told: Told) -> Made | None:
    if not _certifies(told, _DUE + 1):
        return None
    return on_plan(
        told, "an order in place of the certification, and no proof of sending", certified_on=None, certified_by=None,
        certified_through=None, order_signed_on=days_after(told.began, -5),
    )  # fmt: skip


def _sent_late(told: Told) -> Made | None:
    if not _certifies(told, 0):
        return None
    return on_plan(
        told, "an order in place of the certification, and the plan sent late", certified_on=None, certified_by=None,
        certified_through=None, order_signed_on=days_after(told.began, -5),
        sent_to_referrer_on=days_after(told.began, _DUE + 10),
    )  # fmt: skip


def _certifier(told: Told, credential: str, what: str) -> Made | None:
    if not told.asks("certification"):
        return None
    return on_plan(told, what, certified_by=Provider(credential=credential))


def _certified_early(told: Told) -> Made | None:
    if not _certifies(told, 0, 80):
        return None
    return on_plan(told, "a certification before the plan", certified_on=days_after(told.began, -3))


def _plan_over(told: Told) -> Made | None:
    if not _certifies(told, 9, 80):
        return None
    return on_plan(told, "a duration that is over", duration="1 week", certified_through=None)


def _report_overdue(told: Told) -> Made | None:
    if not told.asks("progress_reports") or (told.plan.visit_number or 0) <= REPORT_EVERY:
        return None
    return on_plan(told, "no progress report since the evaluation", last_progress_report_visit=1)


def _report_ahead(told: Told) -> Made | None:
    number = told.plan.visit_number
    if not told.asks("progress_reports") or number is None:
        return None
    return on_plan(told, "a progress report of a later visit", last_progress_report_visit=number + 2)


DEFECTS = (
    Defect("POC101", _before_plan),
    Defect("POC102", _no_goals),
    Defect("POC103", _not_certified),
    Defect("POC104", _certified_late),
    Defect("POC105", _lapsed),
    Defect("POC107", _order_unproven),
    Defect("POC108", lambda told: _certifier(told, "DC", "a certifier who may not")),
    Defect("POC109", _report_overdue),
    Defect("POC111", _no_diagnosis),
    Defect("POC112", _no_frequency),
    Defect("POC113", _report_ahead),
    Defect("POC115", _certified_early),
    Defect("POC117", _sent_late),
    Defect("POC118", _plan_over),
    Defect("POC119", lambda told: _certifier(told, "DPM", "a certifier of limited scope")),
)
