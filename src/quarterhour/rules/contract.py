"""The form of a rule: a frozen description and one pure function over columns.

A rule is two files of one stem. ``x.py`` holds ``RULE``; ``x.md`` holds the page people read, whose fenced examples
are the rule's tests. The function gets the facts of a batch and the rows that concern it (payer, dates, columns
present, modifiers and the rule's own conditions have been seen to) and returns the rows that break the sentence with
the numbers for the message. It must look at each row by itself and at what the tables say of it, so that a visit alone
and the same visit in a crowd give the same findings.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.errors import QuarterhourError
from quarterhour.domain.finding import Confidence, Kind, Persona, RemedyKind, Severity
from quarterhour.rules.claim_facts import FactsOfClaims
from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray

OverVisits = Literal[
    "visit",
    "line",
    "day",
    "code_day",
    "pair",
    "overlap",
    "unlikely",
    "code_pair",
    "note",
    "note_code",
    "note_activity",
    "note_overlap",
    "course",
]
OverClaims = Literal["claim", "claim_line", "claim_provider", "claim_diagnosis", "claim_code", "repeat"]
Over = OverVisits | OverClaims
VISIT_TABLES: Final[tuple[OverVisits, ...]] = get_args(OverVisits)
CLAIM_TABLES: Final[tuple[OverClaims, ...]] = get_args(OverClaims)
OfficialTable = Literal["ptp", "mue", "add-on"]
Shape = Literal["number", "code", "day", "cents", "modifier", "modifiers", "word", "place"]


class Shown(msgspec.Struct, frozen=True):
    """Integers that a message shows otherwise: a code, a date, an amount, a modifier, a place, one of ``words``."""

    values: IntArray
    shape: Shape
    words: tuple[str, ...] = ()


Numbers = Mapping[str, "IntArray | Shown | int"]


def codes(values: IntArray) -> Shown:
    """Show code numbers as codes."""
    return Shown(values, "code")


def days(values: IntArray) -> Shown:
    """Show ordinals as ISO dates."""
    return Shown(values, "day")


def cents(values: IntArray) -> Shown:
    """Show cents as dollars."""
    return Shown(values, "cents")


def places(values: IntArray) -> Shown:
    """Show places of service with their two digits."""
    return Shown(values, "place")


def modifier(values: IntArray) -> Shown:
    """Show modifier numbers as modifiers."""
    return Shown(values, "modifier")


def modifier_set(values: IntArray) -> Shown:
    """Show modifier bit sets as modifiers joined by commas."""
    return Shown(values, "modifiers")


def words(values: IntArray, of: tuple[str, ...]) -> Shown:
    """Show positions in ``of`` as the words there."""
    return Shown(values, "word", of)


class Hits(msgspec.Struct, frozen=True):
    """Rows of the rule's table that break the sentence. ``numbers`` are as long as ``rows``, or one integer for all.

    ``evidence`` are stretches of the visit's note, each as begins and ends as long as ``rows`` (ABSENT: none).
    """

    rows: IntArray
    numbers: Numbers = msgspec.field(default_factory=dict)
    evidence: tuple[tuple[IntArray, IntArray], ...] = ()


class Remedy(msgspec.Struct, frozen=True):
    """What may be done. ``format`` changes no meaning; ``choice`` is a person's; ``chart`` is a question to the
    clinician.
    """

    kind: RemedyKind
    text: str


def format_remedy(text: str) -> Remedy:
    """A change that alters no clinical or billing meaning; it may be applied by the tool."""
    return Remedy("format", text)


def choice(text: str) -> Remedy:
    """A change of what is claimed; a person picks it, with a reason."""
    return Remedy("choice", text)


def chart(question: str) -> Remedy:
    """The record lacks a fact only the clinician has; ask for it, never supply it."""
    return Remedy("chart", question)


#: Above every number a column holds.
_MOST: Final = np.iinfo(np.int64).max


class Condition(msgspec.Struct, frozen=True, eq=False):
    """A column of numbers, or of truths as 1 and 0, and the least and the greatest that concern a rule.

    ``table`` is empty for a column of the rule's own table, ``visit`` or ``history`` for one of the row's visit,
    ``beside`` for one of the row's line, ``note`` for one of the row's note, ``grades`` for an element of it.
    """

    table: str
    column: str
    least: int
    most: int


def _condition(path: str, least: int, most: int) -> Condition:
    table, _, column = path.rpartition(".")
    return Condition(table, column, least, most)


@functools.cache
def exactly(column: str, value: int) -> Condition:
    """Rows with just that number."""
    return _condition(column, value, value)


@functools.cache
def holds(column: str) -> Condition:
    """Rows for which it is true, or above zero."""
    return _condition(column, 1, _MOST)


@functools.cache
def fails(column: str) -> Condition:
    """Rows for which it is false, or zero."""
    return _condition(column, 0, 0)


@functools.cache
def given(column: str) -> Condition:
    """Rows with any number but ABSENT."""
    return _condition(column, 0, _MOST)


@functools.cache
def below(column: str, limit: int) -> Condition:
    """Rows with a smaller number, or with none."""
    return _condition(column, ABSENT, limit - 1)


Find = Callable[[Facts, IntArray], Hits] | Callable[[FactsOfClaims, IntArray], Hits]


class BadRule(QuarterhourError):
    """A rule that does not keep to the contract; says which, and what to write."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One sentence of policy that can be broken.

    ``over`` is the table whose rows the function gets, of visits (``rules.facts``) or of claims
    (``rules.claim_facts``), and so says which facts it reads; ``applies`` a payer's term that must hold (none: always);
    ``rests_on`` further terms of the payer that decide the answer, whose sources are named in the finding;
    ``reads`` the dated parameters it looks up (a day for which one is not known is *not checked*); ``needs`` columns of
    its table, or ``visit.x`` or ``claim.x``, that must not be ABSENT (rows without are *not checked*); ``modifiers``
    names or groups of which one must stand somewhere in the batch for the rule to have anything to find; ``only_where``
    conditions outside which the sentence cannot be broken, so that the function is not asked of other rows; ``tables``
    the official tables an answer rests on, whose release is named in the finding (rules over visits only). ``persona``
    is who acts on it, ``also`` who else has to see it, as who picks the code that is billed. ``message``
    is filled with the hit's numbers, says what is wrong in this visit or claim in under 140 characters, and holds no
    instruction.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    kind: Kind
    over: Over
    message: str
    remedy: Remedy
    sources: tuple[str, ...]
    find: Find
    applies: str | None = None
    rests_on: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    only_where: tuple[Condition, ...] = ()
    tables: tuple[OfficialTable, ...] = ()
    element: str | None = None
    also: tuple[Persona, ...] = ()
    since: str = "0.1.0"


def where(rows: IntArray, mask: BoolArray | NDArray[np.bool_]) -> IntArray:
    """The rows for which the mask, as long as ``rows``, holds."""
    return rows[mask]


def on_a_line(facts: Facts, lines: BoolArray) -> BoolArray:
    """For every visit whether a mask over lines holds of one of its lines."""
    found = np.zeros(facts.visit.visit.size, dtype=np.bool_)
    found[facts.line.visit[lines]] = True
    return found


def on_a_line_of(facts: Facts, lines: BoolArray, visit: IntArray, code: IntArray) -> BoolArray:
    """For every code of a visit whether a mask over lines holds of one of its lines."""
    # A code has five signs of 36, so its number is below 2**32.
    return np.isin((visit << 32) | code, (facts.line.visit[lines] << 32) | facts.line.code[lines])


def one_of(values: IntArray, few: Sequence[int]) -> BoolArray:
    """Whether each value is one of a few, for which a comparison each is faster than a search."""
    found = np.zeros(values.size, dtype=np.bool_)
    for one in few:
        found |= values == one
    return found


def rows_of(column: IntArray, values: IntArray) -> IntArray:
    """The rows of a column of numbers from 0 on whose value is one of some: few, where a rule has few to look at."""
    wanted = np.zeros(int(column.max(initial=0)) + 1, dtype=np.bool_)
    wanted[values] = True
    return np.flatnonzero(wanted[column])
