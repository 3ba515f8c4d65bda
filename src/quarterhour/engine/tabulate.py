"""Verdicts as a table: the findings that ``engine.findings`` words one by one, as columns and in the same order.

What is said is worded once for every different set of numbers, so a million findings cost what some thousands do.
"""

from __future__ import annotations

import functools
from typing import Any, Final

import msgspec
import numpy as np

from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.finding import SEVERITIES
from quarterhour.domain.json import dumps
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import distinct, group
from quarterhour.engine.findings import CONFIDENCES, authority_of, confidence_of, numbers_of, severity_of, terms_behind
from quarterhour.engine.judge import Judgement, Verdict
from quarterhour.policy import NotKnown, Policy
from quarterhour.policy.payers import Terms
from quarterhour.rules.contract import Rule, Shown
from quarterhour.rules.facts import Facts

_ERROR: Final = len(SEVERITIES) - 1
#: Of a rule so many sentences are kept for the next batch.
_MOST_KEPT: Final = 5_000


class FindingTable(msgspec.Struct, frozen=True):
    """One row a finding: visits in their order, then errors first, by line, rule and message.

    ``visit`` and ``line`` are rows of the batch (``line`` ABSENT: the visit as a whole), ``number`` and ``code`` the
    line's place in the visit from 1 and its code. ``rule`` is a place in ``rules``, ``severity`` and ``confidence``
    in ``domain.finding.SEVERITIES`` and ``engine.findings.CONFIDENCES``, ``said`` in ``messages`` and ``numbers``
    (JSON objects).
    """

    visit: IntArray
    line: IntArray
    number: IntArray
    code: IntArray
    rule: IntArray
    severity: IntArray
    confidence: IntArray
    said: IntArray
    rules: tuple[str, ...]
    messages: tuple[str, ...]
    numbers: tuple[str, ...]


def tabulate(judgement: Judgement[Facts], laid_out: Batch, policy: Policy) -> FindingTable:
    """The findings of a batch."""
    verdicts = sorted(judgement.verdicts, key=lambda verdict: verdict.entry.code)
    messages: list[str] = []
    numbers: list[str] = []
    parts: list[tuple[IntArray, ...]] = []
    terms = frozenset(laid_out.terms)
    for place, verdict in enumerate(verdicts):
        said = _say(verdict, policy, messages, numbers)
        severity, confidence = _standing(verdict, laid_out, terms, policy)
        rule = np.full(verdict.visits.size, place)
        parts.append((verdict.visits, verdict.lines, rule, severity, confidence, said))
    nothing = np.zeros(0, dtype=np.int64)
    visit, line, rule, severity, confidence, said = (
        (np.concatenate(column) for column in zip(*parts, strict=True)) if parts else (nothing,) * 6
    )
    lines = judgement.facts.line
    whole = line == ABSENT
    number = np.where(whole, ABSENT, lines.number[line]) if lines.number.size else line
    code = np.where(whole, ABSENT, lines.code[line]) if lines.code.size else line
    if visit.size:
        order = group(visit, _ERROR - severity, number, rule, _ranks(messages)[said]).order
        visit, line, number, code = visit[order], line[order], number[order], code[order]
        rule, severity, confidence, said = rule[order], severity[order], confidence[order], said[order]
    return FindingTable(
        visit=visit,
        line=line,
        number=number,
        code=code,
        rule=rule,
        severity=severity,
        confidence=confidence,
        said=said,
        rules=tuple(verdict.entry.code for verdict in verdicts),
        messages=tuple(messages),
        numbers=tuple(numbers),
    )


def _say(verdict: Verdict, policy: Policy, messages: list[str], numbers: list[str]) -> IntArray:
    """For every hit the place of its message, adding each different one."""
    columns = [
        values.values if isinstance(values, Shown) else values
        for values in verdict.hits.numbers.values()
        if not isinstance(values, int)
    ]
    begin = len(messages)
    if columns:
        alike = group(*columns)
        firsts = alike.first.tolist()
        said = np.empty(verdict.visits.size, dtype=np.int64)
        said[alike.order] = begin + alike.of
    else:
        firsts, said = [0], np.full(verdict.visits.size, begin)
    kept = _kept_for(policy, verdict.entry.rule)
    # What whole numbers and positions of words stand for differs from batch to batch.
    same = tuple(
        values if isinstance(values, int) else values.words
        for values in verdict.hits.numbers.values()
        if isinstance(values, int) or (isinstance(values, Shown) and values.shape == "word")
    )
    for place, key in zip(
        firsts, zip(*(column[firsts].tolist() for column in columns), strict=True) if columns else ((),), strict=True
    ):
        worded = kept.get((same, key))
        if worded is None:
            shown = numbers_of(verdict, place, policy)
            worded = verdict.entry.rule.message.format(**shown), dumps(shown)
            if len(kept) < _MOST_KEPT:
                kept[same, key] = worded
        messages.append(worded[0])
        numbers.append(worded[1])
    return said


@functools.lru_cache(maxsize=1024)
def _kept_for(_policy: Policy, _rule: Rule) -> dict[Any, tuple[str, str]]:
    """What was said of some numbers is said again in the next batch."""
    return {}


def _standing(verdict: Verdict, laid_out: Batch, every: frozenset[Terms], policy: Policy) -> tuple[IntArray, IntArray]:
    """Severity and confidence of every hit; ``every`` are all terms of the batch.

    Both rest on what the rule's authority is on the day, which changes only where one of its values begins or ends.
    """
    rule, visits = verdict.entry.rule, verdict.visits
    days, terms_of = laid_out.days[visits], laid_out.terms_of[visits]
    turned = _turned(rule, every, policy)
    since = np.searchsorted(np.array(turned, dtype=np.int64), days, side="right")
    alike, of = distinct(terms_of * (len(turned) + 1) + since)
    kept = _stood(policy, rule, turned)
    standings = []
    for one in alike.tolist():
        terms, stretch = divmod(one, len(turned) + 1)
        key = laid_out.terms[terms], stretch
        standing = kept.get(key)
        if standing is None:
            day = int(days[np.argmax((terms_of == terms) & (since == stretch))])
            authority = authority_of(rule, key[0], day, policy)
            standing = kept[key] = (
                SEVERITIES.index(severity_of(rule, authority)),
                CONFIDENCES.index(confidence_of(rule, authority)),
            )
        standings.append(standing)
    severity, confidence = np.array(standings, dtype=np.int64).T[:, of]
    return severity, confidence


@functools.lru_cache(maxsize=1024)
def _turned(rule: Rule, terms: frozenset[Terms], policy: Policy) -> tuple[int, ...]:
    """The days (ordinals) on which the rule's authority may change under some terms, rising."""
    turns = set(_turns(rule, policy))
    values = [one.value(name) for one in terms for name in terms_behind(rule)]
    turns |= {value.through.toordinal() + 1 for value in values if value is not None and value.through}
    return tuple(sorted(turns))


@functools.lru_cache(maxsize=1024)
def _stood(_policy: Policy, _rule: Rule, _turns: tuple[int, ...]) -> dict[tuple[Terms, int], tuple[int, int]]:
    """Severity and confidence under some terms between two turns are the same in the next batch."""
    return {}


@functools.cache
def _turns(rule: Rule, policy: Policy) -> frozenset[int]:
    """Days (ordinals) from which something the rule reads differs from the day before."""
    found: set[int] = set()
    for name in rule.reads:
        try:
            values = policy.parameter(name).values
        except NotKnown:
            continue
        for value in values:
            found.add(value.first.toordinal())
            found |= {last.toordinal() + 1 for last in (value.last, value.through) if last}
    for table in rule.tables:
        releases = policy.releases(table)
        if table == "mue":
            releases = tuple(release for several in policy.unlikely.releases.values() for release in several)
        found |= {release.covers_from.toordinal() for release in releases}
        found |= {(release.through or release.as_of).toordinal() + 1 for release in releases}
    return frozenset(found)


def _ranks(texts: list[str]) -> IntArray:
    """For every text its place in the order of all."""
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return ranks
