"""Questions to the clinician about what a note does not show. None of them holds an answer."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.finding import RANK
from quarterhour.domain.reading import ELEMENTS, NoteElement
from quarterhour.policy import Policy
from quarterhour.workflows.asked import FORMAT, policy_of
from quarterhour.workflows.check import Checked, Wish, checked_content, checked_paths
from quarterhour.workflows.report import Placed, by_visit
from quarterhour.workflows.support import support

_QUESTIONS: Final = Path(__file__).with_name("questions.yaml")
_CHART: Final = "chart"
_WRONG: Final = "wrong_code"
_SHOWN: Final = "present"
_NO_RULE: Final = len(RANK)


class Draft(msgspec.Struct, frozen=True):
    """The questions, and the notes they are about by path and number of the visit."""

    answer: dict[str, Any]
    notes: dict[tuple[str | None, int], str]


def draft(paths: Iterable[str | Path], wish: Wish) -> Draft:
    """For every missing or partial element of the notes, and for what else only the chart can say, a question; and for
    a code that the work told does not speak for, what decides it.

    The words are those of the finding that asks for the element, where there is one; the others carry no rule. A
    finding's question is asked once a visit, for the first line it is about.
    """
    return drafted(checked_paths(paths, wish), wish)


def draft_content(content: bytes, wish: Wish) -> Draft:
    """As :func:`draft`, of what was sent and is in no file."""
    return drafted(checked_content(content, wish), wish)


def drafted(checked: Checked, wish: Wish) -> Draft:
    """As :func:`draft`, of what was checked already by the same wish."""
    report = checked.report
    names = [one["path"] for one in report["inputs"]]
    policy = policy_of(wish.policy_folders)
    asked: list[dict[str, Any]] = []
    with_note = [at for at in checked.visits if at.reading]
    found = by_visit(report["findings"])
    for at in with_note:
        path = names[at.input]
        ours = found.get((path, at.number), [])
        asked += sorted([*_of_codes(at, path, ours, policy), *_of_visit(at, path, ours)], key=_urgency)
    answer = {
        "format": FORMAT,
        **{key: report[key] for key in ("tool", "inputs", "skipped")},
        "questions": asked,
        "errors": report["errors"],
        "summary": {
            "visits": report["summary"]["visits"],
            "notes": len(with_note),
            "questions": len(asked),
            "errors": report["summary"]["errors"],
        },
    }
    return Draft(answer, checked.notes)


def _of_codes(at: Placed, path: str | None, findings: list[dict[str, Any]], policy: Policy) -> Iterator[dict[str, Any]]:
    """What decides a code that the work told does not speak for: asked of who treated, whoever corrects the line."""
    ours = [one for one in findings if one["kind"] == _WRONG and one["remedy"]["kind"] != _CHART]
    wrong = {one["code"]: one for one in reversed(ours)}
    if not wrong or at.reading is None:
        return
    for entry in support(at.reading, policy, text=at.text):
        finding = wrong.get(entry["service"]["code"]) if entry["service"] else None
        if finding:
            told = {"element": None, "grade": None}
            yield from (_about(at, path) | told | _ruled(finding, question) for question in entry["questions"])


def _of_visit(at: Placed, path: str | None, findings: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    about = _about(at, path)
    elements: dict[str, NoteElement] = dict(at.reading.elements.items()) if at.reading else {}
    said: set[str] = set()
    covered: set[str] = set()
    for one in sorted(findings, key=lambda finding: RANK[finding["severity"]]):
        question = one["remedy"]["text"]
        if one["remedy"]["kind"] != _CHART or one["element"] in covered or question in said:
            continue
        element = elements.get(one["element"] or "")
        said.add(question)
        if one["element"]:
            covered.add(one["element"])
        told = {"element": one["element"], "grade": element.grade if element else None}
        yield about | told | _ruled(one, question)
    for name in ELEMENTS:
        element = elements.get(name)
        if element is None or element.grade == _SHOWN or name in covered:
            continue
        yield about | {
            "element": name,
            "grade": element.grade,
            "question": questions()[name][element.grade],
            "because": element.reason,
            "rule": None,
            "severity": None,
            "line": None,
            "code": None,
            "evidence": [
                {"source": "note", "start": span.start, "end": span.end, "text": at.text[span.start : span.end]}
                for span in element.evidence
            ],
        }


def _about(at: Placed, path: str | None) -> dict[str, Any]:
    return {"path": path, "visit": at.number, "visit_id": at.visit.visit_id}


def _ruled(finding: dict[str, Any], question: str) -> dict[str, Any]:
    """A question that a finding asks."""
    told = {key: finding[key] for key in ("rule", "severity", "line", "code", "evidence")}
    return {"question": question, "because": finding["message"]} | told


@functools.cache
def questions() -> dict[str, dict[str, str]]:
    """Our own questions, by element and grade."""
    import yaml

    with _QUESTIONS.open(encoding="utf-8") as file:
        found: dict[str, dict[str, str]] = yaml.safe_load(file)
    return found


def _urgency(one: dict[str, Any]) -> int:
    return RANK.get(one["severity"] or "", _NO_RULE)
