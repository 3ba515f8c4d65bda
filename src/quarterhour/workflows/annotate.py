"""A second reader of notes, off unless somebody names one: it may suggest words and doubt a grade, and nothing else.

Whatever it is (a sentence model, a language model, a person's marks), it can point at words of the note and say for
which element they speak, or that an element is shown less well than was read. It raises no grade and sets no minutes
and no code. Each of its spans is compared with the text; what is not the very words of the note is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, Protocol, cast, runtime_checkable

import msgspec

from quarterhour.domain.reading import ELEMENTS, Element, NoteElement, Reading, Span

#: Below it an opinion is not heard.
LEAST_CONFIDENCE: Final = 0.5


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """What an annotator says of a stretch of the note.

    ``label`` is a key of the elements; ``speaks`` "for" suggests the words as evidence, "against" doubts that the
    element is present. ``start`` and ``end`` are code points, the end exclusive, and ``text`` must be the words there.
    """

    label: str
    start: int
    end: int
    text: str
    confidence: float
    model: str
    speaks: Literal["for", "against"] = "for"


@runtime_checkable
class Annotator(Protocol):
    """Anything that reads a note a second time."""

    def annotate(self, text: str) -> Iterable[Annotation]:
        """What it has to say of the note."""
        ...


class Annotated(msgspec.Struct, frozen=True):
    """A reading after an annotator: what it suggests, and how many of its annotations were dropped."""

    reading: Reading
    suggested: tuple[Annotation, ...]
    dropped: int


def annotated(reading: Reading, text: str, annotator: Annotator) -> Annotated:
    """Hear an annotator on a note. Only a present element can change, and only to partial."""
    given = list(annotator.annotate(text))
    heard = [one for one in given if _holds(one, text)]
    elements = dict(reading.elements)
    for one in heard:
        name = cast("Element", one.label)
        element = elements.get(name)
        if one.speaks == "against" and element is not None and element.grade == "present":
            reason = f"review: {one.model} doubts it ({one.confidence:.2f}); read as: {element.reason}"
            evidence = (*element.evidence, Span(one.start, one.end))
            elements[name] = NoteElement("partial", reason, tuple(dict.fromkeys(evidence)))
    suggested = tuple(one for one in heard if one.speaks == "for")
    return Annotated(msgspec.structs.replace(reading, elements=elements), suggested, len(given) - len(heard))


def _holds(one: Annotation, text: str) -> bool:
    """Whether it speaks of an element, sure enough, by words that stand in the note just there."""
    return (
        one.label in ELEMENTS
        and LEAST_CONFIDENCE <= one.confidence <= 1
        and 0 <= one.start < one.end <= len(text)
        and text[one.start : one.end] == one.text
    )
