"""Dated policy for the visits of a batch: each parameter looked up once, for the day of every subject."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.claim_batch import ClaimBatch
from quarterhour.engine.derive.groups import distinct
from quarterhour.policy import Policy
from quarterhour.policy.codes import KINDS
from quarterhour.policy.errors import UnknownName
from quarterhour.policy.payers import Terms

IntArray = NDArray[np.int64]


def lookup(policy: Policy, batch: Batch | ClaimBatch) -> Lookup:
    """Prepare to answer for the subjects of a batch: its visits, or its claims and their lines."""
    if batch.count == 1:
        return Lookup(policy, batch, _kept_for(policy, batch.terms[0], int(batch.days[0])))
    return Lookup(policy, batch, {})


@functools.lru_cache(maxsize=512)
def _kept_for(_policy: Policy, _terms: Terms, _day: int) -> dict[str, IntArray]:
    """What was looked up for one visit is the same for the next of that day, payer and setting."""
    return {}


@functools.cache
def _named_kinds(names: tuple[str, ...]) -> NDArray[np.bool_]:
    """By number of a kind whether it is named; the last entry answers for ABSENT."""
    for name in names:
        if name not in KINDS:
            raise UnknownName("kind of code", name, KINDS)
    return np.array([*(kind in names for kind in KINDS), False])


class Lookup(msgspec.Struct, frozen=True):
    """Answers by name, one for every subject of the batch. Use :func:`lookup`."""

    policy: Policy
    batch: Batch | ClaimBatch
    _kept: dict[str, IntArray]

    def parameter(self, name: str) -> IntArray:
        """The whole number a parameter has for every subject, ABSENT where it is not known."""
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = self.policy.parameter(name).at(self.batch.days, unknown=ABSENT)
        return kept

    def term(self, name: str) -> IntArray:
        """A payer's term for every subject, as ``policy.payers.Terms`` numbers it."""
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = self.batch.term(name)
        return kept

    def words(self, name: str, numbers: Mapping[str, int]) -> IntArray:
        """A parameter that is a word, as the number given for that word; ABSENT where it is not known."""
        if name not in self._kept:
            self._kept[name] = self.policy.parameter(name).at(
                self.batch.days, unknown=ABSENT, number=lambda word: numbers[word]
            )
        return self._kept[name]

    def modifier_sets(self, name: str) -> IntArray:
        """A parameter that is a list of modifiers, as their bits for every subject; 0 where it is not known."""
        if name not in self._kept:
            self._kept[name] = self.policy.parameter(name).at(self.batch.days, unknown=0, number=self._bits)
        return self._kept[name]

    def listed(self, name: str, subjects: IntArray, values: IntArray) -> NDArray[np.bool_]:
        """Whether each value stands in a parameter that is a list of numbers, on its subject's day."""
        lists = [value.value for value in self.policy.parameter(name).values]
        which = self.policy.parameter(name).at(self.batch.days[subjects], unknown=ABSENT, number=lists.index)
        found = np.zeros(values.size, dtype=np.bool_)
        for place, listed in enumerate(lists):
            found |= (which == place) & np.isin(values, [int(one) for one in listed])
        return found

    def modifiers(self, *names: str) -> int:
        """The bits of modifiers and groups of modifiers."""
        return self.policy.modifiers.bits(*names)

    def live_modifiers(self) -> IntArray:
        """The bits of the modifiers that exist on every subject's day."""
        if "live" not in self._kept:
            days, of = distinct(self.batch.days)
            live = [self.policy.modifiers.live(day) for day in days.tolist()]
            self._kept["live"] = np.array(live, dtype=np.int64)[of]
        return self._kept["live"]

    def of_kind(self, kinds: IntArray, *names: str) -> NDArray[np.bool_]:
        """Whether each kind of procedure code, as ``LineFacts.kind`` has it, is one of those named.

        Raises:
            UnknownName: for a kind there is not.

        """
        return _named_kinds(names)[kinds]

    def _bits(self, listed: list[str]) -> int:
        bits = 0
        for modifier in listed:
            bits |= self.policy.modifiers.bit(modifier)
        return bits


class Stretches(msgspec.Struct, frozen=True):
    """Days on which things are asked for, so that each thing is asked once for all days on which it is the same.

    Ask for ``things`` on ``days``; the answer for thing ``t`` of a subject stands at ``cells(t, subject)``.
    """

    things: IntArray
    days: IntArray
    _width: int
    _stretch: IntArray

    def cells(self, thing: IntArray, subject: IntArray) -> IntArray:
        """Where the answers for things on their subjects' days stand."""
        if self._width == 1:
            return thing
        return thing * self._width + self._stretch[subject]


def stretches(count: int, turns: IntArray, days: IntArray) -> Stretches:
    """Prepare to ask for so many things on the subjects' ``days``, between ``turns`` (ordinals, rising) all alike."""
    first = last = 0
    if days.size > 1:
        first, last = np.searchsorted(turns, (int(days.min()), int(days.max())), side="right").tolist()
    if first >= last:
        return Stretches(np.arange(count), np.full(count, int(days[0]) if days.size else 0), 1, days)
    met = turns[first:last]
    asked = np.append(met[0] - 1, met)
    return Stretches(
        np.repeat(np.arange(count), asked.size),
        np.tile(asked, count),
        asked.size,
        np.searchsorted(met, days, side="right"),
    )
