"""`quarterhour days`: therapists' days that hold more one-on-one minutes than a day does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, fail_on, mapping, payer, policy_folders, text_or_json
from quarterhour.cli.output import Line, message, tell_unread, wrapped, write_json, write_lines
from quarterhour.domain.plural import counted

_FOUND: Final = 1
_UNREAD: Final = 2
_NOTHING: Final = 3
_STYLES: Final = {"error": "bold red", "warning": "bold yellow"}


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@payer
@mapping
@fail_on
@text_or_json
@policy_folders
def command(
    paths: tuple[str, ...],
    payer: str | None,
    mapping: Path | None,
    fail_on: str,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """Show the days on which one therapist bills more one-on-one minutes, over all patients, than a day holds.

    PATH is a file or table of visit records, a folder of such files, or - for standard input. Therapists are told apart
    by NPI. It is told of all that is given in one call: `check` judges each patient for himself and says none of it.

    Exit codes: 0 none, 1 a day at or above --fail-on, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.domain.finding import RANK
    from quarterhour.workflows.therapist_days import therapist_days_paths

    answer = therapist_days_paths(paths, payer=payer, policy_folders=policy_folders, mapping=mapping)
    if output_format == "json":
        write_json(answer)
    elif answer["visits"]:
        write_lines(_lines(answer))
    for one in answer["not_counted"]:
        message(f"not counted: {one['reason']}: {one['count']}")
    tell_unread(answer["errors"])
    if answer["errors"]:
        raise click.exceptions.Exit(_UNREAD)
    if not answer["visits"]:
        message("nothing to count: no visit was read")
        raise click.exceptions.Exit(_NOTHING)
    if any(RANK[row["severity"]] <= RANK[fail_on] for row in answer["days"]):
        raise click.exceptions.Exit(_FOUND)


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    for row in answer["days"]:
        yield [(f"{row['severity']:<8}", _STYLES[row["severity"]]), (f"{row['therapist']}  {row['on']}", "bold")]
        yield from wrapped(row["message"], "  ")
        yield from wrapped(row["remedy"], "  ")
        yield from wrapped("visits: " + ", ".join(one or "without id" for one in row["visits"]), "    ", first="  ")
        yield []
    days, too_long = answer["therapist_days"], len(answer["days"])
    yield [(f"{too_long} of {counted(days, 'day')} of therapists, in {counted(answer['visits'], 'visit')}", "bold")]
    yield from wrapped(
        "Counted are minutes of billed timed services with one patient, under the therapist's NPI, without what an "
        "assistant furnished. What another file holds can only add to a day, so name all of a day in one call. How "
        "long a day of work is that is worth a look is a threshold of ours (own/reports:long_therapist_day).",
        style="dim",
    )
