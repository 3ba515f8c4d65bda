"""Whose a resource is: what is of another patient never becomes part of a visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from quarterhour.interchange.fhir.reading.node import Node
from quarterhour.interchange.fhir.reading.resources import Resource, Resources, literal_address

#: The patient as far as a file tells: the place of the resource, or else the words that name it.
Patient = tuple[object, ...]
#: The member that names the patient, where it is not ``subject``.
_MEMBERS: Final[Mapping[str, str]] = {"Claim": "patient", "Coverage": "beneficiary"}


def patient_of(resources: Resources, resource: Resource) -> Patient | None:
    """Whose it is; None where it names nobody, or a group."""
    reference = _named(resource)
    if reference is None or not isinstance(reference.value, Mapping):
        return None
    found = resources.meant(resource, reference, "Patient", "Group")
    if found is not None:
        return None if found.kind == "Group" else ("resource", found.node.place)
    literal, identifier = reference.peek("reference"), reference.peek("identifier")
    if isinstance(literal, str):
        return "reference", literal_address(literal)
    if isinstance(identifier, Mapping) and identifier.get("value") is not None:
        return "identifier", str(identifier.get("system")), str(identifier["value"])
    return None


def is_of(resources: Resources, resource: Resource, patient: Patient | None, whose: str) -> bool:
    """Whether a resource is of a patient, or does not say; another's is a defect, and not to be used.

    ``whose`` is the type of the resource the patient is known from.
    """
    own = patient_of(resources, resource)
    if patient is None or own is None or own == patient:
        return True
    reference = _named(resource)
    if reference is not None:
        known = own[0] == "resource" or patient[0] != "resource"
        who = "of another patient than" if known else "of a patient who is not in the file, and not the one of"
        reference.defect(f"{resource.kind} {who} the {whose}; left out of the visit")
    return False


def of_same_patient(resources: Resources, at: Resource, others: Iterable[Resource]) -> list[Resource]:
    """Those that are of the patient ``at`` is of, or name none."""
    patient = patient_of(resources, at)
    return [one for one in others if is_of(resources, one, patient, at.kind)]


def _named(resource: Resource) -> Node | None:
    return resource.node.get(_MEMBERS.get(resource.kind, "subject"))
