"""`quarterhour draft`: questions to the clinician about what a note does not show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.check import messages
from quarterhour.cli.options import (
    SETTINGS,
    annotator_of,
    learned,
    note_payer,
    policy_folders,
    text_or_json,
    today,
    vocabulary,
)
from quarterhour.cli.output import Line, wrapped, write_json, write_lines
from quarterhour.report.questions import ADDENDUM

_UNREADABLE: Final = 2
_NOTHING: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@note_payer
@click.option("--on", metavar="DATE", help="Date of service of every visit.  [default: its own; of a note, today]")
@today
@text_or_json
@policy_folders
@vocabulary
@learned
def command(
    paths: tuple[str, ...],
    payer: str | None,
    on: str | None,
    today: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
    learned: Path | None,
) -> None:
    """Ask the clinician for what the notes do not show.

    PATH is what `check` takes: notes, visit records with notes, folders of them, or - for standard input. Questions a
    rule asks come first; the others would help a reviewer. No question supplies a fact.

    Exit codes: 0 read, 2 wrong call or unreadable input, 3 no note was read.
    """
    from quarterhour.workflows.check import Wish
    from quarterhour.workflows.draft import draft

    wish = Wish(
        payer=payer,
        on=on,
        today=today,
        policy_folders=policy_folders,
        vocabulary=vocabulary,
        annotator=annotator_of(learned),
    )
    found = draft(paths, wish)
    if output_format == "json":
        write_json(found.answer)
    else:
        write_lines(_lines(found.answer, found.notes))
    messages(found.answer)
    counts = found.answer["summary"]
    raise click.exceptions.Exit(_UNREADABLE if counts["errors"] else 0 if counts["notes"] else _NOTHING)


def _lines(answer: dict[str, Any], notes: dict[tuple[str | None, int], str]) -> Iterator[Line]:
    from quarterhour.cli.excerpt import excerpt

    for (path, visit), ours in groupby(answer["questions"], key=lambda one: (one["path"], one["visit"])):
        questions = list(ours)
        named = f"visit {questions[0]['visit_id']}" if questions[0]["visit_id"] else ""
        yield [("  ".join(filter(None, ("" if path == "-" else path, named))) or "note", "bold")]
        for ruled, some in groupby(questions, key=lambda one: one["rule"] is not None):
            if not ruled:
                yield [("  not asked for by a rule here, of use to a reviewer", "dim")]
            for one in some:
                yield from wrapped(one["question"], "    ", first="  ? ", style="bold" if ruled else "")
                rule = f" ({one['rule']})" if one["rule"] else ""
                yield from wrapped(f"{one['because']}{rule}", "    ", style="dim")
                spans = [(span["start"], span["end"]) for span in one["evidence"]]
                yield from excerpt(notes.get((path, visit), ""), spans if ruled else [], "    ")
        yield []
    if answer["questions"]:
        yield from wrapped(ADDENDUM, "", style="dim")
    else:
        yield [("no question" if answer["summary"]["notes"] else "no note was read", "bold")]
