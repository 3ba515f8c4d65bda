"""A report as cards of CDS Hooks 2.0: what a record system shows beside the work, worst first.

No card is `critical`: the specification orders indicators by urgency, and a finding about billing is never as urgent as
what can harm a patient. An error is a `warning`, what is at risk is `info`; mere information makes no card of its own.
No card has a suggestion: what is missing in a record only its writer can add, and a modifier that attests something
only a person.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any, Final

from quarterhour.domain.finding import RANK
from quarterhour.domain.plural import counted
from quarterhour.report.groups import Remark, View, beside, by_visit, not_checked, service_of, source_of

#: So many findings have a card of their own; nobody reads more beside the work.
MOST: Final = 6
_LONGEST: Final = 139
_INDICATORS: Final = {"error": "warning", "warning": "info"}
_CONFIDENCE: Final = {"high": 0, "medium": 1, "low": 2}
_FIGURE: Final = re.compile(r"-?[0-9]+(?:[.:-][0-9]+)+")
_REASONS: Final = "urn:quarterhour:override-reason"
_RULES: Final = "urn:quarterhour:rule"
_OVERRIDES: Final = [
    {"code": code, "system": _REASONS, "display": display}
    for code, display in (
        ("elsewhere", "The record shows it in another place"),
        ("payer-differs", "This payer's terms differ"),
        ("will-correct", "It will be put right before the claim"),
        ("not-so", "The finding is wrong"),
    )
]
_REMEDIES: Final = {"choice": "To choose", "chart": "To the clinician", "format": "Form"}
_TICKS: Final = re.compile(r"`+")
_MARKS: Final = re.compile(r"([\\`*_\[\]<>#|~])")
#: So many rows of a list are told.
_ROWS: Final = 12
#: What no rule reads takes nothing from what was found.
_NO_NEWS: Final = "not carried"
_NOT_CHECKED: Final = "not-checked"


def cards(report: dict[str, Any], view: View, pages: str, instance: uuid.UUID) -> list[dict[str, Any]]:
    """The cards of a report. ``pages`` is the address below which pages of rules stand; ``instance`` is the hook's, so
    that a card has the same ``uuid`` whenever the same is asked.
    """
    told = [remark for group in by_visit(report, view) for remark in group.remarks]
    told.sort(key=lambda one: (RANK[one.finding["severity"]], _CONFIDENCE.get(one.finding["confidence"], 0)))
    own = [one for one in told if one.finding["severity"] in _INDICATORS]
    # One over the limit is shown rather than counted: the card that counts would take its place.
    shown = own if len(own) <= MOST + 1 else own[:MOST]
    rest = [one for one in told if not any(one is other for other in shown)]
    found = [_card(one, view, pages) for one in shown]
    found += [_rest(rest, pages)] if rest else []
    found += _not_checked(report, pages)
    return [{"uuid": str(uuid.uuid5(instance, f"{nth}"))} | card for nth, card in enumerate(found)]


def _card(remark: Remark, view: View, pages: str) -> dict[str, Any]:
    finding = remark.finding
    rule, remedy = finding["rule"], finding["remedy"]
    about = service_of(finding)
    lines = [f"**{_plain(about)}**"] if about else []
    numbers = [f"{name.replace('_', ' ')}: {value}" for name, value in finding["numbers"].items() if _counts(value)]
    lines += [_plain(", ".join(numbers))] if numbers else []
    lines += [f"> {_verbatim(one['text'])}" for one in finding["evidence"] if one.get("text")]
    if remedy:
        lines.append(f"**{_REMEDIES[remedy['kind']]}:** {remedy['text']}")
    lines += [f"- {_plain(beside(one))}" for one in remark.beside]
    lines.append(f"{_plain(source_of(finding))} ({rule})")
    return {
        "summary": _short(finding["message"]),
        "indicator": _INDICATORS[finding["severity"]],
        "detail": "\n\n".join(lines),
        "source": _source(finding),
        "overrideReasons": _OVERRIDES,
        "links": [{"label": f"Rule {rule}", "url": f"{pages}rules/{rule}", "type": "absolute"}],
    }


def _rest(remarks: Sequence[Remark], pages: str) -> dict[str, Any]:
    """What has no card of its own, counted and named."""
    counts = {severity: sum(one.finding["severity"] == severity for one in remarks) for severity in RANK}
    said = ", ".join(counted(number, severity) for severity, number in counts.items() if number)
    rows = [f"- {_plain(beside(one.finding))}" for one in remarks[:_ROWS]]
    rows += [f"- and {len(remarks) - _ROWS} more"] if len(remarks) > _ROWS else []
    return {
        "summary": f"{counted(len(remarks), 'further finding')}: {said}",
        "indicator": "warning" if counts["error"] else "info",
        "detail": "\n".join(rows),
        "source": {"label": "Quarterhour", "url": pages},
    }


def _not_checked(report: dict[str, Any], pages: str) -> list[dict[str, Any]]:
    """What could not be judged, and what could not be read: as plain as what was found, on one card."""
    unread = [f"- not read: {_plain(one['message'])}" for one in report["errors"]]
    unread += [
        f"- left out: {_plain(one['message'])}" for put in report["inputs"] for one in put.get("not_carried", ())
    ]
    unread = list(dict.fromkeys(unread))
    reasons = not_checked(report)
    rows = unread[:_ROWS] + [f"- {_plain(reason)}: {', '.join(rules)}" for reason, _, rules in reasons[:_ROWS]]
    more = max(len(unread) - _ROWS, 0) + max(len(reasons) - _ROWS, 0)
    rows += [f"- and {counted(more, 'further reason')}"] if more else []
    if not rows:
        return []
    rules = len({rule for _, _, named in reasons for rule in named})
    if not report["summary"]["visits"]:
        summary = "Nothing was checked: no visit could be read from what was sent"
    else:
        said = [f"{counted(rules, 'rule')} could not be judged"] if rules else []
        said += [f"{counted(len(unread), 'thing')} not read"] if unread else []
        summary = f"Not checked: {', '.join(said)}"
    return [
        {
            "summary": summary,
            "indicator": "info",
            "detail": "\n".join(rows),
            "source": {"label": "Quarterhour", "url": pages, "topic": {"system": _RULES, "code": _NOT_CHECKED}},
        }
    ]


def _source(finding: dict[str, Any]) -> dict[str, Any]:
    """Who says so, with the day it holds from, and where it stands."""
    first: dict[str, Any] = next(iter(finding["sources"]), {})
    source: dict[str, Any] = {"label": source_of(finding) or "Quarterhour"}
    if first.get("href"):
        source["url"] = first["href"]
    return source | {"topic": {"system": _RULES, "code": finding["rule"], "display": finding["name"]}}


def _counts(value: object) -> bool:
    """Whether a number of the message says more than the message's own words."""
    return isinstance(value, int | float) or bool(_FIGURE.fullmatch(str(value)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _plain(text: object) -> str:
    """A text in which nothing is a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def _verbatim(text: str) -> str:
    """Words of a record as code: no link, picture or mark in them is followed or shown."""
    plain = " ".join(text.split())
    fence = "`" * (max((len(one) for one in _TICKS.findall(plain)), default=0) + 1)
    return f"{fence} {plain} {fence}"
