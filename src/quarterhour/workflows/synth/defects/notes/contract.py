"""What defects of notes are made of: the tale of the visit's note, changed in one thing and written again."""

from __future__ import annotations

from typing import Final

import msgspec

from quarterhour.domain.visit import Note, Visit
from quarterhour.workflows.synth.defects.contract import Made, Told
from quarterhour.workflows.synth.notes.layouts import written
from quarterhour.workflows.synth.notes.tale import Part, Tale

ACTIVITIES, EXERCISE, MANUAL = "97530", "97110", "97140"
MODALITIES: Final = ("supervised-modality", "timed-modality")
#: Kinds of services that are no treatment told task by task.
_NO_TREATMENT: Final = ("evaluation", "re-evaluation", "test", *MODALITIES)


class Noted(msgspec.Struct, frozen=True):
    """A visit and the tale of its note: all a defect of a note may ask."""

    told: Told
    tale: Tale

    @property
    def visit(self) -> Visit:
        """The visit as recorded."""
        return self.told.visit

    def asks(self, term: str) -> bool:
        """Whether the payer has a term."""
        return self.told.asks(term)

    def has(self, *codes: str) -> bool:
        """Whether one of the codes is billed."""
        return any(service.code in codes for service in self.visit.services)

    def only(self, *kinds: str) -> bool:
        """Whether nothing but services of these kinds is billed."""
        return len(self.told.lines(*kinds)) == len(self.visit.services)

    def alone(self, code: str) -> bool:
        """Whether a code is all that is billed."""
        return [service.code for service in self.visit.services] == [code]

    @property
    def treated(self) -> bool:
        """Whether a treatment other than a modality is billed."""
        return not self.only(*_NO_TREATMENT)

    @property
    def evaluated(self) -> bool:
        """Whether an evaluation or re-evaluation is billed."""
        return self.tale.evaluates

    @property
    def timed(self) -> list[int]:
        """Where the timed services stand, from 0."""
        return [at for at, one in enumerate(self.visit.services) if self.told.card(one).timed]

    @property
    def distinct(self) -> bool:
        """Whether a service carries 59."""
        return bool(self.told.carries("59"))

    @property
    def confirmed(self) -> bool:
        """Whether a service carries KX."""
        return bool(self.told.carries("KX"))

    def one_of(self, one: str, elsewhere: str) -> str:
        """The rule for visits with 97530, or the one for other treatments."""
        return one if self.has(ACTIVITIES) else elsewhere


def on_note(
    noted: Noted, what: str, also: tuple[str, ...] = (), record: Visit | None = None, **changes: object
) -> Made:
    """The note told again with some things changed, beside the record or another one in its place."""
    tale = msgspec.structs.replace(noted.tale, **changes)
    visit = msgspec.structs.replace(record or noted.visit, note=note_of(tale))
    return Made(visit, None, what, also)


def note_of(tale: Tale) -> Note:
    """The note of a tale as the record has it."""
    return Note(type=tale.kind, text=written(tale))


def recorded(noted: Noted, **changes: object) -> Visit:
    """The record with some things changed."""
    return msgspec.structs.replace(noted.visit, **changes)


def with_part(tale: Tale, at: int, **changes: object) -> tuple[Part, ...]:
    """The services as told, one of them changed."""
    part = msgspec.structs.replace(tale.parts[at], **changes)
    return (*tale.parts[:at], part, *tale.parts[at + 1 :])


def without_part(tale: Tale, at: int) -> tuple[Part, ...]:
    """The services as told, one of them left out."""
    return (*tale.parts[:at], *tale.parts[at + 1 :])
