"""Sentences that are mere lists of keywords: nearly every word a term of ours, hardly one that joins them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.help.levels import TASK
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.lexicon import BIT, LEVELS, Hit
from quarterhour.notes.wording.patterns import folded


def find_stuffed(document: Document) -> frozenset[int]:
    """Starts of sentences that are mere lists of keywords."""
    lists = [sentence.start for sentence in document.sentences if _is_list(document.low, sentence)]
    return frozenset((*lists, *_in_scraps(document)))


_FEWEST: Final = 7  # keywords of a list
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


def _is_list(low: str, sentence: Sentence) -> bool:
    """Keywords take most of the sentence, whatever it claims with them."""
    if len(sentence.hits) < _FEWEST:
        return False
    keywords = [hit for hit in sentence.hits if hit.mask & _KEYWORDS]
    if len(keywords) < _FEWEST or _length(keywords) < 0.45 * (sentence.end - sentence.start):
        return False
    words = len(_WORD.findall(low, sentence.start, sentence.end))
    covered = sum(low.count(" ", hit.start, hit.end) + low.count("-", hit.start, hit.end) + 1 for hit in keywords)
    joining = len(_JOINING.findall(low, sentence.start, sentence.end))
    half, nearly_all = covered > 0.5 * words, covered > 0.72 * words
    dense = nearly_all and joining < 0.16 * words
    if sentence.has_number and _FIGURES.search(low, sentence.start, sentence.end):
        # Doses and minutes stand in a terse line of treatment as well, but claims do not.
        claims = sum(1 for hit in keywords if hit.mask & _CLAIMS)
        dense = dense and len(keywords) > 11 and claims > 1
    elif len(keywords) > 9:
        dense = dense or (half and joining < 0.06 * words)
    return dense or (half and _counts_levels_up(sentence, keywords))


def _length(hits: Sequence[Hit]) -> int:
    """How many code points the hits take."""
    return sum(hit.end - hit.start for hit in hits)


_WORD: Final = folded(r"[a-z0-9/%]+")
_JOINING: Final = folded(
    r"\b(?:the|a|an|her|his|she|he|was|were|with|from|of|on|in|at|it|its|into|onto|up|off|through|"
    r"out|over|under|but|who|after|while|for|by)\b"
)
# Figures other than procedure codes and a score of nought.
_FIGURES: Final = folded(r"(?<![\d/])(?!0/10)\d{1,4}(?![\d])")
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


def _counts_levels_up(sentence: Sentence, keywords: Sequence[Hit]) -> bool:
    """More than four levels and cues stand together, most of them without a task of their own, as they have in
    "bathing Mod A, dressing SBA, hygiene Max A".
    """
    levels = {hit.values.get("assist") or hit.values.get("cue") for hit in keywords if hit.mask & LEVELS}
    return len(levels) > 4 and not _one_by_one(sentence)


def _one_by_one(sentence: Sentence) -> bool:
    """Three of four levels stand behind a task."""
    tasks = levels = 0
    open_task = False
    for hit in sentence.hits:
        if hit.mask & LEVELS:
            levels += 1
            tasks += open_task
            open_task = False
        elif hit.mask & TASK:
            open_task = True
    return 4 * tasks >= 3 * levels


def _in_scraps(document: Document) -> list[int]:
    """Keywords one by one, each with a full stop: "Verbal cues. Min A. Goal met. Kitchen" and so on."""
    found: list[int] = []
    run: list[int] = []
    for sentence in document.sentences:
        if _is_scrap(document.low, sentence):
            run.append(sentence.start)
            continue
        if len(run) >= _SCRAPS:
            found.extend(run)
        run = []
    return [*found, *run] if len(run) >= _SCRAPS else found


_SCRAPS: Final = 6  # so many in a row are no note


def _is_scrap(low: str, sentence: Sentence) -> bool:
    """A sentence of three words at the most, nearly all of them keywords."""
    length = sentence.end - sentence.start
    return (
        not sentence.has_number
        and length < 32
        and low.count(" ", sentence.start, sentence.end) < 3
        and (not sentence.hits or 10 * _length([hit for hit in sentence.hits if hit.mask & _KEYWORDS]) >= 6 * length)
    )
