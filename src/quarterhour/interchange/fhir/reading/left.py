"""What of a FHIR file no visit and no claim carries: elements nobody asked for, told by path and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from quarterhour.interchange.fhir.reading.node import unread
from quarterhour.interchange.fhir.reading.resources import Resource, Resources
from quarterhour.interchange.fhir.systems import DATA_ABSENT

#: Types of which something is taken.
READ: Final = frozenset(
    {
        "CarePlan", "ChargeItem", "Claim", "Condition", "Coverage", "DocumentReference", "Encounter", "Goal",
        "Location", "Observation", "Organization", "Patient", "Practitioner", "PractitionerRole", "Procedure",
        "RelatedPerson", "ServiceRequest",
    }
)  # fmt: skip
#: Members of a resource that say nothing of a visit or a claim; contained resources are told by themselves.
_SILENT: Final = frozenset({"resourceType", "id", "meta", "text", "language", "implicitRules", "contained"})
#: What only frames a resource: told where it says something else than here; None is any value.
_FRAME: Final[Mapping[str, frozenset[str] | None]] = {
    "CarePlan.activity.detail.status": None,
    "CarePlan.intent": None,
    "CarePlan.status": None,
    "CarePlan.subject": None,
    "ChargeItem.occurrenceDateTime": None,
    "ChargeItem.subject": None,
    "Claim.created": None,
    "Claim.priority": None,
    "Condition.subject": None,
    "Coverage.beneficiary": None,
    "Coverage.payor": None,
    "Coverage.status": frozenset({"active"}),
    "DocumentReference.status": frozenset({"current"}),
    "DocumentReference.subject": None,
    "Encounter.class": frozenset({"AMB", "HH", "VR"}),
    "Encounter.diagnosis": None,
    "Goal.lifecycleStatus": frozenset({"active", "planned", "proposed", "accepted", "on-hold", "completed"}),
    "Goal.subject": None,
    "Observation.subject": None,
    "Observation.status": None,
    "Procedure.subject": None,
    "ServiceRequest.code": None,
    "ServiceRequest.intent": None,
    "ServiceRequest.status": frozenset({"active", "completed"}),
    "ServiceRequest.subject": None,
}
_UNMAPPED: Final = "not carried: nothing in a visit or a claim stands for it"
_UNUSED: Final = "not carried: it belongs to no visit and no claim"
_UNKNOWN: Final = "not carried: resources of this type are not read"
_NUMBER: Final = re.compile(r"/\d+(?=/|$)")
_URL: Final = re.compile(r"[\w:./#-]{1,200}")


class NotCarried(msgspec.Struct, frozen=True):
    """An element that stands in no visit and no claim: its path, why, where it stands first, and how often."""

    element: str
    message: str
    document: int
    pointer: str
    count: int = 1


def not_carried(resources: Resources) -> Iterator[NotCarried]:
    """What no visit and no claim carries, by element, in the order of the file."""
    counted: dict[tuple[str, str], NotCarried] = {}
    for document, pointer, element, message in _left(resources):
        before = counted.get((element, message))
        counted[element, message] = (
            NotCarried(element, message, document, pointer)
            if before is None
            else msgspec.structs.replace(before, count=before.count + 1)
        )
    yield from counted.values()


def _left(resources: Resources) -> Iterator[tuple[int, str, str, str]]:
    told = resources.log.left
    for one in [*resources.every, *resources.inside]:
        document, pointer = one.node.place
        if one.node.place in told:
            yield document, pointer, one.kind, told[one.node.place]
            continue
        if one.kind not in READ:
            yield document, pointer, one.kind, _UNKNOWN
            continue
        places = list(unread(one.node, _SILENT))
        members = {f"{pointer}/{name}" for name in one.node.value if name not in _SILENT}
        if members and members <= {at for _, at in places}:
            yield document, pointer, one.kind, _UNUSED
            continue
        for number, at in places:
            element = _element(one, at)
            if not _only_frames(element, _value(one, at)):
                yield number, at, element, _UNMAPPED
    for (document, pointer), why in told.items():
        inside = next((one for one in resources.every if _is_within(one, document, pointer)), None)
        if inside is not None and (document, pointer) != inside.node.place:
            yield document, pointer, _element(inside, pointer), why


def _is_within(resource: Resource, document: int, pointer: str) -> bool:
    return resource.node.document == document and pointer.startswith(f"{resource.node.pointer}/")


def _element(resource: Resource, pointer: str) -> str:
    """The path of an element without the numbers of lists; an extension with its url."""
    inner = pointer.removeprefix(resource.node.pointer)
    path = resource.kind + _NUMBER.sub("", inner).replace("/", ".")
    at = _value(resource, pointer)
    url = at.get("url") if isinstance(at, dict) else None
    return f"{path} {url}" if path.endswith("xtension") and isinstance(url, str) and _URL.fullmatch(url) else path


def _value(resource: Resource, pointer: str) -> Any:
    at: Any = resource.node.value
    for step in pointer.removeprefix(resource.node.pointer).split("/")[1:]:
        at = at[int(step)] if isinstance(at, list) else at.get(step.replace("~1", "/").replace("~0", "~"))
    return at


def _only_frames(element: str, value: Any) -> bool:
    """Whether an element says nothing but that there is nothing to say, or what all such resources say."""
    if isinstance(value, dict) and value.get("url") == DATA_ABSENT:
        return True
    if element not in _FRAME:
        return False
    expected = _FRAME[element]
    return expected is None or str(value.get("code") if isinstance(value, dict) else value) in expected
