"""Visits in, report out: what is wrong or unsupported, what could not be judged, and what could not be read."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from quarterhour.domain.finding import PERSONAS, Finding
from quarterhour.domain.reading import Reading as NoteReading
from quarterhour.domain.visit import Discipline, Visit
from quarterhour.engine.run import Unchecked, judge_visits
from quarterhour.interchange.errors import Defect
from quarterhour.interchange.visit_json import Reading, ReadVisit
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.workflows.annotate import Annotator, annotated
from quarterhour.workflows.asked import DEFAULT_PAYER, FORMAT, Day, day_of, policy_of, text_of, words_of
from quarterhour.workflows.defects_said import mark_said
from quarterhour.workflows.inputs import NOTE, STANDARD_INPUT, Input, of_contents, of_paths, of_values
from quarterhour.workflows.kept import Kept
from quarterhour.workflows.reading import read_note
from quarterhour.workflows.report import (
    Placed,
    defect_row,
    finding_rows,
    input_row,
    not_checked_rows,
    summary,
)
from quarterhour.workflows.tables import mapping_of
from quarterhour.workflows.tool import tool_row


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How to check.

    ``payer`` is for records that name none and for notes; ``discipline`` is for records and notes that tell none;
    ``on`` is the date of service whatever records say, and a note alone is of ``today`` without it; ``today`` is the
    day the judgement is made; ``select`` and ``ignore`` name rules by code, beginning of a code, or name; ``persona``
    leaves only rules for these people; ``vocabulary`` are a clinic's own packs of phrases; ``annotator`` may lower what
    was read in a note; ``mapping`` is a file that says what the columns of tables are.
    """

    payer: str | None = None
    discipline: Discipline | None = None
    on: Day = None
    today: Day = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    persona: Sequence[str] = ()
    policy_folders: Sequence[str | Path] = ()
    vocabulary: Sequence[str | Path] = ()
    annotator: Annotator | None = None
    mapping: str | Path | None = None


class Checked(msgspec.Struct, frozen=True):
    """A report, and the visits it is about with what was read in their notes, which no report repeats.

    The report's findings can be gone through as often as wanted, and need not all be held.
    """

    report: dict[str, Any]
    visits: tuple[Placed, ...]

    @property
    def notes(self) -> dict[tuple[str | None, int], str]:
        """The notes by path and number of the visit, as findings name their place."""
        paths = [one["path"] for one in self.report["inputs"]]
        return {(paths[at.input], at.number): at.lined for at in self.visits if at.text}


def check(
    records: Sequence[Mapping[str, Any]] | Mapping[str, Any],
    *,
    payer: str | None = None,
    on: Day = None,
    today: Day = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    persona: Sequence[str] = (),
    policy_folders: Sequence[str | Path] = (),
    vocabulary: Sequence[str | Path] = (),
    annotator: Annotator | None = None,
) -> dict[str, Any]:
    """Check one visit record, a list of them, or ``{"visits": [...]}`` (contract, section 4).

    The keywords are those of :class:`Wish`. A record that cannot be read stands under ``errors`` and is counted in
    ``summary``; the others are checked.

    Raises:
        BadRequest: for a path instead of records, or a date that is none.
        UnknownName: for a default payer, a persona or a rule there is not.

    """
    wish = Wish(
        payer=payer,
        on=on,
        today=today,
        select=select,
        ignore=ignore,
        persona=persona,
        policy_folders=policy_folders,
        vocabulary=vocabulary,
        annotator=annotator,
    )
    return _whole(checked_records(records, wish).report)


def checked_records(records: Sequence[Mapping[str, Any]] | Mapping[str, Any], wish: Wish) -> Checked:
    """As :func:`check`, with the visits and what was read in their notes."""
    day = None if wish.on is None else day_of(wish.on)
    return _checked([of_values(records, payer_needed=wish.payer is None, day=day)], [], wish)


def check_paths(paths: Iterable[str | Path], wish: Wish) -> dict[str, Any]:
    """Check the visit records and notes of files and folders, ``-`` being standard input; as :func:`check`.

    ``skipped`` names the files of folders that were left aside.
    """
    return _whole(checked_paths(paths, wish).report)


def checked_paths(paths: Iterable[str | Path], wish: Wish) -> Checked:
    """As :func:`check_paths`, with the visits and what was read in their notes."""
    policy, mapping = policy_of(wish.policy_folders), mapping_of(wish.mapping)
    day = None if wish.on is None else day_of(wish.on)
    inputs, skipped = of_paths(paths, policy, payer_needed=wish.payer is None, mapping=mapping, day=day)
    return _checked(inputs, skipped, wish)


def checked_content(content: bytes, wish: Wish, name: str = STANDARD_INPUT) -> Checked:
    """As :func:`checked_paths`, of what was sent and is in no file; ``name`` is what its sender calls it."""
    return checked_contents([(name, content)], wish)


def checked_contents(contents: Iterable[tuple[str, bytes]], wish: Wish) -> Checked:
    """As :func:`checked_content`, of several with their names; a note that a record among them has is left aside."""
    day = None if wish.on is None else day_of(wish.on)
    inputs, skipped = of_contents(contents, policy_of(wish.policy_folders), payer_needed=wish.payer is None, day=day)
    return _checked(inputs, skipped, wish)


def checked_inputs(inputs: Sequence[Input], wish: Wish) -> Checked:
    """As :func:`checked_paths`, of inputs that were read already."""
    return _checked(list(inputs), [], wish)


def _whole(report: dict[str, Any]) -> dict[str, Any]:
    """The report with its findings in a list."""
    return report | {"findings": list(report["findings"])}


def _checked(inputs: list[Input], skipped: list[str], wish: Wish) -> Checked:
    policy, today = policy_of(wish.policy_folders), day_of(wish.today)
    if wish.payer is not None and text_of(wish.payer, "payer") not in policy.payers:
        raise UnknownName("payer", wish.payer, policy.payers)
    entries = chosen(wish.select, wish.ignore, wish.persona)
    day = None if wish.on is None else day_of(wish.on)
    inputs = [_with_known_payers(one, policy) for one in inputs]
    placed: list[Placed] = []
    for number, one in enumerate(inputs):
        if one.note is not None:
            inputs[number], found = _of_note(one, number, day, today, policy, wish)
            placed.append(found)
        else:
            placed += [_of_record(read, number, day, wish) for read in one.reading.visits]
    alone = [inputs[at.input].kind == NOTE for at in placed]
    findings, unchecked = _judged(placed, alone, entries, policy, wish.payer or DEFAULT_PAYER, today)
    rows = Kept(finding_rows(inputs, placed, findings))
    if any(one.claim_count for one in inputs):
        inputs, more = _with_claims(inputs, entries, policy, wish, today, rows)
        unchecked += more
    shown = [input_row(one) for one in inputs]
    mark_said(shown, rows)
    report = {
        "format": FORMAT,
        "tool": tool_row(policy, today, wish.vocabulary),
        "inputs": shown,
        "skipped": skipped,
        "findings": rows,
        "not_checked": not_checked_rows(unchecked),
        "errors": [{"path": one.path} | defect_row(defect) for one in inputs for defect in one.reading.defects],
        "summary": summary(inputs, rows),
    }
    return Checked(report, tuple(placed))


def _with_claims(
    inputs: list[Input], entries: Sequence[Entry], policy: Policy, wish: Wish, today: dt.date, kept: Kept
) -> tuple[list[Input], list[Unchecked]]:
    """The claims among the inputs judged: inputs with what was counted, and what was not checked."""
    from quarterhour.workflows.check_claims import GivenInput, judge_inputs

    given = [GivenInput(number, one.path, claims) for number, one in enumerate(inputs) if (claims := one.given)]
    on = None if wish.on is None else day_of(wish.on)
    judged = judge_inputs(given, entries, policy, wish.payer, today, kept, on)
    counted = [
        msgspec.structs.replace(one, claim_visits=judged.visits[number], left_out=dict(judged.left_out.get(number, {})))
        for number, one in enumerate(inputs)
    ]
    return counted, judged.not_checked


def _of_record(read: ReadVisit, number: int, day: dt.date | None, wish: Wish) -> Placed:
    visit = _told(read.visit, wish)
    visit = visit if day is None else msgspec.structs.replace(visit, date_of_service=day)
    text = visit.note.text if visit.note else None
    return Placed(number, read.number, visit, read.pointer, read.document, _read(text, wish) if text else None)


def _told(visit: Visit, wish: Wish) -> Visit:
    """The visit with the discipline that was named, where it tells none."""
    if wish.discipline is None or visit.discipline is not None:
        return visit
    return msgspec.structs.replace(visit, discipline=wish.discipline)


def _of_note(
    one: Input, number: int, day: dt.date | None, today: dt.date, policy: Policy, wish: Wish
) -> tuple[Input, Placed]:
    """A note alone as a visit, and its input with what had to be assumed: its date where the note writes none that has
    come, and its payer.
    """
    from quarterhour.workflows.note_visit import visit_of

    text = one.note or ""
    reading = _read(text, wish)
    day = day or (reading.day if reading.day is not None and reading.day <= today else None)
    visit = _told(visit_of(text, reading, day or today, wish.payer or DEFAULT_PAYER, policy), wish)
    assumed = {} if day is not None else {"date_of_service": today.isoformat()}
    assumed |= {} if wish.payer is not None else {"payer": DEFAULT_PAYER}
    known = msgspec.structs.replace(one, reading=Reading((ReadVisit(visit, ""),), ()), assumed=assumed)
    return known, Placed(number, 1, visit, "", 0, reading)


def _read(text: str, wish: Wish) -> NoteReading:
    reading = read_note(text, vocabulary=wish.vocabulary)
    return reading if wish.annotator is None else annotated(reading, text, wish.annotator).reading


def _judged(
    placed: Sequence[Placed],
    alone: Sequence[bool],
    entries: tuple[Entry, ...],
    policy: Policy,
    payer: str,
    today: dt.date,
) -> tuple[list[list[Finding]], list[Unchecked]]:
    """Judge the records together, and the notes that come alone by the rules that can judge a note."""
    found: list[list[Finding]] = [[] for _ in placed]
    unchecked: list[Unchecked] = []
    for which, judging, others, why in _grouped(placed, alone, entries):
        unchecked += [Unchecked(entry.code, why, len(which)) for entry in others]
        visits, read = [placed[place].visit for place in which], [placed[place].reading for place in which]
        outcome = judge_visits(visits, policy, payer, today, judging, read if any(read) else ())
        unchecked += outcome.not_checked
        for place, findings in zip(which, outcome.findings, strict=True):
            found[place] = findings
    return found, unchecked


def _grouped(
    placed: Sequence[Placed], alone: Sequence[bool], entries: tuple[Entry, ...]
) -> Iterator[tuple[list[int], tuple[Entry, ...], tuple[Entry, ...], str]]:
    """Which visits are judged together, by which rules, by which they cannot be, and why: records; notes that come
    alone; and those of them that write their units.
    """
    records = [place for place, one in enumerate(alone) if not one]
    if records:
        yield records, entries, (), ""
    if len(records) == len(placed):
        return
    from quarterhour.workflows.note_visit import NO_LINES, parted, writes_units

    for with_units in (False, True):
        notes = [place for place, one in enumerate(alone) if one and writes_units(placed[place].visit) == with_units]
        if notes:
            yield notes, *parted(entries, with_units=with_units), NO_LINES


def chosen(select: Sequence[str], ignore: Sequence[str], persona: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The rules of the catalogue that are selected (none named: all), for one of the people named, and not ignored.

    A word may stand by itself, and commas part words.

    Raises:
        UnknownName: for a word that is no rule and the beginning of none, or a persona there is not.

    """
    return _chosen(words_of(select, "select"), words_of(ignore, "ignore"), words_of(persona, "persona"))


@functools.lru_cache(maxsize=32)
def _chosen(select: tuple[str, ...], ignore: tuple[str, ...], persona: tuple[str, ...]) -> tuple[Entry, ...]:
    every = catalogue()

    def meant(words: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for word in words:
            hits = {e.code for e in every if e.code.startswith(word.strip().upper()) or e.name == word.strip().lower()}
            if not hits or not word.strip():
                known = [text for entry in every for text in (entry.code, entry.name)]
                raise UnknownName("rule or beginning of a rule", word, known)
            found |= hits
        return found

    strange = next((one for one in persona if one not in PERSONAS), None)
    if strange is not None:
        raise UnknownName("persona", strange, PERSONAS)
    wanted, unwanted = meant(select), meant(ignore)
    return tuple(
        entry
        for entry in every
        if (not select or entry.code in wanted)
        and entry.code not in unwanted
        and (not persona or any(map(entry.is_for, persona)))
    )


def _with_known_payers(one: Input, policy: Policy) -> Input:
    """Turn visits of payers there are no terms of into defects: without terms nothing can be said of them."""
    known: list[ReadVisit] = []
    defects: list[Defect] = []
    for read in one.reading.visits:
        payer = read.visit.payer
        if payer is None or payer in policy.payers:
            known.append(read)
            continue
        pointer = f"{read.pointer}/payer"
        place = one.reading.places([(read.document, pointer)]).get((read.document, pointer), (None, None))
        pointer = one.reading.shown((read.document, pointer))["pointer"]
        defects.append(Defect(_no_payer(payer, policy), pointer, *place))
    if not defects:
        return one
    reading = msgspec.structs.replace(one.reading, visits=tuple(known), defects=(*one.reading.defects, *defects))
    return msgspec.structs.replace(one, reading=reading)


def _no_payer(payer: str, policy: Policy) -> str:
    """The payer's name is not repeated: where a record goes astray, anything may stand there."""
    near = UnknownName("payer", payer, policy.payers).nearest
    return f"no such payer; did you mean {near!r}?" if near else f"no such payer; known are {', '.join(policy.payers)}"
