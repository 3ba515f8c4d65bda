"""What a record says to a payer who is asked for visits: a short narrative of its own words and numbers, and questions.

Nothing is worded anew: sentences are made of the record's numbers, dates and codes, and of words of its notes in
quotation marks, each with the day it was written. What is missing is asked for and never supplied. A payer's own
requirements are not held here; whether they were confirmed is one of the questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.plural import counted
from quarterhour.domain.reading import Element
from quarterhour.domain.visit import Goal, PlanOfCare, Visit
from quarterhour.policy import Policy
from quarterhour.workflows.asked import FORMAT, iso, policy_of
from quarterhour.workflows.check import Wish, checked_paths
from quarterhour.workflows.draft import questions
from quarterhour.workflows.report import Placed
from quarterhour.workflows.whose import Whose, whose

#: What a reviewer looks for in the latest note that has it, and what the words are called.
_QUOTED: Final[Mapping[Element, str]] = {
    "progress": "Progress",
    "assistance_level": "Help given",
    "skilled_rationale": "Skill needed",
    "goal_linkage": "Toward the goal",
    "patient_response": "Response",
    "plan": "Next",
}
#: Elements without which the narrative does not say why therapy goes on.
_NEEDED: Final[tuple[Element, ...]] = ("progress", "skilled_rationale", "goal_linkage")
_PRESENT: Final = "present"
#: The unit of a goal that counts: the number alone says it.
_COUNT: Final = "count"
_LONGEST: Final = 240


def authorization(paths: Iterable[str | Path], wish: Wish | None = None) -> dict[str, Any]:
    """One packet for each patient, discipline and payer of the visits in files and folders.

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    wish = wish or Wish()
    checked = checked_paths(paths, wish)
    policy = policy_of(wish.policy_folders)
    courses: dict[tuple[Whose, str, str], list[Placed]] = {}
    left: list[dict[str, Any]] = []
    for at, patient in zip(checked.visits, whose([at.visit for at in checked.visits]), strict=True):
        if patient is None:
            left.append(_left(at, "it does not say whose visit it is"))
        elif at.visit.discipline is None:
            left.append(_left(at, "it does not say its discipline"))
        else:
            key = (patient, at.visit.discipline, at.visit.payer or wish.payer or "")
            courses.setdefault(key, []).append(at)
    return {
        "format": FORMAT,
        "tool": checked.report["tool"],
        "packets": [
            _packet(key[2], courses[key], policy) | {"patient_parted": key[0].part > 0} for key in sorted(courses)
        ],
        "left_out": left,
        "unused": [_unused(one) for one in checked.report["inputs"] if one.get("claims")],
        "errors": checked.report["errors"],
    }


def _unused(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"path": row["path"], "reason": "it holds claims; a packet is made of visit records and their notes"}


def _left(at: Placed, reason: str) -> dict[str, Any]:
    return {"visit_id": at.visit.visit_id, "on": iso(at.visit.date_of_service), "reason": reason}


def _packet(payer: str, course: Sequence[Placed], policy: Policy) -> dict[str, Any]:
    placed = sorted(course, key=lambda at: (at.visit.date_of_service, at.visit.visit_id or "", at.text))
    visits = [at.visit for at in placed]
    latest = visits[-1]
    plan = next((visit.plan_of_care for visit in reversed(visits) if visit.plan_of_care), PlanOfCare())
    goals = _goals(visits)
    words = list(_words(placed))
    facts = {
        "patient_id": latest.patient.id if latest.patient else None,
        "discipline": latest.discipline,
        "payer": payer or None,
        "prior_authorization": next(
            (one.prior_authorization for one in reversed(visits) if one.prior_authorization), None
        ),
        "diagnoses": list(plan.diagnoses),
        "plan_established": iso(plan.established),
        "certified_through": iso(plan.certified_through),
        "frequency": plan.frequency,
        "duration": plan.duration,
        "first_visit": iso(visits[0].date_of_service),
        "latest_visit": iso(latest.date_of_service),
        "treatment_days": len({visit.date_of_service for visit in visits}),
        "services": _services(visits, policy),
        "goals": goals,
    }
    missing = list(_missing(plan, goals, words, facts))
    return {**facts, "narrative": list(_narrative(facts, words)), "words": words, "questions": missing}


def _services(visits: Sequence[Visit], policy: Policy) -> list[dict[str, Any]]:
    """What was billed so far, by code."""
    days: Counter[str] = Counter()
    units: Counter[str] = Counter()
    for visit in visits:
        days.update({service.code for service in visit.services if service.units != 0})
        for service in visit.services:
            units[service.code] += service.units or 0
    found = []
    for code in sorted(days):
        card = policy.codes.card(code)
        found.append({"code": code, "label": card.label if card else None, "visits": days[code], "units": units[code]})
    return found


def _goals(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """The goals of the latest plan that has any, each with its values by day as they changed."""
    latest = next((plan.goals for visit in reversed(visits) if (plan := visit.plan_of_care) and plan.goals), ())
    found = []
    for goal in latest:
        values: list[dict[str, Any]] = []
        for visit in visits:
            for other in visit.plan_of_care.goals if visit.plan_of_care else ():
                same = _same(other, goal)
                if same and other.current is not None and (not values or values[-1]["value"] != other.current):
                    values.append({"on": iso(visit.date_of_service), "value": other.current})
        found.append(
            {
                "id": goal.id,
                "text": goal.text,
                "measure": goal.measure,
                "baseline": goal.baseline,
                "current": values[-1]["value"] if values else None,
                "current_since": values[-1]["on"] if values else None,
                "target": goal.target,
                "unit": goal.unit,
                "due": iso(goal.due),
                "values": values,
            }
        )
    return found


def _same(one: Goal, other: Goal) -> bool:
    """Whether two plans speak of one goal: by its id, else by its words and measure."""
    if one.id or other.id:
        return one.id == other.id
    return (one.text, one.measure) == (other.text, other.measure)


def _words(placed: Sequence[Placed]) -> Iterator[dict[str, Any]]:
    """For every element the words of the latest note in which it is present, exactly as they stand there."""
    for name, called in _QUOTED.items():
        for at in reversed(placed):
            element = at.reading.elements.get(name) if at.reading else None
            if element is None or element.grade != _PRESENT or not element.evidence:
                continue
            span = element.evidence[0]
            yield {
                "element": name,
                "called": called,
                "on": iso(at.visit.date_of_service),
                "visit_id": at.visit.visit_id,
                "start": span.start,
                "end": span.end,
                "text": at.text[span.start : span.end],
            }
            break


def _narrative(facts: Mapping[str, Any], words: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Sentences of the record's own numbers and words, in the order a reviewer reads."""
    if facts["diagnoses"]:
        yield f"Diagnoses: {', '.join(facts['diagnoses'])}."
    days = facts["treatment_days"]
    span = facts["first_visit"] if days == 1 else f"{facts['first_visit']} to {facts['latest_visit']}"
    yield f"Treatment days in {facts['discipline']}: {days} ({span})."
    plan = [part for part in (facts["frequency"], facts["duration"]) if part]
    if plan:
        since = f", plan established {facts['plan_established']}" if facts["plan_established"] else ""
        yield f"Frequency and duration in the plan: {', '.join(plan)}{since}."
    if facts["services"]:
        services = "; ".join(
            f"{one['code']} on {counted(one['visits'], 'visit')}, {counted(one['units'], 'unit')}"
            for one in facts["services"]
        )
        yield f"Services so far: {services}."
    for goal in facts["goals"]:
        yield _of_goal(goal)
    for one in words:
        if len(one["text"]) <= _LONGEST:
            yield f'{one["called"]}, {one["on"]}: "{" ".join(one["text"].split())}"'


def _of_goal(goal: Mapping[str, Any]) -> str:
    unit = f" {goal['unit']}" if goal["unit"] and goal["unit"] != _COUNT else ""
    named = ", ".join(part for part in (goal["id"], goal["measure"]) if part) or "without a name"
    said = f': "{goal["text"]}"' if goal["text"] else ""
    values = [
        f"baseline {goal['baseline']:g}{unit}" if goal["baseline"] is not None else None,
        f"{goal['current']:g}{unit} recorded {goal['current_since']}" if goal["current"] is not None else None,
        f"target {goal['target']:g}{unit}" if goal["target"] is not None else None,
        f"due {goal['due']}" if goal["due"] else None,
    ]
    return f"Goal ({named}){said}{'; ' if any(values) else ''}{', '.join(value for value in values if value)}."


def _missing(
    plan: PlanOfCare, goals: Sequence[Mapping[str, Any]], words: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]
) -> Iterator[dict[str, str | None]]:
    """What a payer asks for and the record does not have, each as a question."""
    asked = {
        "requirements": None
        if facts["prior_authorization"]
        else "Were this payer's requirements confirmed before treatment, and under which authorization number?",
        "diagnoses": None if plan.diagnoses else "Which diagnoses make the treatment necessary?",
        "plan": None if plan.established else "When was the plan of care established?",
        "frequency": None if plan.frequency else "How often is treatment planned?",
        "duration": None if plan.duration else "For how long is treatment planned?",
        "goals": None if goals else "What is the treatment for: which measurable goals, and by when?",
    }
    for about, question in asked.items():
        if question:
            yield {"about": about, "goal": None, "question": question}
    for number, goal in enumerate(goals, 1):
        named = goal["id"] or f"number {number}"
        for key, question in _OF_GOAL.items():
            if goal[key] is None:
                yield {"about": f"goal {key}", "goal": goal["id"], "question": question.format(goal=named)}
    shown = {one["element"] for one in words}
    for element in _NEEDED:
        if element not in shown:
            yield {"about": element, "goal": None, "question": questions()[element]["absent"]}


_OF_GOAL: Final[Mapping[str, str]] = {
    "measure": "By what is goal {goal} measured?",
    "baseline": "What did goal {goal} measure at the start?",
    "current": "What does goal {goal} measure now, and on which day was that taken?",
    "target": "What is goal {goal} to measure when it is reached?",
    "due": "By when is goal {goal} to be reached?",
}
