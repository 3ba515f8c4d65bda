"""The worklist of unpaid lines for people: as text, and as a table with one row a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from quarterhour.cli.output import Line, wrapped
from quarterhour.cli.report.csv import cell
from quarterhour.cli.report.groups import made_by
from quarterhour.domain.plural import counted

COLUMNS: Final = (
    "number", "standing", "amount", "claim_id", "line", "code", "modifiers", "units", "charge", "paid",
    "date_of_service", "payer", "payer_name", "payer_claim_number", "answered_on", "reasons", "remarks", "meaning",
    "cause", "next", "fact", "who", "deadline", "days_left", "ways", "patient", "why", "prevented_by", "matched_by",
    "sent_path", "sent_line", "changes", "path", "segment",
    "transmission",
)  # fmt: skip
_STYLES: Final = {"denied": "bold red", "rejected": "bold red", "unprocessable": "bold yellow"}
_PATIENT: Final = {
    "no": "not billed", "stop": "STOP, not billed", "with-notice": "only with the notice", "ask": "as the plan says",
}  # fmt: skip
_MEANS: Final = "not in our table"
_INDENT: Final = " " * 6
#: So many claims that match nothing are named; the rest are counted, and all stand in the JSON.
_NAMED: Final = 8


def lines(answer: Mapping[str, Any]) -> Iterator[Line]:
    """The whole answer, line by line."""
    for row in answer["worklist"]:
        yield from _row(row)
        yield []
    yield from _aside(answer)
    yield from _summary(answer)


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
            told = row | row["where"] | {"modifiers": " ".join(row["modifiers"]), "reasons": _codes(row["reasons"])}
            told["remarks"] = " ".join(row["remarks"])
            table.writerow([cell(told.get(name)) for name in COLUMNS])
    return text.getvalue()


def _row(row: Mapping[str, Any]) -> Iterator[Line]:
    amount = row["amount"] or "amount not told"
    yield [
        (f"{row['number']:>3}. {amount:>10}  ", "bold"),
        (row["standing"], _STYLES.get(row["standing"], "bold")),
        (f"  {_about(row)}", ""),
    ]
    for one in row["reasons"]:
        amount = f"  {one['amount']}" if one["amount"] and len(row["reasons"]) > 1 else ""
        yield from wrapped(f"{_code(one)}{amount}  {one['meaning'] or _MEANS}", _INDENT)
    for one in row["remarks"]:
        yield from wrapped(f"{one['code']}  {one['meaning'] or _MEANS}", _INDENT)
    if row["places"]:
        yield from wrapped(f"at {_places(row['places'])}", _INDENT)
    if row["cause"]:
        yield from wrapped(f"usually ({row['cause_evidence']}): {row['cause']}", _INDENT, style="dim")
    for change in row["changes"]:
        yield from wrapped(
            f"changed by the payer: {change['what']} {_shown(change['sent'])} sent, "
            f"{_shown(change['answered'])} answered", _INDENT, style="yellow",
        )  # fmt: skip
    yield from wrapped(row["why"], _INDENT, style="bold" if row["findings"] else "dim")
    for finding in row["findings"]:
        yield from wrapped(f"{finding['rule']}  {finding['message']}", _INDENT + "  ", first=_INDENT + "  ")
    yield from wrapped(f"{row['who']}: {row['next']}", _INDENT)
    if row["fact"]:
        yield from wrapped(f"has to be true: {row['fact']}", _INDENT)
    yield from wrapped(_until(row), _INDENT)
    yield from wrapped(f"patient: {_PATIENT[row['patient']['may_be_billed']]}; {row['patient']['reason']}", _INDENT)
    yield from wrapped(_match(row), _INDENT, style="dim")


def _about(row: Mapping[str, Any]) -> str:
    parts = [row["claim_id"] or _transmission(row) or "a claim without a number"]
    if row["line"]:
        parts.append(f"line {row['line']}")
    if row["code"]:
        parts.append(" ".join([row["code"], *row["modifiers"]]) + (f" x{row['units']}" if row["units"] else ""))
    parts += [part for part in (row["date_of_service"], row["payer_name"] or row["payer"]) if part]
    return "  ".join(parts)


def _transmission(row: Mapping[str, Any]) -> str:
    """The control numbers of a transmission that was rejected; empty for a row about a claim."""
    numbers = row["transmission"]
    if numbers is None:
        return ""
    return " of ".join(f"{what} {number}" for what, number in numbers.items()) or "a whole transmission"


def _code(one: Mapping[str, Any]) -> str:
    return f"{one['group']}-{one['code']}" if one["group"] else str(one["code"])


def _codes(reasons: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(f"{_code(one)}={one['amount']}" if one["amount"] else _code(one) for one in reasons)


def _places(places: Sequence[Mapping[str, Any]]) -> str:
    told = [
        f"{one.get('about_segment', 'a segment')} {one.get('position', '')}".strip()
        + (f", element {one['element']}" if "element" in one else "")
        for one in places
    ]
    return "; ".join(dict.fromkeys(told))


def _until(row: Mapping[str, Any]) -> str:
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


def _match(row: Mapping[str, Any]) -> str:
    where = f"{PurePath(row['where']['path']).name}, segment {row['where']['segment']}"
    match = row["matched"]
    if match is None:
        return f"{where}; {row['not_matched']}"
    known = f"known by {match['claim_by']}" + (f", line by {match['line_by']}" if match["line_by"] else "")
    place = f" line {match['line']}" if match["line"] else ""
    named = PurePath(match["path"]).name if match["path"] else "a record"
    missing = f"; {row['not_matched']}" if row["not_matched"] else ""
    return f"{where}; answers{place} of the {match['origin']} in {named}, {known}{missing}"


def _shown(value: Any) -> str:
    return (" ".join(value) or "none") if isinstance(value, list) else str(value)


def _aside(answer: Mapping[str, Any]) -> Iterator[Line]:
    """What is no work and yet has to be known: what does not add up, what matches nothing, what was settled since."""
    for one in answer["unbalanced"][:_NAMED]:
        place = f"{one['claim_id']}" + (f" line {one['line']}" if one["line"] else "")
        text = (
            f"does not add up: {place}: charge {one['charge']}, paid {one['paid']}, adjusted {one['adjusted']}, "
            f"so {one['difference']} has no code"
        )
        yield from wrapped(text, "  ", first="", style="yellow")
    yield from _more(answer["unbalanced"], "yellow")
    for one in answer["outside_claims"]:
        text = f"{one['path']}: {counted(one['lines'], 'line')} in no claim, charge {one['charge']}, paid {one['paid']}"
        yield from wrapped(text, "  ", first="", style="yellow")
    for name, rows in (
        ("answered, but not among the claims given", answer["not_matched"]["answers"]),
        ("given, but not answered", answer["not_matched"]["claims"]),
    ):
        if rows:
            shown = ", ".join(f"{one['claim_id']} ({one['charge']})" for one in rows[:_NAMED])
            more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
            yield from wrapped(f"{counted(len(rows), 'claim')} {name}: {shown}{more}", "  ", first="")
    for one in answer["answered_later"][:_NAMED]:
        text = f"{one['claim_id']} {one['code'] or ''}: unpaid on {one['answered_on']}, settled on {one['settled_on']}"
        yield from wrapped(text, "  ", first="", style="dim")
    yield from _more(answer["answered_later"], "dim")
    for one in answer["provider_adjustments"][:_NAMED]:
        text = f"taken from the payment apart from claims: {one['reason']} {one['reference']} {one['amount']}"
        yield from wrapped(text, "  ", first="", style="dim")
    yield from _more(answer["provider_adjustments"], "dim")


def _more(rows: Sequence[object], style: str) -> Iterator[Line]:
    """How many of a list were not shown."""
    if len(rows) > _NAMED:
        yield [(f"  and {len(rows) - _NAMED} more", style)]


def _summary(answer: Mapping[str, Any]) -> Iterator[Line]:
    summary = answer["summary"]
    yield [("by code", "bold")]
    for one in summary["by_code"]:
        name = " ".join([f"{one['group']}-{one['reason']}", *one["remarks"]])
        yield [(f"  {one['amount']:>12}  {counted(one['lines'], 'line'):<12} {one['standing']:<14} {name}", "")]
    found = [one for one in summary["by_rule"] if one["finds"]["lines"]]
    if found:
        yield [("what our rules find the cause of", "bold")]
        for one in found:
            yield [(f"  {one['finds']['amount']:>12}  {counted(one['finds']['lines'], 'line'):<12} {one['rule']}", "")]
    balance = summary["balance"]
    parts = "; ".join(f"{name} {amount}" for name, amount in balance["not_paid"].items())
    yield from wrapped(
        f"charge {balance['charge']}: paid {balance['paid']}" + (f"; {parts}" if parts else ""), "  ", first=""
    )
    if summary["reduced_to_nothing"]:
        lost = counted(summary["reduced_to_nothing"], "line")
        yield from wrapped(
            f"{lost} reduced to nothing by contract codes alone, so not listed", "  ", first="", style="yellow"
        )
    near = f", {summary['near']} near their end" if summary["near"] else ""
    passed = f", {summary['passed']} past it" if summary["passed"] else ""
    yield [(f"{counted(summary['queued'], 'line')} to work, {summary['queued_amount']}{near}{passed}", "bold")]
    yield from wrapped(made_by(answer), "  ", first="", style="dim")


def _cells(row: Mapping[str, Any]) -> list[Any]:
    """The cells of a row of the worklist, in the order of the columns."""
    match = row["matched"] or {}
    told = dict(row) | {
        "modifiers": " ".join(row["modifiers"]),
        "reasons": _codes(row["reasons"]),
        "remarks": " ".join(one["code"] for one in row["remarks"]),
        "meaning": "; ".join(one["meaning"] or f"{_code(one)} {_MEANS}" for one in row["reasons"]),
        "ways": "; ".join(f"{one['way']} {one['by'] or 'not known'}" for one in row["ways"]),
        "patient": f"{row['patient']['may_be_billed']}: {row['patient']['reason']}",
        "prevented_by": " ".join(row["prevented_by"]),
        "matched_by": match.get("line_by") or match.get("claim_by") or row["not_matched"],
        "transmission": _transmission(row),
        "sent_path": match.get("path"),
        "sent_line": match.get("line"),
        "changes": "; ".join(
            f"{one['what']}: {_shown(one['sent'])} -> {_shown(one['answered'])}" for one in row["changes"]
        ),
        **row["where"],
    }
    return [told.get(name) for name in COLUMNS]
