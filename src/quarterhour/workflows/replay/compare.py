"""Judge a part under both policies, and keep the findings that are not the same."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, IntArray, moved
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import group
from quarterhour.engine.judge import Judgement
from quarterhour.engine.part import judge_by_patient
from quarterhour.engine.tabulate import FindingTable, tabulate
from quarterhour.policy import Policy
from quarterhour.rules.facts import Facts
from quarterhour.workflows.replay.amounts import Amounts, days_of, priced_alike
from quarterhour.workflows.replay.causes import Cause, Subject, cause_of
from quarterhour.workflows.replay.wish import Ways
from quarterhour.workflows.scrub.judge import MOST_SLIPS, named, providers_of, readings_of
from quarterhour.workflows.scrub.kept import Sums
from quarterhour.workflows.scrub.part import Part, by_patient, lay_out_part, read_rows
from quarterhour.workflows.treatment_days import Pricing

#: What becomes of a finding from one side to the other.
CHANGES: Final = ("new", "gone", "changed")
_NEW, _GONE, _CHANGED = range(len(CHANGES))


class CodeAmounts(msgspec.Struct):
    """The lines of a code that have an amount on both sides: their units and what is allowed, in cents."""

    units: int = 0
    before: int = 0
    after: int = 0


class Compared(msgspec.Struct, frozen=True):
    """What a part came to.

    ``changes`` has a row a finding that is not the same; its ``cause`` is a place in ``causes``. ``unjudged`` counts
    the visits a rule could not judge for a reason, of each side.
    """

    changes: pa.Table
    causes: list[Cause]
    sums: Sums
    unjudged: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    slips: list[tuple[int, str, str]]
    slip_count: int
    amounts: dict[int, CodeAmounts]
    no_amount: int
    last_day: int


class _Judged(msgspec.Struct, frozen=True):
    """One side's findings. ``rule`` and ``said`` number rules and sentences as the other side's do."""

    policy: Policy
    laid_out: Batch
    judgement: Judgement[Facts]
    table: FindingTable
    rule: IntArray
    said: IntArray


class _Unlike(msgspec.Struct, frozen=True):
    """Findings that are not the same: rows of either side's table, ABSENT where that side has none."""

    one: IntArray
    other: IntArray

    def taken(self, ours: IntArray, theirs: IntArray) -> IntArray:
        """A column of the findings, of the side that has them; of the second where both have."""
        if not self.one.size:
            return self.one
        first = ours[self.one] if ours.size else np.full(self.one.size, ABSENT)
        return np.where(self.other == ABSENT, first, theirs[self.other] if theirs.size else ABSENT)


def compare_part(part: int, rows: Sequence[Path], ways: Ways) -> Compared:
    """Judge the visits of some patients under both policies."""
    how = ways.scrub
    whole = lay_out_part(map(by_patient, read_rows(rows, part)), how.policy, how.payer)
    readings = readings_of(whole.columns, how.vocabulary)
    later = moved(whole.columns, ways.shift) if ways.shift else whole.columns
    sentences: dict[tuple[str, str], int] = {}
    sides = []
    for policy, columns, shift in ((ways.one.policy, whole.columns, 0), (ways.other.policy, later, ways.shift)):
        today = how.today + dt.timedelta(days=shift)
        laid_out, judgement = judge_by_patient(columns, policy, how.default_payer, today, how.entries, readings)
        sides.append(_numbered(policy, laid_out, judgement, sentences, ways))
    one, other = sides
    unlike = _unlike(one, other, ways)
    visit = unlike.taken(one.table.visit, other.table.visit)
    causes, cause = _causes(one, other, unlike, list(sentences), ways)
    wanted = np.arange(whole.visits.size) if ways.amounts else np.unique(visit)
    lines = one.judgement.facts.line
    on_days = days_of(whole.columns, wanted) if wanted.size else []
    # What is known of a day under one policy need not be worked out again where the other prices alike.
    prices = one.policy if priced_alike(one.policy, other.policy) else other.policy
    allowed = [
        _priced(policy, ways.pricing).allowed(on_days, lines.code.size, shift)
        for policy, shift in ((one.policy, 0), (prices, ways.shift))
    ]
    charged = np.where(lines.billed, np.maximum(lines.charge, 0), 0)
    return Compared(
        changes=_table(whole, one, other, unlike, cause, list(sentences), allowed, charged, ways),
        causes=causes,
        sums=Sums(one.laid_out.count, int(lines.code.size), int(charged.sum())),
        unjudged=(_unjudged(one), _unjudged(other)),
        slips=list(whole.slips[:MOST_SLIPS]),
        slip_count=len(whole.slips),
        amounts=_by_code(one, *allowed) if ways.amounts else {},
        no_amount=int(((np.minimum(*allowed) == ABSENT) & (lines.units > 0)).sum()) if ways.amounts else 0,
        last_day=int(one.laid_out.days.max(initial=0)),
    )


@functools.lru_cache(maxsize=2)
def _priced(policy: Policy, how: Pricing) -> Amounts:
    return Amounts(policy, how)


def _numbered(
    policy: Policy,
    laid_out: Batch,
    judgement: Judgement[Facts],
    sentences: dict[tuple[str, str], int],
    ways: Ways,
) -> _Judged:
    table = tabulate(judgement, laid_out, policy)
    of = {entry.code: place for place, entry in enumerate(ways.scrub.entries)}
    rules = np.array([of[code] for code in table.rules] or [0], dtype=np.int64)
    said = [sentences.setdefault(one, len(sentences)) for one in zip(table.messages, table.numbers, strict=True)]
    return _Judged(
        policy,
        laid_out,
        judgement,
        table,
        rules[table.rule],
        np.array(said or [0], dtype=np.int64)[table.said],
    )


def _unlike(one: _Judged, other: _Judged, ways: Ways) -> _Unlike:
    """The findings of either side that the other has not in the same words and of the same severity.

    Two that are left over of one line and rule are one finding that changed. A pair is part of what a finding is, so
    findings about pairs are one only if they say the same; then it is the severity that changed.
    """
    count = one.table.visit.size
    visit, line, severity = (
        np.concatenate([getattr(side.table, name) for side in (one, other)]) for name in ("visit", "line", "severity")
    )
    rule, said = np.concatenate([one.rule, other.rule]), np.concatenate([one.said, other.said])
    rows = np.arange(visit.size)
    left = _left_over(rows, count, (visit, line, rule, said, severity))[0]
    about_pairs = np.array(["ptp" in entry.rule.tables for entry in ways.scrub.entries] or [False])
    words = np.where(about_pairs[rule[left]], said[left], ABSENT) if left.size else left
    alone, both = _left_over(left, count, (visit[left], line[left], rule[left], words))
    ones, others = both
    gone, new = alone[alone < count], alone[alone >= count] - count
    nothing = np.full(1, ABSENT)
    first = np.concatenate([ones, gone, np.repeat(nothing, new.size)])
    second = np.concatenate([others - count, np.repeat(nothing, gone.size), new])
    return _Unlike(first, second)


def _left_over(rows: IntArray, count: int, keys: tuple[IntArray, ...]) -> tuple[IntArray, tuple[IntArray, IntArray]]:
    """Match rows below ``count`` with rows from there on that have the same keys, the first with the first.

    What is left over, and the rows that were matched with each other.
    """
    if not rows.size:
        return rows, (rows, rows)
    alike = group(*keys)
    ordered, of = rows[alike.order], alike.of
    ours = ordered < count
    mine = np.add.reduceat(ours.astype(np.int64), alike.starts[:-1])[of]
    all_of = np.diff(alike.starts)[of]
    at = np.arange(rows.size) - alike.starts[:-1][of]
    pairs = np.minimum(mine, all_of - mine)
    matched = np.where(ours, at < pairs, at - mine < pairs)
    return np.sort(ordered[~matched]), (ordered[matched & ours], ordered[matched & ~ours])


def _causes(
    one: _Judged, other: _Judged, unlike: _Unlike, sentences: Sequence[tuple[str, str]], ways: Ways
) -> tuple[list[Cause], IntArray]:
    """The different causes, and for every finding the place of its own."""
    columns = [
        unlike.taken(ours, theirs).tolist()
        for ours, theirs in (
            (one.table.visit, other.table.visit),
            (one.rule, other.rule),
            (one.said, other.said),
            (one.table.code, other.table.code),
        )
    ]
    tables, days = one.judgement.facts.visit.edit_table, one.laid_out.days
    beside = _Beside(one)
    numbers: dict[int, dict[str, object]] = {}
    known: dict[tuple[object, ...], int] = {}
    causes: dict[Cause, int] = {}
    places = []
    for visit, rule, said, code in zip(*columns, strict=True):
        named_in = numbers.get(said)
        if named_in is None:
            named_in = numbers[said] = msgspec.json.decode(sentences[said][1])
        entry = ways.scrub.entries[rule].rule
        needs_others = "ptp" in entry.tables and not {"column1", "other"} & set(named_in)
        others = beside.codes(visit) if needs_others else ()
        day, table = int(days[visit]), int(tables[visit])
        key = (rule, said, code, table, day, others)
        if key not in known:
            subject = Subject(
                entry, None if code == ABSENT else code_text(code), named_in, table, (day, day + ways.shift), others
            )
            found = cause_of(subject, (one.policy, other.policy))
            known[key] = causes.setdefault(found, len(causes))
        places.append(known[key])
    return list(causes), np.array(places, dtype=np.int64)


class _Beside:
    """The codes billed for a patient on a day, looked up where a finding names none of them."""

    def __init__(self, judged: _Judged) -> None:
        self._visits, self._lines = judged.judgement.facts.visit, judged.judgement.facts.line
        self._offsets = np.asarray(judged.laid_out.services.offsets)

    def codes(self, visit: int) -> tuple[int, ...]:
        """The codes of the patient's day a visit is part of."""
        found: set[int] = set()
        for one in self._of_day[int(self._visits.patient[visit]), int(self._visits.day[visit])]:
            lines = slice(self._offsets[one], self._offsets[one + 1])
            found.update(self._lines.code[lines][self._lines.billed[lines]].tolist())
        return tuple(sorted(found))

    @functools.cached_property
    def _of_day(self) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = {}
        for visit, key in enumerate(zip(self._visits.patient.tolist(), self._visits.day.tolist(), strict=True)):
            found.setdefault(key, []).append(visit)
        return found


def _unjudged(side: _Judged) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for one in side.judgement.not_checked:
        found[one.entry.code, one.reason] += int(one.visits.size)
    return found


def _by_code(one: _Judged, before: IntArray, after: IntArray) -> dict[int, CodeAmounts]:
    lines = one.judgement.facts.line
    priced = (before != ABSENT) & (after != ABSENT)
    found: dict[int, CodeAmounts] = {}
    if priced.any():
        codes, places = np.unique(lines.code[priced], return_inverse=True)
        sums = np.zeros((3, codes.size), dtype=np.int64)
        for row, values in zip(sums, (lines.units, before, after), strict=True):
            np.add.at(row, places, values[priced])
        found = {code: CodeAmounts(*column) for code, column in zip(codes.tolist(), sums.T.tolist(), strict=True)}
    return found


def _table(
    whole: Part,
    one: _Judged,
    other: _Judged,
    unlike: _Unlike,
    cause: IntArray,
    sentences: Sequence[tuple[str, str]],
    allowed: Sequence[IntArray],
    charged: IntArray,
    ways: Ways,
) -> pa.Table:
    ours, theirs = one.table, other.table
    visit, line = unlike.taken(ours.visit, theirs.visit), unlike.taken(ours.line, theirs.line)
    lines, services = one.judgement.facts.line, one.laid_out.services
    payers = named(one.laid_out, one.laid_out.visits["payer"], ways.scrub.default_payer)
    providers = providers_of(one.laid_out, one.judgement.facts.visit)
    units = np.maximum(np.where(lines.billed, lines.units, 0), 0)

    def of_line(values: IntArray) -> IntArray:
        return np.where(line == ABSENT, ABSENT, values[line]) if values.size else np.full(line.size, ABSENT)

    def of_side(rows: IntArray, values: IntArray) -> IntArray:
        return np.where(rows == ABSENT, ABSENT, values[rows]) if values.size else np.full(rows.size, ABSENT)

    texts = pa.array([message for message, _ in sentences], pa.string())
    return pa.table(
        {
            "place": whole.visits[visit],
            "row": np.where(line == ABSENT, whole.visits[visit], whole.lines[line] if whole.lines.size else visit),
            "visit_id": whole.ids.take(pa.array(visit)).combine_chunks().cast(pa.string()),
            "day": one.laid_out.days[visit],
            "payer": pa.array(payers[0], pa.string()).take(pa.array(payers[1][visit])),
            "provider": pa.array(providers[0], pa.string()).take(pa.array(providers[1][visit])),
            "rule": unlike.taken(one.rule, other.rule),
            "change": np.where(unlike.one == ABSENT, _NEW, np.where(unlike.other == ABSENT, _GONE, _CHANGED)),
            "severity_before": of_side(unlike.one, ours.severity),
            "severity_after": of_side(unlike.other, theirs.severity),
            "number": unlike.taken(ours.number, theirs.number),
            "code": unlike.taken(ours.code, theirs.code),
            "units": of_line(units),
            "charge": of_line(charged),
            "allowed_before": of_line(allowed[0]),
            "allowed_after": of_line(allowed[1]),
            "visit_units": services.sums(units)[visit],
            "visit_charge": services.sums(charged)[visit],
            "visit_lines": services.sums(lines.billed)[visit],
            "message_before": texts.take(_or_none(of_side(unlike.one, one.said))),
            "message_after": texts.take(_or_none(of_side(unlike.other, other.said))),
            "cause": cause,
        }
    )


def _or_none(places: IntArray) -> pa.Array:
    return pa.array(places, mask=places == ABSENT)
