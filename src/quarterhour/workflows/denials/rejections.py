"""What was turned away before anything was decided: claims and lines of a 277CA, transactions and groups of a 999 or
997, interchanges of a TA1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from quarterhour.domain.answer import Standing
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.money import Cents
from quarterhour.interchange.x12 import Table
from quarterhour.policy.denials import Denials, Status
from quarterhour.workflows.denials.items import Item, Rejection

_CLAIM: Final = "PT"
_PROVIDER: Final = "19"
_STATUSES: Final = (1, 2, 3)
_ERRORS: Final = tuple(f"error{place}" for place in range(1, 6))
_NOTE: Final = "note"
_CLAIMS: Final = "837"
_GROUP: Final = "HC"


class Batches:
    """Whole transmissions that a 277CA rejects, held until it is known that none of their claims stands below.

    One is a file (place 0) or all claims of a provider (the number of its HL), each of a transaction.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[tuple[str, int, int], Item] = {}
        self._told: set[tuple[str, int, int]] = set()
        self._answered: set[tuple[str, int]] = set()

    def hold(self, path: str, transaction: int, provider: int, item: Item) -> None:
        """Keep a transmission's rejection; of several of one place the last, which is the nearest to the claims."""
        self._held[path, transaction, provider] = item
        if provider:
            self._told.add((path, transaction, 0))

    def has_claims(self, path: str, transaction: int, provider: int) -> None:
        """Say that a claim of it is told by itself."""
        self._told |= {(path, transaction, 0), (path, transaction, provider)}

    def has_answers(self, path: str, transactions: Iterable[int]) -> None:
        """Say that a 999 tells of the transactions of a group one by one."""
        self._answered |= {(path, one) for one in transactions}

    def answered(self, path: str, transaction: int) -> bool:
        """Whether it does."""
        return (path, transaction) in self._answered

    def alone(self) -> Iterator[Item]:
        """The rejections under which nothing is told."""
        return (item for key, item in self._held.items() if key not in self._told)


def rejected_claims(path: str, tables: Mapping[str, Table], denials: Denials, batches: Batches) -> Iterator[Item]:
    """The claims that a part of a 277CA rejects, each once with all that is said of it and of its lines.

    Claims of which a category says something our table does not have are ``unknown``.
    """
    for rows in _claims(tables):
        first = rows[0]
        batches.has_claims(path, first["transaction"], max(first["provider_segment"], 0))
        bad = [row for row in rows if _rejected(row, denials)]
        strange = [row for row in rows if _unknown(row, denials)]
        if bad or strange:
            standing: Standing = "rejected" if bad else "unknown"
            yield _status_item(path, bad or strange, denials, whole=False, standing=standing)
    table = tables["statuses"]
    for row in table.records()[table.carried :]:
        if row["level"] != _CLAIM and _rejected(row, denials):
            provider = max(row["provider_segment"], 0) if row["level"] == _PROVIDER else 0
            batches.hold(path, row["transaction"], provider, _status_item(path, [row], denials, whole=True))


def accepted_claims(tables: Mapping[str, Table], denials: Denials) -> Iterator[tuple[str, int]]:
    """The claims that a part of a 277CA accepts and rejects in nothing, each with the day (ordinal) of its status."""
    for rows in _claims(tables):
        if any(_accepted(row, denials) for row in rows) and not any(_rejected(row, denials) for row in rows):
            yield rows[0]["trace"], max(0, *(row["date"] for row in rows))


def _claims(tables: Mapping[str, Table]) -> Iterable[list[dict[str, Any]]]:
    """The statuses of each claim; of two with one control number each has its own."""
    table = tables["statuses"]
    of_claims: dict[int, list[dict[str, Any]]] = {}
    for row in table.records()[table.carried :]:
        if row["level"] == _CLAIM:
            of_claims.setdefault(row["begin_segment"], []).append(row)
    return of_claims.values()


def _statuses(row: Mapping[str, Any], denials: Denials) -> Iterator[Status | None]:
    """What our table has on each of its categories; None for one it does not have."""
    told = (row[f"category{place}"] for place in _STATUSES)
    return (denials.categories.get(category) for category in told if category)


def _rejected(row: Mapping[str, Any], denials: Denials) -> bool:
    """Whether one of its statuses has a category that rejects."""
    return any(one is not None and one.rejected for one in _statuses(row, denials))


def _accepted(row: Mapping[str, Any], denials: Denials) -> bool:
    return any(one is not None and one.accepted for one in _statuses(row, denials))


def _unknown(row: Mapping[str, Any], denials: Denials) -> bool:
    return None in _statuses(row, denials)


def _status_item(
    path: str,
    rows: Sequence[Mapping[str, Any]],
    denials: Denials,
    *,
    whole: bool,
    standing: Standing = "rejected",
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
        path, first["segment"], standing, Cents(first["amount"]) if first["amount"] else None,
        "" if whole else first["trace"], None, _day(first["date"]), _day(served), rejection=rejection,
    )  # fmt: skip


def rejected_groups(path: str, tables: Mapping[str, Table], denials: Denials, batches: Batches) -> Iterator[Item]:
    """The groups of claims that a part of a 999 or 997 rejects without a word on their transactions."""
    batches.has_answers(path, (row["transaction"] for row in tables["responses"].records()))
    table = tables["groups"]
    for row in table.records()[table.carried :]:
        verdict = denials.verdicts.get(row["verdict"])
        if verdict is None or not verdict.rejected or row["identifier"] not in {"", _GROUP}:
            continue
        if not batches.answered(path, row["transaction"]):
            yield _whole(path, row, verdict, {"group": row["control_number"]})


def rejected_transactions(path: str, tables: Mapping[str, Table], denials: Denials) -> list[Item]:
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
        numbers = {"transaction": row["control_number"], "group": groups[0] if len(set(groups)) == 1 else ""}
        found.append(_whole(path, row, verdict, numbers, _ERRORS, places.get(number, ())))
    return found


def rejected_interchanges(path: str, table: Table, denials: Denials) -> Iterator[Item]:
    """The interchanges that a TA1 rejects, which may have held claims."""
    for row in table.records()[table.carried :]:
        verdict = denials.verdicts.get(row["verdict"])
        if verdict is not None and verdict.rejected:
            yield _whole(path, row, verdict, {"interchange": row["control_number"]}, (_NOTE,))


def _whole(
    path: str,
    row: Mapping[str, Any],
    verdict: Status,
    numbers: Mapping[str, str],
    errors: Iterable[str] = (),
    places: Iterable[dict[str, int | str]] = (),
) -> Item:
    """A transmission that is rejected; ``errors`` are the columns with codes that say why."""
    codes = ((row["verdict"],), *((row[name],) for name in errors if row[name]))
    told = tuple((what, number) for what, number in numbers.items() if number)
    rejection = Rejection(whole=True, codes=codes, known=(verdict,), numbers=told, places=tuple(places))
    return Item(path, row["segment"], "rejected", None, "", None, None, None, rejection=rejection)


def _day(ordinal: int) -> dt.date | None:
    return None if ordinal == ABSENT else dt.date.fromordinal(ordinal)
