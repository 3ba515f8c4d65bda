"""The services, as discovery tells them: at which moment, with which resources, and for whom.

Where nothing would be true that is of use, there is none. When an order is signed or an appointment booked, nothing
has been done yet: no minutes, no units, no note; and of the plan of care FHIR's own elements tell neither certification
nor progress reports, so that a card at these moments would tell of what is only not recorded there.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

_OF_PATIENT: Final = "{{context.patientId}}"
_OF_ENCOUNTER: Final = "{{context.encounterId}}"
#: By key; what FHIR servers are asked to be able to do and no more: reads, and searches by reference and status.
_PREFETCH: Final = {
    "patient": f"Patient/{_OF_PATIENT}",
    "encounter": f"Encounter/{_OF_ENCOUNTER}",
    "procedures": f"Procedure?encounter={_OF_ENCOUNTER}",
    "charges": f"ChargeItem?context={_OF_ENCOUNTER}",
    "notes": f"DocumentReference?encounter={_OF_ENCOUNTER}",
    "coverages": f"Coverage?beneficiary={_OF_PATIENT}&status=active",
    "plans": f"CarePlan?patient={_OF_PATIENT}&status=active",
    "goals": f"Goal?patient={_OF_PATIENT}&lifecycle-status=active",
    "conditions": f"Condition?patient={_OF_PATIENT}",
    "user": "{{context.userId}}",
    "roles": "PractitionerRole?practitioner={{userPractitionerId}}",
}
_VISIT: Final = ("procedures", "charges", "notes")
#: A note is signed at these moments or after them; that it is not signed yet is no finding.
UNASKED: Final = ("signature",)


class Service(msgspec.Struct, frozen=True):
    """A service: its moment, what it needs of what it asks for, and whose findings it tells (none named: all)."""

    id: str
    hook: str
    title: str
    description: str
    needed: dict[str, tuple[str, ...]]
    prefetch: dict[str, str] = msgspec.field(default_factory=_PREFETCH.copy)
    persona: tuple[str, ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """The service as discovery has it."""
        return {
            "id": self.id,
            "hook": self.hook,
            "title": self.title,
            "description": self.description,
            "prefetch": self.prefetch,
            "usageRequirements": "Nothing is fetched from the FHIR server; send the prefetch. Nothing sent is kept.",
        }


_AT_END: Final = Service(
    id="visit-check",
    hook="encounter-discharge",
    title="Check a therapy visit",
    description="Units, codes, modifiers and note of a therapy visit that ends: what is wrong or unsupported, and why.",
    needed={"the encounter": ("encounter",), "what was done": _VISIT},
)
_AT_SIGNING: Final = "note-check"


def services(note_hook: str | None = None) -> dict[str, Service]:
    """The services by id. ``note_hook`` is the name under which a clinic's own record system calls when a treatment
    note is signed; there is no published hook for that.
    """
    found = [_AT_END]
    if note_hook:
        found.append(
            Service(
                id=_AT_SIGNING,
                hook=note_hook,
                title="Check a treatment note",
                description="What a treatment note that is about to be signed does not show, asked of who writes it.",
                needed={"the encounter": ("encounter",), "the note": ("notes",)},
                persona=("therapist",),
            )
        )
    return {one.id: one for one in found}
