"""A review as the page of it lays it out: visits worst first, each with its findings, words, units and elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from markupsafe import Markup

from quarterhour.domain.finding import RANK
from quarterhour.domain.line_ends import line_number
from quarterhour.domain.plural import counted
from quarterhour.report import groups
from quarterhour.report.groups import Group, Remark, View
from quarterhour.report.marked import line_id, mark_id, marked, words_under
from quarterhour.report.questions import text as questions_text
from quarterhour.workflows.inputs import STANDARD_INPUT
from quarterhour.workflows.report import was_read
from quarterhour.workflows.review import MOST_SEEN, Review, Seen

#: A page of more visits with findings nobody reads; a table of them can be had instead.
_MOST_GROUPS: Final = 100
#: So many visits are shown whole; of more, those without a finding by name.
_FEW: Final = 3
#: Words of a note are quoted so far; the note beside has them all.
_QUOTED: Final = 80
#: What is missing first.
_SHOWN: Final = "present"
_GRADES: Final = ("absent", "partial", _SHOWN)
#: A note is seldom longer than a few thousand characters; what is longer than this is not shown.
_MOST_NOTE: Final = 100_000
#: So many questions are laid out to be copied.
_MOST_QUESTIONS: Final = 300
_MOST_DEFECTS: Final = 200


def shown_review(review: Review, view: View, sent: Iterable[str]) -> dict[str, Any]:
    """All that the page tells, in its order."""
    report = review.checked.report
    by_visit = {(one.path, one.number): one for one in review.seen}
    found = list(islice(groups.by_visit(report, view), _MOST_GROUPS + 1))
    listed = found[:_MOST_GROUPS]
    visits = [_visit(group, f"visit-{at}", by_visit.get(group.at)) for at, group in enumerate(listed, 1)]
    clean = [one for one in review.seen if (one.path, one.number) not in {group.at for group in found}]
    few = len(visits) + len(clean) <= _FEW
    visits += [
        _visit(_without(one, view), f"visit-{at}", one) for at, one in enumerate(clean if few else [], len(visits) + 1)
    ]
    hidden = groups.hidden(report, view)
    return {
        "sent": [name for name in sent if name != STANDARD_INPUT],
        "verdict": _verdict(report),
        "nothing_read": _nothing_read(report),
        "not_judged": _not_judged(report),
        "errors": [_unread(one) for one in report["errors"]],
        "skipped": report["skipped"],
        "assumed": groups.assumed(report),
        "hidden": hidden,
        "visits": visits,
        "clean": [] if few else [_clean(one, view) for one in clean],
        "more_groups": len(found) > _MOST_GROUPS,
        "most_groups": _MOST_GROUPS,
        "not_seen": max(len(review.checked.visits) - MOST_SEEN, 0),
        "most_seen": MOST_SEEN,
        "files": [_file(title, defects) for title, defects in groups.claim_files(report)],
        "not_checked": groups.not_checked(report),
        "questions": questions_text({"questions": review.questions["questions"][:_MOST_QUESTIONS]}),
        "asked": len(review.questions["questions"]),
        "most_asked": _MOST_QUESTIONS,
        "made_by": groups.made_by(report),
        "releases": groups.releases(report),
    }


def _verdict(report: dict[str, Any]) -> str:
    """What it comes to, in a line."""
    if _nothing_read(report):
        return "Nothing was read"
    if not was_read(report):
        return f"Could not be read: {counted(report['summary']['errors'], 'thing')}"
    totals = groups.totals(report)
    return f"Not judged: {totals.partition(' in ')[2]}" if _not_judged(report) else f"{totals[0].upper()}{totals[1:]}"


def _not_judged(report: dict[str, Any]) -> bool:
    """Whether all that was read is what a payer sent back, which no rule judges."""
    summary = report["summary"]
    return bool(summary["claims"]) and not (summary["visits"] or summary["findings"] or summary["errors"])


def _clean(seen: Seen, view: View) -> str:
    """A visit without a finding, in a line."""
    said = f": its minutes support {counted(seen.units['total_units'], 'unit')}" if seen.units else ""
    return f"{_without(seen, view).title}, {seen.on}{said}"


def _without(seen: Seen, view: View) -> Group:
    """A visit that has no finding."""
    path = "" if seen.path in {STANDARD_INPUT, None} else str(seen.path)
    named = f"visit {seen.visit_id}" if seen.visit_id else f"visit {seen.number}"
    at = (seen.path, seen.number)
    return Group(at, "  ".join(filter(None, (path, named))), (), view.notes.get(at, ""))


def _visit(group: Group, prefix: str, seen: Seen | None) -> dict[str, Any]:
    note = group.note
    words = words_under(group, prefix)
    shown = note and (words or seen) and len(note) <= _MOST_NOTE
    return {
        "id": prefix,
        "title": ("note" if note else "visit") if group.title in {"visit", "visit 1"} else group.title,
        "counts": _counts(group),
        "remarks": [
            _remark(one, f"{prefix}-{at}", prefix, note if shown else "") for at, one in enumerate(group.remarks, 1)
        ],
        # Its lines are escaped where they are marked.
        "note": Markup("\n".join(marked(note, words, prefix))) if shown else "",  # noqa: S704
        "too_long": bool(note) and len(note) > _MOST_NOTE,
        "seen": None if seen is None else _seen(seen, prefix, note),
    }


def _counts(group: Group) -> str:
    found = Counter(one.finding["severity"] for one in group.remarks)
    return ", ".join(counted(found[severity], severity) for severity in RANK if found[severity])


def _remark(remark: Remark, anchor: str, prefix: str, note: str) -> dict[str, Any]:
    finding = remark.finding
    return {
        "id": anchor,
        "severity": finding["severity"],
        "rule": finding["rule"],
        "name": finding["name"],
        "about": groups.service_of(finding),
        "message": finding["message"],
        "numbers": groups.numbers_of(finding),
        "place": _place(finding["where"]),
        "words": list(_words(remark, prefix, note)),
        "beside": [{"rule": one["rule"], "said": groups.beside(one)} for one in remark.beside],
        "remedy": finding["remedy"],
        "confidence": finding["confidence"],
        "persona": finding["persona"],
        "sources": list({(one["title"], one.get("href")): one for one in finding["sources"]}.values()),
    }


def _place(where: dict[str, Any]) -> str:
    """Where it stands in a record: pointer and line. The segment of a claim is told with the service."""
    if not where.get("pointer"):
        return ""
    line = f", line {where['line']}" if where.get("line") else ""
    return f"{where['pointer']}{line}"


def _words(remark: Remark, prefix: str, note: str) -> Iterator[dict[str, Any]]:
    """The words a finding rests on, shortened, each with a link to them in the note."""
    if not note:
        return
    for start, end in groups.places_of((remark.finding, *remark.beside)):
        yield {
            "href": f"#{mark_id(prefix, (start, end))}",
            "line": line_number(note, start),
            "text": _quoted(note[start:end]),
        }


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTED else f"{flat[: _QUOTED - 1].rstrip()}…"


def _seen(seen: Seen, prefix: str, note: str) -> dict[str, Any]:
    """``elements`` are those that are missing in whole or part, ``shown`` the others."""
    graded = sorted((seen.elements or {}).items(), key=lambda item: _GRADES.index(item[1]["grade"]))
    elements = [_element(name, told, prefix, note) for name, told in graded]
    return {
        "on": seen.on,
        "discipline": seen.discipline,
        "units": seen.units,
        "no_units": seen.no_units,
        "billed": seen.billed,
        "elements": [one for one in elements if one["grade"] != _SHOWN],
        "shown": [one for one in elements if one["grade"] == _SHOWN],
    }


def _element(name: str, told: dict[str, Any], prefix: str, note: str) -> dict[str, Any]:
    """An element with the first words that show it."""
    words = [
        {
            "href": f"#{line_id(prefix, line_number(note, span['start']))}",
            "line": line_number(note, span["start"]),
            "text": _quoted(note[span["start"] : span["end"]]),
        }
        for span in (told["evidence"][:1] if len(note) <= _MOST_NOTE else ())
    ]
    return {"name": name.replace("_", " "), "grade": told["grade"], "reason": told["reason"], "words": words}


def _unread(error: dict[str, Any]) -> dict[str, str]:
    """What could not be read, and where."""
    place = [f"line {error['line']}"] if error["line"] else []
    place += [f"column {error['column']}"] if error["column"] else []
    path = "" if error["path"] == STANDARD_INPUT else error["path"] or ""
    return {"about": ", ".join(filter(None, (path, error["pointer"], *place))), "message": error["message"]}


def _file(title: str, defects: list[dict[str, Any]]) -> dict[str, Any]:
    rows = [
        {"place": groups.defect_place(one), "level": one["level"], "message": one["message"]}
        for one in defects[:_MOST_DEFECTS]
    ]
    return {"title": title, "defects": rows, "more": max(len(defects) - _MOST_DEFECTS, 0)}


def _nothing_read(report: dict[str, Any]) -> bool:
    return not was_read(report) and not report["errors"]
