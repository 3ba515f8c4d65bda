"""SNIP type 4: what one place of a file demands of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.frame import Frame, any_of
from quarterhour.interchange.x12.segments import NUMBER, last_before
from quarterhour.interchange.x12.values import IntArray, key, wholes

#: Each level of HL03 and the one it lies in, by kind of transaction.
_LEVELS: Final = {
    "837P": {"22": ("20",), "23": ("22",)}, "837I": {"22": ("20",), "23": ("22",)},
    "837D": {"22": ("20",), "23": ("22",)},
    "277CA": {"21": ("20",), "19": ("21",), "PT": ("19",)},
}  # fmt: skip
_RANK: Final = {"20": 0, "21": 1, "19": 2, "22": 3, "23": 4, "PT": 4}
_SELF: Final = b"18"
_APART: Final = ("BM", "EL", "EM", "FT", "FX")
_LATER: Final = (b"7", b"8")


def levels(frame: Frame, kind: str, defects: Defects) -> None:
    """HL segments: numbered in turn, each in the right one, and telling truly of those below."""
    parts, rows = frame.parts, frame.rows("HL")
    if not rows.size or kind not in _LEVELS:
        return
    number = wholes(parts.view, *parts.element(rows, 1))[0]
    starts = frame.rows("ST")
    first = last_before(rows, rows, starts) < 0
    defects.add("hl-first-wrong", rows[first & (number != 1)], 1)
    step = np.flatnonzero(~first & (number != np.append(0, number[:-1]) + 1))
    # Rows carried from an earlier block are not all that stood there; the last of them is.
    defects.add("hl-number-wrong", rows[step], 1)
    code, parent = parts.words(rows, 3), parts.words(rows, 2)
    own = parts.words(rows, 1)
    for level, above in _LEVELS[kind].items():
        at = np.flatnonzero(code == key(level))
        candidates = np.flatnonzero(any_of(code, above))
        place = last_before(rows[candidates], rows[at], starts)
        wrong = place < 0
        if candidates.size:
            wrong |= parent[at] != own[candidates[np.maximum(place, 0)]]
        defects.add("hl-parent-wrong", rows[at[wrong]], 2)
    _children(frame, rows, defects)


def _children(frame: Frame, rows: IntArray, defects: Defects) -> None:
    """HL04 is 1 where the next level lies in this one, and 0 where it does not."""
    parts = frame.parts
    ends = frame.rows("SE")
    every = np.sort(np.concatenate([rows, ends]))
    ranks = np.full(every.size, -1, dtype=np.int64)
    code = parts.words(every, 3)
    level = parts.ident[every] == NUMBER["HL"]
    for name, rank in _RANK.items():
        ranks[level & (code == key(name))] = rank
    said = parts.words(every, 4)
    before, after = every[:-1], every[1:]
    has = ranks[1:] > ranks[:-1]
    wrong = level[:-1] & (ranks[:-1] >= 0) & (after >= parts.carried)
    wrong &= np.where(has, said[:-1] == key("0"), said[:-1] == key("1"))
    defects.add("hl-child-wrong", before[wrong], 4, carried=True)


def claims(frame: Frame, kind: str, tables: Mapping[str, Table], defects: Defects) -> None:
    """Patients and subscribers, pointers, frequencies, accidents, attachments, numbers of lines."""
    rows = frame.rows("CLM")
    table = tables["claims"]
    defects.add("loop-missing", rows[table.integers("billing") == ABSENT], wanted="2010AA")
    defects.add("loop-missing", rows[table.integers("subscriber") == ABSENT], wanted="2000B")
    _patients(frame, tables, defects)
    replaced = np.isin(table["frequency"], _LATER)
    reference = np.diff(table["original_reference"].offsets) == 0
    defects.add("original-reference-missing", rows[replaced & reference], wanted="REF*F8")
    if kind == "837P":
        cause = table["related_cause"]
        accident = np.isin(cause, (b"AA", b"OA", b"EM"))
        defects.add("accident-date-missing", rows[accident & (table.integers("accident") == ABSENT)], wanted="DTP*439")
        defects.add("accident-state-missing", rows[(cause == b"AA") & (table["accident_state"] == b"")], 11, 4)
        _pointers(frame, tables, defects)
    attached = frame.rows("PWK")
    apart = any_of(frame.parts.words(attached, 2), _APART)
    start, end = frame.parts.element(attached, 6)
    defects.add("attachment-number-missing", attached[apart & (start == end)], 6)
    _line_numbers(frame, tables, defects)
    _payers(frame, tables, defects)


def _patients(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    claims_, people = tables["claims"], tables["subscribers"]
    claim_rows, rows = frame.rows("CLM"), frame.rows("SBR")
    subscriber, patient = claims_.integers("subscriber"), claims_.integers("patient")
    own = people["relationship"] == _SELF
    there = subscriber != ABSENT
    himself = np.zeros(subscriber.size, dtype=np.bool_)
    himself[there] = own[subscriber[there]]
    defects.add("patient-unexpected", claim_rows[there & himself & (patient != ABSENT)], wanted="2000C")
    defects.add("patient-missing", claim_rows[there & ~himself & (patient == ABSENT)], wanted="2000C")
    main = np.flatnonzero(own & (people.integers("other") == 0))
    members = frame.qualified("NM1", "IL")
    placed = frame.by_major(members, rows)
    for wanted, found in (("DMG", frame.rows("DMG")), ("N3", frame.rows("N3")), ("N4", frame.rows("N4"))):
        place = frame.by_occurrence(found, members)
        has = np.zeros(rows.size + 1, dtype=np.bool_)
        if members.size:
            has[np.where(place >= 0, placed[np.maximum(place, 0)], ABSENT)] = True
        missing = main[~has[main]]
        if members.size:
            defects.add("subscriber-demographics-missing", rows[missing], wanted=wanted)
    start, end = frame.parts.element(members, 9)
    unnamed = (frame.parts.words(members, 2) == key("1")) & (start == end)
    defects.add("subscriber-identifier-missing", members[unnamed], 9)


def _pointers(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    lines = tables["lines"]
    rows = frame.parts.rows("SV1", "SV3")
    if rows.size != lines.rows:
        return
    counts = np.bincount(tables["diagnoses"].integers("claim"), minlength=tables["claims"].rows)
    claim = lines.integers("claim")
    most = np.where(claim != ABSENT, counts[claim], 0) if counts.size else claim * 0
    for place in range(1, 5):
        pointer = lines.integers(f"pointer{place}")
        defects.add("pointer-out-of-range", rows[(pointer != ABSENT) & ((pointer > most) | (pointer < 1))], 7, place)


def _line_numbers(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    lines = tables["lines"]
    rows = frame.parts.rows("SV1", "SV2", "SV3")
    if rows.size != lines.rows:
        return
    claim, number = lines.integers("claim"), lines.integers("number")
    begins = np.flatnonzero(np.append(True, claim[1:] != claim[:-1])) if claim.size else claim
    wanted = np.arange(rows.size) - np.repeat(begins, np.diff(np.append(begins, rows.size))) + 1
    defects.add("line-without-number", rows[number == ABSENT], wanted="LX")
    numbered = frame.rows("LX")
    owner = frame.by_major(numbered, rows)
    wrong = (
        (owner != ABSENT) & (number[np.maximum(owner, 0)] != wanted[np.maximum(owner, 0)]) if rows.size else owner > 0
    )
    defects.add("line-number-wrong", numbered[wrong], 1)


def _payers(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    """No two payers of a claim in one place; Medicare after another payer says why."""
    people, rows = tables["subscribers"], frame.rows("SBR")
    medicare = np.isin(people["filing"], (b"MB", b"MA")) & (people["order"] != b"P") & (people["insurance_type"] == b"")
    medicare &= people.integers("other") == 0
    defects.add("medicare-type-missing", rows[medicare], 5)
    others = np.flatnonzero((people.integers("other") == 1) & (people.integers("claim") != ABSENT))
    if others.size:
        above = tables["claims"].integers("subscriber")[people.integers("claim")[others]]
        same = (above != ABSENT) & (people["order"][np.maximum(above, 0)] == people["order"][others])
        same &= people["order"][others] != b"U"
        defects.add("other-payer-same-order", rows[others[same]], 1)
