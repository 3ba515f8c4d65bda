"""Dated policy for the visits of a batch: each parameter looked up once, for every visit's date of service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.policy import Policy
from quarterhour.policy.codes import KINDS
from quarterhour.policy.errors import UnknownName

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Answers by name for the dates of service ``days``, one for every visit."""

    policy: Policy
    days: IntArray
    _kept: dict[str, IntArray] = field(default_factory=dict)

    def parameter(self, name: str) -> IntArray:
        """The whole number a parameter has for every visit, ABSENT where it is not known."""
        if name not in self._kept:
            self._kept[name] = self.policy.parameter(name).at(self.days, unknown=ABSENT)
        return self._kept[name]

    def words(self, name: str, numbers: Mapping[str, int]) -> IntArray:
        """A parameter that is a word, as the number given for that word; ABSENT where it is not known."""
        if name not in self._kept:
            self._kept[name] = self.policy.parameter(name).at(
                self.days, unknown=ABSENT, number=lambda word: numbers[word]
            )
        return self._kept[name]

    def modifier_sets(self, name: str) -> IntArray:
        """A parameter that is a list of modifiers, as their bits for every visit; 0 where it is not known."""
        if name not in self._kept:
            self._kept[name] = self.policy.parameter(name).at(self.days, unknown=0, number=self._bits)
        return self._kept[name]

    def modifiers(self, *names: str) -> int:
        """The bits of modifiers and groups of modifiers."""
        return self.policy.modifiers.bits(*names)

    def live_modifiers(self) -> IntArray:
        """The bits of the modifiers that exist on every visit's day."""
        if "live" not in self._kept:
            each, which = np.unique(self.days, return_inverse=True)
            live = np.array([self.policy.modifiers.live(day) for day in each.tolist()], dtype=np.int64)
            self._kept["live"] = live[which]
        return self._kept["live"]

    def kinds(self, *names: str) -> tuple[int, ...]:
        """The numbers of kinds of procedure codes, as ``LineFacts.kind`` has them.

        Raises:
            UnknownName: for a kind there is not.

        """
        for name in names:
            if name not in KINDS:
                raise UnknownName("kind of code", name, KINDS)
        return tuple(KINDS.index(name) for name in names)

    def _bits(self, listed: list[str]) -> int:
        bits = 0
        for modifier in listed:
            bits |= self.policy.modifiers.bit(modifier)
        return bits
