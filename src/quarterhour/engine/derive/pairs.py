"""Pair edits that billed lines of one patient, day and billing provider meet, and line pairs the tables do not know."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.engine.compiled import first_room, run
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import Groups, group, numbered, runs
from quarterhour.engine.derive.lines import CodesMet
from quarterhour.engine.derive.lookup import Lookup
from quarterhour.engine.kernels.pairs import find_pairs
from quarterhour.policy import Policy
from quarterhour.policy.edits import EDIT_TABLES, SPAN, Column, PairEdits
from quarterhour.rules.facts import CodePairFacts, LineFacts, PairFacts, VisitFacts

IntArray = NDArray[np.int64]
#: From so many lines on leaving out the edits of other codes pays for itself.
_MANY: Final = 5_000


def billed_together(
    batch: Batch, patient_day: IntArray, visits: VisitFacts, lines: LineFacts
) -> tuple[IntArray, Groups]:
    """Billed lines (rows of the line table), grouped by patient, day, table of edits and billing provider, then code.

    ``patient_day`` is the same number for every visit of a patient on a day.
    """
    billing = batch.visits["billing_provider.npi"]
    for other in ("billing_provider.tax_id", "billing_provider.name"):
        billing = np.where(billing == ABSENT, batch.visits[other], billing)
    billed_day = numbered(patient_day, visits.edit_table, billing)
    rows = np.flatnonzero(lines.billed & (visits.edit_table >= 0)[lines.visit])
    day = billed_day[lines.visit[rows]]
    order = group(day, lines.code[rows]).order
    return rows, Groups(order, runs(day[order]).starts)


def pair_facts(
    visits: VisitFacts,
    lines: LineFacts,
    met: CodesMet,
    rows: IntArray,
    groups: Groups,
    lookup: Lookup,
    policy: Policy,
) -> PairFacts:
    """Fill the pair table from the lines that are billed together."""
    ordered = rows[groups.order]
    codes = lines.code[ordered]
    edits = _among(policy, met.different.tobytes()) if codes.size > _MANY else policy.pairs
    first_visit = lines.visit[ordered[groups.starts[:-1]]] if groups.count else ordered
    arguments = (
        groups.starts,
        codes,
        visits.day[first_visit],
        visits.edit_table[first_visit],
        edits.keys,
        edits.firsts,
        edits.lasts,
        edits.starts,
        SPAN,
    )
    room = first_room(ordered.size)
    while True:
        found, (hits, table_rows) = run(find_pairs, ordered.size, *arguments, fills=(2 * room, room))
        if found <= room:
            break
        room = found
    one, two = ordered[hits[: 2 * found : 2]], ordered[hits[1 : 2 * found : 2]]
    table_rows = table_rows[:found]
    bypass = (lines.modifiers & lookup.modifier_sets("cms/ncci:pair_bypass")[lines.visit]) != 0
    return PairFacts(
        visit=lines.visit[two],
        line=two,
        column1_line=one,
        column1=lines.code[one],
        column2=lines.code[two],
        indicator=_take(edits.indicators, table_rows),
        bypass1=(_any_line_of_the_code(bypass, lines, ordered, groups) if found else bypass)[one],
        bypass2=bypass[two],
    )


@functools.lru_cache(maxsize=16)
def _among(policy: Policy, codes: bytes) -> PairEdits:
    """The edits among some codes; the next batch mostly has the very same."""
    return policy.pairs.among(np.frombuffer(codes, dtype=np.int64))


def code_pair_facts(
    visits: VisitFacts, lines: LineFacts, met: CodesMet, rows: IntArray, groups: Groups, policy: Policy
) -> CodePairFacts:
    """Fill the table of line pairs the pair tables say nothing of: each code they do not list with the first other."""
    ordered = rows[groups.order]
    codes = lines.code[ordered]
    scope = policy.pairs
    here = np.flatnonzero(~met.among(scope.listed_numbers)[met.at[ordered]])
    for table in scope.whole:
        here = here[visits.edit_table[lines.visit[ordered[here]]] != EDIT_TABLES.index(table)]
    if not here.size:
        return CodePairFacts(here, here, here)
    answered = met.among({code_number(code) for code in scope.against_any})[met.at[ordered]]
    of = np.searchsorted(groups.starts, here, side="right") - 1
    other, end = groups.starts[of], groups.starts[of + 1]
    found = np.full(here.size, ABSENT)
    looking = np.arange(here.size)
    while looking.size:
        fits = (codes[other] != codes[here[looking]]) & ~answered[other]
        found[looking[fits]] = other[fits]
        other = other + 1
        left = ~fits & (other < end)
        looking, other, end = looking[left], other[left], end[left]
    here, there = here[found != ABSENT], found[found != ABSENT]
    return CodePairFacts(lines.visit[ordered[here]], ordered[here], codes[there])


def base_missing(lines: LineFacts, met: CodesMet, rows: IntArray, groups: Groups, policy: Policy) -> NDArray[np.bool_]:
    """For every line whether it is an add-on code with none of its base codes billed in the same group."""
    missing = np.zeros(lines.code.size, dtype=np.bool_)
    primaries = policy.add_ons.primaries
    ordered = rows[groups.order]
    codes = lines.code[ordered]
    for place in np.flatnonzero(met.among(primaries)[met.at[ordered]]):
        group_of = int(np.searchsorted(groups.starts, place, side="right")) - 1
        beside = codes[groups.starts[group_of] : groups.starts[group_of + 1]].tolist()
        missing[ordered[place]] = primaries[int(codes[place])].isdisjoint(beside)
    return missing


def meets_edit(lines: LineFacts, rows: IntArray, groups: Groups, pairs: PairFacts) -> NDArray[np.bool_]:
    """For every line whether its code meets an edit with another line of its group."""
    met = np.zeros(lines.code.size, dtype=np.bool_)
    if not pairs.line.size:
        return met
    met[pairs.line] = True
    met[pairs.column1_line] = True
    return _any_line_of_the_code(met, lines, rows[groups.order], groups)


def _take(column: Column, rows: IntArray) -> IntArray:
    return np.array([column[row] for row in rows.tolist()], dtype=np.int64)


def _any_line_of_the_code(
    holds: NDArray[np.bool_], lines: LineFacts, ordered: IntArray, groups: Groups
) -> NDArray[np.bool_]:
    """Spread what holds for one line of a code to the other lines of that code in its group."""
    codes = lines.code[ordered]
    turns = np.ones(codes.size + 1, dtype=np.bool_)
    turns[1:-1] = codes[1:] != codes[:-1]
    turns[groups.starts] = True
    lengths = np.diff(np.flatnonzero(turns))
    several = lengths > 1
    found = holds.copy()
    if several.any():
        same = Groups(ordered[np.repeat(several, lengths)], np.append(0, np.cumsum(lengths[several])))
        found[same.order] = same.any(holds)[same.of]
    return found
