"""Which services make a visit, and how often: sets of codes fitted to the published units of every code.

A menu is a set of codes that may be billed on one day. Pairs with an edit that no modifier passes are never on one
menu; of a pair with one that takes a modifier the column 2 code is marked as distinct. How often each menu is drawn
starts from the assumed number of services a visit has and is then scaled, code by code, until the units of all codes
stand to each other as published (iterative proportional fitting). An evaluation opens a course of care, so the share
of menus with one also says how long courses are.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.claim import ClaimType
from quarterhour.policy import Policy
from quarterhour.policy.codes import CodeCard
from quarterhour.workflows.synth.mix import Mix, shares

#: So many of a discipline's commonest timed codes make up most visits; of the others a visit has one at the most.
_COMMON: Final = 5
_MOST_BESIDE_EVALUATION: Final = 2
_ROUNDS: Final = 3000
_CLAIMS: Final[tuple[ClaimType, ...]] = ("professional", "institutional")
_NEVER: Final = "0"
_EVALUATIONS: Final = ("evaluation", "re-evaluation")
#: A unit of the first code is billed once a day, further ones by the other.
_FURTHER: Final = {"97130": "97129"}


class Menu(msgspec.Struct, frozen=True):
    """Codes in the order they are billed; ``distinct`` are those that need a modifier to stand beside the others."""

    codes: tuple[str, ...]
    distinct: frozenset[str]


class Menus(msgspec.Struct, frozen=True):
    """The menus of a discipline: those that open a course, and those that go on with it, with their shares.

    ``visits`` is how many a course has on average.
    """

    opening: tuple[Menu, ...]
    opening_shares: NDArray[np.float64]
    further: tuple[Menu, ...]
    further_shares: NDArray[np.float64]
    visits: float


def menus_of(discipline: str, mix: Mix, policy: Policy, day: dt.date) -> Menus:
    """The menus of a discipline, by the edits in force on a day."""
    published = mix.published.codes[discipline]
    cards = {code: card for code in published if (card := policy.codes.card(code)) is not None}
    menus = [menu for codes in _sets(list(published), cards) if (menu := _menu(codes, policy, day)) is not None]
    weights = _fit(menus, published, cards, mix)
    opens = np.array([any(cards[code].kind == "evaluation" for code in menu.codes) for menu in menus])
    share = float(weights[opens].sum())
    return Menus(
        opening=tuple(itertools.compress(menus, opens)),
        opening_shares=weights[opens] / share,
        further=tuple(itertools.compress(menus, ~opens)),
        further_shares=weights[~opens] / (1 - share),
        visits=1 / share,
    )


def mean_units(card: CodeCard, mix: Mix) -> float:
    """How many units of a code a visit that has it is billed on average."""
    if card.code in _FURTHER:
        return FURTHER_MEAN
    if not several_units(card):
        return 1.0
    units = mix.assumed.units
    return float(np.dot(list(units), shares(units)))


def several_units(card: CodeCard) -> bool:
    """Whether more than one unit of a code is drawn: procedures by time without a code for further time."""
    return card.timed and card.kind == "timed" and card.further_units is None


#: Units of further time beside the first quarter hour: 1 to 4, equally often.
FURTHER_UNITS: Final = (1, 2, 3, 4)
FURTHER_MEAN: Final = sum(FURTHER_UNITS) / len(FURTHER_UNITS)


def _sets(codes: Sequence[str], cards: dict[str, CodeCard]) -> list[tuple[str, ...]]:
    """Sets of codes worth looking at, the commoner code first."""
    kinds = {code: cards[code].kind for code in codes}
    first = [code for code in codes if kinds[code] not in _EVALUATIONS and code not in _FURTHER]
    common, rare = first[:_COMMON], first[_COMMON:]
    cores = [core for size in range(_COMMON) for core in itertools.combinations(common, size)]
    found = [core for core in cores if core]
    found += [(*core, code) for core in cores if len(core) < _COMMON - 1 for code in rare]
    found += [
        (code, *core)
        for core in cores
        if len(core) <= _MOST_BESIDE_EVALUATION
        for code in codes
        if kinds[code] in _EVALUATIONS
    ]
    # Further time of a service beside every menu that has its first quarter hour.
    found += [
        (*codes_of, further)
        for further, base in _FURTHER.items()
        if further in kinds
        for codes_of in list(found)
        if base in codes_of
    ]
    return found


def _menu(codes: tuple[str, ...], policy: Policy, day: dt.date) -> Menu | None:
    """The set as a menu; None if an edit stands in it that no modifier passes."""
    distinct = set()
    for one, other in itertools.combinations(codes, 2):
        for claim in _CLAIMS:
            for edit in policy.pairs.intervals(one, other, claim):
                if (edit.first or dt.date.min) <= day <= (edit.last or dt.date.max):
                    if edit.indicator == _NEVER:
                        return None
                    distinct.add(edit.column2)
    return Menu(codes, frozenset(distinct))


def _fit(menus: Sequence[Menu], published: dict[str, int], cards: dict[str, CodeCard], mix: Mix) -> NDArray[np.float64]:
    """How often each menu is drawn, so that units are as published; sums to one."""
    codes = list(published)
    wanted = shares(published)
    units = np.array(
        [[mean_units(cards[code], mix) if code in menu.codes else 0.0 for code in codes] for menu in menus]
    )
    sizes = np.array([len(menu.codes) for menu in menus])
    most = max(mix.assumed.services)
    weights = np.array([mix.assumed.services[min(int(size), most)] for size in sizes], dtype=np.float64)
    weights /= np.bincount(sizes)[sizes]
    present = (units > 0).astype(np.float64)
    for _ in range(_ROUNDS):
        drawn = weights @ units
        # Half the way, shared by the codes of a menu, so that the scales do not swing.
        scale = np.log(wanted / (drawn / drawn.sum()))
        weights = weights * np.exp(present @ scale / (2 * sizes))
        weights /= weights.sum()
    return weights
