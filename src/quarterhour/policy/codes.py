"""The procedure codes we know: what each is for, how it is counted, and when it lives."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_number
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy.errors import BadPolicyData
from quarterhour.policy.parameter import day_of
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of

IntArray = NDArray[np.int64]
KINDS: Final = (
    "timed",
    "untimed",
    "evaluation",
    "re-evaluation",
    "group",
    "supervised-modality",
    "timed-modality",
    "test",
    "monthly",
    "add-on-timed",
    "add-on-untimed",
)
CONTACTS: Final = ("one-on-one", "constant-attendance", "supervised", "group", "none")
DESIGNATIONS: Final = ("none", "sometimes", "always")
_TIMED: Final = frozenset({"timed", "timed-modality", "add-on-timed", "test"})
_FOREVER: Final = dt.date.max.toordinal()


class Dated(msgspec.Struct, frozen=True):
    """A word that holds from a day on."""

    value: str
    first: dt.date
    source: Source
    evidence: Grade
    note: str | None


class Event(msgspec.Struct, frozen=True):
    """Something that happened to a code."""

    on: dt.date
    what: str
    source: Source
    evidence: Grade


class CodeCard(msgspec.Struct, frozen=True):
    """What is known of one procedure code, in our own words; ``unit_minutes`` is None unless it is counted by time.

    ``further_units`` is the code of the minutes after its first unit of the day, where it has one unit a day.
    """

    code: str
    label: str
    group: str
    kind: str
    unit_minutes: int | None
    contact: str
    disciplines: tuple[str, ...]
    bound_discipline: str | None
    designation: tuple[Dated, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    valid_source: Source | None
    valid_evidence: Grade | None
    add_on_to: tuple[str, ...]
    further_units: str | None
    is_for: tuple[str, ...]
    is_not_for: tuple[str, ...]
    similar: tuple[str, ...]
    history: tuple[Event, ...]
    note: str | None

    @property
    def timed(self) -> bool:
        """Whether its units are counted from minutes."""
        return self.unit_minutes is not None and self.kind in _TIMED

    def designation_on(self, day: dt.date) -> Dated | None:
        """Whether Medicare counts it as therapy that day: always, sometimes or none; None where not known."""
        found = [dated for dated in self.designation if dated.first <= day]
        return found[-1] if found else None


class Codes:
    """All codes by text, and their facts as columns: row ``r`` of every column is code ``numbers[r]``.

    ``numbers`` rise. Row -1, the last entry of every other column, is what is said of a code that is not known.
    Columns hold positions in ``KINDS``, ``CONTACTS`` and ``DISCIPLINES`` (the last plus one, 0 for
    none).
    """

    __slots__ = (
        "_cards",
        "_designation_keys",
        "_designation_values",
        "_entries",
        "_rows",
        "_sources",
        "bound",
        "contact",
        "in_total",
        "kind",
        "numbers",
        "timed",
        "turns",
        "unit_minutes",
        "valid_from",
        "valid_to",
    )

    def __init__(self, data: DataFiles, sources: dict[str, Source]) -> None:
        """Read ``codes/*.yaml``.

        Raises:
            BadPolicyData: for a code that stands twice or has a kind there is not.

        """
        self._sources = sources
        self._cards: dict[str, CodeCard] = {}
        self._entries: dict[str, tuple[str, str, dict[str, Any]]] = {}
        for name, content in data.under("codes").items():
            for code, entry in content["codes"].items():
                if code in self._entries:
                    msg = f"{name}: code {code} already stands in {self._entries[code][0]}"
                    raise BadPolicyData(msg)
                self._entries[code] = (name, content["group"], entry)
        ordered = sorted(self._entries)
        entries = [self._entries[code][2] for code in ordered]
        self.numbers = _array([code_number(code) for code in ordered])
        self._rows = {int(number): row for row, number in enumerate(self.numbers)}
        cards = list(zip(ordered, entries, strict=True))
        self.kind = _array([*(_one_of(KINDS, e["kind"], code) for code, e in cards), -1])
        self.contact = _array([*(_one_of(CONTACTS, e["contact"], code) for code, e in cards), -1])
        self.unit_minutes = _array([*(e.get("unit_minutes") or 0 for e in entries), 0])
        self.timed = np.array([*(bool(e.get("unit_minutes")) and e["kind"] in _TIMED for e in entries), False])
        # A timed code can stand outside the pooled total, as the training of a caregiver does.
        self.in_total = self.timed & np.array([*(e.get("counts_in_total", True) for e in entries), False])
        self.bound = _array([*(_discipline(e.get("bound_discipline")) for e in entries), 0])
        self.valid_from = _array([*(_day((e.get("valid") or {}).get("from"), 0) for e in entries), -1])
        self.valid_to = _array([*(_day((e.get("valid") or {}).get("to"), _FOREVER) for e in entries), -1])
        keys: list[int] = []
        values: list[int] = []
        for row, (code, entry) in enumerate(cards):
            for dated in entry.get("designation") or ():
                keys.append(row * _SPAN + day_of(dated["from"], code).toordinal())
                values.append(_one_of(DESIGNATIONS, dated["value"], code))

        self._designation_keys, self._designation_values = _array(keys), _array(values)
        self.turns = np.unique(self._designation_keys % _SPAN)

    def __contains__(self, code: object) -> bool:
        """Whether the code is known."""
        return code in self._entries

    def __iter__(self) -> Any:
        """The codes as texts, in order."""
        return iter(sorted(self._entries))

    def __len__(self) -> int:
        """How many codes are known."""
        return len(self._entries)

    def row(self, number: int) -> int:
        """The row of a code number, -1 where the code is not known."""
        return self._rows.get(number, -1)

    def rows(self, numbers: IntArray) -> IntArray:
        """The rows of many code numbers, -1 where not known."""
        if numbers.size < _FEW:
            return np.array([self._rows.get(number, -1) for number in numbers.tolist()], dtype=np.int64)
        places = np.minimum(np.searchsorted(self.numbers, numbers), self.numbers.size - 1)
        return np.where(self.numbers[places] == numbers, places, -1)

    def designations(self, rows: IntArray, days: IntArray) -> IntArray:
        """For rows of codes the position in ``DESIGNATIONS`` on those days, -1 where not known."""
        keys = self._designation_keys
        places = np.maximum(np.searchsorted(keys, rows * _SPAN + days, side="right") - 1, 0)
        ours = (keys[places] <= rows * _SPAN + days) & (keys[places] // _SPAN == rows)
        return np.where(ours, self._designation_values[places], -1)

    def card(self, code: str) -> CodeCard | None:
        """What is known of the code, None if nothing is."""
        if code not in self._entries:
            return None
        if code not in self._cards:
            self._cards[code] = self._build(code)
        return self._cards[code]

    def _build(self, code: str) -> CodeCard:
        name, group, entry = self._entries[code]
        where = f"{name} {code}"
        valid = entry.get("valid") or {}
        return CodeCard(
            code,
            entry["label"],
            group,
            entry["kind"],
            entry.get("unit_minutes"),
            entry["contact"],
            tuple(entry.get("disciplines") or ()),
            entry.get("bound_discipline"),
            tuple(
                Dated(
                    d["value"],
                    day_of(d["from"], where),
                    source_of(d, self._sources, where),
                    grade(d.get("evidence"), where),
                    d.get("note"),
                )
                for d in entry.get("designation") or ()
            ),
            day_of(valid["from"], where) if valid.get("from") else None,
            day_of(valid["to"], where) if valid.get("to") else None,
            source_of(valid, self._sources, where) if valid.get("source") else None,
            grade(valid.get("evidence"), where) if valid.get("evidence") else None,
            tuple(entry.get("add_on_to") or ()),
            entry.get("further_units"),
            tuple(entry.get("for") or ()),
            tuple(entry.get("not_for") or ()),
            tuple(entry.get("similar") or ()),
            tuple(
                Event(
                    day_of(e["on"], where),
                    e["what"],
                    source_of(e, self._sources, where),
                    grade(e.get("evidence"), where),
                )
                for e in entry.get("history") or ()
            ),
            entry.get("note"),
        )


#: More than any day ordinal, so that row and day fit one sortable key.
_SPAN: Final = 10_000_000
#: Up to so many values a Python loop beats setting up array calls.
_FEW: Final = 24


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _one_of(words: tuple[str, ...], word: str, code: str) -> int:
    if word not in words:
        msg = f"code {code}: {word!r} is not one of {', '.join(words)}"
        raise BadPolicyData(msg)
    return words.index(word)


def _discipline(word: str | None) -> int:
    return 0 if word is None else DISCIPLINES.index(word) + 1


def _day(text: str | None, otherwise: int) -> int:
    return dt.date.fromisoformat(text).toordinal() if text else otherwise
