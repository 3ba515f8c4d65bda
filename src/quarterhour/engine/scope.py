"""Which rules look at the same rows, and for which payers and days what they rest on is known."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.policy import Policy
from quarterhour.policy.edits import CLAIM_TYPES, EDIT_TABLES, Release
from quarterhour.policy.forms import FORMS
from quarterhour.rules.catalogue import Entry
from quarterhour.rules.contract import OfficialTable, Over, Rule
from quarterhour.rules.facts import PolicyFacts

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
_HOLDS: Final = 1
#: The terms that say which table of edits answers.
_WHICH_TABLE: Final = ("edit_tables", "claim_type")
_NO_TABLES: Final = np.zeros(0, dtype=np.int64)
#: Why nothing can be said where a term that rules over tables rest on is not known; of other terms the name is told.
_TERM_LACKING: Final = {
    "ncci_edits": "no pair tables (NCCI) of this payer are held for the date of service",
    "unlikely_edits": "no unit limits (MUE) of this payer are held for the date of service",
}


class Concern(msgspec.Struct, frozen=True, eq=False):
    """Rules that look at the same rows of one table. ``rule`` is any of them, ``modifiers`` the bits of which a batch
    must have one (0: none). It is ``plain`` if nothing but payers and days decides on its rows.
    """

    rule: Rule
    modifiers: int
    entries: tuple[Entry, ...]
    plain: bool


class Lack(msgspec.Struct, frozen=True):
    """Why subjects cannot be judged, and which: those with rows in the rule's table, or with ``billed`` lines."""

    reason: str
    subjects: BoolArray
    billed: bool = False


class Scope(msgspec.Struct, frozen=True):
    """Which subjects (visits, or claims and their lines) rules may judge, and why not others they concern.

    Both rest on nothing but a subject's payer, setting and day.
    """

    key: int
    every: bool
    none: bool
    subjects: BoolArray
    lacks: tuple[Lack, ...]
    whole: bool
    """every subject, and there is nothing to tell of any"""


#: Concerns with their scopes, by the table they look at.
ByTable = Mapping[Over, Sequence[tuple[Concern, Scope]]]


def scopes(facts: PolicyFacts, policy: Policy, entries: Sequence[Entry], tables: tuple[Over, ...]) -> ByTable:
    """The concerns of the rules over some tables, each with the subjects its rules may judge.

    Left out are concerns with which the one subject of the facts has nothing to do.
    """
    plan = _plan(tuple(entries), policy, tables)
    if facts.days.size == 1:
        terms = tuple([int(facts.term(name)[0]) for name in plan.terms])
        return _of_one(plan, policy, int(facts.days[0]), terms)
    edit_table = _edit_table(facts.term) if plan.asks_tables else _NO_TABLES
    known: dict[int, Scope] = {}
    found: dict[Over, list[tuple[Concern, Scope]]] = {}
    for concern, key in plan.concerns:
        scope = known.get(key)
        if scope is None:
            values = None if concern.rule.applies is None else facts.term(concern.rule.applies)
            scope = known[key] = _scope(key, concern.rule, policy, facts.days, values, edit_table)
        found.setdefault(concern.rule.over, []).append((concern, scope))
    return found


class _Plan(msgspec.Struct, frozen=True, eq=False):
    """Concerns with the number of their scope, and the terms of payers that scopes rest on."""

    concerns: tuple[tuple[Concern, int], ...]
    terms: tuple[str, ...]
    asks_tables: bool


@functools.lru_cache(maxsize=64)
def _plan(entries: tuple[Entry, ...], policy: Policy, tables: tuple[Over, ...]) -> _Plan:
    alike: dict[tuple[int, tuple[str, ...]], list[Entry]] = {}
    mine = [entry for entry in entries if entry.rule.over in tables]
    for entry in mine:
        alike.setdefault((entry.concern, entry.rule.modifiers), []).append(entry)
    numbers: dict[tuple[object, ...], int] = {}
    concerns = []
    for several in alike.values():
        rule = several[0].rule
        bits = policy.modifiers.bits(*rule.modifiers) if rule.modifiers else 0
        number = numbers.setdefault((rule.applies, rule.reads, rule.tables), len(numbers))
        concerns.append((Concern(rule, bits, tuple(several), not (bits or rule.needs)), number))
    terms = {entry.rule.applies: None for entry in mine if entry.rule.applies}
    asks_tables = any(entry.rule.tables for entry in mine)
    return _Plan(tuple(concerns), tuple(terms | dict.fromkeys(_WHICH_TABLE if asks_tables else ())), asks_tables)


@functools.lru_cache(maxsize=512)
def _of_one(plan: _Plan, policy: Policy, day: int, terms: tuple[int, ...]) -> ByTable:
    """The scopes of one subject: the next of that day, payer and setting has the same."""
    value: Mapping[str | None, int] = dict(zip(plan.terms, terms, strict=True))
    days = np.array([day])
    edit_table = _edit_table(lambda name: np.array([value[name]])) if plan.asks_tables else _NO_TABLES
    found: dict[Over, list[tuple[Concern, Scope]]] = {}
    for concern, key in plan.concerns:
        applies = concern.rule.applies
        values = None if applies is None else np.array([value[applies]])
        scope = _scope(key, concern.rule, policy, days, values, edit_table)
        if scope.every or scope.lacks:
            found.setdefault(concern.rule.over, []).append((concern, scope))
    return found


def _scope(
    key: int, rule: Rule, policy: Policy, days: IntArray, values: IntArray | None, edit_table: IntArray
) -> Scope:
    """The subjects a rule may judge by their days (ordinals) and what their payers' term ``rule.applies`` is.

    ``edit_table``: which of the tables of edits answers for every subject, where rules ask any.
    """
    lacks: list[Lack] = []
    holds = np.ones(days.size, dtype=np.bool_)
    if values is not None:
        holds = values == _HOLDS
        # Whatever table rows there are come from tables of other payers, so what is billed counts.
        lacks.append(Lack(_why_unknown(rule.applies), values < 0, billed=bool(rule.tables)))
    may = holds
    for table in rule.tables:
        lacking = _lacking(policy, table, days, edit_table)
        # Of a day before an official table begins there may be no rows at all, so what is billed counts.
        lacks += [Lack(why, holds & subjects, billed=True) for why, subjects in lacking.items()]
        for subjects in lacking.values():
            may = may & ~subjects
    for name in rule.reads:
        first = policy.parameter(name).known_from
        known = days >= first.toordinal()
        lacks.append(Lack(f"{name} is not known before {first}", may & ~known))
        may = may & known
    some = tuple(lack for lack in lacks if lack.subjects.any())
    every = bool(may.all())
    return Scope(key, every, not may.any(), may, some, every and not some)


def _why_unknown(term: str | None) -> str:
    return _TERM_LACKING.get(str(term), f"the payer's term {term} is not known for the date of service")


def _edit_table(term: Callable[[str], IntArray]) -> IntArray:
    """Which of ``EDIT_TABLES`` answers for every subject, as ``Terms.edit_table`` has it."""
    whose, claim = (term(name) for name in _WHICH_TABLE)
    return np.where(claim < 0, ABSENT, np.maximum(whose, 0) * len(CLAIM_TYPES) + claim)


def _lacking(policy: Policy, table: OfficialTable, days: IntArray, edit_table: IntArray) -> dict[str, BoolArray]:
    """The subjects whose own table is not held or begins later, by the reason."""
    found: dict[str, BoolArray] = {}
    for which, release in enumerate(policy.first_releases(table)):
        mine = edit_table == which
        subjects = mine & (days < release.covers_from.toordinal()) if release else mine
        why = _why_not_held(table, which, release)
        # Two tables may have one title, and what is told of them is told once.
        found[why] = found[why] | subjects if why in found else subjects
    return found


def _why_not_held(table: OfficialTable, which: int, release: Release | None) -> str:
    if release:
        return f"not known before {release.covers_from}: {release.title}"
    form = FORMS.get(f"{table}-{EDIT_TABLES[which]}")
    if form is None:
        return "no add-on codes of this payer are held for the date of service"
    return f"not imported: {form.title}; `quarterhour policy import` takes the file CMS publishes"
