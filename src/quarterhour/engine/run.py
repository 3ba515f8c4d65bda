"""Visits or claims in, findings out: the one way from a record to what the rules say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.columns import Columns, to_columns
from quarterhour.domain.finding import Finding
from quarterhour.domain.reading import Reading
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.batch import Batch, batch
from quarterhour.engine.derive.claim_batch import ClaimBatch, claim_batch
from quarterhour.engine.derive.claims import derive_claims
from quarterhour.engine.derive.facts import derive
from quarterhour.engine.findings import claim_findings, findings
from quarterhour.engine.judge import Judgement, judge
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.facts import Facts


class Unchecked(msgspec.Struct, frozen=True):
    """A rule that could not judge some visits or claims, and why."""

    rule: str
    reason: str
    visits: int = 0
    claims: int = 0


class Outcome(msgspec.Struct, frozen=True):
    """What the rules say of a batch: findings by visit (or by claim), and what was not checked."""

    findings: list[list[Finding]]
    not_checked: list[Unchecked]


def judge_columns(
    columns: Columns[Visit],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry] | None = None,
    readings: Sequence[Reading | None] = (),
) -> tuple[Batch, Judgement[Facts]]:
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


def judge_claim_columns(
    columns: Columns[Claim],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry] | None = None,
) -> tuple[ClaimBatch, Judgement[FactsOfClaims]]:
    """Judge claims that are columns already; findings stay columns."""
    laid_out = claim_batch(columns, policy, default_payer, today.toordinal())
    facts = derive_claims(laid_out, policy, today.toordinal())
    return laid_out, judge(facts, policy, catalogue() if entries is None else entries)


def judge_claims(
    claims: Sequence[Claim],
    policy: Policy,
    default_payer: str,
    today: dt.date,
    entries: Sequence[Entry] | None = None,
) -> Outcome:
    """Judge claims by the rules over claims and say what was found in words, claim by claim.

    What rules over visits say of the same services is :func:`judge_visits`'s, of the visits the claims bill. A claim
    whose ``payer`` is empty is judged by ``default_payer``'s terms.

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    laid_out, judgement = judge_claim_columns(to_columns(Claim, claims), policy, default_payer, today, entries)
    return Outcome(
        claim_findings(judgement, laid_out, policy),
        [Unchecked(one.entry.code, one.reason, claims=int(one.visits.size)) for one in judgement.not_checked],
    )
