"""Who may furnish, render, certify and bill therapy, by credential."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_number
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.errors import BadPolicyData
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Source

IntArray = NDArray[np.int64]
STANDINGS: Final = ("qualified", "assistant", "contestable", "not-qualified", "unclear")
#: Row of a credential that is given but not known.
UNKNOWN_CREDENTIAL: Final = -2
_NEVER: Final = dt.date.max.toordinal()


class ProviderCard(msgspec.Struct, frozen=True):
    """What a credential allows under Medicare, and why."""

    credential: str
    label: str
    standing: str
    disciplines: tuple[str, ...]
    assistant_of: str | None
    assistant_modifier: str | None
    explanation: str
    taxonomies: tuple[str, ...]


class Situation(msgspec.Struct, frozen=True):
    """Somebody who is said to use a code, and what the payer says to it."""

    id: str
    credential: str
    work: str
    answer: str
    modifier: str | None
    explanation: str
    source: str
    evidence: str


class Providers:
    """All credentials; row ``r`` of a column is the credential :meth:`row` gave that number."""

    __slots__ = (
        "_aliases",
        "_cards",
        "_columns",
        "_doubtful",
        "_first_words",
        "_labels",
        "_names",
        "_situations",
        "_taxonomies",
    )

    def __init__(self, data: DataFiles, _sources: dict[str, Source]) -> None:
        """Read ``eligibility/*.yaml``."""
        entries: dict[str, dict[str, Any]] = data.files["eligibility/providers"]["credentials"]
        self._names = list(entries)
        self._aliases: dict[str, int] = {}
        for row, (name, entry) in enumerate(entries.items()):
            for alias in (name, *entry["aliases"]):
                taken = self._aliases.setdefault(_folded(alias), row)
                if taken != row:
                    msg = f"eligibility/providers: {alias!r} stands for both {name} and {self._names[taken]}"
                    raise BadPolicyData(msg)
        self._first_words = frozenset(alias.partition(" ")[0] for alias in self._aliases)
        self._cards = {name: _card(name, entry) for name, entry in entries.items()}
        cards = list(self._cards.values())
        self._taxonomies = _by_taxonomy(cards)
        self._columns: dict[str, IntArray] = {
            "standing": _array([STANDINGS.index(card.standing) for card in cards]),
            "disciplines": _array([_disciplines(card.disciplines) for card in cards]),
            "assistant_of": _array([_discipline(card.assistant_of) for card in cards]),
            "renders_from": _array([_since(entry["may_render"]) for entry in entries.values()]),
            "certifies_from": _array([_since(entry["may_certify"]) for entry in entries.values()]),
            "unverified": _array([_from_memory(entry["may_render"]) for entry in entries.values()]),
        }
        self._doubtful = {
            row: frozenset(map(code_number, doubtful))
            for row, entry in enumerate(entries.values())
            if (doubtful := (entry.get("codes") or {}).get("doubtful"))
        }
        self._labels = tuple(card.label for card in cards)
        self._situations = data.files["eligibility/situations"]["situations"]

    def row(self, text: str) -> int:
        """The row of a credential as people write it; ``UNKNOWN_CREDENTIAL`` where it is not known.

        ``"PT, DPT, OCS"`` is known by its first part where the whole is not.
        """
        whole = self._aliases.get(_folded(text))
        if whole is not None:
            return whole
        parts = text.replace("/", ",").split(",")
        rows = (self._aliases.get(_folded(part)) for part in parts) if len(parts) > 1 else ()
        return next((row for row in rows if row is not None), UNKNOWN_CREDENTIAL)

    def begins(self, word: str) -> bool:
        """Whether a credential, as people write it, begins with a word."""
        return _folded(word) in self._first_words

    def row_of_taxonomy(self, text: str) -> int:
        """The row of the credential a taxonomy code names; ``UNKNOWN_CREDENTIAL`` where it is not known.

        Of several with one code, such as MD and DO, the first; what they may do is the same.
        """
        rows = self._taxonomies.get(text.strip().upper())
        return UNKNOWN_CREDENTIAL if rows is None else rows[0]

    def column(self, name: str) -> IntArray:
        """A column over the credentials.

        ``standing`` is a position in ``STANDINGS``; ``disciplines`` a bit set (1 PT, 2 OT, 4 SLP); ``assistant_of`` 0
        or 1 + position in ``DISCIPLINES``; ``renders_from`` and ``certifies_from`` the first day it is allowed;
        ``unverified`` 1 where the standing rests on memory.
        """
        return self._columns[name]

    def labels(self) -> tuple[str, ...]:
        """What the credentials are called, by row."""
        return self._labels

    def doubtful_codes(self) -> dict[int, frozenset[int]]:
        """For the row of a credential the numbers of codes whose use by it is doubtful; without those of none."""
        return self._doubtful

    def card(self, text: str) -> ProviderCard | None:
        """What is known of a credential as people write it."""
        row = self.row(text)
        return None if row < 0 else self._cards[self._names[row]]

    def card_of_taxonomy(self, taxonomy: str) -> ProviderCard | None:
        """What is known of the one credential with that taxonomy code; None where none or several have it."""
        rows = self._taxonomies.get(taxonomy.strip().upper(), ())
        return self.card_of_row(rows[0]) if len(rows) == 1 else None

    def card_of_row(self, row: int) -> ProviderCard:
        """What is known of the credential with that row."""
        return self._cards[self._names[row]]

    def situations(self) -> list[Situation]:
        """The users of 97530 that are often named, with the payer's answer to each."""
        return [
            Situation(
                entry["id"],
                entry["credential"],
                entry["work"],
                entry["answer"],
                entry.get("modifier"),
                " ".join(entry["explanation"].split()),
                entry["source"],
                entry["evidence"],
            )
            for entry in self._situations
        ]


def _by_taxonomy(cards: list[ProviderCard]) -> dict[str, list[int]]:
    """The rows of the credentials with every taxonomy code."""
    found: dict[str, list[int]] = {}
    for row, card in enumerate(cards):
        for code in card.taxonomies:
            rows = found.setdefault(code, [])
            rows.append(row)
            first = cards[rows[0]]
            if first.standing != card.standing:
                msg = f"eligibility/providers: {code} stands for {first.credential} and {card.credential}, which differ"
                raise BadPolicyData(msg)
    return found


def _card(name: str, entry: dict[str, Any]) -> ProviderCard:
    if entry["standing"] not in STANDINGS:
        msg = f"eligibility/providers {name}: standing must be one of {', '.join(STANDINGS)}"
        raise BadPolicyData(msg)
    return ProviderCard(
        name,
        entry["label"],
        entry["standing"],
        tuple(q["discipline"] for q in entry["qualified"]),
        entry.get("assistant_of"),
        entry.get("assistant_modifier"),
        " ".join(entry["explanation"].split()),
        tuple(entry.get("taxonomies") or ()),
    )


def _folded(text: str) -> str:
    return " ".join(text.replace(".", "").upper().split())


def _since(values: list[dict[str, Any]]) -> int:
    return next((dt.date.fromisoformat(v["from"]).toordinal() for v in values if v["value"]), _NEVER)


def _from_memory(values: list[dict[str, Any]]) -> int:
    return int(values[-1]["evidence"] == "memory")


def _discipline(word: str | None) -> int:
    return 0 if word is None else DISCIPLINES.index(word) + 1


def _disciplines(names: tuple[str, ...]) -> int:
    return sum(1 << DISCIPLINES.index(name) for name in set(names))


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)
