"""Modifiers: what each says, what it goes with, and a bit for each that rules look at."""

from __future__ import annotations

import bisect
import datetime as dt
from typing import Any, Final

import msgspec

from quarterhour.domain.code import modifier_number, modifier_text
from quarterhour.policy.errors import BadPolicyData, UnknownName
from quarterhour.policy.parameter import day_of
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of

#: Modifiers no rule looks at one by one share the bit of their group.
_SHARED: Final = "other"
_MOST_BITS: Final = 62


class ModifierCard(msgspec.Struct, frozen=True):
    """What is known of one modifier. One that ``attests`` states a fact of the record and is only added by a person."""

    modifier: str
    label: str
    group: str
    attests: bool
    discipline: str | None
    first: dt.date
    last: dt.date | None
    pairs_with: tuple[str, ...]
    not_with: tuple[str, ...]
    source: Source
    evidence: Grade
    note: str | None


class Modifiers:
    """All modifiers, and bit sets of them."""

    __slots__ = ("_asked", "_bits", "_cards", "_groups", "_live", "_names", "_turns")

    def __init__(self, data: DataFiles, sources: dict[str, Source]) -> None:
        """Read ``modifiers.yaml``."""
        self._cards: dict[str, ModifierCard] = {}
        for text, entry in data.files["modifiers"]["modifiers"].items():
            self._cards[text] = _card(text, entry, sources)
        self._bits: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._asked: dict[tuple[str, ...], int] = {}
        self._names: dict[int, str] = {}
        shared = 0
        for text, card in self._cards.items():
            modifier_number(text)
            if card.group == _SHARED and shared:
                bit = shared
            else:
                bit = 1 << len(self._names)
                self._names[bit] = text
            if card.group == _SHARED:
                shared = bit
                self._names[bit] = "…"
            self._bits[text] = bit
            self._groups[card.group] = self._groups.get(card.group, 0) | bit
        days = {card.first.toordinal() for card in self._cards.values()}
        days |= {card.last.toordinal() + 1 for card in self._cards.values() if card.last}
        self._turns = sorted(days)
        self._live: dict[int, int] = {}
        if len(self._names) > _MOST_BITS:
            msg = f"modifiers: more than {_MOST_BITS} have a bit of their own; put some in the group {_SHARED!r}"
            raise BadPolicyData(msg)

    def __contains__(self, modifier: object) -> bool:
        """Whether the modifier is known."""
        return modifier in self._cards

    def __iter__(self) -> Any:
        """The modifiers as texts."""
        return iter(self._cards)

    def card(self, modifier: str) -> ModifierCard:
        """What is known of the modifier.

        Raises:
            UnknownName: if nothing is.

        """
        if modifier not in self._cards:
            raise UnknownName("modifier", modifier, self._cards)
        return self._cards[modifier]

    def bit(self, modifier: str) -> int:
        """The bit of a modifier, 0 for one that is not known."""
        return self._bits.get(modifier, 0)

    def bits(self, *names: str) -> int:
        """The bits of modifiers and groups of modifiers, together.

        Raises:
            UnknownName: for a name that is neither.

        """
        known = self._asked.get(names)
        if known is not None:
            return known
        found = 0
        for name in names:
            if name not in self._bits and name not in self._groups:
                raise UnknownName("modifier or group", name, [*self._bits, *self._groups])
            found |= self._bits.get(name, 0) | self._groups.get(name, 0)
        self._asked[names] = found
        return found

    def live(self, day: int) -> int:
        """The bits of the modifiers that exist on a day (ordinal); a bit that several share is always among them."""
        # Between two days on which a modifier begins or has ended all days are alike.
        place = bisect.bisect_right(self._turns, day)
        found = self._live.get(place)
        if found is None:
            found = self._groups.get(_SHARED, 0)
            for text, card in self._cards.items():
                if card.first.toordinal() <= day and (card.last is None or day <= card.last.toordinal()):
                    found |= self._bits[text]
            self._live[place] = found
        return found

    def texts(self, bits: int) -> list[str]:
        """The modifiers of a bit set, in the order of the data."""
        return [name for bit, name in self._names.items() if bits & bit]

    def bit_of_number(self, number: int) -> int:
        """The bit of a modifier given as a number (``domain.code``), 0 for one that is not known."""
        return self._bits.get(modifier_text(number), 0)


def _card(text: str, entry: dict[str, Any], sources: dict[str, Source]) -> ModifierCard:
    where = f"modifiers {text}"
    return ModifierCard(
        text,
        entry["label"],
        entry["group"],
        bool(entry["attests"]),
        entry.get("discipline"),
        day_of(entry["from"], where),
        day_of(entry["to"], where) if entry.get("to") else None,
        tuple(entry.get("pairs_with") or ()),
        tuple(m for block in entry.get("not_with") or () for m in block["modifiers"]),
        source_of(entry, sources, where),
        grade(entry.get("evidence"), where),
        entry.get("note"),
    )
