"""What was turned away before anything was decided: claims and lines of a 277CA, transactions of a 999 or 997."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.money import Cents
from quarterhour.interchange.x12 import Table
from quarterhour.policy.denials import Denials, Status
from quarterhour.workflows.denials.items import Item, Rejection

_CLAIM: Final = "PT"
_STATUSES: Final = (1, 2, 3)
_ERRORS: Final = tuple(f"error{place}" for place in range(1, 6))
_CLAIMS: Final = "837"


class Batches:
    """Whole transmissions that a 277CA rejects, held until it is known that none of their claims stands below."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[tuple[str, int], list[Item]] = {}
        self._told: set[tuple[str, int]] = set()

    def hold(self, path: str, transaction: int, item: Item) -> None:
        """Keep a transmission's rejection."""
        self._held.setdefault((path, transaction), []).append(item)

    def has_claims(self, path: str, transaction: int) -> None:
        """Say that a claim of it is told by itself."""
        self._told.add((path, transaction))

    def alone(self) -> Iterator[Item]:
        """The rejections under which no claim is told, the last of each: that is the nearest to the claims."""
        return (items[-1] for key, items in self._held.items() if key not in self._told)


def rejected_claims(
    path: str, tables: Mapping[str, Table], denials: Denials, payer: str | None, batches: Batches
) -> Iterator[Item]:
    """The claims that a part of a 277CA rejects, each once with all that is said of it and of its lines."""
    table = tables["statuses"]
    of_claims: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in table.records()[table.carried :]:
        if row["level"] == _CLAIM:
            batches.has_claims(path, row["transaction"])
            if _rejected(row, denials):
                of_claims.setdefault((row["transaction"], row["trace"]), []).append(row)
        elif _rejected(row, denials):
            batches.hold(path, row["transaction"], _status_item(path, [row], denials, payer, whole=True))
    for rows in of_claims.values():
        yield _status_item(path, rows, denials, payer, whole=False)


def accepted_claims(tables: Mapping[str, Table], denials: Denials) -> Iterator[tuple[str, int]]:
    """The claims of which a part of a 277CA rejects nothing, each with the day (ordinal) of its status."""
    table = tables["statuses"]
    rows = [row for row in table.records()[table.carried :] if row["level"] == _CLAIM]
    rejected = {row["trace"] for row in rows if _rejected(row, denials)}
    return ((row["trace"], max(row["date"], 0)) for row in rows if row["trace"] not in rejected)


def _rejected(row: Mapping[str, Any], denials: Denials) -> bool:
    """Whether one of its statuses has a category that rejects."""
    known = (denials.categories.get(row[f"category{place}"]) for place in _STATUSES)
    return any(one is not None and one.rejected for one in known)


def _status_item(
    path: str, rows: Sequence[Mapping[str, Any]], denials: Denials, payer: str | None, *, whole: bool
) -> Item:
    """What several statuses of a claim, or one of a transmission, come to; the claim's own stand before its lines'."""
    codes = dict.fromkeys(
        tuple(row[f"{name}{place}"] for name in ("category", "status", "entity"))
        for row in rows
        for place in _STATUSES
        if row[f"category{place}"] or row[f"status{place}"]
    )
    known: dict[Status, None] = {}
    for category, status, _ in codes:
        known |= dict.fromkeys(one for one in (denials.categories.get(category), denials.statuses.get(status)) if one)
    lines = {row["control_number"] for row in rows if row["service_segment"] != ABSENT}
    first = rows[0]
    served = next((row["date_of_service"] for row in rows if row["date_of_service"] != ABSENT), ABSENT)
    rejection = Rejection(
        whole,
        tuple(tuple(part for part in code if part) for code in codes),
        tuple(known),
        lines.pop() if len(lines) == 1 else "",
    )
    return Item(
        path, first["segment"], "rejected", Cents(first["amount"]) if first["amount"] else None,
        "" if whole else first["trace"], payer, _day(first["date"]), _day(served), rejection=rejection,
    )  # fmt: skip


def rejected_transactions(path: str, tables: Mapping[str, Table], denials: Denials, payer: str | None) -> list[Item]:
    """The transactions of claims that a part of a 999 or 997 rejects, with the segments it names."""
    places: dict[int, list[dict[str, int | str]]] = {}
    for row in tables["errors"].records():
        place = {name: row[name] for name in ("about_segment", "position", "loop", "element", "error")}
        told = {name: value for name, value in place.items() if value not in {"", ABSENT}}
        places.setdefault(row["response"], []).append(told)
    table = tables["responses"]
    groups = [row["control_number"] for row in tables["groups"].records()]
    found = []
    for number, row in enumerate(table.records()):
        verdict = denials.verdicts.get(row["verdict"])
        if number < table.carried or verdict is None or not verdict.rejected or row["set"] not in {"", _CLAIMS}:
            continue
        codes = ((row["verdict"],), *((row[name],) for name in _ERRORS if row[name]))
        group = groups[0] if len(set(groups)) == 1 else ""
        rejection = Rejection(
            whole=True, codes=codes, known=(verdict,), control_number=row["control_number"], group_control_number=group,
            places=tuple(places.get(number, ())),
        )  # fmt: skip
        found.append(Item(path, row["segment"], "rejected", None, "", payer, None, None, rejection=rejection))
    return found


def _day(ordinal: int) -> dt.date | None:
    return None if ordinal == ABSENT else dt.date.fromordinal(ordinal)
