"""The codes and menus of all disciplines side by side, as arrays that visits are drawn from."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_number
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy import Policy
from quarterhour.workflows.price import price
from quarterhour.workflows.synth.menus import FURTHER_UNITS, Menu, Menus, mean_units, menus_of, several_units
from quarterhour.workflows.synth.mix import FloatArray, Mix

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: Where a table says nothing of a code it has no limit that could be reached.
_NO_LIMIT: Final = 99


class CodeColumns(msgspec.Struct, frozen=True):
    """One row a code. ``amount`` and ``reduced`` are cents of the fee schedule, the second with the practice expense
    of a further procedure; ``most`` the units either claim type takes on a day.
    """

    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    timed: BoolArray
    several: BoolArray
    further: BoolArray
    amount: IntArray
    reduced: IntArray
    most: IntArray

    def of_kind(self, *names: str) -> BoolArray:
        """Which codes are of these kinds."""
        return np.array([kind in names for kind in self.kinds])


class MenuColumns(msgspec.Struct, frozen=True):
    """One row a menu; menu ``m`` has the codes ``codes[begins[m] : begins[m + 1]]``, ``distinct`` marked."""

    begins: IntArray
    codes: IntArray
    distinct: BoolArray


class Choice(msgspec.Struct, frozen=True):
    """Menus that can be drawn and their shares, added up so that one number between 0 and 1 finds one."""

    menus: IntArray
    reached: FloatArray

    def draw(self, random: np.random.Generator, count: int) -> IntArray:
        """So many menus."""
        places = np.searchsorted(self.reached, random.random(count), side="right")
        return self.menus[np.minimum(places, self.menus.size - 1)]


class Offer(msgspec.Struct, frozen=True):
    """Everything a visit is drawn from; lists are by discipline, in the order of ``DISCIPLINES``."""

    codes: CodeColumns
    menus: MenuColumns
    opening: tuple[Choice, ...]
    further: tuple[Choice, ...]
    visits: tuple[float, ...]
    patients: FloatArray


def offer(mix: Mix, policy: Policy, year: int) -> Offer:
    """The codes and menus of a year, by the edits and amounts of its first of July."""
    day = dt.date(year, 7, 1)
    fitted = [menus_of(discipline, mix, policy, day) for discipline in DISCIPLINES]
    texts = tuple(dict.fromkeys(code for codes in mix.published.codes.values() for code in codes))
    every: list[Menu] = []
    opening: list[Choice] = []
    further: list[Choice] = []
    for one in fitted:
        for menus, weights, into in (
            (one.opening, one.opening_shares, opening),
            (one.further, one.further_shares, further),
        ):
            into.append(Choice(np.arange(len(every), len(every) + len(menus)), np.cumsum(weights)))
            every += menus
    return Offer(
        _codes(texts, policy, day),
        _menus(every, texts),
        tuple(opening),
        tuple(further),
        tuple(one.visits for one in fitted),
        _patients(fitted, mix, policy),
    )


def _codes(texts: tuple[str, ...], policy: Policy, day: dt.date) -> CodeColumns:
    cards = [card for text in texts if (card := policy.codes.card(text)) is not None]
    limits = [
        [policy.unlikely.limit(code_number(text), claim, day) for claim in ("professional", "institutional")]
        for text in texts
    ]
    amounts = [[_amount(text, units, day) for units in (1, 2)] for text in texts]
    further = {card.further_units for card in cards}
    return CodeColumns(
        texts,
        tuple(card.kind for card in cards),
        np.array([card.timed for card in cards]),
        np.array([several_units(card) for card in cards]),
        np.array([card.code in further for card in cards]),
        np.array([one for one, _ in amounts]),
        np.array([two - one for one, two in amounts]),
        np.array([min((limit.units for limit in both if limit), default=_NO_LIMIT) for both in limits]),
    )


def _amount(code: str, units: int, day: dt.date) -> int:
    answer = price([(code, units)], national=True, on=day.isoformat())
    return int(Cents.parse(answer["total_allowed"]))


def _menus(menus: list[Menu], texts: tuple[str, ...]) -> MenuColumns:
    places = {text: place for place, text in enumerate(texts)}
    return MenuColumns(
        np.cumsum([0, *(len(menu.codes) for menu in menus)]),
        np.array([places[code] for menu in menus for code in menu.codes]),
        np.array([code in menu.distinct for menu in menus for code in menu.codes]),
    )


def _patients(fitted: list[Menus], mix: Mix, policy: Policy) -> FloatArray:
    """The share of each discipline among patients: its units, by the units of a course."""
    found = []
    for discipline, one in zip(DISCIPLINES, fitted, strict=True):
        published = mix.published.codes[discipline]
        cards = {code: card for code in published if (card := policy.codes.card(code)) is not None}
        opening, further = (
            float(
                sum(
                    share * sum(mean_units(cards[code], mix) for code in menu.codes)
                    for menu, share in zip(*menus, strict=True)
                )
            )
            for menus in ((one.opening, one.opening_shares), (one.further, one.further_shares))
        )
        found.append(sum(published.values()) / (opening + (one.visits - 1) * further))
    weights = np.array(found)
    shares: FloatArray = weights / weights.sum()
    return shares


FURTHER: Final = np.array(FURTHER_UNITS)
