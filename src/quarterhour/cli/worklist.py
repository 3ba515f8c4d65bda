"""The worklist of unpaid lines as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quarterhour.cli.output import Line, wrapped
from quarterhour.domain.plural import counted
from quarterhour.report.groups import made_by
from quarterhour.report.worklist import MEANS, PATIENT, about, code, match, places, shown, until

_STYLES: Final = {"denied": "bold red", "rejected": "bold red", "unprocessable": "bold yellow"}
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


def _row(row: Mapping[str, Any]) -> Iterator[Line]:
    amount = row["amount"] or "amount not told"
    yield [
        (f"{row['number']:>3}. {amount:>10}  ", "bold"),
        (row["standing"], _STYLES.get(row["standing"], "bold")),
        (f"  {about(row)}", ""),
    ]
    for one in row["reasons"]:
        amount = f"  {one['amount']}" if one["amount"] and len(row["reasons"]) > 1 else ""
        yield from wrapped(f"{code(one)}{amount}  {one['meaning'] or MEANS}", _INDENT)
    for one in row["remarks"]:
        yield from wrapped(f"{one['code']}  {one['meaning'] or MEANS}", _INDENT)
    if row["places"]:
        yield from wrapped(f"at {places(row['places'])}", _INDENT)
    if row["cause"]:
        yield from wrapped(f"usually ({row['cause_evidence']}): {row['cause']}", _INDENT, style="dim")
    for change in row["changes"]:
        yield from wrapped(
            f"changed by the payer: {change['what']} {shown(change['sent'])} sent, "
            f"{shown(change['answered'])} answered", _INDENT, style="yellow",
        )  # fmt: skip
    yield from wrapped(row["why"], _INDENT, style="bold" if row["findings"] else "dim")
    for finding in row["findings"]:
        yield from wrapped(f"{finding['rule']}  {finding['message']}", _INDENT + "  ", first=_INDENT + "  ")
    yield from wrapped(f"{row['who']}: {row['next']}", _INDENT)
    if row["fact"]:
        yield from wrapped(f"has to be true: {row['fact']}", _INDENT)
    yield from wrapped(until(row), _INDENT)
    yield from wrapped(f"patient: {PATIENT[row['patient']['may_be_billed']]}; {row['patient']['reason']}", _INDENT)
    yield from wrapped(match(row), _INDENT, style="dim")


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
