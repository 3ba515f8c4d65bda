"""Defects of notes, by the rule that must find each."""

from collections.abc import Callable

from quarterhour.workflows.synth.defects.contract import Defect, Made, Told
from quarterhour.workflows.synth.defects.notes import codes, elements, times
from quarterhour.workflows.synth.defects.notes.contract import Noted


def _of_note(make: Callable[[Noted], Made | None]) -> Callable[[Told], Made | None]:
    """What spoils a note, as what spoils a visit: a visit without a note does not lend itself to it."""

    def made(told: Told) -> Made | None:
        return None if told.tale is None else make(Noted(told, told.tale))

    return made


#: Every defect of notes, in the order of the rules.
NOTE_DEFECTS: tuple[Defect, ...] = tuple(
    Defect(rule, _of_note(make)) for rule, make in sorted(codes.DEFECTS + elements.DEFECTS + times.DEFECTS)
)

__all__ = ["NOTE_DEFECTS"]
