"""Levels of assistance and cues given in this visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.help.came_with import came_with
from quarterhour.notes.help.clinician_acts import ACTS_GATE, told_acts
from quarterhour.notes.help.cue_lists import GRADED_GATE, Cue, graded_cues, listed_cues
from quarterhour.notes.help.cue_shapes import CUE_WORD, said_cues, shaped_cues
from quarterhour.notes.help.help_columns import columned_help
from quarterhour.notes.help.help_lines import help_lines
from quarterhour.notes.help.lettered import lettered_levels
from quarterhour.notes.help.levels import (
    NONE_GIVEN,
    RETOLD,
    SKIPPED,
    TASK,
    Assistance,
    is_skilled,
    read_level,
    words_before,
)
from quarterhour.notes.help.no_level import CRITERION
from quarterhour.notes.help.seen_cues import SEEN_GATE, seen_cues
from quarterhour.notes.help.speech_cues import SPEECH_GATE, speech_cues
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded

_CUE: Final = BIT["cue"]


def find_assistance(document: Document) -> list[Assistance]:
    """Levels and cues in order, with the status of each; only performed ones count."""
    found = list(_section_gg(document)) if "gg" in document.low else []
    if document.mask & LEVELS:
        found += list(_by_phrase(document, found))
    for sentence in document.sentences:
        if sentence.gates & _AFTER_TASK_GATE and sentence.gates & _TASK_GATE:
            found += _outside(_after_task(document, sentence), found)
    found += _outside(_arrowed(document), found)
    found += list(lettered_levels(document, found))
    found += _outside(_ticked(document), found)
    found += _headed(document, found)
    for cue, sentence in _without_the_word(document):
        found = _with_cue(document, found, cue, sentence)
    found.sort(key=lambda item: item.start)
    found = _decided(found)
    return [
        item
        for place, item in enumerate(found)
        if not (place and _is_same(found[place - 1], item)) and not _is_retold(document, item, found)
    ]


def _outside(more: Iterable[Assistance], found: Sequence[Assistance]) -> list[Assistance]:
    """Those of ``more`` that start in none of ``found``."""
    return [item for item in more if not any(other.start <= item.start < other.end for other in found)]


def _by_phrase(document: Document, found: Sequence[Assistance]) -> Iterator[Assistance]:
    """Levels and cues by the phrases of the lexicon, outside those ``found`` in Section GG, and what goes on from them
    in their sentences.
    """
    covered = [(item.start, item.end) for item in found]
    for sentence in document.sentences:
        if not sentence.mask & LEVELS:
            continue
        for hit in sentence.hits:
            if hit.mask & LEVELS and not any(start <= hit.start < end for start, end in covered):
                item = read_level(document, sentence, hit)
                if item is not None:
                    yield item
        if sentence.mask & _CUE:
            yield from _listed(document, sentence)
        yield from _going_on(document, sentence)


def _listed(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    """Kinds of cue told in a list that shares one word."""
    if sentence.section in SKIPPED or sentence.mask & BIT["boilerplate"]:
        return
    for cue in listed_cues(document.low, sentence):
        before = words_before(document.low, sentence, cue.start)
        if NONE_GIVEN.search(before) is None:
            status = status_of(document, sentence, cue.start, cue.end)
            if status == PERFORMED and is_skilled(before, document.low, cue.end):
                status = "uncertain"
            tied = cue.counted or bool(sentence.mask & TASK)
            yield Assistance(cue.level, cue.start, cue.end, status, tied, sentence)


def _going_on(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    """Levels that go on from one told in full before them in the sentence."""
    if sentence.section in SKIPPED:
        return
    told = next((hit for hit in sentence.hits if hit.mask & (BIT["assist"] | BIT["help"])), None)
    cued = next((hit for hit in sentence.hits if hit.mask & _CUE), None) if told is None else None
    first = told or cued
    if first is None or document.low.find(" m", first.end, sentence.end) < 0:
        return
    for match in _BARE_LEVEL.finditer(document.low, first.end, sentence.end):
        name = match.lastgroup or ""
        status = status_of(document, sentence, *match.span(name))
        level = cued.values["cue"] if cued is not None else _LEVELS[match[name]]
        yield Assistance(level, match.start(name), match.end(), status, True, sentence)


# "Moderate help the first time and minimal by the third": the later level stands without its word.
_BARE_LEVEL: Final = folded(
    r"(?:[,;]|\b(?:and|then|to|but)) (?P<level>min|mod|max)(?:imal|erate|imum)? (?:(?:by|on|for|at|in|"
    r"after) (?:the )?|the )"
    r"(?:first|second|third|fourth|fifth|sixth|last|next|rest|end|final|other|remaining|\d)"
    r"|(?:\band|\bthen|, then) (?P<way>min|mod|max)(?:imal|erate|imum)? (?:(?:coming|going|getting|on the way) (?:back|"
    r"down|up|uphill|downhill|out|in|home)|with (?:the|a) (?!pain))\b"
    r"|(?:[,;]|\b(?:and|then|to|but)) (?P<now>min|mod|max)(?:imal|erate|imum)? (?:now|today|at (?:discharge|present))\b"
)
# The short names of levels and kinds of cue, where nothing else than a level can stand.
_LEVELS: Final = {
    "i": "independent",
    "ind": "independent",
    "mod i": "modified_independent",
    "s": "supervision",
    "sup": "supervision",
    "sb": "standby",
    "sba": "standby",
    "sta": "standby",
    "cga": "contact_guard",
    "con": "contact_guard",
    "min": "minimal",
    "mod": "moderate",
    "max": "maximal",
    "dep": "dependent",
    "total": "total",
    "verbal": "verbal_cues",
    "tactile": "tactile_cues",
    "visual": "visual_cues",
}


def _after_task(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    """Levels that stand as one syllable behind the task."""
    if sentence.section in SKIPPED:
        return
    for match in _AFTER_TASK.finditer(document.low, sentence.start, sentence.end):
        for name in ("level", "now"):
            start, end = match.span(name)
            if start >= 0:
                earlier = name == "level" and match["now"]
                status = "prior_visit" if earlier else status_of(document, sentence, start, end)
                yield Assistance(_LEVELS[match[name]], start, end, status, True, sentence)


_POSTURE: Final = r"(?:supine|prone|sit|stand|bed|chair|w/?c|floor|eob|mat|toilet|tub|commode|car|side ?lying)"
_TASK: Final = (
    r"(?:\b(?:dressing|bathing|toileting|grooming|feeding|hygiene|lbd|ubd|lb dressing|ub dressing|transfers?|bed "
    r"mobility|eating|showering|scooting|bridging|rolling(?: (?:[rl]|left|right|l/r|both ways))?)|"
    rf"\b{_POSTURE} ?(?:->|>|→|<->|to) ?{_POSTURE})"
)
# The level of a task of daily living by its first syllable: "toileting mod", "LBD max 1/19, mod now".
_AFTER_TASK: Final = folded(
    rf"{_TASK}[ :]{{1,2}}(?P<level>min|mod|max)(?=[ \t]*(?:\r?\n|$|[.,;])| \d{{1,2}}/\d)"
    r"(?:[^.;\n]{0,20}?, (?P<now>min|mod|max) (?:now|today)\b)?"
)
_AFTER_TASK_GATE, _TASK_GATE = gate(_AFTER_TASK), gate(folded(_TASK))


def _arrowed(document: Document) -> Iterator[Assistance]:
    """Levels in small letters from one to the next."""
    for match in _ARROWED.finditer(document.low) if document.gates & _ARROWED_GATE else ():
        holder = document.holding(match.start())
        if holder is None or holder.section in SKIPPED:
            continue
        for level, name in (("contact_guard", "cg"), (_LEVELS[match["sb"]], "sb")):
            start, end = match.span(name)
            yield Assistance(level, start, end, status_of(document, holder, start, end), True, holder)


# In small letters, from one to the next: "cg -> sb".
_ARROWED: Final = folded(r"(?<![a-z/])(?P<cg>cga?) ?(?:->|→|=>) ?(?P<sb>sba?|sup|s|i)(?![a-z/])")
_ARROWED_GATE: Final = gate(_ARROWED)


def _ticked(document: Document) -> Iterator[Assistance]:
    """Levels and kinds of cue ticked on a form, which tells by that alone that they were given."""
    low = document.low
    if not any(box in low for box in ("☒", "x)", "x]")):
        return
    for match in _TICKED.finditer(low):
        holder = document.holding(match.start())
        if holder is not None:
            yield Assistance(_LEVELS[match[1]], *match.span(1), PERFORMED, bool(holder.mask & TASK), holder)


# A level or a kind of cue ticked on a form: "(x)MIN", "☒ verbal".
_TICKED: Final = folded(
    r"(?:☒|☑|\[x\]|\(x\)) ?(mod i|i|s|sba|sup|cga|min|mod|max|dep|total|verbal|tactile|visual)\b(?! a)"
)


def _headed(document: Document, found: Sequence[Assistance]) -> list[Assistance]:
    """Levels behind their labels on a form, where no other of ``found`` stands."""
    low = document.low
    headed: list[Assistance] = []
    for match in _HEADED.finditer(low) if "assist" in low or "loa" in low else ():
        start, end = match.span(1)
        holder = document.holding(match.start())
        if holder is None or holder.section in SKIPPED or any(_meets(item, start, end) for item in found):
            continue
        level = _LEVELS.get(match[1]) or _LEVELS[match[1][:3]]
        status = status_of(document, holder, start, end)
        headed.append(Assistance(level, start, end, status, bool(holder.mask & TASK), holder))
    return headed


# The level behind its label on a form: "Assist level: Min", "assist needed - mod (50%)".
_HEADED: Final = folded(
    r"\b(?:assist(?:ance)?(?: level| needed| required| provided| given)?|level of assist(?:ance)?|loa) ?[:=-]{1,2} ?"
    r"(mod i|ind\w*|sba|sup\w*|cga|min\w*|mod\w*|max\w*|dep\w*|total|standby|contact\w*|[is])(?![\w/])(?! ?(?:a|"
    r"assist\w*|guard\w*)\b)"
)


def _meets(item: Assistance, start: int, end: int) -> bool:
    return item.start < end and start < item.end


def _without_the_word(document: Document) -> Iterator[tuple[Cue, Sentence]]:
    """Levels and cues told in columns and lines of their own, or by what was said, shown or touched; with their
    sentences.
    """
    low = document.low
    told = (
        *columned_help(low, document.lines, document.gates),
        *said_cues(low),
        *help_lines(low, document.lines),
    )
    for cue in told:
        holder = document.holding(cue.start)
        if holder is not None:
            yield cue, holder
    for sentence in document.sentences:
        if sentence.mask & CUE_WORD:
            for cue in shaped_cues(low, sentence):
                yield cue, sentence
        if sentence.gates & _BY_SHAPE_GATES:
            for told_by in (told_acts, seen_cues, speech_cues, graded_cues):
                for cue in told_by(low, sentence):
                    yield cue, sentence


_BY_SHAPE_GATES: Final = ACTS_GATE | SEEN_GATE | SPEECH_GATE | GRADED_GATE


def _with_cue(document: Document, found: list[Assistance], cue: Cue, sentence: Sentence) -> list[Assistance]:
    """``found`` with one more cue in place of bare ones; as it is where the cue is none, or another is told there."""
    if sentence.section in SKIPPED or sentence.mask & (BIT["goal"] | BIT["boilerplate"]):
        return found
    if any(_meets(item, cue.start, cue.end) and not _is_bare(item) for item in found):
        return found
    status = status_of(document, sentence, cue.start, cue.end)
    if status == "negated":  # inside, it is of the words said or the help: "warned him not to rush", "3 without"
        status = status_of(document, sentence, cue.start, cue.start + 1)
        status = PERFORMED if status == "negated" and came_with(document.low, sentence, cue.start) else status
    rest = [item for item in found if not _meets(item, cue.start, cue.end)]
    return [*rest, Assistance(cue.level, cue.start, cue.end, status, True, sentence)]


def _is_bare(item: Assistance) -> bool:
    """A cue told without kind or amount, which words around it may tell."""
    return item.status == "uncertain" or (item.level == "cues" and not item.tied)


def _decided(found: Sequence[Assistance]) -> list[Assistance]:
    """``found`` with the status of what is told beside another day: given, where the level is told nowhere else."""
    given = {item.level for item in found if item.status == PERFORMED}
    return [
        replace(item, status="uncertain" if item.level in given else PERFORMED) if item.status == RETOLD else item
        for item in found
    ]


def _is_same(last: Assistance, item: Assistance) -> bool:
    """The level is told within the one before it."""
    return item.start < last.end and item.level == last.level


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


# Of which the note tells more than it did above.
_OF_TODAY: Final = folded(r" (?:\d{1,2} ?(?:of|/) ?\d{1,2}(?! ?/)|now)\b")


def _section_gg(document: Document) -> Iterator[Assistance]:
    """Scores of Section GG, in cells of a table and in lines."""
    low = document.low
    for cell in document.cells:
        score = _GG_CELL.fullmatch(low, cell.start, cell.end)
        if score is not None and _GG_ITEM.search(low, cell.row, cell.start):
            holder = document.holding(cell.start)
            if holder is not None:
                status = cell.status or PERFORMED
                yield Assistance(f"GG_0{score[1]}", cell.start, cell.end, status, True, holder)
    for match in _GG.finditer(low):
        start, end = match.span()
        sentence = document.holding(start)
        if sentence is None or sentence.section in SKIPPED:
            continue
        if _ASPIRED.match(low, end, sentence.end) or CRITERION.match(low, end, sentence.end):
            continue
        later = _GG_AFTER.match(low, end)
        level = f"GG_0{later[1] if later is not None else match[1] or match[2]}"
        yield Assistance(level, start, end, status_of(document, sentence, start, end), True, sentence)
        following = _GG_NEXT.search(low, end, min(sentence.end, end + _GG_REACH))
        if following is not None:
            first = following.start(1) - 1  # the nought before the score
            yield Assistance(f"GG_0{following[1]}", first, following.end(), PERFORMED, True, sentence)


_GG_CELL: Final = folded(r"0([1-6])[ |]*")
# Rows of Section GG end their names with the letter of the item: "Sit to stand (D)".
_GG_ITEM: Final = folded(r"\([a-s]{1,2}\d?\)|\bgg ?0?\d{3}")
_GG: Final = folded(
    r"\bgg (?=0?[1-6]\b(?!\d))0?([1-6])|"
    r"\bgg ?0?\d{3}[a-z]{0,2}\d?\b[^.;\n]{0,50}?(?<![\d.])(?:0(?=\d [a-z])|0?(?!\d ?(?:x|ft|min|lb|in)\b))([1-6])"
    r"(?![\d%:]|\.\d|/)(?:[ ,]*\([a-z/ -]+\))?"
)
_ASPIRED: Final = folded(r" ?(?:or (?:better|higher)|by \d|is (?:the )?(?:stg|ltg|goal))")
_GG_AFTER: Final = folded(r" ?(?:->|→) ?0?([1-6])\b")  # "02 → 03": the later one is today's
_GG_NEXT: Final = folded(
    r"[,;] ?(?:then |and )?0([1-6])(?: \([a-z/ -]+\)| (?:today|now)\b| (?:on|in|for|by|at|from) (?:the )?"
    r"(?:trials?|rounds?|reps?|tr(?:y|ies)|"
    r"sets?|last|rest|other|final|first|second|third|fourth|fifth|remaining|toilet|tub|bed|chair|car|\d)\b)"
)
_GG_REACH: Final = 50  # code points behind a score within which the next one follows
