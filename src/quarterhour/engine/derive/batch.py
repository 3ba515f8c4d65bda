"""The visits of a batch as columns, with the numbers that stand for their texts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, Columns, Table
from quarterhour.domain.visit import SETTINGS, Visit
from quarterhour.engine.derive.groups import group
from quarterhour.policy import Policy
from quarterhour.policy.payers import TERMS, Terms

IntArray = NDArray[np.int64]
#: Up to so many visits a dictionary answers faster than arrays can be set up.
_FEW: Final = 48


class Batch(msgspec.Struct, frozen=True):
    """Columns of visits and what the policy says of their payers.

    ``terms[terms_of[v]]`` are the terms of visit ``v``. ``payers`` has the same number for the same payer, also where
    one record names it and another leaves it to the default.
    """

    columns: Columns[Visit]
    visits: Table
    services: Table
    days: IntArray
    terms: tuple[Terms, ...]
    terms_of: IntArray
    payers: IntArray
    term_numbers: IntArray

    @property
    def count(self) -> int:
        """How many visits there are."""
        return self.visits.rows

    def text(self, position: int) -> str | None:
        """The text a column points to."""
        return None if position == ABSENT else self.columns.texts.values[position]

    def term(self, name: str) -> IntArray:
        """A payer's term for every visit."""
        numbers: IntArray = self.term_numbers[self.terms_of, TERMS.index(name)]
        return numbers


def batch(columns: Columns[Visit], policy: Policy, default_payer: str) -> Batch:
    """Look up the terms of every visit.

    Raises:
        UnknownName: for a payer there are no terms of.

    """
    table = columns.root
    days = table["date_of_service"]
    terms, terms_of, numbers = terms_on(
        days, table["payer"], table["setting"], columns.texts.values, policy, default_payer
    )
    return Batch(
        columns,
        table,
        table.children["services"],
        days,
        terms,
        terms_of,
        _payer_numbers(terms)[terms_of],
        numbers,
    )


def terms_on(
    days: IntArray, payers: IntArray, settings: IntArray, texts: Sequence[str], policy: Policy, default_payer: str
) -> tuple[tuple[Terms, ...], IntArray, IntArray]:
    """The different terms of payers (text positions, ABSENT: the default payer), in settings, on days (ordinals).

    With them the place of each one's among them, and their numbers in the order of ``policy.payers.TERMS``.

    Raises:
        UnknownName: for a payer there are no terms of.

    """

    def names(row: int) -> tuple[str, str | None]:
        payer, setting = int(payers[row]), int(settings[row])
        return default_payer if payer == ABSENT else texts[payer], None if setting == ABSENT else texts[setting]

    if days.size == 1:
        only = (policy.payers.terms(*names(0), int(days[0])),)
        return only, np.zeros(1, dtype=np.int64), _numbers(only)
    found: dict[Terms, int] = {}
    when = days
    if days.size > _FEW:
        # Between two days on which a term of any payer met changes all days are alike.
        turns = {turn for row in group(payers, settings).first.tolist() for turn in policy.payers.turns(*names(row))}
        when = np.searchsorted(np.array(sorted(turns), dtype=np.int64), days, side="right")
    alike = group(payers, settings, when)
    places = []
    for row in alike.first.tolist():
        terms = policy.payers.terms(*names(row), int(days[row]))
        places.append(found.setdefault(terms, len(found)))
    terms_of = np.empty(days.size, dtype=np.int64)
    terms_of[alike.order] = np.array(places, dtype=np.int64)[alike.of]
    return tuple(found), terms_of, _numbers(tuple(found))


@functools.lru_cache(maxsize=512)
def _numbers(terms: tuple[Terms, ...]) -> IntArray:
    """For every terms their numbers, in the order of ``policy.payers.TERMS``."""
    return np.array([one.numbers for one in terms], dtype=np.int64).reshape(len(terms), len(TERMS))


def _payer_numbers(terms: tuple[Terms, ...]) -> IntArray:
    """For every terms the number of its payer: the place where the payer is first met."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(one.payer, place) for place, one in enumerate(terms)], dtype=np.int64)


def translate(
    positions: IntArray, meaning: Callable[[str], int], texts: Sequence[str], absent: int = ABSENT
) -> IntArray:
    """Turn text positions into the numbers ``meaning`` gives the texts, each different one asked once."""
    if positions.size <= _FEW:
        places = positions.tolist()
        if places == [ABSENT]:
            return np.array([absent])
        known = {place: absent if place == ABSENT else meaning(texts[place]) for place in set(places)}
        return np.array([known[place] for place in places], dtype=np.int64)
    if int(positions.max()) == ABSENT:
        return np.full(positions.size, absent)
    # The last entry answers for ABSENT, which is the place before the first.
    numbers = np.full(len(texts) + 1, absent)
    met = np.zeros(len(texts) + 1, dtype=np.bool_)
    met[positions] = True
    met[ABSENT] = False
    distinct = np.flatnonzero(met)
    numbers[distinct] = [meaning(texts[place]) for place in distinct.tolist()]
    return numbers[positions]


def setting_number(text: str) -> int:
    """The position of a setting in ``domain.visit.SETTINGS``."""
    return SETTINGS.index(text)
