"""Procedure, ChargeItem and the lines of a Claim as the services of a visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from quarterhour.domain.clock import Clock
from quarterhour.interchange.fhir.reading.coded import clock_of, code_of, code_of_coding, codes_of, day_of, minutes_of
from quarterhour.interchange.fhir.reading.extensions import extension, extensions, money, pair, plain, value_of
from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.part import Part
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.reading.subjects import of_same_patient, patient_of
from quarterhour.interchange.fhir.systems import CPT, HCPCS

PROCEDURE: Final = "Procedure"
CHARGE: Final = "ChargeItem"
OBSERVATION: Final = "Observation"
_NOT_BILLED: Final = "not-billable"
#: Procedures and charges of these statuses did not take place.
_NOT_DONE: Final = frozenset({"not-done", "preparation", "aborted", "entered-in-error"})
_NO_CODE: Final = "a procedure without a CPT or HCPCS code is no service of a claim"
_WAS_NOT: Final = "not furnished, by its status"
_MANY_DAYS: Final = "a period over more than one day has no times of the visit"
_CHARGED_NOT_DONE: Final = "charged for a procedure that is none of the visit"


def services(
    resources: Resources, procedures: Sequence[Resource], charges: Sequence[Resource], items: Sequence[Node]
) -> list[Part]:
    """The services of a visit in the order of its procedures, each with what was billed for it.

    A charge, or an ``item`` of a claim, belongs to the procedure it names, else to the first of its code without one;
    what belongs to none is a service by itself.
    """
    parts: list[tuple[Part, Resource | None]] = []
    for one in _furnished(procedures):
        part = _given(resources, one)
        if part:
            parts.append((part, one))
    _bill(parts, [(_charged(one.node), named) for one, named in _for_what_was_done(resources, _furnished(charges))])
    # The same line may stand in a charge and in a claim: each of the two finds its procedure by itself.
    _bill(parts, [(_item(one), None) for one in items])
    return [part for part, _ in parts]


def _bill(parts: list[tuple[Part, Resource | None]], billed: Sequence[tuple[Part, Resource | None]]) -> None:
    """Join what was billed to what was done."""
    taken: set[int] = set()
    for line, named in billed:
        if "code" not in line.record:
            continue
        place = _matching(parts, line, named, taken)
        taken.add(len(parts) if place is None else place)
        if place is None:
            parts.append((line, None))
        else:
            _join(parts[place][0], line)


def performed_on(procedure: Resource) -> str | None:
    """The day of a procedure."""
    return day_of(procedure.node.simple("performedDateTime") or procedure.node.simple("performedPeriod", "start"))


def procedure_code(concept: Node | None) -> Node | None:
    """The CPT or HCPCS code of a concept."""
    return code_of(concept, CPT, HCPCS)


def _furnished(resources: Iterable[Resource]) -> Iterable[Resource]:
    for one in resources:
        status = one.node.simple("status")
        if status is not None and status.value in _NOT_DONE:
            one.node.leave(_WAS_NOT)
        else:
            yield one


def _for_what_was_done(resources: Resources, charges: Iterable[Resource]) -> Iterator[tuple[Resource, Resource | None]]:
    """Charges with the procedure each names; what is charged for one that did not take place is a defect, left out."""
    for charge in charges:
        patient, named = patient_of(resources, charge), list(_procedures_of(resources, charge))
        own = [one for _, one in named if patient_of(resources, one) in {patient, None} or patient is None]
        done = [one for one in own if one.node.peek("status") not in tuple(_NOT_DONE)]
        if done or not named:
            yield charge, next(iter(done), None)
            continue
        for at, one in named:
            why = "not furnished, by its status" if one in own else "of another patient"
            at.defect(f"charged for a procedure {why}; left out of the visit")
            if one in own:
                one.node.leave(_WAS_NOT)
        charge.node.leave(_CHARGED_NOT_DONE)


def _given(resources: Resources, procedure: Resource) -> Part:
    """What was done and for how long: our own extensions first, else the period performed, else an observation."""
    node, part = procedure.node, Part(procedure.node.place)
    code = procedure_code(node.get("code"))
    if code is None:
        node.leave(_NO_CODE)
        return part
    part.put_node("code", code)
    part.put_node("label", node.simple("code", "text"))
    performed_on(procedure)
    for name in ("minutes", "assistant_minutes"):
        found = extension(node, name)
        value, at = minutes_of(found.get("valueDuration")) if found else (None, None)
        part.put(name, value, at)
    own = extensions(node, "interval")
    part.put("intervals", [pair(one) for one in own] or None, own[0] if own else None)
    part.put("mode", *value_of(node, "mode"))
    if not own:
        _period(node, part)
    for one in of_same_patient(resources, procedure, resources.about(procedure, OBSERVATION, "partOf")):
        value, at = minutes_of(one.node.get("valueQuantity"))
        part.put("minutes", value, at)
    return part


def _period(node: Node, part: Part) -> None:
    """Times of day of the period performed, as they are written, and the minutes between them."""
    begin, end = node.simple("performedPeriod", "start"), node.simple("performedPeriod", "end")
    times = clock_of(begin), clock_of(end)
    if times[0] is None or times[1] is None:
        return
    if day_of(begin) != day_of(end):
        if (period := node.get("performedPeriod")) is not None:
            period.leave(_MANY_DAYS)
        return
    part.put("intervals", [list(times)], begin)
    minutes = Clock.parse(times[1]) - Clock.parse(times[0])
    part.put("minutes", minutes if minutes >= 0 else None, begin)


def _charged(node: Node) -> Part:
    part = Part(node.place)
    part.put_node("code", procedure_code(node.get("code")))
    if not part:
        node.leave(_NO_CODE)
        return part
    units = node.simple("quantity", "value")
    part.put_node("units", units)
    part.put("units", 0 if node.text("status") == _NOT_BILLED else None, node)
    codings = [one.get("valueCoding") for one in extensions(node, "modifier")]
    part.put_nodes("modifiers", [c for one in codings if one and (c := code_of_coding(one, CPT, HCPCS))])
    price = node.get("priceOverride")
    part.put("charge", money(price), price)
    pointers = extensions(node, "diagnosis_pointer")
    part.put("diagnosis_pointers", [plain(one) for one in pointers] or None, pointers[0] if pointers else None)
    return part


def _item(node: Node) -> Part:
    """A line of a claim; its pointers are to the diagnoses of the claim, which need not be those of the visit."""
    part = Part(node.place)
    part.put_node("code", procedure_code(node.get("productOrService")))
    part.put_node("units", node.simple("quantity", "value"))
    part.put_nodes("modifiers", codes_of(node.objects("modifier"), CPT, HCPCS))
    net = node.get("net")
    part.put("charge", money(net), net)
    return part


def _procedures_of(resources: Resources, charge: Resource) -> Iterator[tuple[Node, Resource]]:
    """The procedures a charge names, each with the reference that does."""
    for one in charge.node.objects("service"):
        found = resources.referred(charge, one)
        if found is not None and found.kind == PROCEDURE:
            yield one, found


def _matching(
    parts: Sequence[tuple[Part, Resource | None]], line: Part, named: Resource | None, taken: set[int]
) -> int | None:
    for place, (part, procedure) in enumerate(parts):
        if place in taken:
            continue
        is_named = procedure is not None and procedure.is_same(named)
        if is_named or (named is None and part.record["code"] == line.record["code"]):
            return place
    return None


def _join(part: Part, line: Part) -> None:
    for name, value in line.record.items():
        if name not in part.record:
            part.record[name] = value
    part.places = {p: q for p, q in line.places.items() if _top(p) != "code"} | part.places


def _top(pointer: str) -> str:
    return pointer.split("/")[1]
