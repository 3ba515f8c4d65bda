"""The catalogue of rules, narrowed to a payer, a date, a person's work, a family or a severity."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from quarterhour.domain.finding import Persona, Severity
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.workflows.asked import FORMAT, Day, day_of, policy_of


def rule_list(
    *,
    payer: str | None = None,
    on: Day = None,
    persona: str | None = None,
    family: str | None = None,
    severity: str | None = None,
    about: str | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The rules that concern what is named; without names, all.

    A payer leaves the rules whose term it has on the date; a date those whose dated values are known then; words in
    ``about`` those that have all of them in their code, name, message or remedy.

    Raises:
        UnknownName: for a payer, persona, family or severity there is not.

    """
    policy = policy_of(policy_folders)
    every = catalogue()
    _known("persona", persona, get_args(Persona))
    _known("severity", severity, get_args(Severity))
    _known("family of rules", family, {entry.family for entry in every})
    found = [
        entry
        for entry in every
        if (persona is None or entry.is_for(persona))
        and (family is None or entry.family == family)
        and (severity is None or entry.severity == severity)
        and (payer is None or _concerns(entry, payer, on, policy))
        and (about is None or _speaks_of(entry, about))
        and (on is None or _known_then(entry, on, policy))
    ]
    return {
        "format": FORMAT,
        "on": day_of(on).isoformat() if on is not None or payer is not None else None,
        "payer": payer,
        "rules": [summary(entry) for entry in found],
    }


def summary(entry: Entry) -> dict[str, Any]:
    """A rule in one row."""
    return {
        "rule": entry.code,
        "name": entry.name,
        "family": entry.family,
        "severity": entry.severity,
        "confidence": entry.confidence,
        "persona": entry.persona,
        "also_for": list(entry.rule.also),
        "kind": entry.kind,
        "element": entry.rule.element,
        "applies": entry.rule.applies,
        "since": entry.rule.since,
    }


def _known(what: str, word: str | None, known: Any) -> None:
    if word is not None and word not in known:
        raise UnknownName(what, word, known)


def _concerns(entry: Entry, payer: str, on: Day, policy: Policy) -> bool:
    terms = policy.payers.terms(payer, None, day_of(on).toordinal())
    return entry.rule.applies is None or terms.number(entry.rule.applies) == 1


def _speaks_of(entry: Entry, words: str) -> bool:
    said = " ".join((entry.code, entry.name, entry.name.replace("-", " "), entry.rule.message, entry.rule.remedy.text))
    return all(word in said.lower() for word in words.lower().split())


def _known_then(entry: Entry, on: Day, policy: Policy) -> bool:
    return all(policy.parameter(name).known_from <= day_of(on) for name in entry.rule.reads)
