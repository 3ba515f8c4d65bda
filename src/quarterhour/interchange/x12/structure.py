"""SNIP type 2: the loops, segments, elements and codes of the guide, as far as it demands them everywhere."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.elements import Elements, present
from quarterhour.interchange.x12.frame import Frame
from quarterhour.interchange.x12.guide import PLACES, Guide, Loop
from quarterhour.interchange.x12.loops import Loops
from quarterhour.interchange.x12.segments import NUMBER
from quarterhour.interchange.x12.values import IntArray, Mask, words

_ENVELOPE: Final = np.zeros(256, dtype=np.bool_)
_ENVELOPE[[NUMBER[name] for name in ("ISA", "GS", "GE", "IEA", "SE", "TA1")]] = True
#: Loops that may lie in a later block than the one they belong to.
_APART: Final = ("HL", "CLM", "CLP", "AK2", "PLB", "LX")
#: Segments that are named with their qualifier.
_BY_QUALIFIER: Final = ("REF", "DTP", "DTM", "NM1", "N1", "AMT", "PER")
_CODE_BITS: Final = np.uint64((1 << 48) - 1)
_KEY_BITS: Final = 0xFFFFFF
_LONGEST_CODE = 6
#: Elements that stand together or not at all: segment, pairs.
_PAIRS: Final = (
    ("NM1", ((8, 9),)), ("N1", ((3, 4),)), ("PER", ((3, 4), (5, 6), (7, 8))), ("DMG", ((1, 2),)), ("PRV", ((2, 3),)),
    ("PWK", ((5, 6),)), ("CTP", ((4, 5),)), ("SV1", ((3, 4),)), ("SV2", ((4, 5),)),
    ("BPR", ((6, 7), (8, 9), (12, 13), (14, 15))),
    ("PAT", ((5, 6), (7, 8))), ("CR1", ((1, 2), (5, 6))),
)  # fmt: skip


def structure(frame: Frame, every: Elements, defects: Defects) -> None:
    """Compare a block with its guide."""
    parts, loops, known = frame.parts, frame.loops, frame.loops.guide
    row = _rows(frame, defects)
    _order(frame, defects)
    parents = _parents(loops, known)
    _loops(frame, parents, defects)
    _segments(frame, row, defects)
    bits = present(every, len(parts))
    _elements(frame, row, bits, defects)
    _codes(frame, every, row, defects)
    for name, pairs in _PAIRS:
        at = frame.rows(name)
        at = at[row[at] > 0]
        for one, other in pairs:
            broken = ((bits[at] >> one) & 1) != ((bits[at] >> other) & 1)
            defects.add("element-pair-broken", at[broken], np.where((bits[at[broken]] >> one) & 1, other, one))


def _rows(frame: Frame, defects: Defects) -> IntArray:
    """For every segment the row of the guide it is; 0 where it is none."""
    parts, loops, known = frame.parts, frame.loops, frame.loops.guide
    loop, ident = loops.loop.astype(np.int64), parts.ident.astype(np.int64)
    usual = ~_ENVELOPE[parts.ident]
    row = known.plain_row[loop, ident].astype(np.int64)
    allowed = known.order[loop, ident] > 0
    open_ = np.flatnonzero(usual & (row == 0) & allowed)
    if open_.size:
        first = parts.words(open_, 1).astype(np.int64)
        mark = (loop[open_] << 32) | (ident[open_] << 24) | (first & _KEY_BITS)
        at = np.minimum(np.searchsorted(known.qualified, mark), known.qualified.size - 1)
        hit = (known.qualified[at] == mark) & (first >> 24 == 0)
        row[open_] = np.where(hit, known.qualified_row[at], 0)
        defects.add("qualifier-unknown", open_[~hit], 1)
    begins = np.zeros(len(parts), dtype=np.bool_)
    begins[loops.rows] = True
    lost = np.flatnonzero(usual & begins & (loop == 0))
    levels = parts.ident[lost] == NUMBER["HL"]
    defects.add("hl-level-wrong", lost[levels], 3)
    defects.add("loop-unknown", lost[~levels], 1)
    stray = usual & ~allowed & (loop > 0)
    anywhere: Mask = np.logical_or.reduce(known.order > 0, axis=0)
    foreign = np.flatnonzero(usual & ~anywhere[ident])
    defects.add("segment-unknown", foreign)
    defects.add("segment-misplaced", np.flatnonzero(stray & anywhere[ident]))
    return row


def _order(frame: Frame, defects: Defects) -> None:
    loops, ident = frame.loops, frame.parts.ident
    order = loops.guide.order[loops.loop, ident]
    same = loops.occurrence[1:] == loops.occurrence[:-1]
    # LX stands before the service, however it was found.
    back = same & (order[1:] > 0) & (order[1:] < order[:-1])
    defects.add("segment-out-of-order", np.flatnonzero(back) + 1)


def _parents(loops: Loops, known: Guide) -> IntArray:
    """For every occurrence the one it lies in; -1 where that is missing."""
    parents = np.full(loops.rows.size, -1, dtype=np.int64)
    for number in np.unique(loops.loops).tolist():
        above = known.loops[number].parents
        if not above:
            continue
        own = np.flatnonzero(loops.loops == number)
        candidates = np.flatnonzero(np.isin(loops.loops, above))
        if candidates.size:
            place = np.searchsorted(candidates, own) - 1
            parents[own] = np.where(place >= 0, candidates[np.maximum(place, 0)], -1)
    return parents


def _loops(frame: Frame, parents: IntArray, defects: Defects) -> None:
    loops, known = frame.loops, frame.loops.guide
    size = loops.rows.size
    for number, loop in enumerate(known.loops):
        if not number or not loop.parents:
            continue
        own = np.flatnonzero(loops.loops == number)
        inside = own[parents[own] >= 0]
        # HL levels are compared with each other, where that says more; a transaction that did not begin is told once.
        if loop.anchor != "HL" and loop.parents != (1,):
            defects.add("loop-unknown", loops.rows[own[parents[own] < 0]], 1)
        counts = np.bincount(parents[inside], minlength=size)
        if (counts > loop.most).any():
            _repeated(loops, inside, parents, loop.most, defects)
        if (loop.required and loop.anchor not in _APART) or loop.name == "2400":
            above = np.flatnonzero(np.isin(loops.loops, loop.parents))
            missing = above[counts[above] == 0]
            if loop.required:
                defects.add("loop-missing", loops.rows[missing], wanted=loop.name)
    prefix = np.array([_turn(loop) for loop in known.loops])
    siblings = np.flatnonzero(parents >= 0)
    siblings = siblings[np.argsort(parents[siblings], kind="stable")]
    before, after = siblings[:-1], siblings[1:]
    back = (parents[before] == parents[after]) & (prefix[loops.loops[after]] < prefix[loops.loops[before]])
    defects.add("segment-out-of-order", loops.rows[after[back]])


def _turn(loop: Loop) -> int:
    """Where a loop stands among those beside it: by its number, levels after the claims, the end last."""
    if loop.anchor == "HL":
        return 2999
    return int(loop.name[:4]) if loop.name[:4].isdecimal() else 9999


def _repeated(loops: Loops, own: IntArray, parents: IntArray, most: int, defects: Defects) -> None:
    turn = own[np.argsort(parents[own], kind="stable")]
    group = parents[turn]
    rank = np.arange(turn.size) - np.searchsorted(group, group)
    over = turn[rank == most]
    name = "lines-too-many" if loops.guide.loops[int(loops.loops[turn[0]])].name == "2400" else "loop-repeated"
    if name == "loop-repeated":
        defects.add(name, loops.rows[over])
    else:
        counts = np.bincount(group)[parents[over]]
        defects.add(name, loops.rows[over], 0, 0, counts, np.full(over.size, most))


def _segments(frame: Frame, row: IntArray, defects: Defects) -> None:
    """Segments a loop must have, and those that stand too often."""
    loops, known = frame.loops, frame.loops.guide
    present_loops = set(np.unique(loops.loops).tolist())
    for number, wanted in enumerate(known.rows):
        if not number or not wanted.required or wanted.loop not in present_loops or wanted.segment == "ST":
            continue
        own = np.flatnonzero(loops.loops == wanted.loop)
        if known.loops[wanted.loop].anchor == wanted.segment:
            continue
        has = np.zeros(loops.rows.size, dtype=np.bool_)
        at = np.flatnonzero(row == number)
        has[loops.occurrence[at]] = True
        told = wanted.qualifiers[:3] if wanted.segment in _BY_QUALIFIER else ()
        name = wanted.segment + ("*" + " or ".join(told) if told else "")
        missing = own[~has[own]]
        if wanted.segment == "AK9":
            continue
        defects.add("segment-missing", loops.rows[missing], wanted=name)
    most = np.array([each.most for each in known.rows], dtype=np.int64)
    at = np.flatnonzero((row > 0) & (loops.occurrence >= 0))
    marks = loops.occurrence[at] * most.size + row[at]
    turned = np.sort(marks)
    begins = np.flatnonzero(np.append(True, turned[1:] != turned[:-1])) if turned.size else turned
    counts = np.diff(np.append(begins, turned.size))
    over = turned[begins][counts > most[turned[begins] % most.size]] if turned.size else turned
    for mark in over.tolist():
        same = at[marks == mark]
        defects.add("segment-repeated", same[most[mark % most.size] :][:1])


def _elements(frame: Frame, row: IntArray, bits: IntArray, defects: Defects) -> None:
    known = frame.loops.guide
    missing = known.required[row] & ~bits
    unused = bits & ~known.allowed[row]
    unused[row == 0] = 0
    missing[row == 0] = 0
    for name, own in (("element-missing", missing), ("element-unused", unused)):
        some = np.flatnonzero(own)
        if some.size:
            for place in range(1, PLACES + 1):
                at = some[(own[some] >> place) & 1 == 1]
                defects.add(name, at, place)


def _codes(frame: Frame, every: Elements, row: IntArray, defects: Defects) -> None:
    known, parts = frame.loops.guide, frame.parts
    number = known.listed.ravel()[row[every.row] * (PLACES + 1) + every.place]
    at = np.flatnonzero((number > 0) & (every.length > 0))
    word = words(parts.view, every.start[at], every.end[at])
    mark = (number[at].astype(np.int64) << 48) | (word & _CODE_BITS).astype(np.int64)
    found = np.minimum(np.searchsorted(known.codes, mark), max(known.codes.size - 1, 0))
    bad: Mask = (known.codes[found] != mark) | (every.length[at] > _LONGEST_CODE)
    wrong = at[bad]
    first = every.place[wrong] == 1
    defects.add("qualifier-unknown", every.row[wrong[first]], 1)
    defects.add("code-unknown", every.row[wrong[~first]], every.place[wrong[~first]])
