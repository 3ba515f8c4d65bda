"""The claims of a batch as columns, and what the policy says on the days of claims and lines."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.claim import Claim
from quarterhour.domain.columns import ABSENT, Columns, Table
from quarterhour.engine.derive.batch import terms_on, translate
from quarterhour.policy import Policy
from quarterhour.policy.payers import TERMS, Terms

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class ClaimBatch(msgspec.Struct, frozen=True):
    """Columns of claims and the terms of their payers.

    Subjects are the claims, each on the first day it bills, and after them the lines, each on its own day: subject
    ``i`` of the first ``claims.rows`` is claim ``i``, the next ones are the lines in order. ``terms[terms_of[s]]`` are
    the terms of subject ``s``.
    """

    columns: Columns[Claim]
    claims: Table
    lines: Table
    days: IntArray
    terms: tuple[Terms, ...]
    terms_of: IntArray
    term_numbers: IntArray

    @property
    def count(self) -> int:
        """How many subjects there are."""
        return self.days.size

    def term(self, name: str) -> IntArray:
        """A payer's term for every subject."""
        numbers: IntArray = self.term_numbers[self.terms_of, TERMS.index(name)]
        return numbers

    def text(self, position: int) -> str:
        """The text a column points to."""
        return self.columns.texts.values[position]

    def said(self, positions: IntArray) -> IntArray:
        """Text positions, ABSENT where the text says nothing."""
        return _said(positions, self.columns)

    def meaning(self, positions: IntArray, number: Callable[[str], int], absent: int = ABSENT) -> IntArray:
        """Text positions as the numbers ``number`` gives the texts, each different one asked once."""
        return translate(positions, number, self.columns.texts.values, absent)


def claim_batch(columns: Columns[Claim], policy: Policy, default_payer: str, today: int) -> ClaimBatch:
    """Look up the terms of every claim and line. One without a day is judged by the policy of ``today`` (ordinal).

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    claims = columns.root
    lines = claims.children["lines"]
    of_line = lines.rows_of()
    own = lines["date_of_service"]
    first = first_days(claims)
    days = np.concatenate((first, np.where(own == ABSENT, first[of_line], own)))
    days[days == ABSENT] = today
    payer = _said(claims["payer"], columns)
    terms, terms_of, numbers = terms_on(
        days, np.concatenate((payer, payer[of_line])), np.full(days.size, ABSENT), columns.texts.values, policy,
        default_payer,
    )  # fmt: skip
    return ClaimBatch(columns, claims, lines, days, terms, terms_of, numbers)


def first_days(claims: Table) -> IntArray:
    """The first day a line of every claim has, else the first of its statement; ABSENT where it has neither."""
    lines = claims.children["lines"]
    none = np.iinfo(np.int64).max
    first = np.full(claims.rows, none)
    day = lines["date_of_service"]
    np.minimum.at(first, lines.rows_of(), np.where(day == ABSENT, none, day))
    return np.where(first == none, claims["institutional.statement_from"], first)


def _said(positions: IntArray, columns: Columns[Claim]) -> IntArray:
    says = translate(positions, lambda text: int(bool(text.strip())), columns.texts.values)
    return np.where(says == 1, positions, ABSENT)
