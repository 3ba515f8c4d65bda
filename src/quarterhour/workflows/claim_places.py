"""Where what is said of a claim stands in its file: segment, loop and element of X12, or the row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

if TYPE_CHECKING:
    from quarterhour.interchange.x12.records import TakenClaim

#: What of a service line or claim a finding is about: by its kind, else by a word of the name of its rule.
_OF_KIND: Final = {
    "units_over": "unit",
    "units_under": "unit",
    "mue": "unit",
    "ptp": "modifier",
    "modifier_missing": "modifier",
    "modifier_unsupported": "modifier",
    "assistant_modifier": "modifier",
}
_SERVICES: Final[Mapping[str, Mapping[str, str]]] = {
    "professional": {
        "pointer": "SV107", "modifier": "SV101-3", "unit": "SV104", "charge": "SV102", "place": "SV105",
        "": "SV101-2",
    },
    "institutional": {
        "revenue": "SV201", "modifier": "SV202-3", "unit": "SV205", "charge": "SV203", "": "SV202-2",
    },
}  # fmt: skip
_CLAIM: Final[Mapping[str, str]] = {
    "place": "CLM05-1", "frequency": "CLM05-3", "total": "CLM02", "charge": "CLM02", "bill": "CLM05-1", "": "CLM",
}  # fmt: skip


class Subject(msgspec.Struct, frozen=True, gc=False):
    """What a finding is about, within its claim.

    ``kind`` and ``name`` are those of its rule; ``line`` is the place in ``claim.lines``, from 0, None for the claim
    or a visit of it as a whole; ``pointer`` the part of the claim's record, empty for no part in particular.
    """

    kind: str
    name: str
    line: int | None
    pointer: str


class Place(Protocol):
    """A claim in its file."""

    def number(self, line: int) -> int:
        """The number people know a line of the record by: of all lines of the claim, from 1."""

    def where(self, subject: Subject) -> dict[str, Any]:
        """The keys of a finding's ``where`` beside path and visit."""


class X12Place(msgspec.Struct, frozen=True, tag="x12", array_like=True, gc=False):
    """A claim of a file of X12: the segment of its CLM and of its lines, ``left_out`` of those no record can hold.

    ``parts`` has for pointers into the record the segment, loop and element.
    """

    claim_type: str
    segment: int
    line_segments: tuple[int, ...]
    left_out: tuple[int, ...]
    parts: dict[str, tuple[int, str, str]]

    def number(self, line: int) -> int:
        """The number of a line of the record among all lines of the claim, from 1."""
        own = self.line_segments[line]
        return line + 1 + sum(segment < own for segment in self.left_out)

    def where(self, subject: Subject) -> dict[str, Any]:
        """Segment, loop and element: of the part, else of the line, else of the claim."""
        part = self.parts.get(subject.pointer)
        if part is not None:
            return dict(zip(("segment", "loop", "element"), part, strict=True))
        if subject.line is None:
            return {"segment": self.segment, "loop": "2300", "element": _CLAIM[_word(subject, _CLAIM)]}
        elements = _SERVICES[self.claim_type]
        return {
            "segment": self.line_segments[subject.line],
            "loop": "2400",
            "element": elements[_word(subject, elements)],
        }


class RowPlace(msgspec.Struct, frozen=True, tag="row", array_like=True, gc=False):
    """A claim of a table of claim lines: the rows of its lines."""

    rows: tuple[int, ...]

    def number(self, line: int) -> int:
        """Every row is a line."""
        return line + 1

    def where(self, subject: Subject) -> dict[str, Any]:
        """The row of the line, or the claim's first."""
        return {"line": self.rows[subject.line or 0], "column": 1}


def x12_place(taken: TakenClaim) -> X12Place:
    """The place of a claim that was read."""
    return X12Place(
        taken.claim.claim_type,
        taken.segment,
        taken.line_segments,
        tuple(segment for segment, _ in taken.left_out),
        dict(taken.parts),
    )


def _word(subject: Subject, elements: Mapping[str, str]) -> str:
    """The word of ``elements`` a finding speaks of, empty if of none."""
    word = _OF_KIND.get(subject.kind)
    if word in elements:
        return str(word)
    return next((word for word in elements if word and word in subject.name), "")
