"""What a grader answers, and what several graders ask of a sentence."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final, Literal, get_args

import msgspec

from quarterhour.domain.reading import PERFORMED, ActivityClass
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.document import Document
from quarterhour.notes.goals import Goal
from quarterhour.notes.levels import Assistance
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded
from quarterhour.notes.phrases import Activity
from quarterhour.notes.services import Service
from quarterhour.notes.statements import Times

Level = Literal["present", "partial", "absent"]
Span = tuple[int, int]
_BOILERPLATE: Final = BIT["boilerplate"]
_KEYWORDS: Final = (
    BIT["assist"]
    | BIT["cue"]
    | BIT["service"]
    | BIT["activity"]
    | BIT["category"]
    | BIT["skill"]
    | BIT["goal"]
    | BIT["improve"]
    | BIT["function"]
    | BIT["stock_response"]
    | BIT["reaction"]
    | BIT["one_on_one"]
    | BIT["boilerplate"]
    | BIT["reason"]
    | BIT["judgement"]
    | BIT["met"]
    | BIT["link"]
    | BIT["symptom"]
    | BIT["timepoint"]
    | BIT["compare"]
    | BIT["place"]
    | BIT["obstacle"]
    | BIT["frequency"]
    | BIT["planned"]
    | BIT["amount"]
)


# Words that claim quality; a terse line of services, doses and levels has none of them.
_CLAIMS: Final = (
    BIT["skill"]
    | BIT["improve"]
    | BIT["boilerplate"]
    | BIT["stock_response"]
    | BIT["met"]
    | BIT["goal"]
    | BIT["reaction"]
)


class Grade(msgspec.Struct, frozen=True, gc=False):
    """Grade of one element, one line of reason, and the spans of the text it rests on."""

    level: Level
    reason: str
    evidence: tuple[Span, ...] = ()


class Delivery(msgspec.Struct, frozen=True, gc=False):
    """Words that tell how the visit was delivered; [start, end) of each: one-on-one, or otherwise ("group"). Those of
    the latter that say that several patients were treated ``together`` leave out the names of group services, which say
    how a code is billed, and two therapists who treat one patient.
    """

    one_on_one: tuple[Span, ...]
    group: tuple[Span, ...]
    together: tuple[Span, ...]

    def mode(self, span: Span) -> str:
        """What the words at ``span`` tell: "one_on_one" or "group"."""
        return "one_on_one" if span in self.one_on_one else "group"


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What the closed readers found; the graders of judgement read it together with the sentences."""

    document: Document
    services: tuple[Service, ...]
    activities: tuple[Activity, ...]
    assistance: tuple[Assistance, ...]
    times: Times
    goals: tuple[Goal, ...]
    delivery: Delivery
    stuffed: frozenset[int]  # starts of sentences that are lists of keywords


def present(reason: str, spans: Iterable[Span]) -> Grade:
    """The element is there."""
    return Grade("present", reason, tuple(dict.fromkeys(spans)))


def partial(reason: str, spans: Iterable[Span] = ()) -> Grade:
    """Only a part, or only stock wording."""
    return Grade("partial", reason, tuple(dict.fromkeys(spans)))


def absent(reason: str) -> Grade:
    """Not in the text given."""
    return Grade("absent", reason)


def span(sentence: Sentence) -> Span:
    """[start, end) of a sentence."""
    return sentence.start, sentence.end


ANY_KIND: Final = frozenset(get_args(ActivityClass))
_CONTENT: Final = folded(r"[a-z]{4,}")
_EMPTY_WORDS: Final = frozenset(
    {"with", "from", "goal", "able", "that", "this", "inde", "thei", "work", "func", "pain", "agai"}
)


def roots(low: str, start: int, end: int) -> set[str]:
    """The words of [start, end) that say something, by their first four letters."""
    return {word[:4] for word in _CONTENT.findall(low, start, end)} - _EMPTY_WORDS


def shares_a_word(
    facts: Facts, sentence: Sentence | None, start: int, end: int, kinds: Container[str] = ANY_KIND
) -> bool:
    """A word of [start, end), by its first four letters, stands in what was done outside ``sentence``, of one of
    ``kinds``.
    """
    low = facts.document.low
    said = roots(low, start, end)
    return any(
        not said.isdisjoint(roots(low, item.start, item.end))
        for item in facts.activities
        if item.status == PERFORMED and item.sentence is not sentence and item.kind in kinds
    )


def is_boilerplate(sentence: Sentence) -> bool:
    """Wording that fits any patient: a stock phrase and no number."""
    return bool(sentence.mask & _BOILERPLATE) and not sentence.has_number


def _one_by_one(sentence: Sentence) -> bool:
    """Most levels stand with a task of their own: "bathing Mod A, dressing SBA, hygiene Max A"."""
    tasks = levels = 0
    open_task = False
    for hit in sentence.hits:
        if hit.mask & (BIT["assist"] | BIT["cue"]):
            levels += 1
            tasks += open_task
            open_task = False
        elif hit.mask & (BIT["activity"] | BIT["function"]):
            open_task = True
    return 4 * tasks >= 3 * levels


# Figures other than procedure codes and a score of nought.
_FIGURES: Final = folded(r"(?<![\d/])(?!0/10)\d{1,4}(?![\d])")
_WORD: Final = folded(r"[a-z0-9/%]+")
_PLAIN: Final = folded(
    r"\b(?:the|a|an|her|his|she|he|was|were|with|from|of|on|in|at|it|its|into|onto|up|off|through|"
    r"out|over|under|but|who|after|while|for|by)\b"
)


def find_stuffed(document: Document) -> frozenset[int]:
    """Starts of sentences that are mere lists of keywords: nearly every word a term of ours, hardly one that joins
    them.
    """
    low = document.low
    found = []
    for sentence in document.sentences:
        if len(sentence.hits) < 7:
            continue
        keywords = [hit for hit in sentence.hits if hit.mask & _KEYWORDS]
        if len(keywords) < 7:
            continue
        if sum(hit.end - hit.start for hit in keywords) < 0.45 * (sentence.end - sentence.start):
            continue
        words = len(_WORD.findall(low, sentence.start, sentence.end))
        covered = sum(low.count(" ", hit.start, hit.end) + low.count("-", hit.start, hit.end) + 1 for hit in keywords)
        plain = len(_PLAIN.findall(low, sentence.start, sentence.end))
        levels = {
            hit.values.get("assist") or hit.values.get("cue")
            for hit in keywords
            if hit.mask & (BIT["assist"] | BIT["cue"])
        }
        dense = (covered > 0.72 * words and plain < 0.16 * words) or (
            len(keywords) > 9 and covered > 0.5 * words and plain < 0.06 * words
        )
        if sentence.has_number and _FIGURES.search(low, sentence.start, sentence.end):
            claims = sum(1 for hit in keywords if hit.mask & _CLAIMS)
            dense = dense and len(keywords) > 11 and covered > 0.72 * words and claims > 1
        if dense or (len(levels) > 4 and covered > 0.5 * words and not _one_by_one(sentence)):
            found.append(sentence.start)
    found.extend(_in_scraps(document))
    return frozenset(found)


_SCRAPS: Final = 6


def _in_scraps(document: Document) -> list[int]:
    """Keywords one by one, each with a full stop: "Verbal cues. Min A. Goal met. Kitchen" and so on."""
    low = document.low
    found: list[int] = []
    run: list[int] = []
    for sentence in (*document.sentences, None):
        if (
            sentence is not None
            and not sentence.has_number
            and sentence.end - sentence.start < 32
            and low.count(" ", sentence.start, sentence.end) < 3
            and (
                not sentence.hits
                or 10 * sum(hit.end - hit.start for hit in sentence.hits if hit.mask & _KEYWORDS)
                >= 6 * (sentence.end - sentence.start)
            )
        ):
            run.append(sentence.start)
            continue
        if len(run) >= _SCRAPS:
            found.extend(run)
        run = []
    return found
