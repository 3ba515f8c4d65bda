"""Tables of what comes back: 277CA (``statuses``), 999 and 997 (``groups``, ``responses``, ``errors``), TA1
(``interchanges``).
"""

from __future__ import annotations

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Column, Table
from quarterhour.interchange.x12.frame import Frame, carried_rows, put_short
from quarterhour.interchange.x12.segments import last_before
from quarterhour.interchange.x12.values import IntArray

_STATUS_ELEMENTS = (1, 10, 11)


def status_tables(frame: Frame, transaction: IntArray) -> dict[str, Table]:
    """One row for each status of a 277CA: of the file, a provider, a claim or a line, as ``level`` tells.

    ``trace`` is the TRN02 above it: at the level of a claim that is the patient control number as it was sent.
    ``begin_segment`` is the number of that TRN, else of the HL: statuses of one claim and its lines have the same.
    ``provider_segment`` is the number of the last HL of a provider before it. ``service_segment`` is the number of the
    SVC above it, of statuses of lines.
    """
    parts, rows = frame.parts, frame.rows("STC")
    levels, traces, services = frame.rows("HL"), frame.rows("TRN"), frame.rows("SVC")
    at = last_before(levels, rows)
    level = np.zeros(rows.size, dtype="S8")
    if levels.size:
        level = np.where(at >= 0, parts.short(levels, 3)[np.maximum(at, 0)], b"").astype("S8")
    line = last_before(services, rows, np.sort(np.concatenate([levels, traces])))
    trace = last_before(traces, rows, levels)
    above = np.where(trace >= 0, traces[np.maximum(trace, 0)], 0) if traces.size else rows * 0
    begin = np.where(trace >= 0, above, levels[np.maximum(at, 0)]) if levels.size else above
    providers = levels[parts.short(levels, 3) == b"19"] if levels.size else levels
    provider = last_before(providers, rows)
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "transaction": transaction[rows],
        "level": level,
        "begin_segment": np.where(np.maximum(trace, at) >= 0, parts.number[begin], ABSENT),
        "provider_segment": np.where(provider >= 0, parts.number[providers[np.maximum(provider, 0)]], ABSENT)
        if providers.size
        else provider,
        "service_segment": np.where(line >= 0, parts.number[services[np.maximum(line, 0)]], ABSENT)
        if services.size
        else line,
        "trace": frame.text(_kept(parts.element(above, 2), trace >= 0)),
        "date": frame.period(rows, 2)[0],
        "action": parts.short(rows, 3),
        "amount": frame.cents(rows, 4),
        "paid": frame.cents(rows, 5),
    }
    for number, element in enumerate(_STATUS_ELEMENTS, start=1):
        category, status, entity = parts.components(parts.element(rows, element), 3)
        for name, span in (("category", category), ("status", status), ("entity", entity)):
            columns[f"{name}{number}"] = frame.short(span)
    columns["message"] = parts.text(rows, 12)
    size = rows.size
    begins = np.sort(np.concatenate([levels, traces, services]))
    for name, code in (
        ("payer_control_number", "1K"), ("clearinghouse_trace", "D9"), ("bill_type", "BLT"), ("control_number", "FJ"),
    ):  # fmt: skip
        found = frame.qualified("REF", code)
        owner, span = _same_section(begins, rows, found), parts.element(found, 2)
        columns[name] = frame.text(_taken(span, owner, size))
    found = frame.qualified("DTP", "472")
    owner = _same_section(begins, rows, found)
    first, last = frame.period(found, 3)
    columns["date_of_service"], columns["date_to"] = (
        np.where(owner >= 0, day[np.maximum(owner, 0)] if day.size else ABSENT, ABSENT) for day in (first, last)
    )
    people = frame.qualified("NM1", "QC", "IL")
    owner = last_before(people, rows, levels)
    columns["member_id"] = frame.text(_taken(parts.element(people, 9), owner, size))
    return {"statuses": Table(columns, size, carried_rows(parts, rows))}


def _same_section(begins: IntArray, rows: IntArray, found: IntArray) -> IntArray:
    """For each row the place of the first found segment in the same stretch between begins."""
    own, other = np.searchsorted(begins, rows, side="right"), np.searchsorted(begins, found, side="right")
    at = np.searchsorted(other, own)
    there = (at < found.size) & (other[np.minimum(at, max(found.size - 1, 0))] == own if found.size else False)
    return np.where(there, at, ABSENT)


def _kept(
    span: tuple[IntArray, IntArray], there: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[IntArray, IntArray]:
    return span[0], np.where(there, span[1], span[0])


def _taken(span: tuple[IntArray, IntArray], owner: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """The span of each owner; empty where there is none."""
    if not span[0].size:
        nothing = np.zeros(size, dtype=np.int64)
        return nothing, nothing
    at = np.maximum(owner, 0)
    return _kept((span[0][at], span[1][at]), owner >= 0)


def acknowledgement_tables(frame: Frame, transaction: IntArray) -> dict[str, Table]:
    """What 999 and 997 say of groups, of their transactions, and of segments and elements in them."""
    parts = frame.parts
    groups, answers = frame.rows("AK1"), frame.rows("AK2")
    group_ends = frame.rows("AK9")
    ends = parts.rows("IK5", "AK5")
    errors = parts.rows("IK3", "AK3")
    elements = parts.rows("IK4", "AK4")
    count = answers.size
    owner = last_before(answers, ends)
    responses: dict[str, Column] = {
        "segment": parts.number[answers],
        "transaction": transaction[answers],
        "set": parts.short(answers, 1),
        "control_number": parts.text(answers, 2),
        "guide": parts.text(answers, 3),
        "verdict": put_short(count, owner, parts.short(ends, 1)),
    }
    for place in range(1, 6):
        responses[f"error{place}"] = put_short(count, owner, parts.short(ends, place + 1))
    # A group's row is made of its end, which says the verdict; its begin may have stood in an earlier part.
    size, begin = group_ends.size, last_before(groups, group_ends)
    above = groups[np.maximum(begin, 0)] if groups.size else group_ends * 0
    about: dict[str, Column] = {
        "segment": parts.number[group_ends],
        "transaction": transaction[group_ends],
        "identifier": frame.short(_kept(parts.element(above, 1), begin >= 0)),
        "control_number": frame.text(_kept(parts.element(above, 2), begin >= 0)),
        "guide": frame.text(_kept(parts.element(above, 3), begin >= 0)),
        "verdict": parts.short(group_ends, 1),
    }
    for name, element in (("included", 2), ("received", 3), ("accepted", 4)):
        about[name] = frame.wholes(parts.element(group_ends, element))
    rows = np.sort(np.concatenate([errors, elements]))
    of_error = last_before(errors, rows, answers)
    above = errors[np.maximum(of_error, 0)] if errors.size else rows * 0
    is_element = np.isin(rows, elements)
    position = parts.components(parts.element(rows, 1), 3)
    none = np.zeros(rows.size, dtype=np.int64)
    found: dict[str, Column] = {
        "segment": parts.number[rows],
        "response": last_before(answers, rows),
        "about_segment": parts.short(above, 1),
        "position": frame.wholes(parts.element(above, 2)),
        "loop": parts.short(above, 3),
        "error": np.where(is_element, parts.short(rows, 3), parts.short(rows, 4)).astype("S8"),
    }
    for place, name in enumerate(("element", "component", "repeat")):
        start, end = position[place]
        found[name] = frame.wholes((np.where(is_element, start, none), np.where(is_element, end, none)))
    return {
        "groups": Table(about, size, carried_rows(parts, group_ends)),
        "responses": Table(responses, count, carried_rows(parts, answers)),
        "errors": Table(found, rows.size, carried_rows(parts, rows)),
    }


def interchange_acknowledgements(frame: Frame) -> Table:
    """What TA1 segments say of interchanges."""
    parts, rows = frame.parts, frame.rows("TA1")
    columns: dict[str, Column] = {
        "segment": parts.number[rows],
        "control_number": parts.text(rows, 1),
        "date": parts.short(rows, 2),
        "time": parts.short(rows, 3),
        "verdict": parts.short(rows, 4),
        "note": parts.short(rows, 5),
    }
    return Table(columns, rows.size, carried_rows(parts, rows))
