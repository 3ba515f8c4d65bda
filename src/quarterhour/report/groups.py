"""How a report is told to people: by visit, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from quarterhour.domain.finding import RANK
from quarterhour.domain.plural import counted

#: The official tables that findings rest on, as a report names them; those of prices are not among them.
_TABLES: Final = {
    "place-of-service": "places of service",
    "ptp": "NCCI pair tables",
    "mue": "unlikely units (MUE)",
    "add-on": "add-on codes",
}
#: Some tables each kind of claim has of its own.
_CLAIMS: Final = ("professional", "institutional")
#: So much of a hash tells one content from another.
_HASH: Final = 12


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
class Remark:
    """A finding, and lesser ones about the same: they are named beside it, and not told once more in full."""

    finding: dict[str, Any]
    beside: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one visit, worst first, and its note if there is one; ``at`` is its path and number."""

    at: tuple[str | None, int]
    title: str
    remarks: tuple[Remark, ...]
    note: str


def hidden(report: dict[str, Any], view: View) -> int:
    """How many findings are left out."""
    return 0 if view.everything else sum(map(_is_for_auditors, report["findings"]))


def hidden_words(number: int) -> str:
    """What is said of them."""
    return f"{counted(number, 'info')} for the auditor not shown: --persona auditor shows what is for the auditor"


def _is_for_auditors(finding: dict[str, Any]) -> bool:
    return bool(finding["persona"] == "auditor" and finding["severity"] == "info")


def by_visit(report: dict[str, Any], view: View = PLAIN) -> Iterator[Group]:
    """The visits that have findings, the worst first and then in the order of the input.

    The findings are gone through once for every severity there is, and those of one visit or claim held at a time.
    """
    counts = {one["path"]: one["visits"] for one in report["inputs"]}
    for severity, rank in RANK.items():
        if not report["summary"]["by_severity"].get(severity):
            continue
        for at, findings in _by_visit(report["findings"], view):
            # By the worst finding alone: a visit with many slight ones does not come before one with a grave one.
            if min(RANK[one["severity"]] for one in findings) == rank:
                yield Group(at[:2], _title(*at, findings, counts), _remarks(findings), view.notes.get(at[:2], ""))


def _by_visit(findings: Iterable[dict[str, Any]], view: View) -> Iterator[tuple[tuple[Any, Any, Any], list[Any]]]:
    """The findings of each visit or claim, worst first. Those of a claim and of its visits stand together."""
    for _, together in groupby(findings, lambda one: (one["where"]["path"], one["claim_id"] or one["where"]["visit"])):
        found: dict[tuple[Any, Any, Any], list[dict[str, Any]]] = {}
        for finding in together:
            if view.everything or not _is_for_auditors(finding):
                where = finding["where"]
                found.setdefault((where["path"], where["visit"], finding["claim_id"]), []).append(finding)
        yield from found.items()


def _remarks(findings: list[dict[str, Any]]) -> tuple[Remark, ...]:
    """The findings that one answer settles together: those about one element of the note, the worst first."""
    together: dict[Any, list[dict[str, Any]]] = {}
    for number, finding in enumerate(findings):
        together.setdefault(finding["element"] or number, []).append(finding)
    return tuple(Remark(first, tuple(others)) for first, *others in together.values())


def places_of(findings: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where the words stand that findings rest on, each place once."""
    return list(dict.fromkeys((one["start"], one["end"]) for finding in findings for one in finding["evidence"]))


def numbers_of(finding: dict[str, Any]) -> str:
    """The numbers of a finding in a line, such as ``billed 4, minutes 47, allowed 3``, without its line and code."""
    told = {"line": finding["line"], "code": finding["code"]}
    numbers = ((name, value) for name, value in finding["numbers"].items() if told.get(name) != value)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in numbers)


def assumed(report: dict[str, Any]) -> str:
    """What had to be assumed of notes that came alone, in words; empty where nothing had."""
    found = {name: value for one in report["inputs"] for name, value in one.get("assumed", {}).items()}
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found.items())


def beside(finding: dict[str, Any]) -> str:
    """How a finding is told beside another: severity, rule, what it is about, and what it says."""
    about = service_of(finding)
    return f"{finding['severity']} {finding['rule']}{f' {about}' if about else ''}: {finding['message']}"


def not_checked(report: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Reason, most visits (or claims) it concerns in words, and the rules; most visits first."""
    rules: dict[str, list[str]] = {}
    most: dict[str, tuple[int, int]] = {}
    for one in report["not_checked"]:
        rules.setdefault(one["reason"], []).append(one["rule"])
        most[one["reason"]] = max(most.get(one["reason"], (0, 0)), (one["visits"], one.get("claims", 0)))
    ordered = sorted(rules, key=lambda reason: (-most[reason][0], -most[reason][1], reason))
    return [(reason, _concerns(*most[reason]), rules[reason]) for reason in ordered]


def _concerns(visits: int, claims: int) -> str:
    return counted(visits, "visit") if visits or not claims else counted(claims, "claim")


def totals(report: dict[str, Any]) -> str:
    """The counts in a sentence; defects that are findings as well are counted as these."""
    summary = report["summary"]
    said = [counted(number, severity) for severity, number in summary["by_severity"].items()]
    found = ", ".join(said) if said else "nothing found"
    claims = f"{counted(summary['claims'], 'claim')}, " if summary["claims"] else ""
    within = f"in {claims}{counted(summary['visits'], 'visit')}, {counted(summary['lines'], 'line')}"
    defects = sum(summary["defects"].values()) - sum(
        "rule" in defect for one in report["inputs"] for defect in one.get("defects", ())
    )
    found += f"; {counted(defects, 'defect')} of X12 files" if defects else ""
    unread = f"; {counted(summary['errors'], 'thing')} could not be read" if summary["errors"] else ""
    return f"{found} {within}{unread}"


def claim_files(report: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The files of X12 and those with claims: each with a line of its figures, and its X12 defects, errors first.

    A defect that a finding tells as well (it has the ``rule``) is not told twice.
    """
    found = []
    for one in report["inputs"]:
        of_x12 = "kinds" in one
        if not (of_x12 or one.get("claims")):
            continue
        counts = one["kinds"] if of_x12 else {}
        kinds = ", ".join(f"{kind} {claims}" if len(counts) > 1 else kind for kind, claims in counts.items())
        said = [kinds or one["kind"] or "no transaction"]
        if one["claims"]:
            said += [counted(one["claims"], "claim"), counted(one["lines"], "line")]
        said += [f"{name} {one[name]}" for name in ("charge", "paid") if one.get(name) is not None]
        said += [f"{counted(lines, 'line')} not judged: {reason}" for reason, lines in one["not_judged"].items()]
        title = f"{one['path']}  {'; '.join(said)}"
        # What is wrong in a file of another format stands among the things that could not be read.
        defects = [defect for defect in one["defects"] if "rule" not in defect] if of_x12 else []
        found.append((title, sorted(defects, key=lambda defect: RANK[defect["level"]])))
    return found


def defect_place(defect: dict[str, Any]) -> str:
    """``SE01  SNIP 1, segment 914, byte 20331, loop ST``; less where it is the file as a whole."""
    where = [f"SNIP {defect['snip']}"]
    if defect["segment"]:
        where += [f"segment {defect['segment']}", f"byte {defect['offset']}", f"loop {defect['loop']}"]
    return f"{defect['element']}  {', '.join(where)}"


def releases(report: dict[str, Any]) -> str:
    """The official tables that answered and the dates they are as of, the latest first, in a line.

    A table that was imported for one kind of claim alone is named with it.
    """
    by_date: dict[str, list[str]] = {}
    for name, date in _dated(report["tool"]["policy"]["as_of"]):
        by_date.setdefault(date, []).append(name)
    said = [f"{', '.join(names)} {date}" for date, names in sorted(by_date.items(), reverse=True)]
    return f"tables as of: {'; '.join(said)}"


def _dated(as_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every table by its name for people, with its date; an imported one has the date of the import's release."""
    for table, title in _TABLES.items():
        dates = {claim: as_of.get(f"{table}-{claim}", as_of.get(table)) for claim in _CLAIMS}
        alike = len(set(dates.values())) == 1
        told = {title: dates[_CLAIMS[0]]} if alike else {f"{title} of {one} claims": dates[one] for one in _CLAIMS}
        yield from ((name, date) for name, date in told.items() if date)


def made_by(report: Mapping[str, Any]) -> str:
    """The software, the policy data, the version of imported tables, the packs of words and the day, in a line."""
    tool = report["tool"]
    imported = tool["policy"]["imported"]
    said = [f"quarterhour {tool['version']}", f"policy data {tool['policy']['hash'][:_HASH]}"]
    said += [f"imported tables {imported}"] if imported else []
    said += [f"vocabulary {one['name']} {one['hash'][:_HASH]}" for one in tool["vocabulary"]]
    return ", ".join([*said, tool["today"]])


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
    """``line 2, 97530``, the code alone where nothing was billed yet, or nothing if the finding is about the visit.

    Of a claim with the segment and element: ``line 2, 97530 (SV101-3 of segment 34)``.
    """
    where = finding["where"]
    place = f"{where['element']} of segment {where['segment']}" if "segment" in where else ""
    if finding["line"] is None:
        return finding["code"] or place
    return f"line {finding['line']}, {finding['code']}{f' ({place})' if place else ''}"


def _title(
    path: str | None, number: int, claim: str | None, findings: list[dict[str, Any]], counts: dict[Any, int]
) -> str:
    named = findings[0]["visit_id"]
    if claim is not None and not number:
        about = f"claim {claim}"
    else:
        about = f"visit {named}" if named else f"visit {number}" if path is None or counts.get(path, 0) > 1 else ""
    return "  ".join(filter(None, ("" if path == "-" else path, about))) or "visit"
