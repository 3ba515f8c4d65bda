"""The worklist of unpaid lines: as a table with one row a line, and what each row says in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from quarterhour.domain.plural import counted
from quarterhour.report.csv import cell

COLUMNS: Final = (
    "number", "standing", "amount", "claim_id", "line", "code", "modifiers", "units", "charge", "paid",
    "date_of_service", "payer", "payer_name", "payer_claim_number", "answered_on", "reasons", "remarks", "meaning",
    "cause", "next", "fact", "who", "deadline", "days_left", "ways", "patient", "why", "prevented_by", "matched_by",
    "sent_path", "sent_line", "changes", "path", "segment",
    "transmission",
)  # fmt: skip
#: Whether the patient may be billed.
PATIENT: Final = {
    "no": "not billed", "stop": "STOP, not billed", "with-notice": "only with the notice", "ask": "as the plan says",
}  # fmt: skip
#: Of a code without words of ours.
MEANS: Final = "not in our table"


def csv_text(answer: Mapping[str, Any]) -> str:
    """The worklist; with every line asked for, those that need nothing stand below it without a number."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in answer["worklist"]:
        table.writerow([cell(value) for value in _cells(row)])
    listed = {(row["where"]["path"], row["where"]["segment"]) for row in answer["worklist"]}
    for row in answer.get("lines", ()):
        if (row["where"]["path"], row["where"]["segment"]) not in listed:
            told = row | row["where"] | {"modifiers": " ".join(row["modifiers"]), "reasons": codes(row["reasons"])}
            told["remarks"] = " ".join(row["remarks"])
            table.writerow([cell(told.get(name)) for name in COLUMNS])
    return text.getvalue()


def _cells(row: Mapping[str, Any]) -> list[Any]:
    """The cells of a row of the worklist, in the order of the columns."""
    sent = row["matched"] or {}
    told = dict(row) | {
        "modifiers": " ".join(row["modifiers"]),
        "reasons": codes(row["reasons"]),
        "remarks": " ".join(one["code"] for one in row["remarks"]),
        "meaning": "; ".join(one["meaning"] or f"{code(one)} {MEANS}" for one in row["reasons"]),
        "ways": "; ".join(f"{one['way']} {one['by'] or 'not known'}" for one in row["ways"]),
        "patient": f"{row['patient']['may_be_billed']}: {row['patient']['reason']}",
        "prevented_by": " ".join(row["prevented_by"]),
        "matched_by": sent.get("line_by") or sent.get("claim_by") or row["not_matched"],
        "transmission": transmission(row),
        "sent_path": sent.get("path"),
        "sent_line": sent.get("line"),
        "changes": "; ".join(
            f"{one['what']}: {shown(one['sent'])} -> {shown(one['answered'])}" for one in row["changes"]
        ),
        **row["where"],
    }
    return [told.get(name) for name in COLUMNS]


def about(row: Mapping[str, Any]) -> str:
    """Claim, line, code, day and payer."""
    parts = [row["claim_id"] or transmission(row) or "a claim without a number"]
    if row["line"]:
        parts.append(f"line {row['line']}")
    if row["code"]:
        parts.append(" ".join([row["code"], *row["modifiers"]]) + (f" x{row['units']}" if row["units"] else ""))
    parts += [part for part in (row["date_of_service"], row["payer_name"] or row["payer"]) if part]
    return "  ".join(parts)


def transmission(row: Mapping[str, Any]) -> str:
    """The control numbers of a transmission that was rejected; empty for a row about a claim."""
    numbers = row["transmission"]
    if numbers is None:
        return ""
    return " of ".join(f"{what} {number}" for what, number in numbers.items()) or "a whole transmission"


def code(one: Mapping[str, Any]) -> str:
    """A reason with its group, such as ``CO-97``."""
    return f"{one['group']}-{one['code']}" if one["group"] else str(one["code"])


def codes(reasons: Sequence[Mapping[str, Any]]) -> str:
    """All reasons with their amounts."""
    return " ".join(f"{code(one)}={one['amount']}" if one["amount"] else code(one) for one in reasons)


def places(told_of: Sequence[Mapping[str, Any]]) -> str:
    """The segments and elements that an acknowledgement names."""
    told = [
        f"{one.get('about_segment', 'a segment')} {one.get('position', '')}".strip()
        + (f", element {one['element']}" if "element" in one else "")
        for one in told_of
    ]
    return "; ".join(dict.fromkeys(told))


def until(row: Mapping[str, Any]) -> str:
    """The ways and their days, the nearest first."""
    if not row["ways"]:
        return "no way of its own, so no deadline"
    told = []
    for way in row["ways"]:
        if way["by"] is None:
            told.append(f"{way['way']}: day not known, {way['reason']}")
        else:
            grade = f" ({way['evidence']})" if way["evidence"] not in {"primary", "near-primary"} else ""
            told.append(f"{way['way']} {'was open until' if way['passed'] else 'by'} {way['by']}{grade}")
    left = row["days_left"]
    days = "" if left is None or left < 0 else f"{counted(left, 'day')} left: "
    return days + "; ".join(told)


def match(row: Mapping[str, Any]) -> str:
    """Where it stands, and which line of which claim it answers."""
    where = f"{PurePath(row['where']['path']).name}, segment {row['where']['segment']}"
    sent = row["matched"]
    if sent is None:
        return f"{where}; {row['not_matched']}"
    known = f"known by {sent['claim_by']}" + (f", line by {sent['line_by']}" if sent["line_by"] else "")
    place = f" line {sent['line']}" if sent["line"] else ""
    named = PurePath(sent["path"]).name if sent["path"] else "a record"
    missing = f"; {row['not_matched']}" if row["not_matched"] else ""
    return f"{where}; answers{place} of the {sent['origin']} in {named}, {known}{missing}"


def shown(value: Any) -> str:
    """What was sent or answered."""
    return (" ".join(value) or "none") if isinstance(value, list) else str(value)
