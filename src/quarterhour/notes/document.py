"""A note prepared for reading: its copies, sections and sentences, with every phrase, date and clock range in its
place.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

import msgspec

from quarterhour.notes.carried import find_carried
from quarterhour.notes.clauses import Sentence, place_hits, split_sentences
from quarterhour.notes.clocks import Clock, find_clocks
from quarterhour.notes.comparisons import Cell, find_comparisons, find_unticked
from quarterhour.notes.gates import gate, look
from quarterhour.notes.left_out import find_left_out
from quarterhour.notes.lexicon import BIT, Hit, Lexicon
from quarterhour.notes.log import find_log
from quarterhour.notes.missed import is_missed
from quarterhour.notes.numbers import Date, find_dates
from quarterhour.notes.patterns import folded
from quarterhour.notes.sections import Section, find_sections
from quarterhour.notes.spans import last_started
from quarterhour.notes.spoken import find_clocks_by_hands, find_spoken_clocks
from quarterhour.notes.text import Source, make_source
from quarterhour.notes.timeline import find_entries

_DATE_CUE: Final = folded(
    r"\b(?:dos|date(?: of (?:service|visit))?|svc date|service date|visit date|day of service|"
    r"session|missed visit|encounter date)\b[^a-z0-9]{0,6}(?:[a-z]{3,9}day,? )?$"
)
_LINE_BEGIN: Final = folded(r"[ \t*|-]*")
_SUMMARY: Final = folded(
    r"\bdischarge (?:summary|note)|\b(?:slp|pt|ot|st) (?:discharge|d/c)\b|\bd/c (?:summary|note)\b"
)
_EVALUATION: Final = folded(
    r"(?:[^\n]*\n){0,2}?(?!s[:.] |subj)[^\n.:]{0,60}?(?<!at )(?<!since )(?<!from )(?<!after )(?<!on )(?<!pt )"
    r"\b(?:re-?)?eval(?:uation)?\b(?! (?:by|on|\d\d/\d\d/\d\d))"
)
# A course of treatment looked back on.
_COURSE: Final = folded(
    r"\b(?:attended (?:\w+ ){0,5}(?:from \d|sessions|visits)|attended (?:an? )?initial evaluation|"
    r"number of (?:sessions|visits) (?:completed|attended)|"
    r"followed by \d+ treatment sessions|(?:seen|treated) for (?:\d+|a total of \d+) (?:\w+ ){0,3}(?:sessions|visits)|"
    r"discharged? from (?:my|skilled|our|pt|ot|slp|speech|physical|occupational)|accomplished (?:all|"
    r"\w+ (?:and a half )?(?:out )?of) (?:\w+ ){0,3}(?:short|goals))"
)
# The story of a first visit: the history of a patient who was referred, and no treatment told.
_FIRST_VISIT: Final = folded(
    r"\b(?:past medical history|medical diagnostics|history of present|previous medical history)\b"
)
_FIRST_VISIT_GATE: Final = gate(_FIRST_VISIT)
_TREATED_TODAY: Final = folded(
    r"\b(?:treatment today|treatment provided|today's (?:treatment|session)|tolerated|97\d{3}|timed|minutes of|"
    r"progress note|daily note)\b"
)


class Document(msgspec.Struct, frozen=True, gc=False):
    """Everything the graders read. ``service_day`` is (month, day) of the visit when the note names it."""

    source: Source
    lexicon: Lexicon
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    clocks: tuple[Clock, ...]
    dates: tuple[Date, ...]
    service_day: tuple[int, int] | None
    day_named: bool
    service_year: int
    missed: bool
    summary: bool  # headed as a summary
    course: bool  # looks back on a course of treatment
    carried: tuple[int, int]
    evaluation: bool
    mask: int
    gates: int  # which patterns its words allow
    places: Sequence[Sequence[int]]  # where words stand that open a statement
    lines: tuple[tuple[int, int], ...]
    cells: tuple[Cell, ...]  # of tables that compare an earlier state with today's; and choices of forms left unticked
    text: str  # the note as given
    low: str  # its folded copy of the same length

    def named_day(self) -> dt.date | None:
        """The date the note itself calls that of the service or visit, in full."""
        return self.day() if self.day_named else None

    def day(self) -> dt.date | None:
        """The date of service, where the note writes it in full."""
        if self.service_day is None or not self.service_year:
            return None
        try:
            return dt.date(self.service_year, *self.service_day)
        except ValueError:
            return None

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that starts last at or before ``place``."""
        return last_started(self.sentences, place)

    def holding(self, place: int) -> Sentence | None:
        """The sentence that ``place`` stands in."""
        sentence = last_started(self.sentences, place)
        return sentence if sentence is not None and place < sentence.end else None

    def line_at(self, place: int) -> tuple[int, int]:
        """[start, end) of the line that ``place`` stands in, its line end not included."""
        return self.lines[bisect_right(self.lines, place, key=itemgetter(0)) - 1]

    def opens_line(self, place: int) -> bool:
        """Nothing but blanks, a bullet or the border of a table stands before ``place`` in its line."""
        return _LINE_BEGIN.fullmatch(self.low, self.line_at(place)[0], place) is not None

    def is_other_day(self, date: Date) -> bool:
        """The date is written as another day than the visit's."""
        return self.service_day is not None and (date.month, date.day) != self.service_day

    def is_past(self, date: Date) -> bool:
        """The date lies before the visit; without a year, within the half year before it."""
        if self.service_day is None or (date.month, date.day) == self.service_day:
            return False
        if date.year and self.service_year and date.year != self.service_year:
            return date.year < self.service_year
        distance = (self.service_day[0] - date.month) * 31 + self.service_day[1] - date.day
        if date.year and self.service_year:
            return distance > 0
        return 0 < distance <= 200 or distance < -200


def _service_day(low: str, dates: list[Date]) -> tuple[tuple[int, int] | None, int, bool]:
    """Month and day of the service, its year (0: not written), and whether the note calls it that."""
    if not dates:
        return None, 0, False
    chosen = next((date for date in dates[:6] if _DATE_CUE.search(low, max(0, date.start - 40), date.start)), None)
    named = chosen is not None and _DAY_NAMED.search(low, max(0, chosen.start - 40), chosen.start) is not None
    if chosen is None:
        early = [
            date
            for date in dates
            if date.start < 200
            and not _is_of_the_case(low, date, dates)
            and not (date.year == 0 and low.endswith(("on ", "since "), 0, date.start))
        ]
        full = [date for date in early if date.year]
        # Without a date in its head a note is dated where it is signed.
        closing = [
            date
            for date in dates
            if date.year
            and date.start > len(low) - 120
            and not _DUE_DATE.search(low, max(0, date.start - 24), date.start)
        ]
        told = [
            date
            for date in dates
            if not low.endswith(("on ", "since "), 0, date.start) and not _is_of_the_case(low, date, dates)
        ]
        ranked = full or early or closing[-1:] or told
        if not ranked:
            return None, 0, False
        chosen, named = ranked[0], False
    return (chosen.month, chosen.day), chosen.year, named


def _is_of_the_case(low: str, date: Date, dates: list[Date]) -> bool:
    """The date is that of a birth, an injury or an operation: its word stands before it and no other date between."""
    case = _CASE_DATE.search(low, max(0, date.start - 60), date.start)
    return case is not None and not any(case.start() < other.start and other.end <= date.start for other in dates)


# A date by itself may be of anything ("onset date"), but at the head of a line or cell it is the visit's.
_DAY_NAMED: Final = folded(
    r"(?:\b(?:dos|date of (?:service|visit|treatment)|svc date|service date|visit date|day of service|"
    r"encounter date)\b|"
    r"(?:^|[\n|\t]|[ ]{2})[ ]*(?:date|session)\b)[^a-z0-9]{0,6}(?:[a-z]{3,9}day,? )?$"
)
_DUE_DATE: Final = folded(r"\b(?:by|through|until|till|due|before|thru|recheck|next|return|see)\b[^.\n]{0,16}$")
_CASE_DATE: Final = folded(
    r"(?:dob|born|birth|period|onset|repair|fracture|surgery|arthroplasty|replacement|stroke|s/p|dx|"
    r"tkr|tka|tha|release|reconstruction|injury|eval|soc|since|start of care)\b[^\n]{0,24}$"
)


_REPORTED: Final = frozenset(
    {"subjective", "diagnosis", "time", "environment", "precautions", "header", "history", "goals"}
)


def _reopen(sentences: list[Sentence], low: str) -> None:
    """A line that opens with a service or its code number begins the treatment, whatever section stood before it."""
    blanks = "___" in low or "***" in low
    for place, sentence in enumerate(sentences):
        last = low[sentence.end - 1]
        if (
            (last == ":" and sentence.end - sentence.start < 44)
            or last == "_"
            or (blanks and _BLANK.search(low, sentence.start, sentence.end))
        ):
            following = sentences[place + 1] if place + 1 < len(sentences) else None
            if (
                last != ":"
                or following is None
                or following.section != sentence.section
                or low[following.end - 1] in ":_"
            ):
                sentence.section = "empty"
    treating = ""
    prose = False
    goal_line = plan_line = -1
    for sentence in sentences:
        if sentence.section in _BELOW and (_BILLED.match(low, sentence.start, sentence.end) or _is_bill(low, sentence)):
            sentence.section = "time"
            continue
        if (
            sentence.mask & _GOING_ON
            and (
                sentence.section in _PLANNABLE
                or low.startswith("plan ", sentence.start)
                or (sentence.section == "goals" and _HOW_OFTEN.match(low, sentence.start, sentence.end))
            )
            and 2 * sentence.start > len(low)
            and _OPENS_PLAN.match(low, sentence.start, sentence.end)
        ):
            sentence.section, plan_line = "plan", sentence.line
            continue
        if (
            sentence.line == plan_line
            and sentence.mask & _ACTIVITY
            and sentence.section in _PLANNABLE
            and _GOES_ON.fullmatch(low, sentence.start, sentence.end)
        ):
            sentence.section = "plan"
            continue
        if sentence.section in ("header", "note"):
            if sentence.mask & _TOLD and _TELLS.search(low, sentence.start, min(sentence.end, sentence.start + 60)):
                sentence.section = "subjective"
                continue
            if sentence.section == "header":
                prose = (
                    prose
                    or bool(sentence.mask & _HELPED and sentence.mask & _ACTIVITY)
                    or (
                        low[sentence.end - 1] == "."
                        and low.count(" ", sentence.start, sentence.end) > 6
                        and "  " not in low[sentence.start : sentence.end]
                    )
                )
                if prose:
                    sentence.section = "note"
        elif sentence.section == "goals":
            if sentence.line == goal_line and not _GOAL_TEXT.search(low, sentence.start, sentence.end):
                sentence.section = "note"
            else:
                goal_line = sentence.line
        if sentence.section not in _REPORTED:
            treating = ""
            continue
        first = sentence.hits[0] if sentence.hits else None
        opens = (
            first is not None
            and first.mask & BIT["service"]
            and first.start - sentence.start < 3
            and low[sentence.start - 1 : sentence.start] == "\n"
        ) or _CODE_LINE.match(low, sentence.start) is not None
        if opens and sentence.section != "history":
            treating = sentence.section
        if treating == sentence.section:
            sentence.section = "treatment"
        else:
            treating = ""


_BLANK: Final = folded(r"___|[a-z:] ?\*\*\*")  # the blank of a form or of a template


def _is_bill(low: str, sentence: Sentence) -> bool:
    """A line below the plan that is nothing but a service and its minutes: "Evaluation 45 min"."""
    first = sentence.hits[0] if sentence.hits else None
    return (
        first is not None
        and bool(first.mask & BIT["service"])
        and first.start == sentence.start
        and low[sentence.start - 1 : sentence.start] == "\n"
        and _ONLY_MINUTES.fullmatch(low, first.end, sentence.end) is not None
    )


_ONLY_MINUTES: Final = folded(r"(?: ?\(?(?:97|92)\d{3}\)?)?[ :=x,(-]{1,4}\d{1,3} ?min(?:ute)?s?[.)]*")
_HELPED, _ACTIVITY = BIT["assist"] | BIT["cue"], BIT["activity"]
_BELOW: Final = frozenset({"plan", "home_program", "goals"})
# A line of the bill below the plan: "97535 x28 min".
_BILLED: Final = folded(r"(?:97|92)\d{3}\b[^\n]{0,24}?\d ?min\b")
_GOING_ON: Final = BIT["planned"] | BIT["frequency"] | BIT["continue"] | BIT["discharge"]
_PLANNABLE: Final = frozenset(
    {
        "header",
        "note",
        "treatment",
        "objective",
        "assessment",
        "response",
        "environment",
        "progress",
        "rationale",
        "subjective",
        "diagnosis",
        "time",
    }
)
# How often the patient is to be seen, or what comes next, at the start of a sentence below the middle of the note: the
# plan, wherever it stands.
_OPENS_PLAN: Final = folded(
    r"[-* ]*(?:(?:pt|ot|slp|st|poc|rtc|cont(?:inue)?|(?:\w+ ){1,2}minutes?|plan(?: is)?|p/*|to be seen|seen|"
    r"see (?:her|him|pt)?|home with [a-z]+),?[ :-]*)*"
    r"(?:\d(?:-\d)? ?(?:x|w|times?)(?: ?/?(?:per |a )?(?:wk|week|mo|month|\d)|\d)|(?:one|two|three|four|once|twice|"
    r"\d)(?: more| (?:to|or) \w+)?(?: visits?|"
    r" times?| sessions?)? (?:a|per|each|every)? ?(?:week|wk|month)|w(?:ee)?kly\b|twice weekly|every (?:other |"
    r"two )?week|q ?\d? ?w(?:ee)?k|\d more (?:visits?|w(?:ee)?ks?)|daily\b(?! living)|(?:rtc|see (?:her|him|"
    r"pt)?) ?(?:next|mon|tue|"
    r"wed|thu|fri)|[mtwf]-[mtwf](?:-[mtwf])?\b|"
    r"(?:nxt|next)(?! \d)(?: visit| session| time| week| tx)?\b|(?:i'?ll|we'?ll|i will|we will|will) (?:see|go back|"
    r"return|"
    r"be back|continue|try|start|add|"
    r"work|visit|do)\b|resched\w*|return (?:to clinic|visit|mon|tue|wed|thu|fri|next)|f/u\b|\d visits (?:left|"
    r"remain)|d/c[,;:]|tomorrow\b|follow[- ]?up\b)"
)
# What follows how often the patient comes, in its line and in few words without a figure: what is to be done.
_GOES_ON: Final = folded(r"[a-z][a-z ,/+&-]{3,80}\.?\s*")
_HOW_OFTEN: Final = folded(r"\d(?: ?- ?\d)? ?(?:x|times) ?(?:/|per |a )? ?(?:wk|week)|\dw\d")
_TELLS: Final = folded(
    r"\b(?:he|she|pt|patient|client|resident|student|mother|wife|husband|daughter|son|they)"
    r"(?: also)? (?:says|reports|states|tells|denies|mentions|thinks|complains|notes)\b|\b(?:tells|"
    r"told) me\b"
)
_GOAL_TEXT: Final = folded(
    r"\b(?:goals?|stg|ltg|will|to be|by \d|within|able to|in \d+ (?:weeks|visits)|g\d|%|independent)"
    r"\b|\d\)|%|\bmet\b"
)
_CODE_LINE: Final = folded(
    r"[|(\[ ]*(?:\d{1,3} ?\|[ ]*){0,2}(?:\d[\d:.apm -]{4,16}[ \t|]+)?(?:97\d{3}|92[56]\d\d|g0283)\b"
)


_MONTH, _TOLD = BIT["month"], BIT["told"]


def make_documents(texts: Sequence[str], lexicon: Lexicon) -> list[Document]:
    """Prepare notes, each by itself, once; every later step only reads."""
    sources = list(map(make_source, texts))
    hits = list(map(lexicon.find, sources))
    sections = [find_sections(source, lexicon.headings) for source in sources]
    sentences = list(map(split_sentences, sources, sections))
    return [_document(lexicon, *prepared) for prepared in zip(sources, hits, sections, sentences, strict=True)]


def _document(
    lexicon: Lexicon, source: Source, hits: list[Hit], sections: list[Section], sentences: list[Sentence]
) -> Document:
    low = source.low
    gates, places = look(low, sentences)
    dates = find_dates(source, [hit.start for hit in hits if hit.mask & _MONTH])
    place_hits(sentences, hits, dates, low)
    mask = 0
    for sentence in sentences:
        mask |= sentence.mask
    clocks = find_clocks(source)
    if mask & BIT["number"] and any(
        word in low for word in (" to ", " ended", " until ", " stopped", " left at", " finish", " end ")
    ):
        clocks = sorted([*clocks, *(find_clocks_by_hands(source) or find_spoken_clocks(source, hits))])
    lines = []
    start = 0
    for piece in low.split("\n"):
        lines.append((start, start + len(piece)))
        start += len(piece) + 1
    if not clocks:
        clocks = find_entries(low, lines)
    _reopen(sentences, low)
    service_day, year, day_named = _service_day(low, dates)
    entry, others = find_log(low, lines, dates, service_day if day_named else None)
    if entry is not None:
        service_day, year = (entry.month, entry.day), entry.year or year
    return Document(
        source=source,
        lexicon=lexicon,
        sections=tuple(sections),
        sentences=tuple(sentences),
        clocks=tuple(clocks),
        dates=tuple(dates),
        service_day=service_day,
        day_named=day_named,
        service_year=year,
        missed=is_missed(low, gates),
        summary=("discharge" in low or "d/c" in low) and _SUMMARY.search(low, 0, 400) is not None,
        course=any(word in low for word in (" attended ", "sessions", "treatment ses"))
        and _COURSE.search(low) is not None,
        carried=find_carried(low, gates),
        evaluation=(low.find("eval", 0, 260) >= 0 and _EVALUATION.match(low, 0, 260) is not None)
        or (
            "referred" in low
            and gates & _FIRST_VISIT_GATE
            and _FIRST_VISIT.search(low) is not None
            and not _TREATED_TODAY.search(low)
        ),
        mask=mask,
        gates=gates,
        places=places,
        lines=tuple(lines),
        cells=(*find_comparisons(low, lines), *find_unticked(low), *find_left_out(low, lines), *others),
        text=source.text,
        low=low,
    )
