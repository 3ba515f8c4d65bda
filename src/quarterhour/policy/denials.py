"""What payers' answers mean: reason codes, remark codes and answers before adjudication, in our own words, with what to
do about each, until when, and which of our rules would have caught the cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, get_args

import msgspec

from quarterhour.domain.answer import Standing
from quarterhour.policy.errors import BadPolicyData
from quarterhour.policy.parameter import Parameter, day_of
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of

#: What can be done about an answer, and who does it.
WAYS: Final = ("resubmit", "corrected-claim", "reopen", "appeal", "records", "other-payer")
WHO: Final = ("biller", "therapist", "front-desk")
_STANDINGS: Final = frozenset(get_args(Standing))
_SAYS: Final = frozenset({"unprocessable", "no-appeal", "patient-owes-nothing"})
#: What a reason code may say; the others are for remarks.
_OF_REASONS: Final = frozenset({"patient-owes-nothing"})
#: What an exception (``where``) is chosen by.
_CONDITIONS: Final = ("groups", "remarks", "payers")
#: Stands for the place of an exception where none fits.
_WITHOUT: Final = -1
#: The ways whose time counts from the remittance, and the units of their parameters.
_FROM_REMITTANCE: Final = {"appeal": "days", "reopen": "months", "records": "days"}


class Reason(msgspec.Struct, frozen=True):
    """A reason code (CARC) as it stands for one group, set of remarks and payer.

    ``cause`` is what it usually is in therapy, from memory (``cause_evidence``); ``fact`` what has to be true in the
    record before ``next`` may be done; ``rules`` are codes of our rules that catch the cause; ``says`` what follows
    from it whatever the group.
    """

    carc: str
    standing: Standing
    meaning: str
    cause: str
    next: str
    fact: str
    who: str
    ways: tuple[str, ...]
    rules: tuple[str, ...]
    says: frozenset[str]
    first: dt.date
    source: Source
    evidence: Grade
    cause_source: Source
    cause_evidence: Grade


class Remark(msgspec.Struct, frozen=True):
    """A remark code (RARC); ``says`` is what follows from it whatever the reason, ``rules`` ours that catch it."""

    code: str
    meaning: str
    says: frozenset[str]
    rules: tuple[str, ...]
    source: Source
    evidence: Grade


class Status(msgspec.Struct, frozen=True):
    """A code of a 277CA or the verdict of a 999; ``rejected`` is None where the code by itself does not tell.

    ``accepted`` is whether it says that the payer took the claim up, which "received" does not.
    """

    code: str
    meaning: str
    rejected: bool | None
    accepted: bool
    rules: tuple[str, ...]
    source: Source
    evidence: Grade


class Advice(msgspec.Struct, frozen=True):
    """What to do about a rejection."""

    next: str
    who: str
    ways: tuple[str, ...]
    source: Source
    evidence: Grade


class Span(msgspec.Struct, frozen=True):
    """A time that counts from the remittance: ``number`` of ``unit`` (days or months)."""

    number: int
    unit: str
    source: Source
    evidence: Grade


class Denials:
    """The tables of ``policy/data/denials``."""

    def __init__(
        self, data: DataFiles, sources: dict[str, Source], parameter: Callable[[str], Parameter[Any]], names: set[str]
    ) -> None:
        """Read them. ``names`` are those of all parameters.

        Raises:
            BadPolicyData: for an entry that does not say what it must.

        """
        content = data.files["denials/reasons"]
        self._parameter, self._names, self._sources = parameter, names, sources
        causes = content["causes"]
        self._causes = (source_of(causes, sources, "causes"), grade(causes["evidence"], "causes"))
        self._entries: dict[str, dict[str, Any]] = content["reasons"]
        self.remarks = {code: self._remark(code, row) for code, row in data.files["denials/remarks"]["remarks"].items()}
        statuses = data.files["denials/statuses"]
        self.categories = self._statuses(statuses["categories"])
        self.verdicts = self._statuses(statuses["verdicts"])
        self.statuses = self._statuses(statuses["statuses"])
        self.advice = {name: self._advice(name, row) for name, row in statuses["advice"].items()}
        self._known = {
            (carc, place): self._reason(carc, entry, place)
            for carc, entry in self._entries.items()
            for place in range(_WITHOUT, len(entry.get("where", ())))
        }

    def reasons(self) -> Iterable[Reason]:
        """Every reason there is, exceptions included."""
        return self._known.values()

    def reason(
        self, group: str, carc: str, remarks: Iterable[str], payer: str | None, day: dt.date | None
    ) -> Reason | None:
        """What a reason code means in a group, with some remarks, from a payer, in a remittance of that day.

        None where our table does not have it. A remittance without a date is answered by what stands now.
        """
        entry = self._entries.get(carc)
        if entry is None:
            return None
        said = frozenset(remarks)
        fitting = (place for place, one in enumerate(entry.get("where", ())) if _fits(one, group, said, payer))
        found = self._known[carc, next(fitting, _WITHOUT)]
        return found if day is None or found.first <= day else None

    def span(self, way: str, payer: str | None, day: dt.date) -> Span | None:
        """How long a way stands open at a payer for a remittance of that day; None where that is not known."""
        unit = _FROM_REMITTANCE.get(way)
        name = f"denials/deadlines:{payer}_{way}_{unit}"
        if unit is None or name not in self._names or day < self._parameter(name).known_from:
            return None
        value = self._parameter(name).on(day)
        return Span(int(value.value), unit, value.source, value.evidence)

    def notices(self, payer: str | None, day: dt.date) -> tuple[str, ...] | None:
        """The modifiers without which group PR is a stop; None for a payer who has none.

        Before the first day they are known for there is none that could lift the stop.
        """
        name = f"denials/liability:{payer}_notices"
        if name not in self._names:
            return None
        return () if day < self._parameter(name).known_from else tuple(self._parameter(name).on(day).value)

    def bears(self, who: str, day: dt.date) -> frozenset[str] | None:
        """The groups that ``provider`` or ``patient`` bears; None for a day before they are known."""
        known = self._parameter(f"denials/liability:{who}_groups")
        return None if day < known.known_from else frozenset(known.on(day).value)

    def near(self, day: dt.date) -> int:
        """From how many days before its end a time is called near; before that is known none is."""
        known = self._parameter("denials/deadlines:near_days")
        return -1 if day < known.known_from else int(known.on(day).value)

    def _reason(self, carc: str, entry: dict[str, Any], place: int) -> Reason:
        """The entry with the exception of that place laid over it."""
        where = f"denials/reasons {carc}"
        if place != _WITHOUT:
            exception = entry["where"][place]
            _check(where, any(name in exception for name in _CONDITIONS), f"where names {', '.join(_CONDITIONS)}")
            entry = entry | exception
        _check(where, entry.get("standing") in _STANDINGS, f"no standing is called {entry.get('standing')!r}")
        ways, who = tuple(entry.get("ways", ())), entry.get("who", "biller")
        says = frozenset(entry.get("says", ()))
        _check(where, says <= _OF_REASONS, f"says of a reason are {', '.join(sorted(_OF_REASONS))}")
        _check(where, set(ways) <= set(WAYS) and who in WHO, f"ways are {', '.join(WAYS)}, who is {', '.join(WHO)}")
        return Reason(
            carc,
            entry["standing"],
            entry["meaning"],
            entry.get("cause", ""),
            entry.get("next", ""),
            entry.get("fact", ""),
            who,
            ways,
            tuple(entry.get("rules", ())),
            says,
            day_of(entry.get("from"), where),
            source_of(entry, self._sources, where),
            grade(entry.get("evidence"), where),
            *self._causes,
        )

    def _remark(self, code: str, entry: Mapping[str, Any]) -> Remark:
        where = f"denials/remarks {code}"
        says = frozenset(entry.get("says", ()))
        _check(where, says <= _SAYS, f"says are {', '.join(sorted(_SAYS))}")
        return Remark(
            code,
            entry["meaning"],
            says,
            tuple(entry.get("rules", ())),
            source_of(dict(entry), self._sources, where),
            grade(entry.get("evidence"), where),
        )

    def _statuses(self, entries: Mapping[str, Any]) -> dict[str, Status]:
        return {
            code: Status(
                code,
                row["meaning"],
                row.get("rejected"),
                bool(row.get("accepted")),
                tuple(row.get("rules", ())),
                source_of(row, self._sources, f"denials/statuses {code}"),
                grade(row.get("evidence"), f"denials/statuses {code}"),
            )
            for code, row in entries.items()
        }

    def _advice(self, name: str, row: Mapping[str, Any]) -> Advice:
        where = f"denials/statuses {name}"
        source = source_of(dict(row), self._sources, where)
        return Advice(row["next"], row["who"], tuple(row["ways"]), source, grade(row.get("evidence"), where))


def _fits(exception: Mapping[str, Any], group: str, remarks: frozenset[str], payer: str | None) -> bool:
    """Whether all that an exception names is so."""
    given: dict[str, frozenset[str]] = {
        "groups": frozenset({group}), "remarks": remarks, "payers": frozenset({payer or ""}),
    }  # fmt: skip
    return all(given[name] & frozenset(exception[name]) for name in _CONDITIONS if name in exception)


def _check(where: str, holds: bool, message: str) -> None:  # noqa: FBT001
    if not holds:
        raise BadPolicyData(f"{where}: {message}")
