"""The report for somebody at a terminal: by visit, worst first, readable in a minute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from quarterhour.cli.excerpt import excerpt
from quarterhour.cli.output import Line, wrapped
from quarterhour.report.groups import (
    PLAIN,
    Remark,
    View,
    beside,
    by_visit,
    claim_files,
    defect_place,
    hidden,
    hidden_words,
    made_by,
    not_checked,
    places_of,
    releases,
    service_of,
    source_of,
    totals,
)

STYLES: Final = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}
_INDENT: Final = " " * 4
#: Files in which a line is a record, so that the first says as much as any other.
_BY_LINE: Final = frozenset({".jsonl", ".ndjson"})
#: As many rules of one reason as fit a line; the rest are counted.
_RULES: Final = 8
#: So many defects of a file are told; a file of something else has thousands.
_DEFECTS: Final = 25


def lines(report: dict[str, Any], view: View = PLAIN) -> Iterator[Line]:
    """The whole report, line by line."""
    for group in by_visit(report, view):
        yield [(group.title, "bold")]
        for remark in group.remarks:
            yield from _remark(remark, group.note)
        yield []
    yield from _claim_files(report)
    if report["not_checked"]:
        yield [("not checked", "bold")]
        for reason, about, rules in not_checked(report):
            named = " ".join(rules[:_RULES]) + (f" and {len(rules) - _RULES} more" if len(rules) > _RULES else "")
            yield from wrapped(f"{reason} ({about}): {named}", "    ", first="  ", style="dim")
        yield []
    yield [(totals(report), "bold")]
    if left_out := hidden(report, view):
        yield from wrapped(hidden_words(left_out), "  ", first="", style="dim")
    yield from wrapped(releases(report), "  ", first="", style="dim")
    yield from wrapped(made_by(report), "  ", first="", style="dim")


def _claim_files(report: dict[str, Any]) -> Iterator[Line]:
    """Each X12 file with its figures and its defects; of many defects the first, the rest counted."""
    for title, defects in claim_files(report):
        yield [(title, "bold")]
        for defect in defects[:_DEFECTS]:
            style = STYLES[defect["level"]]
            yield [("  ", ""), (f"{defect['level']:<7}", style), (f" {defect_place(defect)}", "dim")]
            yield from wrapped(defect["message"], _INDENT)
        if len(defects) > _DEFECTS:
            yield [(f"{_INDENT}and {len(defects) - _DEFECTS} more; --format json has all", "dim")]
        yield []


def _remark(remark: Remark, note: str) -> Iterator[Line]:
    finding = remark.finding
    spans = places_of((finding, *remark.beside))
    shown = bool(note and spans)
    place = 1 if shown else finding["where"].get("line", 1)
    told = place > 1 or (not shown and Path(finding["where"]["path"] or "").suffix.lower() in _BY_LINE)
    about = "  ".join(filter(None, (service_of(finding), f"(file line {place})" if told else "")))
    yield [
        ("  ", ""),
        (f"{finding['severity']:<7}", STYLES[finding["severity"]]),
        (f" {finding['rule']}", "bold"),
        (f"  {about}" if about else "", "dim"),
    ]
    yield from wrapped(finding["message"], _INDENT)
    if shown:
        yield from excerpt(note, spans, _INDENT, STYLES[finding["severity"]])
    for other in remark.beside:
        yield from wrapped(beside(other), _INDENT + "  ", first=f"{_INDENT}also ", style="dim")
    remedy = finding["remedy"]
    yield from wrapped(f"{remedy['kind']}: {remedy['text']}", _INDENT + "  ", first=_INDENT, style="green")
    if source_of(finding):
        yield from wrapped(f"source: {source_of(finding)}", _INDENT + "  ", first=_INDENT, style="dim")
