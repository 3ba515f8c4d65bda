"""`quarterhour audit`: a worksheet of notes, element by element, with scores."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, mapping, policy_folders, vocabulary
from quarterhour.cli.output import Line, message, tell_unread, wrapped, write, write_json, write_lines
from quarterhour.domain.plural import counted
from quarterhour.report.csv import cell

_UNREAD: Final = 2
_NOTHING: Final = 3
_MARKS: Final = {"present": "+", "in the record": "r", "partial": "~", "absent": "-"}
_ABOUT: Final = ("path", "visit", "visit_id", "on", "provider", "payer", "score", "elements_percent", "points_off")


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--sample", type=click.IntRange(min=1), help="Draw so many notes.  [default: all]")
@click.option("--seed", type=int, default=0, show_default=True, help="What the draw begins with.")
@click.option("--payer", "-p", help="Payer of the visits that name none, and of notes.")
@click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="How to answer; csv has one row an element of a note.",
)
@mapping
@policy_folders
@vocabulary
def command(
    paths: tuple[str, ...],
    sample: int | None,
    seed: int,
    payer: str | None,
    output_format: str,
    mapping: Path | None,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
) -> None:
    """Score notes by what they show, element by element, and by their findings of documentation and necessity.

    PATH is a file of visit records or notes, a folder of such files, or - for standard input. The same seed draws the
    same notes, however the files are named in the call. The scale is Quarterhour's own; no payer scores notes by it.

    Exit codes: 0 told, 2 wrong call or unreadable input, 3 no note was read.
    """
    from quarterhour.workflows.audit import audit
    from quarterhour.workflows.check import Wish

    wish = Wish(payer=payer, policy_folders=policy_folders, vocabulary=vocabulary, mapping=mapping)
    answer = audit(paths, wish, sample=sample, seed=seed)
    if output_format == "json":
        write_json(answer)
    elif output_format == "csv":
        write(_csv(answer))
    else:
        write_lines(_lines(answer))
    for said in _not_scored(answer["without_note"]):
        message(said)
    tell_unread(answer["errors"])
    if answer["errors"]:
        raise click.exceptions.Exit(_UNREAD)
    if not answer["notes"]:
        message("nothing to score: no note was read")
        raise click.exceptions.Exit(_NOTHING)


def _not_scored(without: dict[str, int]) -> Iterator[str]:
    """What was read and has no note, in words: it is not in the worksheet."""
    if without["visits"]:
        yield f"not scored: {counted(without['visits'], 'visit')} without a note"
    if without["claims"]:
        yield f"not scored: {counted(without['claims'], 'claim')}; a claim carries no note"


def _csv(answer: dict[str, Any]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*_ABOUT, "element", "grade", "reason", "evidence"])
    for note in answer["notes"]:
        about = [note[name] for name in _ABOUT]
        for row in note["elements"]:
            said = [row["element"], row["grade"], row["reason"], " | ".join(row["evidence"])]
            table.writerow([cell(value) for value in (*about, *said)])
        for one in note["findings"]:
            said = [one["element"] or one["kind"], one["severity"], one["message"], one["rule"]]
            table.writerow([cell(value) for value in (*about, *said)])
    return text.getvalue()


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    drawn = answer["sample"]
    of = f", drawn from {answer['notes_given']} with seed {drawn['seed']}" if drawn else ""
    yield from _score("all", answer["summary"], of)
    for one in answer["providers"]:
        yield from _score(one["provider"] or "provider not given", one, "")
    yield []
    for note in answer["notes"]:
        named = note["visit_id"] or note["path"] or "a note"
        sums = f"  elements {note['elements_percent']}, less {note['points_off']} for findings"
        yield [(f"{note['score']:>4}  {named}  {note['on']}  {', '.join(note['codes'])}", "bold"), (sums, "dim")]
        marks = [f"{_MARKS[row['grade']]} {row['element'].replace('_', ' ')}" for row in note["elements"]]
        yield from wrapped("; ".join(marks), "      ")
        for one in note["findings"]:
            yield from wrapped(f"{one['rule']} {one['severity']}: {one['message']}", "        ", first="      ")
    yield []
    legend = (
        "+ present, r in the record beside the note, ~ in part, - absent. The scale is Quarterhour's own: the share of "
        "these elements, less points for errors and warnings of documentation and necessity about none of them."
    )
    yield from wrapped(legend, style="dim")


def _score(name: str, one: dict[str, Any], of: str) -> Iterator[Line]:
    if one["score"] is None:
        return
    margin = f" ± {one['margin']}" if one["margin"] is not None else ""
    spread = f"{one['lowest']} to {one['highest']}, notes {one['notes']}{of}"
    yield [(f"{name}: {one['score']}{margin}", "bold"), (f"  {spread}", "dim")]
    if one["margin_not_told"]:
        yield from wrapped(f"no margin: {one['margin_not_told']}", "  ", first="  ", style="dim")
