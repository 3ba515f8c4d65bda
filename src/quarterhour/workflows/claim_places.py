"""Where a finding about a claim stands in its file: segment, loop and element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from quarterhour.domain.finding import Finding
from quarterhour.interchange.x12.records import TakenClaim

_INSTITUTIONAL: Final = "institutional"
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


class ClaimPlace(msgspec.Struct, frozen=True):
    """A claim, or a visit of one, in its input.

    ``number`` counts the visits of the claim from 1; it is 0 for the claim as a whole. ``lines`` are for each service
    of the visit the place of its line among those of the claim's record, from 0; of the claim they are all.
    """

    input: int
    number: int
    control_number: str
    claim_type: str
    segment: int
    lines: tuple[int, ...]
    line_segments: tuple[int, ...]
    every_segment: tuple[int, ...]
    parts: Mapping[str, tuple[int, str, str]]

    def line(self, finding: Finding) -> int | None:
        """The number of the line a finding is about among all lines of the claim, from 1."""
        return None if finding.line is None else self.every_segment.index(self._segment(finding.line)) + 1

    def where(self, finding: Finding) -> dict[str, Any]:
        """Segment, loop and element a finding is about: its part's, else the line's, else the claim's."""
        part = None if self.number else self.parts.get(str(finding.where.get("pointer", "")))
        if part is not None:
            return dict(zip(("segment", "loop", "element"), part, strict=True))
        if finding.line is None:
            return {"segment": self.segment, "loop": "2300", "element": _CLAIM[_word(finding, _CLAIM)]}
        elements = _SERVICES[self.claim_type]
        return {
            "segment": self._segment(finding.line),
            "loop": "2400",
            "element": elements[_word(finding, elements)],
        }

    def _segment(self, line: int) -> int:
        return self.line_segments[self.lines[line - 1]]


def place_of(taken: TakenClaim, number: int, visit: int = 0, lines: tuple[int, ...] | None = None) -> ClaimPlace:
    """The place of a claim in input ``number``, or of its visit with the places of the visit's lines."""
    return ClaimPlace(
        number,
        visit,
        taken.claim.patient_control_number,
        taken.claim.claim_type,
        taken.segment,
        tuple(range(len(taken.line_segments))) if lines is None else lines,
        taken.line_segments,
        tuple(sorted((*taken.line_segments, *(segment for segment, _ in taken.left_out)))),
        taken.parts,
    )


def _word(finding: Finding, elements: Mapping[str, str]) -> str:
    """The word of ``elements`` a finding speaks of, empty if of none."""
    word = _OF_KIND.get(finding.kind)
    if word in elements:
        return str(word)
    return next((word for word in elements if word and word in finding.name), "")
