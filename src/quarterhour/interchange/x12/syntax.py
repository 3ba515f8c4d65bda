"""SNIP type 1: every element is of the type and length the standard gives it, whatever the guide."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.elements import Elements
from quarterhour.interchange.x12.frame import Frame
from quarterhour.interchange.x12.guide import PLACES, elements
from quarterhour.interchange.x12.segments import NUMBER
from quarterhour.interchange.x12.values import MARGIN, IntArray, Mask, days, decimals, key, wholes

_SPACE: Final = 32
_REAL, _WHOLE, _DAY, _TIME = (ord(sign) for sign in "RNDT")
#: Envelope segments whose elements are looked at elsewhere.
_ELSEWHERE: Final = np.zeros(256, dtype=np.bool_)
_ELSEWHERE[[NUMBER[name] for name in ("ISA", "GS", "GE", "IEA", "SE")]] = True
_PERIOD: Final = 17
_LEAST_ID, _MOST_ID = 2, 3


def syntax(frame: Frame, every: Elements, defects: Defects) -> None:
    """Look at every element of a block."""
    parts = frame.parts
    types, least, most = elements()
    ident = parts.ident[every.row].astype(np.int64)
    at = ident * (PLACES + 1) + every.place
    kind = types.ravel()[at]
    known = kind > 0
    filled = every.length > 0
    many = ~known & filled & (types[:, 1] > 0)[ident]
    many &= ~_ELSEWHERE[ident]
    _add(defects, "element-too-many", every, many)
    short = filled & known & (every.length < least.ravel()[at])
    long = known & (every.length > most.ravel()[at])
    usual = ~_ELSEWHERE[ident]
    _add(defects, "element-too-short", every, short & usual)
    _add(defects, "element-too-long", every, long & usual)
    _typed(frame, every, kind, filled & usual, defects)
    _dates(frame, defects)
    last = every.begins[1:] - 1
    empty = np.append(every.length[last] == 0, every.length[-1:] == 0)
    rows = every.owners[np.flatnonzero(empty)]
    defects.add("trailing-separator", rows[~_ELSEWHERE[parts.ident[rows]]])
    _names(frame, defects)
    _control_characters(frame, defects)


def _add(defects: Defects, name: str, every: Elements, where: Mask) -> None:
    at = np.flatnonzero(where)
    defects.add(name, every.row[at], every.place[at])


def _typed(frame: Frame, every: Elements, kind: IntArray, filled: Mask, defects: Defects) -> None:
    block, view = frame.parts.block, frame.parts.view
    at = np.flatnonzero((kind == _REAL) & filled)
    bad = decimals(block, view, every.start[at], every.end[at], 2)[1]
    if bad.any():
        # More places than cents have are right for quantities and rates.
        rest = at[bad]
        bad[np.flatnonzero(bad)] = decimals(block, view, every.start[rest], every.end[rest], 9)[1]
    defects.add("number-invalid", every.row[at[bad]], every.place[at[bad]])
    at = np.flatnonzero((kind == _WHOLE) & filled)
    bad = wholes(view, every.start[at], every.end[at])[1]
    defects.add("number-invalid", every.row[at[bad]], every.place[at[bad]])
    at = np.flatnonzero((kind == _DAY) & filled)
    bad = days(view, every.start[at], every.end[at])[1]
    defects.add("date-invalid", every.row[at[bad]], every.place[at[bad]])
    at = np.flatnonzero((kind == _TIME) & filled)
    bad = _bad_time(frame, every.start[at], every.end[at])
    defects.add("time-invalid", every.row[at[bad]], every.place[at[bad]])


def _bad_time(frame: Frame, start: IntArray, end: IntArray) -> Mask:
    """Times HHMM, HHMMSS or with hundredths."""
    view = frame.parts.view
    hour, minute = (
        wholes(view, start, np.minimum(end, start + 2))[0],
        wholes(view, start + 2, np.minimum(end, start + 4))[0],
    )
    whole = wholes(view, start, end)[1]
    length = end - start
    bad: Mask = whole | (length < 4) | (length == 5) | (length > 8) | (hour > 23) | (minute < 0) | (minute > 59)
    return bad


def _dates(frame: Frame, defects: Defects) -> None:
    """Dates that say their own format: DTP03 and DMG02."""
    parts, view = frame.parts, frame.parts.view
    for name, form_place, place in (("DTP", 2, 3), ("DMG", 1, 2), ("PAT", 5, 6)):
        rows = frame.rows(name)
        start, end = parts.element(rows, place)
        form = parts.words(rows, form_place)
        length = end - start
        bad = np.zeros(rows.size, dtype=np.bool_)
        one = form == key("D8")
        bad[one] = (length[one] != 8) | days(view, start[one], end[one])[1]
        both = np.flatnonzero(form == key("RD8"))
        if both.size:
            first, bad_first = days(view, start[both], np.minimum(end, start + 8)[both])
            last, bad_last = days(view, np.minimum(start + 9, end)[both], end[both])
            wrong = bad_first | bad_last | (length[both] != _PERIOD)
            bad[both] = wrong
            defects.add("period-reversed", rows[both[~wrong & (last < first)]], place)
        moment = np.flatnonzero(form == key("DT"))
        bad[moment] = days(view, start[moment], np.minimum(end, start + 8)[moment])[1] | (length[moment] < 12)
        time = np.flatnonzero(form == key("TM"))
        bad_time = _bad_time(frame, start[time], end[time])
        defects.add("time-invalid", rows[time[bad_time & (length[time] > 0)]], place)
        defects.add("date-invalid", rows[bad & (length > 0)], place)


def _names(frame: Frame, defects: Defects) -> None:
    parts = frame.parts
    unknown = np.flatnonzero(parts.ident == 0)
    odd = [row for row in unknown.tolist() if not _is_name(parts.name(row))]
    known = np.flatnonzero(parts.ident)
    small = np.zeros(known.size, dtype=np.bool_)
    for place in range(_LEAST_ID):
        sign = parts.block[parts.begin[known] + place]
        small |= (sign >= ord("a")) & (sign <= ord("z"))
    defects.add("segment-name-invalid", np.union1d(np.array(odd, dtype=np.int64), known[small]))


def _is_name(name: str) -> bool:
    return _LEAST_ID <= len(name) <= _MOST_ID and name.isascii() and name.isalnum() and name.upper() == name


def _control_characters(frame: Frame, defects: Defects) -> None:
    """Control characters inside segments; those between them are layout."""
    parts = frame.parts
    if not len(parts):
        return
    stop = int(parts.marks[parts.last[-1]])
    body = parts.block[MARGIN:stop]
    places = np.flatnonzero(body < _SPACE)
    places += MARGIN
    places = places[(parts.block[places] != parts.dialect.terminator) & (parts.block[places] != parts.dialect.element)]
    if not places.size:
        return
    row = np.searchsorted(parts.begin, places, side="right") - 1
    inside = (row >= 0) & (places < parts.marks[parts.last[np.maximum(row, 0)]])
    inside &= (parts.block[places] != parts.dialect.component) & (parts.block[places] != parts.dialect.repetition)
    row, places = row[inside], places[inside]
    element = np.searchsorted(parts.marks, places) - parts.first[row]
    defects.add("character-invalid", row, np.maximum(element, 0))
