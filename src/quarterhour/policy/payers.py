"""What a payer asks for, by setting and date: terms, inherited from another payer with named exceptions."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from quarterhour.policy.errors import BadPolicyData, NotKnown, UnknownName
from quarterhour.policy.parameter import Parameter, Value, day_of, parameter
from quarterhour.policy.reading import DataFiles
from quarterhour.policy.source import Grade, Source, grade, source_of

UNIT_METHODS: Final = ("cms", "ama", "spm")
#: Terms that are words rather than yes or no, with the words they may be.
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "unit_method": UNIT_METHODS,
    "claim_type": ("professional", "institutional"),
    "edit_tables": ("medicare", "medicaid"),
}
#: Terms that are whole numbers.
NUMBERS: Final = ("timely_filing_months", "timely_filing_days")
TERMS: Final = (
    *WORDS,
    "cap_units_at_total",
    "discipline_modifiers",
    "assistant_modifiers",
    "ncci_edits",
    "unlikely_edits",
    "kx_threshold",
    "abn_modifiers",
    "x_modifiers",
    "certification",
    "progress_reports",
    "treatment_note",
    "start_stop_times",
    "per_code_minutes",
    "provider_eligibility",
    "one_line_per_code",
    "therapy_benefit",
    "timely_filing",
    *NUMBERS,
    "certifying_provider",
    "medicare_member_id",
    "replacement_claims",
    "occurrence_codes",
    "accident_date",
)
UNKNOWN: Final = -1


class Terms(msgspec.Struct, frozen=True, eq=False):
    """The terms of one payer in one setting over a stretch of days without a change; the same object for the same.

    ``numbers`` has one integer a term, in the order of ``TERMS``: 0 or 1, the position of a word in ``WORDS``, the
    number itself for one of ``NUMBERS``, or ``UNKNOWN``. ``values`` has the dated value behind each, None where none is
    known; a value of None says that it is somebody else's to name, such as the contract's.
    """

    payer: str
    setting: str | None
    numbers: tuple[int, ...]
    values: tuple[Value[Any] | None, ...]

    def number(self, term: str) -> int:
        """The term as an integer."""
        return self.numbers[TERMS.index(term)]

    @property
    def edit_table(self) -> int:
        """Which table of edits answers, a place in ``edits.EDIT_TABLES``; -1 where the claim type is not known.

        Where a payer's file does not say whose tables hold, Medicare's do.
        """
        claim = self.number("claim_type")
        return claim if claim < 0 else max(self.number("edit_tables"), 0) * len(WORDS["claim_type"]) + claim

    def value(self, term: str) -> Value[Any] | None:
        """The dated value of the term."""
        return self.values[TERMS.index(term)]


class NamedException(msgspec.Struct, frozen=True):
    """A term in which a payer, or a payer in a setting, departs from what it inherits."""

    name: str
    term: str
    setting: str | None
    parameter: Parameter[Any]


class PairNote(msgspec.Struct, frozen=True):
    """What a payer does about two codes billed together, other than by an edit, from a day on."""

    payer: str
    codes: frozenset[str]
    first: dt.date
    text: str
    source: Source
    evidence: Grade


class Payers:
    """All payers, those of the clinic included."""

    __slots__ = ("_breaks", "_entries", "_parameters", "_settings", "_sources", "_terms")

    def __init__(self, data: DataFiles, sources: dict[str, Source]) -> None:
        """Read ``payers/*.yaml``."""
        self._sources = sources
        self._entries: dict[str, dict[str, Any]] = {}
        for name, content in data.under("payers").items():
            if content["id"] in self._entries:
                msg = f"{name}: payer {content['id']!r} is already given by another file"
                raise BadPolicyData(msg)
            self._entries[content["id"]] = content
        self._parameters: dict[tuple[str, str | None], dict[str, list[Parameter[Any]]]] = {}
        self._breaks: dict[tuple[str, str | None], list[int]] = {}
        self._terms: dict[tuple[str, str | None, int], Terms] = {}

    def __contains__(self, payer: object) -> bool:
        """Whether the payer is known."""
        return payer in self._entries

    def __iter__(self) -> Any:
        """The payers' ids, in order."""
        return iter(sorted(self._entries))

    def title(self, payer: str) -> str:
        """The payer's name for people."""
        return str(self._entry(payer)["title"])

    def inherits(self, payer: str) -> str | None:
        """The payer whose terms hold where this one names no exception."""
        parent: str | None = self._entry(payer).get("inherits")
        return parent

    def exceptions(self, payer: str) -> list[NamedException]:
        """Every term in which the payer departs from what it inherits, by setting."""
        entry = self._entry(payer)
        found = []
        for setting, terms in self._term_blocks(entry):
            for term, block in terms.items():
                built = parameter(f"payers/{payer}:{term}", block, self._sources)
                found.append(NamedException(block.get("name", term.replace("_", "-")), term, setting, built))
        return found

    def pair_notes(self, one: str, other: str) -> list[PairNote]:
        """What payers say of two codes together beside the edits, by payer."""
        return [
            note
            for payer in sorted(self._entries)
            for note in self.notes_of(payer)
            if note.codes == frozenset((one, other))
        ]

    def notes_of(self, payer: str) -> list[PairNote]:
        """What one payer says of pairs of codes."""
        where = f"payers/{payer} pair_notes"
        return [
            PairNote(
                payer,
                frozenset(note["codes"]),
                day_of(note["from"], where),
                " ".join(note["text"].split()),
                source_of(note, self._sources, where),
                grade(note.get("evidence"), where),
            )
            for note in self._entry(payer).get("pair_notes") or ()
        ]

    def turns(self, payer: str, setting: str | None) -> list[int]:
        """The days (ordinals), rising, from which a term of that payer and setting differs from the day before.

        Raises:
            UnknownName: for a payer there is no file of.

        """
        breaks = self._breaks.get((payer, setting))
        return self._lay_out(payer, setting) if breaks is None else breaks

    def terms(self, payer: str, setting: str | None, day: int) -> Terms:
        """The terms of that payer, setting and day (ordinal).

        Raises:
            UnknownName: for a payer there is no file of.

        """
        breaks = self.turns(payer, setting)
        place = bisect.bisect_right(breaks, day)
        terms = self._terms.get((payer, setting, place))
        if terms is None:
            # All days between two breaks have the same terms, so any of them will do to look them up.
            terms = self._terms[payer, setting, place] = self._look_up(
                payer, setting, breaks[place - 1] if place else 1
            )
        return terms

    def _entry(self, payer: str) -> dict[str, Any]:
        if payer not in self._entries:
            raise UnknownName("payer", payer, self._entries)
        return self._entries[payer]

    def _term_blocks(self, entry: dict[str, Any]) -> list[tuple[str | None, dict[str, Any]]]:
        blocks: list[tuple[str | None, dict[str, Any]]] = [(None, entry.get("terms") or {})]
        blocks += [(setting, block.get("terms") or {}) for setting, block in (entry.get("settings") or {}).items()]
        for _, terms in blocks:
            for term in terms:
                if term not in TERMS:
                    raise UnknownName(f"term (payer {entry['id']})", term, TERMS)
        return blocks

    def _lay_out(self, payer: str, setting: str | None) -> list[int]:
        """Resolve inheritance: the nearest payer that speaks of a term wins, its setting before its general terms.

        Before the first day it speaks of, what it inherits holds.
        """
        chosen: dict[str, list[Parameter[Any]]] = {}
        at: str | None = payer
        seen: list[str] = []
        while at is not None:
            if at in seen:
                msg = f"payers inherit in a circle: {' > '.join([*seen, at])}"
                raise BadPolicyData(msg)
            seen.append(at)
            entry = self._entry(at)
            blocks = dict(self._term_blocks(entry))
            for terms in (blocks.get(setting) if setting else None, blocks[None]):
                for term, block in (terms or {}).items():
                    further = parameter(f"payers/{at}:{term}", block, self._sources)
                    nearer = chosen.setdefault(term, [])
                    if not nearer or further.known_from < nearer[-1].known_from:
                        nearer.append(further)
            at = entry.get("inherits")
        self._parameters[payer, setting] = chosen
        self._breaks[payer, setting] = sorted({day for several in chosen.values() for day in _turns(several)})
        return self._breaks[payer, setting]

    def _look_up(self, payer: str, setting: str | None, day: int) -> Terms:
        chosen = self._parameters[payer, setting]
        numbers, values = [], []
        for term in TERMS:
            value = _on(chosen.get(term, ()), dt.date.fromordinal(day))
            values.append(value)
            numbers.append(UNKNOWN if value is None or value.value is None else _number(term, value.value))
        return Terms(payer, setting, tuple(numbers), tuple(values))


def _turns(several: Sequence[Parameter[Any]]) -> Iterator[int]:
    """The days (ordinals) on which a term changes; ``several`` speak of it, each until the one before it begins."""
    until = dt.date.max
    for one in several:
        for value in one.values:
            if value.first < until:
                yield value.first.toordinal()
            if value.last and value.last < until:
                yield value.last.toordinal() + 1
        until = one.known_from


def _on(several: Sequence[Parameter[Any]], day: dt.date) -> Value[Any] | None:
    """The value of that day, None where it is not known (a rule that needs it then says so)."""
    begun = next((one for one in several if one.known_from <= day), None)
    try:
        return None if begun is None else begun.on(day)
    except NotKnown:
        return None


def _number(term: str, value: object) -> int:
    if term in WORDS:
        if value not in WORDS[term]:
            msg = f"term {term}: {value!r} is not one of {', '.join(WORDS[term])}"
            raise BadPolicyData(msg)
        return WORDS[term].index(value)
    if term in NUMBERS and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if not isinstance(value, bool) or term in NUMBERS:
        msg = f"term {term}: expected {'a whole number' if term in NUMBERS else 'true or false'}, got {value!r}"
        raise BadPolicyData(msg)
    return int(value)
