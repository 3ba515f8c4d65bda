"""What a replay came to: counts, units and dollars by change, rule, code, payer, provider and cause."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.finding import SEVERITIES
from quarterhour.domain.money import Cents
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.replay.causes import Cause
from quarterhour.workflows.replay.compare import CHANGES, CodeAmounts, Compared
from quarterhour.workflows.scrub.deal import FILE_SPAN
from quarterhour.workflows.scrub.merge import codes_shown, or_null, worded
from quarterhour.workflows.scrub.summary import stakes

_INTEGERS: Final = (
    "place", "row", "day", "rule", "change", "severity_before", "severity_after", "number", "code", "units", "charge",
    "allowed_before", "allowed_after", "visit_units", "visit_charge", "visit_lines", "cause",
)  # fmt: skip
_TEXTS: Final = ("visit_id", "payer", "provider", "message_before", "message_after")
_GONE: Final = CHANGES.index("gone")


class Otherwise:
    """All findings that are not the same, in the order of the input, as columns."""

    def __init__(self, parts: Sequence[Compared]) -> None:
        """``parts`` are in order; a cause that several have is one here."""
        causes: dict[Cause, int] = {}
        tables = []
        for part in parts:
            of = np.array([causes.setdefault(cause, len(causes)) for cause in part.causes] or [0], dtype=np.int64)
            place = part.changes.schema.get_field_index("cause")
            numbers = of[part.changes.column("cause").to_numpy()] if part.changes.num_rows else []
            tables.append(part.changes.set_column(place, "cause", pa.array(numbers, pa.int64())))
        whole = pa.concat_tables(tables)
        self.causes = list(causes)
        numbers = {name: whole.column(name).to_numpy() for name in _INTEGERS}
        order = np.lexsort([numbers[name] for name in ("change", "rule", "number", "place")])
        self.numbers: dict[str, IntArray] = {name: values[order] for name, values in numbers.items()}
        self.texts: dict[str, pa.ChunkedArray] = {name: whole.column(name).take(pa.array(order)) for name in _TEXTS}

    @property
    def count(self) -> int:
        """How many findings are not the same."""
        return int(self.numbers["place"].size)

    def table(self, paths: Sequence[str], entries: Sequence[Entry]) -> pa.Table:
        """The findings as the table people get, in the order of the input."""
        of, rules = self.numbers, [entry.rule for entry in entries]
        severities = (*SEVERITIES, None)
        return pa.table(
            {
                "input": worded(of["row"] // FILE_SPAN, paths),
                "row": pa.array(of["row"] % FILE_SPAN + 1),
                "visit_id": self.texts["visit_id"],
                "date_of_service": _days(of["day"]),
                "payer": self.texts["payer"],
                "provider": self.texts["provider"],
                "rule": worded(of["rule"], [rule.code for rule in rules]),
                "name": worded(of["rule"], [rule.name for rule in rules]),
                "change": worded(of["change"], CHANGES),
                "severity_before": pa.array([severities[place] for place in of["severity_before"]], pa.string()),
                "severity_after": pa.array([severities[place] for place in of["severity_after"]], pa.string()),
                "line": or_null(of["number"]).cast(pa.int32()),
                "code": codes_shown(of["code"]),
                "units": or_null(of["units"]).cast(pa.int32()),
                **{name: _dollars(of[name]) for name in ("charge", "allowed_before", "allowed_after")},
                "message_before": self.texts["message_before"],
                "message_after": self.texts["message_after"],
                "cause": worded(of["cause"], [cause.text for cause in self.causes]),
            }
        )

    def summary(self, entries: Sequence[Entry]) -> dict[str, Any]:
        """Counts, units and dollars of what is new, gone and changed, in all and by what it is about."""
        of = self.numbers
        names = {entry.code: entry.name for entry in entries}
        by_rule = self._by(of["rule"], [entry.code for entry in entries])
        whole = self._by(np.zeros(self.count, dtype=np.int64), [""]).get("", {})
        return {
            "findings": self.count,
            **{change: whole.get(change, _NOTHING) for change in CHANGES},
            "by_rule": {code: {"name": names[code], **told} for code, told in by_rule.items()},
            "by_code": self._by_text(codes_shown(of["code"])),
            "by_payer": self._by_text(self.texts["payer"]),
            "by_provider": self._by_text(self.texts["provider"]),
        }

    def explained(self) -> list[dict[str, Any]]:
        """What differs between the two sides, with what became otherwise for it, most findings first."""
        told = self._by(self.numbers["cause"], list(range(len(self.causes))))
        rules = self.numbers["rule"]
        return [
            {
                "kind": cause.kind,
                "claim": cause.claim,
                "codes": list(cause.codes),
                "before": cause.before,
                "after": cause.after,
                "release_before": cause.release_before,
                "release_after": cause.release_after,
                "rules": np.unique(rules[self.numbers["cause"] == place]).tolist(),
                **told[place],
            }
            for place, cause in sorted(
                enumerate(self.causes), key=lambda item: (-_findings(told[item[0]]), item[1].text)
            )
        ]

    def _by_text(self, texts: Any) -> dict[str, dict[str, Any]]:
        coded = pa.chunked_array([texts]) if isinstance(texts, pa.Array) else texts
        plain = coded.cast(pa.string()).fill_null("").combine_chunks().dictionary_encode()
        return self._by(plain.indices.to_numpy(), plain.dictionary.to_pylist())

    def _by(self, groups: IntArray, names: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """The sums of every group that occurs, by its name and by what became of the findings, where any did."""
        of = self.numbers
        place = np.unique(of["place"], return_inverse=True)[1]
        found: dict[Any, dict[str, Any]] = {}
        for change, told in enumerate(CHANGES):
            mine = of["change"] == change
            sums = _sums(groups[mine], place[mine], {name: values[mine] for name, values in of.items()}, change)
            for group_of, one in sums.items():
                found.setdefault(names[group_of], {})[told] = one
        return dict(sorted(found.items()))


_NOTHING: Final[dict[str, Any]] = {
    "findings": 0, "visits": 0, "lines": 0, "units": 0, "charge": "0.00", "allowed": "0.00", "lines_without_amount": 0,
}  # fmt: skip


def _sums(groups: IntArray, place: IntArray, of: dict[str, IntArray], change: int) -> dict[int, dict[str, Any]]:
    """Sums of one kind of change by group: a line counts once in each, the whole visit where a finding is about it."""
    if not groups.size:
        return {}
    span = int(place.max()) + 1
    keys = groups * span + place
    # What the payer would allow: under the new policy, and for what is gone under the old.
    allowed = of["allowed_before" if change == _GONE else "allowed_after"]
    nothing = np.zeros(groups.size, dtype=np.int64)
    one = np.ones(groups.size, dtype=np.int64)
    measures = {
        "lines": (one, of["visit_lines"]),
        "units": (of["units"], of["visit_units"]),
        "charge": (of["charge"], of["visit_charge"]),
        "allowed": (np.maximum(allowed, 0), nothing),
        "lines_without_amount": ((allowed == ABSENT).astype(np.int64), of["visit_lines"]),
    }
    counts = Counter(groups.tolist())
    found: dict[int, dict[str, Any]] = {}
    for name, (of_line, of_visit) in measures.items():
        distinct, sums = stakes(keys, {"number": of["number"], "line_charge": of_line, "visit_charge": of_visit})
        for group_of, visits, total in _totals(distinct // span, sums):
            told = found.setdefault(group_of, {"findings": counts[group_of], "visits": visits})
            told[name] = str(Cents(total)) if name in ("charge", "allowed") else total
    return found


def _totals(groups: IntArray, values: IntArray) -> list[tuple[int, int, int]]:
    distinct, at, visits = np.unique(groups, return_inverse=True, return_counts=True)
    sums = np.zeros(distinct.size, dtype=np.int64)
    np.add.at(sums, at, values)
    return list(zip(distinct.tolist(), visits.tolist(), sums.tolist(), strict=True))


def _findings(told: dict[str, Any]) -> int:
    return sum(int(one["findings"]) for one in told.values())


def not_checked(parts: Sequence[Compared]) -> list[dict[str, Any]]:
    """What a rule could not judge on one side as often as on the other: the visits of either side."""
    sides: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    for part in parts:
        for side, told in zip(sides, part.unjudged, strict=True):
            side.update(told)
    return [
        {"rule": key[0], "reason": key[1], "visits_before": sides[0][key], "visits_after": sides[1][key]}
        for key in sorted(sides[0].keys() | sides[1].keys())
        if sides[0][key] != sides[1][key]
    ]


def amounts_of(parts: Sequence[Compared]) -> dict[str, Any]:
    """What the lines with an amount on both sides are allowed, by code, where it is not the same."""
    codes: dict[int, CodeAmounts] = {}
    for part in parts:
        for number, one in part.amounts.items():
            told = codes.setdefault(number, CodeAmounts())
            told.units, told.before, told.after = (
                told.units + one.units, told.before + one.before, told.after + one.after
            )  # fmt: skip
    return {
        "allowed_before": str(Cents(sum(one.before for one in codes.values()))),
        "allowed_after": str(Cents(sum(one.after for one in codes.values()))),
        "lines_without_amount": sum(part.no_amount for part in parts),
        "by_code": {
            code_text(number): {
                "units": one.units,
                "allowed_before": str(Cents(one.before)),
                "allowed_after": str(Cents(one.after)),
            }
            for number, one in sorted(codes.items())
            if one.before != one.after
        },
    }


def _days(ordinals: IntArray) -> pa.Array:
    """Days as ISO texts."""
    distinct, places = np.unique(ordinals, return_inverse=True)
    texts = [dt.date.fromordinal(one).isoformat() for one in distinct.tolist()]
    return pa.array(texts, pa.string()).take(pa.array(places)).dictionary_encode()


def _dollars(cents: IntArray) -> pa.Array:
    """Cents as decimal texts, null where there is no amount."""
    distinct, places = np.unique(cents, return_inverse=True)
    texts = [None if one == ABSENT else str(Cents(one)) for one in distinct.tolist()]
    return pa.array(texts, pa.string()).take(pa.array(places)).dictionary_encode()
