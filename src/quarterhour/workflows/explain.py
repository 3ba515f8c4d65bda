"""A rule's page, with what it rests on: its sources and the dated values it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.policy import Policy
from quarterhour.policy.errors import NotKnown, UnknownName
from quarterhour.policy.source import Source
from quarterhour.rules.catalogue import catalogue, find
from quarterhour.rules.pages import read_page
from quarterhour.workflows.asked import FORMAT, Day, according_to, cited, day_of, iso, policy_of
from quarterhour.workflows.rule_list import summary


def explain(rule: str, *, on: Day = None, policy_folders: Sequence[str | Path] = ()) -> dict[str, Any]:
    """The rule of a code or name: what it says, who says so, and its page.

    Raises:
        UnknownName: for a rule there is not, naming the nearest.

    """
    entry = find(rule)
    if entry is None:
        words = [word for one in catalogue() for word in (one.code, one.name)]
        raise UnknownName("rule", rule if "-" in rule else rule.strip().upper(), words)
    policy, day = policy_of(policy_folders), day_of(on)
    page = read_page(entry.page)
    return {
        "format": FORMAT,
        "on": day.isoformat(),
        **summary(entry),
        "title": page.title,
        "message": entry.rule.message,
        "remedy": {"kind": entry.rule.remedy.kind, "text": entry.rule.remedy.text},
        "needs": list(entry.rule.needs),
        "tables": list(entry.rule.tables),
        "values": [_value(name, policy, day) for name in entry.rule.reads],
        "sources": [_source(policy.sources[name]) for name in entry.sources],
        "sections": page.sections,
        "page": page.text,
    }


def _source(source: Source) -> dict[str, Any]:
    """A source with the day it was published, and the day it was read for the policy data; null where not known."""
    return cited(source) | {"published": source.published, "retrieved": source.retrieved}


def _value(name: str, policy: Policy, day: dt.date) -> dict[str, Any]:
    """A dated value on the day asked; ``known`` is false where there was none."""
    parameter = policy.parameter(name)
    try:
        value = parameter.on(day)
    except NotKnown:
        return {"name": name, "title": parameter.title, "known": False, "known_from": iso(parameter.known_from)}
    return {
        "name": name,
        "title": parameter.title,
        "known": True,
        "value": value.value,
        "unit": parameter.unit,
        "from": iso(value.first),
        "as_of": iso(value.as_of(day)),
        **according_to(value.source, value.evidence),
    }
