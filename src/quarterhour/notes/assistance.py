"""Levels of assistance and cues given in this visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.cue_lists import listed_cues
from quarterhour.notes.cue_shapes import CUE_WORD, said_cues, shaped_cues
from quarterhour.notes.document import Document
from quarterhour.notes.gates import gate
from quarterhour.notes.help_columns import columned_help
from quarterhour.notes.help_lines import help_lines
from quarterhour.notes.lettered import lettered_levels
from quarterhour.notes.levels import (
    CRITERION,
    NONE_GIVEN,
    RETOLD,
    SKIPPED,
    TASK,
    Assistance,
    is_skilled,
    read_level,
)
from quarterhour.notes.lexicon import BIT, LEVELS
from quarterhour.notes.patterns import folded
from quarterhour.notes.status import status_of

_ASSIST, _CUE, _GOAL, _HELP = BIT["assist"], BIT["cue"], BIT["goal"], BIT["help"]
_GG: Final = folded(
    r"\bgg (?=0?[1-6]\b(?!\d))0?([1-6])|\bgg ?0?\d{3}[a-z]{0,2}\d?\b[^.;\n]{0,50}?(?<![\d.])0?([1-6])(?![\d%:]|\.\d|/|"
    r" ?(?:x|ft|min|"
    r"lb|in)\b)(?:[ ,]*\([a-z/ -]+\))?"
)
_GG_AFTER: Final = folded(r" ?(?:->|→) ?0?([1-6])\b")  # "02 → 03": the later one is today's
_ASPIRED: Final = folded(r" ?(?:or (?:better|higher)|by \d|is (?:the )?(?:stg|ltg|goal))")
_GG_NEXT: Final = folded(
    r"[,;] ?(?:then |and )?0([1-6])(?: \([a-z/ -]+\)| (?:on|for|by|at|from) (?:the )?(?:trials?|reps?|tr(?:y|ies)|"
    r"sets?|last|rest|other|final|first|second|third|fourth|fifth|remaining|toilet|tub|bed|chair|car|\d)\b)"
)


def find_assistance(document: Document) -> list[Assistance]:
    """Levels and cues in order, with the status of each; only performed ones count."""
    low = document.low
    found: list[Assistance] = []
    if "gg" in low:
        found.extend(_section_gg(document))
    if document.mask & LEVELS:
        covered = [(item.start, item.end) for item in found]
        for sentence in document.sentences:
            if not sentence.mask & LEVELS:
                continue
            for hit in sentence.hits:
                if hit.mask & LEVELS and not any(start <= hit.start < end for start, end in covered):
                    item = read_level(document, sentence, hit)
                    if item is not None:
                        found.append(item)
            if sentence.mask & _CUE:
                found.extend(_listed(document, sentence))
            found.extend(_goes_on(document, sentence))
    for sentence in document.sentences:
        if sentence.gates & _AFTER_TASK_GATE:
            found.extend(_after_task(document, sentence, found))
    found += list(_arrowed(document, found))
    found += list(lettered_levels(document, found))
    for match in _TICKED.finditer(low) if "☒" in low or "x)" in low or "x]" in low else ():
        holder = document.holding(match.start())
        if holder is not None and not any(item.start <= match.start(1) < item.end for item in found):
            tied = bool(holder.mask & TASK)
            found.append(Assistance(_TICKED_LEVELS[match[1]], *match.span(1), PERFORMED, tied, holder))
    for match in _HEADED.finditer(low) if "assist" in low or "loa" in low else ():
        holder = document.holding(match.start())
        if holder is not None and not any(item.start < match.end(1) and match.start(1) < item.end for item in found):
            level = _TICKED_LEVELS.get(match[1]) or _HEADED_LEVELS[match[1][:3]]
            status = status_of(document, holder, *match.span(1))
            if holder.section not in SKIPPED:
                found.append(Assistance(level, *match.span(1), status, bool(holder.mask & TASK), holder))
    shaped = [
        (cue, sentence)
        for sentence in document.sentences
        if sentence.mask & CUE_WORD
        for cue in shaped_cues(low, sentence)
    ]
    told = (
        *columned_help(low, document.lines, document.gates),
        *said_cues(low),
        *help_lines(low, document.lines),
    )
    outside = [(cue, document.holding(cue.start)) for cue in told]
    for cue, holder in (*outside, *shaped):
        if (
            holder is not None
            and holder.section not in SKIPPED
            and not holder.mask & (_GOAL | BIT["boilerplate"])
            and not any(item.start < cue.end and cue.start < item.end and not _is_bare(item) for item in found)
        ):
            found = [item for item in found if item.end <= cue.start or cue.end <= item.start]
            status = status_of(document, holder, cue.start, cue.end)
            if (
                status == "negated"
            ):  # inside, it is of the words said or the help: "warned him not to rush", "3 without"
                status = status_of(document, holder, cue.start, cue.start + 1)
            found.append(Assistance(cue.level, cue.start, cue.end, status, True, holder))
    found.sort(key=lambda item: item.start)
    given = {item.level for item in found if item.status == PERFORMED}
    found = [
        item
        if item.status != RETOLD
        else msgspec.structs.replace(item, status="uncertain" if item.level in given else PERFORMED)
        for item in found
    ]
    return [
        item
        for place, item in enumerate(found)
        if (not place or item.start >= found[place - 1].end or item.level != found[place - 1].level)
        and not _is_retold(document, item, found)
    ]


def _is_retold(document: Document, item: Assistance, found: list[Assistance]) -> bool:
    """A level told above stands once more beside that of another day: "CGA today, min A on 10/09"."""
    return (
        _OF_TODAY.match(document.low, item.end) is None
        and any(document.is_past(date) for date in item.sentence.dates)
        and any(other.sentence is item.sentence and other.status == "prior_visit" for other in found)
        and any(
            other.level == item.level and other.status == item.status and other.end <= item.sentence.start
            for other in found
        )
    )


_OF_TODAY: Final = folded(
    r" (?:\d{1,2} ?(?:of|/) ?\d{1,2}(?! ?/)|now)\b"
)  # of which the note tells more than it did above
# In small letters, from one to the next: "cg -> sb".
_ARROWED: Final = folded(r"(?<![a-z/])(?P<cg>cga?) ?(?:->|→|=>) ?(?P<sb>sba?|sup|s|i)(?![a-z/])")
_ARROWED_GATE: Final = gate(_ARROWED)
_ARROW_LEVELS: Final = {"sb": "standby", "sba": "standby", "sup": "supervision", "s": "supervision", "i": "independent"}
# A level or a kind of cue ticked on a form: "(x)MIN", "☒ verbal".
_TICKED: Final = folded(
    r"(?:☒|☑|\[x\]|\(x\)) ?(mod i|i|s|sba|sup|cga|min|mod|max|dep|total|verbal|tactile|visual)\b(?! a)"
)
_TICKED_LEVELS: Final = {
    "i": "independent",
    "mod i": "modified_independent",
    "s": "supervision",
    "sup": "supervision",
    "sba": "standby",
    "cga": "contact_guard",
    "min": "minimal",
    "mod": "moderate",
    "max": "maximal",
    "dep": "dependent",
    "total": "total",
    "verbal": "verbal_cues",
    "tactile": "tactile_cues",
    "visual": "visual_cues",
}
# The level behind its label on a form: "Assist level: Min", "assist needed - mod (50%)".
_HEADED: Final = folded(
    r"\b(?:assist(?:ance)?(?: level| needed| required| provided| given)?|level of assist(?:ance)?|loa) ?[:=-]{1,2} ?"
    r"(mod i|ind\w*|sba|sup\w*|cga|min\w*|mod\w*|max\w*|dep\w*|total|standby|contact\w*|[is])(?![\w/])(?! ?(?:a|"
    r"assist\w*|guard\w*)\b)"
)
_HEADED_LEVELS: Final = {
    "ind": "independent",
    "sup": "supervision",
    "min": "minimal",
    "mod": "moderate",
    "max": "maximal",
    "dep": "dependent",
    "sta": "standby",
    "con": "contact_guard",
}


# "Moderate help the first time and minimal by the third": the later level stands without its word.
_BARE_LEVEL: Final = folded(
    r"(?:[,;]|\b(?:and|then|to|but)) (?P<level>min|mod|max)(?:imal|erate|imum)? (?:(?:by|on|for|at|in|"
    r"after) (?:the )?|the )"
    r"(?:first|second|third|fourth|fifth|sixth|last|next|rest|end|final|other|remaining|\d)"
    r"|(?:\band|\bthen|, then) (?P<way>min|mod|max)(?:imal|erate|imum)? (?:(?:coming|going|getting|on the way) (?:back|"
    r"down|up|uphill|downhill|out|in|home)|with (?:the|a) (?!pain))\b"
    r"|(?:[,;]|\b(?:and|then|to|but)) (?P<now>min|mod|max)(?:imal|erate|imum)? (?:now|today|at (?:discharge|present))\b"
)


def _is_bare(item: Assistance) -> bool:
    """A cue told without kind or amount, which words around it may tell."""
    return item.status == "uncertain" or (item.level == "cues" and not item.tied)


_BARE_NAMES: Final = {"min": "minimal", "mod": "moderate", "max": "maximal"}


def _goes_on(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    """Levels that go on from one told in full before them in the sentence."""
    if sentence.section in SKIPPED:
        return
    told = next((hit for hit in sentence.hits if hit.mask & (_ASSIST | _HELP)), None)
    cued = next((hit for hit in sentence.hits if hit.mask & _CUE), None) if told is None else None
    first = told or cued
    if first is None or document.low.find(" m", first.end, sentence.end) < 0:
        return
    for match in _BARE_LEVEL.finditer(document.low, first.end, sentence.end):
        name = match.lastgroup or ""
        status = status_of(document, sentence, *match.span(name))
        level = cued.values["cue"] if cued is not None else _BARE_NAMES[match[name]]
        yield Assistance(level, match.start(name), match.end(), status, True, sentence)


# The level of a task of daily living by its first syllable: "toileting mod", "LBD max 1/19, mod now".
_AFTER_TASK: Final = folded(
    r"\b(?:dressing|bathing|toileting|grooming|feeding|hygiene|lbd|ubd|lb dressing|ub dressing|transfers?|bed mobility|"
    r"eating|showering)[ :]{1,2}(?P<level>min|mod|max)(?=[ \t]*(?:\r?\n|$|[.,;])| \d{1,2}/\d)"
    r"(?:[^.;\n]{0,20}?, (?P<now>min|mod|max) (?:now|today)\b)?"
)
_AFTER_TASK_GATE: Final = gate(_AFTER_TASK)


def _arrowed(document: Document, found: list[Assistance]) -> Iterator[Assistance]:
    """Levels in small letters from one to the next, where no other of ``found`` stands."""
    for match in _ARROWED.finditer(document.low) if document.gates & _ARROWED_GATE else ():
        holder = document.holding(match.start())
        if holder is None or holder.section in SKIPPED:
            continue
        for level, name in (("contact_guard", "cg"), (_ARROW_LEVELS[match["sb"]], "sb")):
            start, end = match.span(name)
            if not any(item.start <= start < item.end for item in found):
                yield Assistance(level, start, end, status_of(document, holder, start, end), True, holder)


def _after_task(document: Document, sentence: Sentence, found: list[Assistance]) -> Iterator[Assistance]:
    """Levels that stand as one syllable behind the task, where no other of ``found`` stands."""
    if sentence.section in SKIPPED or not sentence.gates & _AFTER_TASK_GATE:
        return
    for match in _AFTER_TASK.finditer(document.low, sentence.start, sentence.end):
        for name in ("level", "now"):
            start, end = match.span(name)
            if start >= 0 and not any(item.start <= start < item.end for item in found):
                status = status_of(document, sentence, start, end)
                status = "prior_visit" if name == "level" and match["now"] else status
                yield Assistance(_BARE_NAMES[match[name]], start, end, status, True, sentence)


def _listed(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    if sentence.section in SKIPPED or sentence.mask & BIT["boilerplate"]:
        return
    for cue in listed_cues(document.low, sentence):
        before = document.low[max(sentence.start, cue.start - 44) : cue.start]
        if NONE_GIVEN.search(before) is None:
            status = status_of(document, sentence, cue.start, cue.end)
            if status == PERFORMED and is_skilled(before, document.low, cue.end):
                status = "uncertain"
            tied = cue.counted or bool(sentence.mask & TASK)
            yield Assistance(cue.level, cue.start, cue.end, status, tied, sentence)


_GG_CELL: Final = folded(r"0([1-6])[ |]*")
# Rows of Section GG end their names with the letter of the item: "Sit to stand (D)".
_GG_ITEM: Final = folded(r"\([a-s]{1,2}\d?\)|\bgg ?0?\d{3}")


def _section_gg(document: Document) -> list[Assistance]:
    found: list[Assistance] = []
    low = document.low
    for cell in document.cells:
        score = _GG_CELL.fullmatch(low, cell.start, cell.end)
        if score is not None and _GG_ITEM.search(low, cell.row, cell.start):
            holder = document.holding(cell.start)
            if holder is not None:
                status = cell.status or PERFORMED
                found.append(Assistance(f"GG_0{score[1]}", cell.start, cell.end, status, True, holder))
    for match in _GG.finditer(low):
        sentence = document.holding(match.start())
        if sentence is None or sentence.section in SKIPPED:
            continue
        if _ASPIRED.match(low, match.end(), sentence.end) or CRITERION.match(low, match.end(), sentence.end):
            continue
        arrow = _GG_AFTER.match(low, match.end())
        found.append(
            Assistance(
                f"GG_0{arrow[1] if arrow is not None else match[1] or match[2]}",
                match.start(),
                match.end(),
                status_of(document, sentence, match.start(), match.end()),
                True,
                sentence,
            )
        )
        following = _GG_NEXT.search(low, match.end(), min(sentence.end, match.end() + 50))
        if following is not None:
            start = following.start(1) - 1
            found.append(Assistance(f"GG_0{following[1]}", start, following.end(), PERFORMED, True, sentence))
    return found
