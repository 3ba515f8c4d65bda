"""999 (005010X231A1) and TA1 out of what was found in a file.

A transaction is rejected where it has an error of syntax, structure or levels, which IK3 and IK4 have codes for; errors
of sums and code sets and warnings leave it accepted. Segment positions are those of the transaction: its ST is 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from quarterhour.interchange.x12.defects import Defect
from quarterhour.interchange.x12.reader import Reading
from quarterhour.interchange.x12.writing.pen import Envelope, envelope_begin, envelope_end, joined, segment

GUIDE: Final = "005010X231A1"
#: IK304 of the sorts of defect that concern a whole segment.
_SEGMENT: Final = {
    "segment-unknown": "1", "segment-name-invalid": "1", "segment-misplaced": "2", "segment-missing": "3",
    "loop-missing": "3",
    "loop-repeated": "4", "lines-too-many": "4", "segment-repeated": "5", "loop-unknown": "2",
    "segment-out-of-order": "7",
    "hl-level-wrong": "2", "line-without-number": "3",
}  # fmt: skip
#: IK403 of those that concern an element.
_ELEMENT: Final = {
    "element-missing": "1", "component-missing": "1", "element-pair-broken": "2", "element-too-many": "3",
    "element-too-short": "4", "element-too-long": "5", "number-invalid": "6", "character-invalid": "6",
    "code-unknown": "7",
    "component-code-unknown": "7", "qualifier-unknown": "7", "date-invalid": "8", "period-reversed": "8",
    "time-invalid": "9",
    "hl-number-wrong": "7", "hl-parent-wrong": "7", "hl-child-wrong": "7", "line-number-wrong": "7",
}  # fmt: skip
#: IK502 of those that concern the transaction, and AK905 of those that concern the group.
_TRANSACTION: Final = {
    "st-not-ended": "2", "st-control-mismatch": "3", "st-segments-wrong": "4", "st-control-repeated": "23",
    "gs-kind-mismatch": "1",
}  # fmt: skip
_GROUP: Final = {"gs-not-ended": "3", "gs-control-mismatch": "4", "gs-transactions-wrong": "5"}
#: TA105 of those that concern the interchange.
_INTERCHANGE: Final = {"isa-control-mismatch": "001", "isa-not-ended": "023", "isa-groups-wrong": "021"}
_MOST_ERRORS = 5


@dataclass(slots=True)
class _Answer:
    """What is said of one transaction."""

    kind: str
    control: str
    guide: str
    start: int
    defects: list[Defect] = field(default_factory=list)


def write_acknowledgement(reading: Reading, envelope: Envelope) -> bytes:
    """A 999 for every functional group of what was read."""
    groups: dict[tuple[str, str, str], list[_Answer]] = {}
    for answer, group in _answers(reading):
        groups.setdefault(group, []).append(answer)
    segments = envelope_begin(envelope, "FA", GUIDE)
    of_groups = [defect for defect in reading.defects if defect.name in _GROUP]
    for number, (group, answers) in enumerate(groups.items(), start=1):
        own = [f"ST*999*{number:04d}*{GUIDE}", segment("AK1", *group)]
        accepted = 0
        for answer in answers:
            own += _transaction(answer)
            accepted += own[-1].startswith("IK5*A")
        codes = list(dict.fromkeys(_GROUP[defect.name] for defect in of_groups))[:_MOST_ERRORS]
        verdict = "R" if not accepted or codes else "A" if accepted == len(answers) else "P"
        own.append(segment("AK9", verdict, str(len(answers)), str(len(answers)), str(accepted), *codes))
        own.append(f"SE*{len(own) + 1}*{number:04d}")
        segments += own
    return joined([*segments, *envelope_end(envelope, len(groups))], envelope)


def write_interchange_acknowledgement(reading: Reading, envelope: Envelope) -> bytes:
    """An interchange that holds a TA1 for the first interchange of what was read, and no group."""
    chunk = reading.chunks[0]
    parts = chunk.segments
    isa = parts.rows("ISA")
    control, date, time = (parts.string(int(isa[0]), place) for place in (13, 9, 10)) if isa.size else ("", "", "")
    notes = [_INTERCHANGE[defect.name] for defect in reading.defects if defect.name in _INTERCHANGE]
    begin = envelope_begin(envelope, "FA", GUIDE)[0]
    answer = f"TA1*{control.zfill(9)}*{date}*{time}*{'R' if notes else 'A'}*{notes[0] if notes else '000'}"
    return joined([begin, answer, f"IEA*0*{envelope.control_number:09d}"], envelope)


def _answers(reading: Reading) -> list[tuple[_Answer, tuple[str, str, str]]]:
    """Every transaction with its defects, and the group it stands in."""
    found: list[tuple[_Answer, tuple[str, str, str]]] = []
    for tables in reading.tables.values():
        table = tables["transactions"]
        names = ("set", "control_number", "guide", "group_control_number", "group_guide")
        columns = [table.texts(name) for name in names]
        for start, kind, control, guide, group, group_guide in zip(
            table.integers("segment").tolist(), *columns, strict=True
        ):
            sign = {"837": "HC", "835": "HP", "277": "HN"}.get(kind, "HC")
            found.append((_Answer(kind, control, guide, start), (sign, group, group_guide)))
    found.sort(key=lambda each: each[0].start)
    at = -1
    for defect in reading.defects:
        while at + 1 < len(found) and found[at + 1][0].start <= defect.segment:
            at += 1
        if at >= 0 and defect.level == "error":
            found[at][0].defects.append(defect)
    return found


def _transaction(answer: _Answer) -> list[str]:
    segments = [segment("AK2", answer.kind, answer.control, answer.guide)]
    codes = list(dict.fromkeys(_TRANSACTION[defect.name] for defect in answer.defects if defect.name in _TRANSACTION))
    inside = [defect for defect in answer.defects if defect.name in _SEGMENT or defect.name in _ELEMENT]
    for number in dict.fromkeys(defect.segment for defect in inside):
        segments += _segment([defect for defect in inside if defect.segment == number], number - answer.start + 1)
    if inside:
        codes.append("5")
    verdict = "R" if codes else "A"
    return [*segments, segment("IK5", verdict, *codes[:_MOST_ERRORS])]


def _segment(defects: Sequence[Defect], position: int) -> list[str]:
    """IK3 and IK4 for the defects of one segment."""
    segments = []
    for defect in defects:
        if defect.name in _SEGMENT:
            name = (
                defect.element.partition("*")[0][:3].rstrip("0123456789") if not defect.element[:1].isdigit() else "NM1"
            )
            name = defect.element.partition("*")[0][:3] if len(defect.element.partition("*")[0]) <= 3 else name or "HL"
            segments.append(segment("IK3", name, str(position), _loop(defect), _SEGMENT[defect.name]))
    elements = [defect for defect in defects if defect.name in _ELEMENT]
    if elements:
        name = (
            elements[0].element[:-2] if "-" not in elements[0].element else elements[0].element.partition("-")[0][:-2]
        )
        segments.append(segment("IK3", name, str(position), _loop(elements[0]), "8"))
        for defect in elements:
            whole, _, part = defect.element.partition("-")
            place = str(int(whole[-2:])) if whole[-2:].isdecimal() else "1"
            segments.append(segment("IK4", f"{place}:{part}" if part else place, "", _ELEMENT[defect.name]))
    return segments


def _loop(defect: Defect) -> str:
    return defect.loop if len(defect.loop) <= 6 and defect.loop != "ST" else ""
