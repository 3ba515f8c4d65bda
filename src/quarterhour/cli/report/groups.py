"""How a report is told to people: by visit, worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

#: What the tables of the policy data are called when people are told which release answered.
_TABLES: Final = {
    "ptp-professional": "NCCI pair tables",
    "ptp-institutional": "NCCI pair tables",
    "ptp-scope": "NCCI pair tables",
    "mue": "unlikely units (MUE)",
    "add-on": "add-on codes",
    "place-of-service": "places of service",
}
RANK: Final = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class View:
    """What a report for people is made with beside the report.

    ``notes`` by path and number of the visit, shown where a finding rests on words; ``everything`` shows also what is
    mere information for an auditor.
    """

    notes: Mapping[tuple[str | None, int], str] = field(default_factory=dict)
    everything: bool = False


#: The report alone.
PLAIN: Final = View()


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one visit, worst first, and its note if there is one."""

    title: str
    findings: tuple[dict[str, Any], ...]
    note: str


def hidden(report: dict[str, Any], view: View) -> int:
    """How many findings are left out."""
    return 0 if view.everything else sum(map(_is_for_auditors, report["findings"]))


def hidden_words(number: int) -> str:
    """What is said of them."""
    return f"{counted(number, 'info')} for the auditor not shown: --persona auditor shows what is for the auditor"


def _is_for_auditors(finding: dict[str, Any]) -> bool:
    return bool(finding["persona"] == "auditor" and finding["severity"] == "info")


def by_visit(report: dict[str, Any], view: View = PLAIN) -> list[Group]:
    """The visits that have findings, the worst first and then in the order of the input."""
    found: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for finding in report["findings"]:
        if not view.everything and _is_for_auditors(finding):
            continue
        found.setdefault((finding["where"]["path"], finding["where"]["visit"]), []).append(finding)
    counts = {one["path"]: one["visits"] for one in report["inputs"]}
    groups = [
        (
            tuple(sorted(RANK[one["severity"]] for one in findings)),
            Group(_title(*at, findings, counts), tuple(findings), view.notes.get(at, "")),
        )
        for at, findings in found.items()
    ]
    # By the worst finding alone: a visit with many slight ones does not come before one with a grave one.
    return [group for _, group in sorted(groups, key=lambda one: one[0][0])]


def not_checked(report: dict[str, Any]) -> list[tuple[str, int, list[str]]]:
    """Reason, most visits it concerns, and the rules, most visits first."""
    rules: dict[str, list[str]] = {}
    visits: dict[str, int] = {}
    for one in report["not_checked"]:
        rules.setdefault(one["reason"], []).append(one["rule"])
        visits[one["reason"]] = max(visits.get(one["reason"], 0), one["visits"])
    return sorted(((reason, visits[reason], rules[reason]) for reason in rules), key=lambda one: (-one[1], one[0]))


def totals(report: dict[str, Any]) -> str:
    """The counts in a sentence."""
    summary = report["summary"]
    said = [counted(number, severity) for severity, number in summary["by_severity"].items()]
    found = ", ".join(said) if said else "nothing found"
    within = f"in {counted(summary['visits'], 'visit')}, {counted(summary['lines'], 'line')}"
    unread = f"; {counted(summary['errors'], 'thing')} could not be read" if summary["errors"] else ""
    return f"{found} {within}{unread}"


def releases(report: dict[str, Any]) -> list[str]:
    """The dates the official tables are as of, the latest first."""
    by_date: dict[str, list[str]] = {}
    for name, date in report["tool"]["policy"]["as_of"].items():
        by_date.setdefault(date, []).append(_TABLES.get(name, name))
    return [f"{', '.join(dict.fromkeys(names))} as of {date}" for date, names in sorted(by_date.items(), reverse=True)]


def source_of(finding: dict[str, Any]) -> str:
    """What a finding rests on, in a line: its first source, since when, and whether an older release answered."""
    sources = finding["sources"]
    if not sources:
        return ""
    since = next((one["effective_from"] for one in sources if one.get("effective_from")), None)
    as_of = next((one["as_of"] for one in sources if one.get("as_of")), None)
    others = len({one["title"] for one in sources}) - 1
    said = [
        str(sources[0]["title"]),
        f", from {since}" if since else "",
        f", answered as of {as_of}" if as_of else "",
        f"; and {counted(others, 'other')}" if others else "",
    ]
    return "".join(said)


def service_of(finding: dict[str, Any]) -> str:
    """``line 2, 97530``, the code alone where nothing was billed yet, or nothing if the finding is about the visit."""
    if finding["line"] is None:
        return finding["code"] or ""
    return f"line {finding['line']}, {finding['code']}"


def counted(number: int, word: str) -> str:
    """``1 visit``, ``2 visits``."""
    return f"{number} {word}{'' if number == 1 or word == 'info' else 's'}"


def _title(path: str | None, number: int, findings: list[dict[str, Any]], counts: dict[Any, int]) -> str:
    named = findings[0]["visit_id"]
    visit = f"visit {named}" if named else f"visit {number}" if path is None or counts.get(path, 0) > 1 else ""
    return "  ".join(filter(None, ("" if path == "-" else path, visit))) or "visit"
