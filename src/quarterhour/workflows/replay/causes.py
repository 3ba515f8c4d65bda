"""Why a finding is otherwise: what the two sides say of the pair, the limit, the base codes, or the dated value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.code import code_number, code_text
from quarterhour.policy import Policy
from quarterhour.policy.edits import EDIT_TABLES, EditTable
from quarterhour.policy.errors import NotKnown
from quarterhour.rules.contract import Rule

_PAIR: Final = "pair"
_LIMIT: Final = "limit"
_BASE: Final = "add-on"
_VALUE: Final = "value"
#: Nothing dated that the rule names is otherwise: what differs is the day itself (a code's life, a payer's term).
_DAY: Final = "day"


class Said(msgspec.Struct, frozen=True):
    """What a side says of something. ``same`` is what decides; ``words`` say it with its dates."""

    same: object
    words: str
    release: str | None


_NOT_HELD: Final = Said("unknown", "the table is not imported", None)


class Cause(msgspec.Struct, frozen=True):
    """What differs behind a finding: ``kind`` pair, limit, add-on, value or day; of a pair column 1 stands first."""

    kind: str
    claim: str | None
    codes: tuple[str, ...]
    before: str
    after: str
    release_before: str | None
    release_after: str | None

    @property
    def text(self) -> str:
        """The cause in one sentence."""
        about = " ".join(filter(None, ("/".join(self.codes), f"on {self.claim} claims" if self.claim else "")))
        sides = [
            f"{words} ({release})" if release else words
            for words, release in ((self.before, self.release_before), (self.after, self.release_after))
        ]
        return f"{self.kind} {about}: {sides[0]} becomes {sides[1]}"


class Subject(msgspec.Struct, frozen=True):
    """What a finding is about: its rule, code, the numbers it names, and the codes billed beside it that day."""

    rule: Rule
    code: str | None
    numbers: dict[str, Any]
    table: int
    days: tuple[int, int]
    beside: tuple[int, ...] = ()


def cause_of(subject: Subject, policies: tuple[Policy, Policy]) -> Cause:
    """The first thing the finding rests on that the two sides say differently."""
    days = dt.date.fromordinal(subject.days[0]), dt.date.fromordinal(subject.days[1])
    for kind, codes, said in _asked(subject, policies, days):
        before, after = said
        if before.same != after.same:
            table = EDIT_TABLES[subject.table] if kind in (_PAIR, _LIMIT) else None
            return Cause(kind, table, codes, before.words, after.words, before.release, after.release)
    return Cause(_DAY, None, (subject.rule.code,), "its own day", "another day", None, None)


def _asked(
    subject: Subject, policies: tuple[Policy, Policy], days: tuple[dt.date, dt.date]
) -> Iterator[tuple[str, tuple[str, ...], tuple[Said, Said]]]:
    """What the rule asks policy, with the answers of both sides."""
    rule, code = subject.rule, subject.code
    sides = tuple(zip(policies, days, strict=True))
    table = EDIT_TABLES[subject.table] if subject.table >= 0 else None
    if "ptp" in rule.tables and table and code:
        for one, two in _pairs(subject, code):
            first, second = (_pair(policy, one, two, table, day) for policy, day in sides)
            yield _PAIR, _in_columns((first, second), one, two), (first, second)
    if "mue" in rule.tables and table and code:
        first, second = (_limit(policy, code, table, day) for policy, day in sides)
        yield _LIMIT, (code,), (first, second)
    if "add-on" in rule.tables and code:
        first, second = (_bases(policy, code) for policy, _ in sides)
        yield _BASE, (code,), (first, second)
    for name in rule.reads:
        first, second = (_value(policy, name, day) for policy, day in sides)
        yield _VALUE, (name,), (first, second)


def _pairs(subject: Subject, code: str) -> Sequence[tuple[str, str]]:
    numbers = subject.numbers
    if "column1" in numbers:
        return [(str(numbers["column1"]), str(numbers["column2"]))]
    if "other" in numbers:
        return [(code, str(numbers["other"]))]
    return [(code, code_text(other)) for other in subject.beside if code_text(other) != code]


def _in_columns(said: tuple[Said, Said], one: str, two: str) -> tuple[str, str]:
    """The pair as the table that has an edit orders it."""
    for state in said:
        if isinstance(state.same, tuple):
            return str(state.same[0]), str(state.same[1])
    return one, two


def _pair(policy: Policy, one: str, two: str, table: EditTable, day: dt.date) -> Said:
    edits = policy.pairs
    if table not in edits.releases:
        return _NOT_HELD
    release, since = edits.releases[table].release, edits.known_from(one, two, table)
    if since is None:
        return Said("silent", "the table does not speak of it", release)
    if day < since:
        return Said("unknown", f"not known before {since}", release)
    ended = None
    for edit in edits.intervals(one, two, table):
        if (edit.first is None or edit.first <= day) and (edit.last is None or day <= edit.last):
            begun = f"from {edit.first}" if edit.first else "from before the record begins"
            end = f" to {edit.last}" if edit.last else ""
            words = f"an edit {begun}{end}, indicator {edit.indicator}"
            return Said((edit.column1, edit.column2, edit.indicator), words, release)
        if edit.last and edit.last < day:
            ended = edit.last
    return Said("none", f"no edit after {ended}" if ended else "no edit", release)


def _limit(policy: Policy, code: str, table: EditTable, day: dt.date) -> Said:
    if table not in policy.unlikely.releases:
        return _NOT_HELD
    release = policy.unlikely.release_on(table, day)
    if day < release.covers_from:
        return Said("unknown", f"not known before {release.covers_from}", release.release)
    limit = policy.unlikely.limit(code_number(code), table, day)
    words = "no limit" if limit is None else f"at most {limit.units} (adjudication indicator {limit.adjudication})"
    return Said(limit, words, release.release)


def _bases(policy: Policy, code: str) -> Said:
    bases = policy.add_ons.primaries.get(code_number(code), frozenset())
    words = ", ".join(sorted(map(code_text, bases))) if bases else "any code"
    return Said(bases, f"beside {words}", policy.add_ons.release.release)


def _value(policy: Policy, name: str, day: dt.date) -> Said:
    try:
        value = policy.parameter(name).on(day).value
    except NotKnown:
        return Said(None, "not known", None)
    return Said(repr(value), ", ".join(value) if isinstance(value, list) else str(value), None)
