"""A plan of care as CarePlan, Goal, Condition and ServiceRequest."""

from __future__ import annotations

import math
from typing import Final

from quarterhour.domain.people import Provider
from quarterhour.domain.visit import Goal, PlanOfCare
from quarterhour.interchange.fhir.systems import GOAL, ICD_10_CM
from quarterhour.interchange.fhir.writing.extensions import details, referring
from quarterhour.interchange.fhir.writing.parties import practitioner
from quarterhour.interchange.fhir.writing.pen import UNKNOWN, Element, Pen, concept, filled, identifier

#: What CarePlan has no element for.
_DETAILS: Final = (
    "first_treatment", "certified_on", "certified_through", "sent_to_referrer_on", "duration", "visit_number",
    "last_progress_report_visit", "last_progress_report_on",
)  # fmt: skip
_THERAPY: Final = {"text": "Outpatient therapy"}


def care_plan(pen: Pen, plan: PlanOfCare, subject: Element, conditions: list[Element]) -> Element:
    """A reference to the plan of care."""
    frequency = {"detail": {"status": "in-progress", "scheduledString": plan.frequency}} if plan.frequency else None
    members: Element = {
        "extension": [
            *details("plan", plan, *_DETAILS),
            *referring("certified_by", practitioner(pen, plan.certified_by)),
        ],
        "status": "active",
        "intent": "plan",
        "subject": subject,
        "created": plan.established.isoformat() if plan.established else None,
        "addresses": conditions,
        "goal": [_goal(pen, one, subject) for one in plan.goals],
        "activity": [frequency] if frequency else [],
    }
    return pen.add("CarePlan", members, once=False)


def conditions(pen: Pen, plan: PlanOfCare, subject: Element) -> list[Element]:
    """References to the diagnoses, in the order of the plan."""
    return [
        pen.add("Condition", {"code": concept(ICD_10_CM, code), "subject": subject}) for code in plan.diagnoses if code
    ]


def order(pen: Pen, plan: PlanOfCare, subject: Element, by: Provider | None) -> Element | None:
    """A reference to the signed order the plan rests on; none where no day of signing is known."""
    if plan.order_signed_on is None:
        return None
    members: Element = {
        "status": "active",
        "intent": "order",
        "code": _THERAPY,
        "subject": subject,
        "authoredOn": plan.order_signed_on.isoformat(),
        "requester": practitioner(pen, by),
    }
    return pen.add("ServiceRequest", members)


def _goal(pen: Pen, goal: Goal, subject: Element) -> Element:
    measured = goal.target is not None and math.isfinite(goal.target)
    quantity = filled({"value": goal.target, "unit": goal.unit}) if measured else {}
    target = filled(
        {
            # A target with a value must say what it measures.
            "measure": {"text": goal.measure} if goal.measure else (UNKNOWN if quantity else None),
            "detailQuantity": quantity,
            "dueDate": goal.due.isoformat() if goal.due else None,
        }
    )
    members: Element = {
        "extension": details("goal", goal, "baseline", "current", *(() if measured else ("unit",))),
        "identifier": identifier(GOAL, goal.id),
        "lifecycleStatus": "active",
        "description": {"text": goal.text} if goal.text else UNKNOWN,
        "subject": subject,
        "target": [target] if target else [],
    }
    return pen.add("Goal", members, once=False)
