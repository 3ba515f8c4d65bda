"""CarePlan, Goal, Condition and ServiceRequest as the plan of care of a visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.domain.plural import counted
from quarterhour.domain.visit import Goal, PlanOfCare
from quarterhour.interchange.fhir.reading.coded import code_of, day_of, identified
from quarterhour.interchange.fhir.reading.extensions import extension, is_complete, members, referred
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.parties import provider
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.reading.subjects import of_same_patient
from quarterhour.interchange.fhir.systems import GOAL, ICD_10_CM

CARE_PLAN: Final = "CarePlan"
CONDITION: Final = "Condition"
SERVICE_REQUEST: Final = "ServiceRequest"
_LATEST: Final = "9999-12-31"
#: Diagnoses without a rank come after those with one.
_LAST: Final = 1_000
_NO_CODE: Final = "a condition without an ICD-10-CM code is no diagnosis of a claim"
_UNITS: Final = {"d": "day", "wk": "week", "mo": "month"}
#: What a plan of care is not, by status or intent.
_NOT_A_PLAN: Final = frozenset({"revoked", "draft", "unknown", "proposal", "option"})


def plan_of_care(resources: Resources, encounter: Resource, patient: Resource | None, day: str | None) -> Part:
    """The plan a visit was furnished under: the one it names, else the latest of the patient begun by that day."""
    part = Part()
    chosen = _chosen(resources, encounter, patient, day)
    if chosen is not None:
        _of_care_plan(resources, chosen, part)
    _order(resources, encounter, chosen, part)
    conditions = _addressed(resources, chosen) if chosen else []
    part.put_nodes("diagnoses", _codes(conditions or _of_encounter(resources, encounter)))
    return part


def requests(resources: Resources, encounter: Resource) -> list[Resource]:
    """The orders a visit rests on."""
    found = [resources.referred(encounter, one, SERVICE_REQUEST) for one in encounter.node.objects("basedOn")]
    return of_same_patient(resources, encounter, [one for one in found if one is not None])


def _chosen(resources: Resources, encounter: Resource, patient: Resource | None, day: str | None) -> Resource | None:
    named = resources.referred(encounter, referred(encounter.node, "plan_of_care"), CARE_PLAN)
    if named is not None or is_complete(encounter.node):
        return next(iter(of_same_patient(resources, encounter, [named] if named else [])), None)
    own = of_same_patient(resources, encounter, resources.about(encounter, CARE_PLAN, "encounter"))
    begun = [
        (_begun(one) or "", -number, one)
        for number, one in enumerate(own or resources.about(patient, CARE_PLAN, "subject"))
        if not {one.node.text("status"), one.node.text("intent")} & _NOT_A_PLAN
        and (_begun(one) or "") <= (day or _LATEST)
    ]
    return max(begun, key=lambda one: one[:2])[2] if begun else None


def _begun(plan: Resource) -> str | None:
    return day_of(plan.node.simple("created") or plan.node.simple("period", "start"))


def _of_care_plan(resources: Resources, plan: Resource, part: Part) -> None:
    node = plan.node
    begun = node.simple("created") or node.simple("period", "start")
    part.put("established", day_of(begun), begun)
    own = extension(node, "plan_details")
    for name, value in (members(own, PlanOfCare) if own else {}).items():
        part.put(name, value, own)
    by = referred(node, "certified_by")
    part.put_part("certified_by", provider(resources, plan, by))
    for activity in node.objects("activity"):
        part.put_node("frequency", activity.simple("detail", "scheduledString"))
        _timing(activity.get("detail", "scheduledTiming", "repeat"), part)
    found = [resources.referred(plan, one, "Goal") for one in node.objects("goal")]
    own_goals = of_same_patient(resources, plan, [one for one in found if one is not None])
    part.put_parts("goals", [_goal(one.node) for one in own_goals])


def _timing(repeat: Node | None, part: Part) -> None:
    """How often and for how long, in words, of a Timing."""
    if repeat is None:
        return
    times, period, unit = repeat.integer("frequency"), repeat.simple("period"), repeat.text("periodUnit")
    if times is not None and unit in _UNITS:
        every = 1 if period is None else period.value
        part.put("frequency", f"{times} per {counted(every, _UNITS[unit]) if every != 1 else _UNITS[unit]}", repeat)
    bounds = repeat.get("boundsDuration")
    value, code = (bounds.simple("value"), bounds.text("code") or bounds.text("unit")) if bounds else (None, None)
    if bounds is not None and value is not None and code in _UNITS:
        for name in ("system", "unit"):
            bounds.simple(name)
        part.put("duration", counted(value.value, _UNITS[code]), bounds)


def _goal(node: Node) -> Part:
    part = Part(node.place)
    part.put_node("id", identified(node, GOAL))
    part.put_node("text", node.simple("description", "text"))
    own = extension(node, "goal_details")
    for name, value in (members(own, Goal) if own else {}).items():
        part.put(name, value, own)
    for target in node.objects("target"):
        part.put_node("measure", target.simple("measure", "text"))
        part.put_node("target", target.simple("detailQuantity", "value"))
        part.put_node("unit", target.simple("detailQuantity", "unit") or target.simple("detailQuantity", "code"))
        due = target.simple("dueDate")
        part.put("due", day_of(due), due)
    return part


def _order(resources: Resources, encounter: Resource, plan: Resource | None, part: Part) -> None:
    """When the order was signed: the visit's own, else one the plan's activities refer to."""
    activities = plan.node.objects("activity") if plan else []
    of_plan = [resources.referred(plan, one.get("reference")) for one in activities] if plan else []
    for request in [*requests(resources, encounter), *of_plan]:
        if request is not None and request.kind == SERVICE_REQUEST:
            _timing(request.node.get("occurrenceTiming", "repeat"), part)
            signed = request.node.simple("authoredOn")
            part.put("order_signed_on", day_of(signed), signed)


def _addressed(resources: Resources, plan: Resource) -> list[Resource]:
    found = [resources.referred(plan, one, CONDITION) for one in plan.node.objects("addresses")]
    return of_same_patient(resources, plan, [one for one in found if one is not None])


def _of_encounter(resources: Resources, encounter: Resource) -> list[Resource]:
    """The conditions of an encounter in the order of their rank, those without one last."""
    ranked: list[tuple[int, int, Resource]] = []
    for number, one in enumerate(encounter.node.objects("diagnosis")):
        found = resources.referred(encounter, one.get("condition"), CONDITION, "Procedure")
        rank = one.integer("rank")
        if found is not None and found.kind == CONDITION:
            ranked.append((_LAST if rank is None else rank, number, found))
    if not ranked:
        reasons = [
            resources.referred(encounter, one, CONDITION, "Observation", "Procedure")
            for one in encounter.node.objects("reasonReference")
        ]
        conditions = [one for one in reasons if one is not None and one.kind == CONDITION]
    else:
        conditions = [one for _, _, one in sorted(ranked, key=lambda one: one[:2])]
    return of_same_patient(resources, encounter, conditions)


def _codes(conditions: Sequence[Resource]) -> list[Node]:
    codes = []
    for one in conditions:
        concept = one.node.get("code")
        code = code_of(concept, ICD_10_CM)
        if code is not None:
            codes.append(code)
        elif concept is not None:
            concept.leave(_NO_CODE)
    return codes
