"""Medicare contractors: which one a state or ZIP code belongs to, and its local therapy policies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from quarterhour.policy.errors import UnknownName
from quarterhour.policy.parameter import day_of
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of


class LocalPolicy(msgspec.Struct, frozen=True):
    """A local coverage determination or article. ``status`` is what was last seen, on ``last_seen``."""

    id: str
    title: str
    kind: str
    disciplines: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    status: str
    last_seen: str | None
    source: Source
    evidence: Grade
    note: str | None

    def status_on(self, day: dt.date) -> str:
        """The status on a day: not yet in force before its start, retired after its end, else as last seen."""
        if self.first and day < self.first:
            return "not yet in force"
        if self.last and day >= self.last:
            return self.status if self.status in {"retired", "superseded"} else "ended"
        return "in force" if self.status in {"retired", "superseded"} else self.status


class Place(msgspec.Struct, frozen=True):
    """The contractor of a state, or of the part of it a ZIP code lies in; ``first`` is None if not known."""

    state: str
    area: str | None
    zip: str | None
    jurisdiction: str
    contractor: str
    contractor_name: str
    part_b: tuple[str, ...]
    first: dt.date | None
    source: Source
    evidence: Grade
    note: str | None
    policies: tuple[LocalPolicy, ...]


class Contractors:
    """Jurisdictions by state, and the ZIP codes that say which state."""

    __slots__ = ("_data", "_exceptions", "_names", "_prefixes", "_sources", "_states")

    def __init__(self, data: DataFiles, sources: dict[str, Source]) -> None:
        """Read ``mac/``."""
        self._data, self._sources = data, sources
        content = data.files["mac/jurisdictions"]
        self._names: dict[str, str] = {key: entry["name"] for key, entry in content["contractors"].items()}
        self._states: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {}
        for jurisdiction, entry in content["jurisdictions"].items():
            for state, details in entry["states"].items():
                self._states[state] = (jurisdiction, entry, details)
        self._prefixes = [(row["first"], row["last"], row["state"]) for row in data.files["mac/zip3"]]
        self._exceptions: dict[str, str] = {row["zip"]: row["state"] for row in data.files["mac/zip5_exceptions"]}

    def states(self) -> list[str]:
        """Every state and territory."""
        return sorted(self._states)

    def state_of_zip(self, zip_code: str) -> str | None:
        """The state a ZIP code lies in, None where no such prefix is known."""
        five = zip_code[:5]
        if five in self._exceptions:
            return self._exceptions[five]
        return next((state for first, last, state in self._prefixes if first <= five[:3] <= last), None)

    def place(self, state_or_zip: str) -> Place:
        """The contractor of a state (two letters) or ZIP code (five digits, or nine).

        Raises:
            UnknownName: for a state or ZIP code there is not.

        """
        text = state_or_zip.strip().upper()
        digits = text.replace("-", "")
        zip_code = digits[:5] if digits.isdigit() and len(digits) in {5, 9} else None
        state = self.state_of_zip(zip_code) if zip_code else text
        if state is None or state not in self._states:
            raise UnknownName("state or ZIP code", state_or_zip, self._states)
        jurisdiction, entry, details = self._states[state]
        area = self._area(state, zip_code)
        if area:
            jurisdiction, entry, details = area
        return Place(
            state,
            details.get("name"),
            zip_code,
            jurisdiction,
            entry["contractor"],
            self._names[entry["contractor"]],
            (details["part_b"],) if isinstance(details["part_b"], str) else tuple(details["part_b"]),
            day_of(entry["from"], jurisdiction) if entry.get("from") else None,
            source_of(entry, self._sources, jurisdiction),
            grade(details.get("evidence") or entry.get("evidence"), jurisdiction),
            details.get("note") or entry.get("note"),
            tuple(self.policies(entry["contractor"], jurisdiction)),
        )

    def policies(self, contractor: str, jurisdiction: str) -> list[LocalPolicy]:
        """The local therapy policies of a contractor that hold in a jurisdiction."""
        content = self._data.files.get(f"mac/{contractor}/policies") or {}
        return [
            _policy(entry, self._sources)
            for entry in content.get("policies") or ()
            if jurisdiction in entry["jurisdictions"]
        ]

    def _area(self, state: str, zip_code: str | None) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
        """The jurisdiction of an area that belongs elsewhere, where the ZIP code lies in it."""
        for jurisdiction, entry in self._data.files["mac/jurisdictions"]["jurisdictions"].items():
            for area in entry.get("areas") or ():
                inside = zip_code and any(first <= zip_code <= last for first, last in area["zips"])
                if area["state"] == state and inside:
                    return jurisdiction, entry, area
        return None


def _policy(entry: dict[str, Any], sources: dict[str, Source]) -> LocalPolicy:
    where = f"mac policy {entry['id']}"
    return LocalPolicy(
        entry["id"],
        entry["title"],
        entry["kind"],
        tuple(entry.get("disciplines") or ()),
        day_of(entry["from"], where) if entry.get("from") else None,
        day_of(entry["to"], where) if entry.get("to") else None,
        entry["status"],
        str(entry["last_seen"]) if entry.get("last_seen") else None,
        source_of(entry, sources, where),
        grade(entry.get("evidence"), where),
        entry.get("note"),
    )
