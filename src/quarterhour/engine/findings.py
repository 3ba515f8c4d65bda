"""Verdicts as findings people read: sentences, citations and dates are attached here, by rule and date of service."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from quarterhour.domain.code import code_text, modifier_text
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.finding import Citation, Confidence, Evidence, Finding, RemedyText, Severity
from quarterhour.domain.money import Cents
from quarterhour.domain.plural import of_one
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.claim_batch import ClaimBatch
from quarterhour.engine.judge import Judgement, Verdict
from quarterhour.policy import NotKnown, Policy
from quarterhour.policy.edits import EDIT_TABLES, Release
from quarterhour.policy.payers import Terms
from quarterhour.rules.claim_facts import ROLES, FactsOfClaims
from quarterhour.rules.contract import BadRule, Rule, Shape, Shown
from quarterhour.rules.facts import Facts

_UNVERIFIED: Final = ("memory", "own")
_LOWERED: Final[Mapping[Confidence, Confidence]] = {"high": "medium", "medium": "low", "low": "low"}
_AS_TEXT: Final[Mapping[Shape, Callable[[int], str]]] = {
    "number": str,
    "code": code_text,
    "day": lambda day: dt.date.fromordinal(day).isoformat(),
    "cents": lambda cents: str(Cents(cents)),
    "modifier": modifier_text,
    "place": "{:02d}".format,
}
#: From the least sure to the surest.
CONFIDENCES: Final[tuple[Confidence, ...]] = ("low", "medium", "high")
_ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


class Authority(msgspec.Struct, frozen=True):
    """What a finding of a rule rests on, on one day under one payer's terms."""

    citations: tuple[Citation, ...]
    unverified: bool
    older_release: bool


class _Place(msgspec.Struct, frozen=True):
    """What a finding is about, and where its record says so."""

    visit_id: str | None
    claim_id: str | None
    line: int | None
    code: str | None
    pointer: str | None
    evidence: tuple[Evidence, ...]


def findings(judgement: Judgement[Facts], batch: Batch, policy: Policy) -> list[list[Finding]]:
    """The findings of every visit, errors first, then by line and rule."""
    found: list[list[Finding]] = [[] for _ in range(batch.count)]
    lines = judgement.facts.line
    for verdict in judgement.verdicts:
        for place, (visit, line) in enumerate(zip(verdict.visits.tolist(), verdict.lines.tolist(), strict=True)):
            number = None if line == ABSENT else int(lines.number[line])
            about = _Place(
                visit_id=batch.text(int(batch.visits.columns["visit_id"][visit])),
                claim_id=None,
                line=number,
                code=None if line == ABSENT else code_text(int(lines.code[line])),
                pointer=None if number is None else f"/services/{number - 1}",
                evidence=tuple(_evidence(verdict, place, visit, batch)),
            )
            found[visit].append(_finding(verdict, place, about, _authority_of(verdict, batch, visit, policy), policy))
    return [sorted(one, key=_order) for one in found]


def claim_findings(judgement: Judgement[FactsOfClaims], batch: ClaimBatch, policy: Policy) -> list[list[Finding]]:
    """The findings of every claim, errors first, then by line and rule; ``claim_id`` is its patient control number."""
    facts = judgement.facts
    found: list[list[Finding]] = [[] for _ in range(facts.claim.claim.size)]
    lines = facts.claim_line
    for verdict in judgement.verdicts:
        over = verdict.entry.rule.over
        subjects = getattr(facts, over).subject[verdict.hits.rows]
        for place, (claim, line) in enumerate(zip(verdict.visits.tolist(), verdict.lines.tolist(), strict=True)):
            about = _Place(
                visit_id=None,
                claim_id=facts.control_numbers[claim],
                line=None if line == ABSENT else int(lines.number[line]),
                code=None if line == ABSENT else code_text(int(lines.code[line])),
                pointer=_pointer(facts, over, int(verdict.hits.rows[place]), line),
                evidence=(),
            )
            authority = _authority_of(verdict, batch, int(subjects[place]), policy)
            found[claim].append(_finding(verdict, place, about, authority, policy))
    return [sorted(one, key=_order) for one in found]


def _pointer(facts: FactsOfClaims, over: str, row: int, line: int) -> str | None:
    """Where a row of a table over claims stands in the record of its claim; None for the claim as a whole."""
    at = "" if line == ABSENT else f"/lines/{int(facts.claim_line.number[line]) - 1}"
    if over == "claim_provider":
        role = ROLES[int(facts.claim_provider.role[row])]
        at += {"line": "/rendering_provider", "attending_provider": "/institutional/attending"}.get(role, f"/{role}")
    elif over == "claim_diagnosis":
        at += f"/diagnoses/{int(facts.claim_diagnosis.number[row]) - 1}"
    return at or None


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return _ORDER[finding.severity], finding.line or 0, finding.rule, finding.message


def _authority_of(verdict: Verdict, batch: Batch | ClaimBatch, subject: int, policy: Policy) -> Authority:
    terms = batch.terms[int(batch.terms_of[subject])]
    return authority_of(verdict.entry.rule, terms, int(batch.days[subject]), policy)


def _finding(verdict: Verdict, place: int, about: _Place, authority: Authority, policy: Policy) -> Finding:
    rule = verdict.entry.rule
    numbers = numbers_of(verdict, place, policy)
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=severity_of(rule, authority),
        confidence=confidence_of(rule, authority),
        persona=rule.persona,
        visit_id=about.visit_id,
        claim_id=about.claim_id,
        kind=rule.kind,
        element=rule.element,
        line=about.line,
        code=about.code,
        message=_filled(rule.message, numbers, rule),
        numbers=numbers,
        evidence=about.evidence,
        remedy=RemedyText(rule.remedy.kind, of_one(_filled(rule.remedy.text, numbers, rule))),
        sources=authority.citations,
        where={} if about.pointer is None else {"pointer": about.pointer},
    )


def _filled(text: str, numbers: dict[str, int | str], rule: Rule) -> str:
    """The words of a rule with the numbers of a hit.

    Raises:
        BadRule: where they name a number that the rule does not find, or are no such words at all.

    """
    try:
        return text.format(**numbers)
    except KeyError as error:
        found = ", ".join(numbers) or "no numbers"
        msg = f"rule {rule.code}: its words name {{{error.args[0]}}}, but its function finds {found}"
        raise BadRule(msg) from None
    except (IndexError, ValueError, AttributeError, TypeError) as error:
        msg = f"rule {rule.code}: its words cannot be filled: {error}"
        raise BadRule(msg) from None


def severity_of(rule: Rule, authority: Authority) -> Severity:
    """The rule's severity; what nobody has verified yields no error."""
    return "warning" if authority.unverified and rule.severity == "error" else rule.severity


def confidence_of(rule: Rule, authority: Authority) -> Confidence:
    """The rule's confidence; less of it where something is unverified or answered from an older release."""
    return _LOWERED[rule.confidence] if authority.unverified or authority.older_release else rule.confidence


def numbers_of(verdict: Verdict, place: int, policy: Policy) -> dict[str, int | str]:
    """The numbers of one hit, by name, as its message shows them."""
    return dict(_numbers(verdict, place, policy))


def _numbers(verdict: Verdict, place: int, policy: Policy) -> Iterator[tuple[str, int | str]]:
    for name, values in verdict.hits.numbers.items():
        if isinstance(values, int):
            yield name, values
        elif isinstance(values, Shown):
            yield name, _shown(values, int(values.values[place]), policy)
        else:
            yield name, int(values[place])


def _evidence(verdict: Verdict, place: int, visit: int, batch: Batch) -> Iterator[Evidence]:
    for starts, ends in verdict.hits.evidence:
        start, end = int(starts[place]), int(ends[place])
        text = batch.text(int(batch.visits.columns["note.text"][visit]))
        if start != ABSENT and text is not None:
            yield Evidence("note", start, end, text[start:end])


def _shown(shown: Shown, value: int, policy: Policy) -> str:
    if shown.shape == "modifiers":
        return ", ".join(policy.modifiers.texts(value))
    if shown.shape == "word":
        return shown.words[value]
    return _AS_TEXT[shown.shape](value)


@functools.lru_cache(maxsize=8192)
def authority_of(rule: Rule, terms: Terms, ordinal: int, policy: Policy) -> Authority:
    """The sources of a finding: the rule's own, the payer's term, the dated values, and the tables it rests on."""
    day = dt.date.fromordinal(ordinal)
    named = [policy.sources[key] for key in rule.sources]
    values = [value for term in terms_behind(rule) if (value := terms.value(term))]
    # What a payer departs in comes first: the manual alone does not say why it holds here.
    departing = {value.source.title for value in values} - {source.title for source in named}
    for name in rule.reads:
        try:
            values.append(policy.parameter(name).on(day))
        except NotKnown:  # a value that ended: the rule saw -1 there and knows what that means
            continue
    citations = [
        Citation(
            value.source.title,
            value.first.isoformat(),
            value.evidence,
            as_of.isoformat() if (as_of := value.as_of(day)) else None,
            value.source.href,
        )
        for value in values
    ]
    older = any(value.as_of(day) for value in values)
    for release in _releases(rule, terms.edit_table, day, policy):
        later = release.is_older_than(day)
        older = older or later
        citations.append(
            Citation(
                release.source.title,
                release.covers_from.isoformat(),
                release.evidence,
                release.as_of.isoformat() if later else None,
                release.source.href,
            )
        )
    dated = {citation.title for citation in citations}
    own = [Citation(source.title, None, href=source.href) for source in named if source.title not in dated]
    first = [citation for citation in citations if citation.title in departing] if rule.rests_on else []
    distinct = tuple(dict.fromkeys((*first, *own, *citations)))
    return Authority(distinct, any(value.evidence in _UNVERIFIED for value in values), older)


def terms_behind(rule: Rule) -> tuple[str, ...]:
    """The terms of the payer that decide whether and how a rule answers."""
    return (*((rule.applies,) if rule.applies else ()), *rule.rests_on)


def _releases(rule: Rule, edit_table: int, day: dt.date, policy: Policy) -> Iterator[Release]:
    if "ptp" in rule.tables and edit_table >= 0:
        yield policy.pairs.releases[EDIT_TABLES[edit_table]]
    if "mue" in rule.tables and edit_table >= 0:
        yield policy.unlikely.release_on(EDIT_TABLES[edit_table], day)
    if "add-on" in rule.tables:
        yield policy.add_ons.release
