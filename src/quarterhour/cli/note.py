"""`quarterhour note`: what the reader found in a note."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import (
    SETTINGS,
    annotator_of,
    learned,
    note_payer,
    policy_folders,
    text_or_json,
    vocabulary,
)
from quarterhour.cli.output import Line, width, wrapped, write_json, write_lines
from quarterhour.domain.line_ends import with_line_feeds
from quarterhour.domain.plural import counted

_NOTHING: Final = 3
#: What is missing first: that is what a note is read for.
_GRADES: Final = (("absent", "bold red"), ("partial", "bold yellow"), ("present", "bold green"))
_NAMES: Final = 22
_VERDICTS: Final = {"supported": "green", "contradicted": "bold red", "not known": "dim"}
#: So many of the words for or against a code show what it is about.
_WORDS: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("path", metavar="PATH")
@note_payer
@click.option("--on", metavar="DATE", help="Count units as of this date.  [default: the note's own, else today]")
@text_or_json
@policy_folders
@vocabulary
@learned
def command(
    path: str,
    payer: str | None,
    on: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
    learned: Path | None,
) -> None:
    """Show what a note says: services and minutes, times, which codes the work supports, and how well it shows each
    element a reviewer looks for.

    PATH is a note (text), a visit record with a note, or - for standard input. What was planned, done at home or on
    another day is read and does not count.

    Exit codes: 0 read, 2 wrong call or unreadable input, 3 nothing in it.
    """
    from quarterhour.cli.output import message
    from quarterhour.workflows.note import note, note_of_path

    text = note_of_path(path)
    if not text.strip():
        message(f"nothing was read: {path} has no text")
        raise click.exceptions.Exit(_NOTHING)
    answer = note(
        text,
        vocabulary=vocabulary,
        annotator=annotator_of(learned),
        policy_folders=policy_folders,
        payer=payer,
        on=on,
    )
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines("" if path == "-" else path, text, answer))


def _lines(path: str, text: str, answer: dict[str, Any]) -> Iterator[Line]:
    text = with_line_feeds(text)
    about = f"  {answer['discipline'] or 'discipline not told'}, {counted(len(text.splitlines()), 'line')}"
    yield [(path or "note", "bold"), (about, "dim")]
    yield from _services(text, answer["services"])
    yield from _assistants(text, answer["by_assistant"])
    yield from _times(text, answer["times"])
    yield from _units(answer["units"])
    yield from _support(text, answer["support"])
    yield from _elements(text, answer["elements"])
    yield from _suggested(text, answer.get("suggested", []))


def _services(text: str, services: list[dict[str, Any]]) -> Iterator[Line]:
    from quarterhour.domain.line_ends import line_number
    from quarterhour.domain.reading import PERFORMED

    yield [("services", "bold")]
    for one in services:
        done = one["status"] == PERFORMED
        minutes = "no minutes" if one["minutes"] is None else f"{one['minutes']} min"
        said = "" if done else f"  {one['status'].replace('_', ' ')}: does not count"
        label = " ".join(one["label"].split())[:40]
        yield [
            (f"  {one['code'] or '-----'}  {minutes:>10}  {label}", "" if done else "dim"),
            (f"  line {line_number(text, one['start'])}{said}", "dim"),
        ]
    if not services:
        yield [("  none named", "")]


def _assistants(text: str, told: list[dict[str, Any]]) -> Iterator[Line]:
    """What the note gives an assistant; whether CQ or CO follows is for units and the record to say."""
    from quarterhour.cli.excerpt import quoted
    from quarterhour.domain.line_ends import line_number

    if told:
        yield [("given by an assistant, in the note's words", "bold")]
    for one in told:
        minutes = "no minutes" if one["minutes"] is None else f"{one['minutes']} min"
        words = quoted(text, one["start"], one["end"], 40)
        yield [
            (f"  {one['code'] or 'visit'}  {minutes:>10}  “{words}”", ""),
            (f"  line {line_number(text, one['start'])}", "dim"),
        ]


def _times(text: str, times: dict[str, Any]) -> Iterator[Line]:
    from quarterhour.domain.line_ends import line_number

    named = (("total_timed_minutes", "timed {} min"), ("total_treatment_minutes", "treatment {} min"))
    said = [form.format(times[key]) for key, form in named if times[key] is not None]
    if times["start"] or times["stop"]:
        said.append(f"{times['start'] or '?'} to {times['stop'] or '?'}")
    rows = sorted({line_number(text, span["start"]) for span in times["evidence"]})
    where = f"  line {', '.join(map(str, rows))}" if rows else ""
    yield [("stated times", "bold")]
    yield [(f"  {'; '.join(said) or 'none'}", ""), (where, "dim")]


def _units(told: dict[str, Any] | None) -> Iterator[Line]:
    """One line: what the minutes support, of which codes, and what the note writes where it writes any."""
    if told is None:
        return
    minutes, supported = counted(told["total_timed_minutes"], "timed minute"), counted(told["total_units"], "unit")
    shares, stated = (
        ", ".join(f"{one['code']} x {one['units']}" for one in rows) for rows in (told["services"], told["written"])
    )
    said = f"{minutes}: {supported} by {told['method']} ({told['payer']}, {told['on']}): {shares}"
    if told["alternatives"]:
        said += f", or {counted(told['alternatives'], 'other way')}"
    written = sum(one["units"] for one in told["written"])
    differs = bool(told["written"]) and written != told["total_units"]
    if told["written"]:
        said += f"; written: {stated}"
    yield [("units its minutes support", "bold")]
    yield from wrapped(said, "    ", first="  ", style="yellow" if differs else "")


def _support(text: str, entries: list[dict[str, Any]]) -> Iterator[Line]:
    """What the work speaks for: a line where the code is supported, words and the question where it is not."""
    from quarterhour.cli.excerpt import quoted
    from quarterhour.domain.line_ends import line_number

    if entries:
        yield [("what the described work supports", "bold")]
    for entry in entries:
        service = entry["service"]
        named = (service["code"] or " ".join(service["label"].split())) if service else "work under no service"
        speaks = ", ".join(one["code"] for one in entry["codes"])
        verdict = entry["verdict"]
        said = verdict if verdict == "supported" or not speaks else f"{verdict}; the words speak for {speaks}"
        yield [(f"  {named:<8}  ", ""), (said, _VERDICTS.get(verdict, "yellow"))]
        if verdict == "supported":
            continue
        for one in (entry["against"] or entry["for"])[:_WORDS]:
            at = f"      line {line_number(text, one['start'])}  "
            words = quoted(text, one["start"], one["end"], max(width() - len(at) - len(one["why"]) - 6, 20))
            yield [(at, "dim"), (f"“{words}”", ""), (f"  {one['why']}", "dim")]
        for question in entry["questions"]:
            yield from wrapped(question, "        ", first="      ? ")


def _elements(text: str, elements: dict[str, Any]) -> Iterator[Line]:
    from quarterhour.cli.excerpt import quoted
    from quarterhour.domain.line_ends import line_number

    for grade, style in _GRADES:
        ours = {name: one for name, one in elements.items() if one["grade"] == grade}
        if ours:
            yield [(grade, style)]
        for name, one in ours.items():
            label = f"  {name.replace('_', ' '):<{_NAMES}}"
            span = one["evidence"][0] if one["evidence"] else None
            if grade != "present" or span is None:
                yield from wrapped(one["reason"], " " * len(label), first=label)
            if span is not None:
                head = " " * len(label) if grade != "present" else label
                at = f"line {line_number(text, span['start'])}  "
                others = f"  and {len(one['evidence']) - 1} more" if len(one["evidence"]) > 1 else ""
                room = max(width() - len(label) - len(at) - len(others) - 2, 20)
                words = quoted(text, span["start"], span["end"], room)
                yield [(head, ""), (at, "dim"), (f"“{words}”", ""), (others, "dim")]


def _suggested(text: str, suggested: list[dict[str, Any]]) -> Iterator[Line]:
    from quarterhour.cli.excerpt import quoted
    from quarterhour.domain.line_ends import line_number

    if suggested:
        yield [("suggested by a model, not counted", "bold")]
    for one in suggested:
        words = quoted(text, one["start"], one["end"], 50)
        about = f"  {one['element'].replace('_', ' '):<{_NAMES}}"
        at = f"line {line_number(text, one['start'])}  "
        yield [(about, ""), (at, "dim"), (f"“{words}”", ""), (f"  {one['model']} {one['confidence']:.2f}", "dim")]
