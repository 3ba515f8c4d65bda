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

from quarterhour.notes.figures.clocks import Clock, find_clocks
from quarterhour.notes.figures.numbers import Date, find_dates
from quarterhour.notes.figures.spoken import find_clocks_by_hands, find_spoken_clocks
from quarterhour.notes.figures.timeline import find_entries
from quarterhour.notes.page.carried import find_carried
from quarterhour.notes.page.clauses import Sentence, place_hits, split_sentences
from quarterhour.notes.page.comparisons import Cell, find_comparisons, find_unticked
from quarterhour.notes.page.kinds import is_evaluation, is_summary, looks_back
from quarterhour.notes.page.left_out import find_left_out
from quarterhour.notes.page.log import find_log
from quarterhour.notes.page.misplaced import move_misplaced
from quarterhour.notes.page.missed import is_missed
from quarterhour.notes.page.sections import Section, find_sections
from quarterhour.notes.page.service_day import find_service_day
from quarterhour.notes.wording.gates import look
from quarterhour.notes.wording.lexicon import BIT, Hit, Lexicon
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import last_started
from quarterhour.notes.wording.text import Source, make_source

_LINE_BEGIN: Final = folded(r"[ \t*|-]*")
_MONTH_DAYS: Final = 31  # only the order of days and about how far they lie apart is asked for
#: A day written without its year is one of the half year before the visit, else one to come; counted in such months.
_HALF_YEAR: Final = 200
_EIGHT_MONTHS: Final = 240


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
        distance = _days(date.month, date.day, *self.service_day)
        if date.year and self.service_year:
            return distance > 0
        return 0 < distance <= _HALF_YEAR or distance < -_HALF_YEAR

    def lies_ahead(self, date: Date) -> bool:
        """The date may be the day of a goal: by its month and day it follows the visit within about eight months."""
        if self.service_day is None:
            return False
        distance = _days(*self.service_day, date.month, date.day)
        return 0 < distance < _EIGHT_MONTHS or distance < -_EIGHT_MONTHS


def _days(month: int, day: int, later_month: int, later_day: int) -> int:
    """About how many days the second day of a year lies behind the first."""
    return (later_month - month) * _MONTH_DAYS + later_day - day


_MONTH, _NUMBER = BIT["month"], BIT["number"]
# Between or before two times told in words stands one of these.
_TO: Final = (" to ", " out ", " ended", " until ", " stopped", " left at", " finish", " end ")


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
    if mask & _NUMBER and any(word in low for word in _TO):
        clocks = sorted([*clocks, *(find_clocks_by_hands(source, gates) or find_spoken_clocks(source, hits))])
    lines = _find_lines(low)
    if not clocks:
        clocks = find_entries(low, lines)
    move_misplaced(sentences, low)
    service_day, year, named = find_service_day(low, dates)
    entry, others = find_log(low, lines, dates, service_day if named else None)
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
        day_named=named,
        service_year=year,
        missed=is_missed(low, gates),
        summary=is_summary(low),
        course=looks_back(low),
        carried=find_carried(low, gates),
        evaluation=is_evaluation(low, gates),
        mask=mask,
        gates=gates,
        places=places,
        lines=tuple(lines),
        cells=(*find_comparisons(low, lines), *find_unticked(low), *find_left_out(low, lines), *others),
        text=source.text,
        low=low,
    )


def _find_lines(low: str) -> list[tuple[int, int]]:
    """[start, end) of every line, its line end not included."""
    lines = []
    start = 0
    for line in low.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines
