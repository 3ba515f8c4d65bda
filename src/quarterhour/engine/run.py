"""Visits in, findings out: the one way from a record to what the rules say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from quarterhour.domain.columns import Columns, to_columns
from quarterhour.domain.finding import Finding
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import Batch, batch
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.findings import findings
from quarterhour.engine.judge import Judgement, judge
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry, catalogue


class Unchecked(msgspec.Struct, frozen=True):
    """A rule that could not judge some visits, and why."""

    rule: str
    reason: str
    visits: int


class Outcome(msgspec.Struct, frozen=True):
    """What the rules say of a batch: findings by visit, and what was not checked."""

    findings: list[list[Finding]]
    not_checked: list[Unchecked]


def judge_columns(
    columns: Columns[Visit],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry] | None = None,
    readings: Sequence[Reading | None] = (),
) -> tuple[Batch, Judgement]:
    """Judge visits that are columns already; findings stay columns."""
    laid_out = batch(columns, policy, default_payer)
    return laid_out, judge(
        derive(laid_out, policy, today.toordinal(), readings), policy, catalogue() if entries is None else entries
    )


def judge_visits(
    visits: Sequence[Visit],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry] | None = None,
    readings: Sequence[Reading | None] = (),
) -> Outcome:
    """Judge visits and say what was found in words. ``readings`` are of the visits' notes, none or one a visit.

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    laid_out, judgement = judge_columns(to_columns(Visit, visits), policy, default_payer, today, entries, readings)
    return Outcome(
        findings(judgement, laid_out, policy),
        [Unchecked(one.entry.code, one.reason, int(one.visits.size)) for one in judgement.not_checked],
    )
