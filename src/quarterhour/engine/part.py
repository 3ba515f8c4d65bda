"""Part of a batch by itself: what the rules say of it is what they would say of it within the whole.

A visit's findings rest on the visits of its patient. One table looks further: overlaps join two patients through their
therapist. So visits are parted twice. Parts by patient hold every visit of their patients and are judged by all rules;
parts by therapist and day hold the visits that may overlap with one of another part and are judged for those overlaps
alone.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from quarterhour.domain.columns import ABSENT, Columns, IntArray
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import Batch, batch
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.judge import Judgement, judge
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.facts import BoolArray, Facts, OverlapFacts


def judge_by_patient(
    columns: Columns[Visit],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry],
    readings: Sequence[Reading | None] = (),
    *,
    across: bool = False,
) -> tuple[Batch, Judgement[Facts]]:
    """Judge all visits of some patients by everything that rests on one patient.

    Where two of the patients overlap is told if it is asked ``across`` patients.

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    laid_out = batch(columns, policy, default_payer)
    facts = derive(laid_out, policy, today.toordinal(), readings)
    if not across:
        facts = _narrowed(facts, lambda facts: _of_one_id(laid_out, facts))
    return laid_out, judge(facts, policy, entries)


def judge_by_therapist(
    columns: Columns[Visit],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry],
    parts: IntArray | None = None,
) -> tuple[Batch, Judgement[Facts]]:
    """Judge all visits of some therapists' days by what joins two patients.

    ``parts`` are the parts by patient that visits are of, where these were judged across patients: only what joins two
    parts is left to tell.

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    laid_out = batch(columns, policy, default_payer)
    facts = derive(laid_out, policy, today.toordinal())

    def kept(facts: Facts) -> BoolArray:
        overlap, beyond = facts.overlap, ~_of_one_id(laid_out, facts)
        if parts is None:
            return beyond
        one, two = facts.line.visit[overlap.other_line], facts.line.visit[overlap.line]
        apart: BoolArray = parts[one] != parts[two]
        return beyond & apart

    facts = _narrowed(facts, kept)
    return laid_out, judge(facts, policy, crossing(entries))


def _of_one_id(laid_out: Batch, facts: Facts) -> BoolArray:
    """Which overlaps are of one patient id. Not of one patient: who shares an id is seen where all its visits are."""
    ids = laid_out.visits["patient.id"]
    one, two = facts.line.visit[facts.overlap.other_line], facts.line.visit[facts.overlap.line]
    found: BoolArray = (one == two) | ((ids[one] == ids[two]) & (ids[one] != ABSENT))
    return found


def crossing(entries: Sequence[Entry]) -> list[Entry]:
    """The rules that may join two patients."""
    return [entry for entry in entries if entry.rule.over == "overlap"]


def therapist_days(columns: Columns[Visit]) -> tuple[IntArray, IntArray]:
    """Visits that may overlap with another patient's, and for each the text position of its therapist.

    Those are the visits with a time of day and a therapist whose NPI or name is given.
    """
    table = columns.root
    therapist = np.where(table["therapist.npi"] == ABSENT, table["therapist.name"], table["therapist.npi"])
    timed = table.children["services"].sums(table.children["services"].children["intervals"].counts()) > 0
    visits = np.flatnonzero(timed & (therapist != ABSENT))
    return visits, therapist[visits]


def _narrowed(facts: Facts, kept: Callable[[Facts], BoolArray]) -> Facts:
    """The facts with some of their overlaps."""

    @functools.cache
    def overlap() -> OverlapFacts:
        found, which = facts.overlap, kept(facts)
        if which.all():
            return found
        return OverlapFacts(**{name: getattr(found, name)[which] for name in OverlapFacts.__struct_fields__})

    def table(name: str) -> Any:
        return overlap() if name == "overlap" else facts.table(name)

    return msgspec.structs.replace(facts, table=table)
