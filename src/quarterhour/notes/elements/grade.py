"""What a grader answers, and what several graders ask of a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from typing import Final, Literal, Protocol, get_args

import msgspec

from quarterhour.domain.reading import PERFORMED, ActivityClass
from quarterhour.notes.figures.statements import Times
from quarterhour.notes.help.levels import Assistance
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.services.services import Service
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.work.goals import Goal
from quarterhour.notes.work.phrases import Activity

Level = Literal["present", "partial", "absent"]
Span = tuple[int, int]


class _Placed(Protocol):
    """Whatever stands at [start, end) of the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


#: Families that set what a sentence tells apart from the work of this visit.
NOT_TODAY: Final = BIT["planned"] | BIT["prior"] | BIT["home"]
#: Sections that frame a visit: who, when, where.
FRAME: Final = frozenset({"header", "time", "environment"})
#: Sections that tell of the work of a visit, and of what came of it.
OF_THE_WORK: Final = frozenset({"note", "treatment", "objective", "response", "rationale", "assessment", "progress"})
OF_THE_VISIT: Final = FRAME | OF_THE_WORK


class Grade(msgspec.Struct, frozen=True, gc=False):
    """Grade of one element, one line of reason, and the spans of the text it rests on."""

    level: Level
    reason: str
    evidence: tuple[Span, ...] = ()


class Delivery(msgspec.Struct, frozen=True, gc=False):
    """Words that tell how the visit was delivered; [start, end) of each: one-on-one, or otherwise ("group"). Those of
    the latter that say that several patients were treated ``together`` leave out the names of group services, which say
    how a code is billed, and two therapists who treat one patient (``joint``). ``one_on_one`` stands in order of place.
    """

    one_on_one: tuple[Span, ...]
    group: tuple[Span, ...]
    together: tuple[Span, ...]
    joint: tuple[Span, ...] = ()

    def mode(self, span: Span) -> str:
        """What the words at ``span`` tell: "one_on_one" or "group"."""
        place = bisect_left(self.one_on_one, span)
        return "one_on_one" if self.one_on_one[place : place + 1] == (span,) else "group"


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


def span(placed: _Placed) -> Span:
    """[start, end) of a sentence, or of what was found in one."""
    return placed.start, placed.end


def is_boilerplate(sentence: Sentence) -> bool:
    """Wording that fits any patient: a stock phrase and no number."""
    return bool(sentence.mask & BIT["boilerplate"]) and not sentence.has_number


def is_carried(document: Document, sentence: Sentence) -> bool:
    """The sentence was carried forward from an earlier note."""
    begin, end = document.carried
    return begin <= sentence.start < end


ANY_KIND: Final = frozenset(get_args(ActivityClass))


def shares_a_word(
    facts: Facts, sentence: Sentence | None, start: int, end: int, kinds: Container[str] = ANY_KIND
) -> bool:
    """A word of [start, end), by its first four letters, stands in what was done outside ``sentence``, of one of
    ``kinds``.
    """
    low = facts.document.low
    said = roots(low, start, end)
    return any(
        item.kind in kinds and not said.isdisjoint(roots(low, item.start, item.end))
        for item in done_outside(facts, sentence)
    )


def roots(low: str, start: int, end: int) -> set[str]:
    """The words of [start, end) that say something, by their first four letters."""
    return {word[:4] for word in _CONTENT.findall(low, start, end)} - _EMPTY_WORDS


# Of short words only those of things that are handled, worn or gone to.
_CONTENT: Final = folded(
    r"[a-z]{4,}|\b(?:bag|bar|bat|bed|bin|box|boy|bra|bus|car|cat|cot|dog|hat|jar|mop|pan|pew|pin|pot|pub|tag|tin|toy|"
    r"tub|van)\b"
)
_EMPTY_WORDS: Final = frozenset(
    {"with", "from", "goal", "able", "that", "this", "inde", "thei", "work", "func", "pain", "agai"}
)


def done_outside(facts: Facts, sentence: Sentence | None) -> Iterator[Activity]:
    """What was done in the visit, as far as another sentence tells it."""
    return (item for item in facts.activities if item.status == PERFORMED and item.sentence is not sentence)
