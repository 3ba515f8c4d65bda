"""Elements of delivery: minutes, totals, clock times."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.elements.grade import Facts, Grade, Span, absent, partial, present, span
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import QUIET, SERVICE, TECHNIQUE
from quarterhour.notes.wording.patterns import folded


def service_minutes(facts: Facts) -> Grade:
    """Each timed service named has its minutes; untimed ones matter only where no timed one is named."""
    done = [service for service in facts.services if service.status == PERFORMED]
    timed = [service for service in done if service.code in facts.document.lexicon.codes.timed]
    counted = timed or [service for service in done if service.code != "evaluation" or service.minutes is not None]
    stated = [service for service in counted if service.minutes is not None]
    if not counted:
        return absent("no timed service is named with minutes")
    shares = _find_shares(facts.document)
    if len(stated) == len(counted) and not shares:
        return present(f"minutes stand with each of {len(stated)} services", map(span, stated))
    if stated:
        return partial(f"minutes stand with {len(stated)} of {len(counted)} services", [*map(span, stated), *shares])
    if shares:
        return partial("a service has a share of the visit, not minutes", shares)
    return absent("services are named, none with minutes")


def _find_shares(document: Document) -> list[Span]:
    """Shares of the visit spent on a service: "about a third of the session", "half of the time"."""
    low = document.low
    if not any(word in low for word in _SHARE_WORDS):
        return []
    return [
        match.span()
        for sentence in document.sentences
        if sentence.section not in QUIET and sentence.mask & (SERVICE | TECHNIQUE)
        for match in _SHARE.finditer(low, sentence.start, sentence.end)
    ]


_SHARE_WORDS: Final = ("half", "third", "quarter", "fourth", "most of", "the rest", "remainder", "% of")
_SHARE: Final = folded(
    r"\b(?:half|(?:a|one|two|three)[ -](?:third|quarter|fourth|half)s?|most|the rest|the remainder|\d\d ?%)(?: of|"
    r",) (?:the |this |her |"
    r"his |our |today's )?(?:session|visit|treatment|time|hour|appointment)\b(?! (?:the|she|he|her|his|they|due|with))"
)


def total_timed_minutes(facts: Facts) -> Grade:
    """An explicit total for timed codes."""
    if facts.times.total_timed is None:
        return absent("no total of timed minutes is stated")
    return present(f"total of timed minutes stated: {facts.times.total_timed}", facts.times.evidence.get("timed", []))


def total_treatment_time(facts: Facts) -> Grade:
    """An explicit length of this visit."""
    if facts.times.total_treatment is None:
        return absent("no total treatment time is stated")
    return present(
        f"total treatment time stated: {facts.times.total_treatment} min", facts.times.evidence.get("total", [])
    )


def start_stop_times(facts: Facts) -> Grade:
    """Clock times of the visit or of its services."""
    spans = facts.times.evidence.get("start_stop", [])
    return present("clock times stand in the note", spans) if spans else absent("no clock times are stated")
