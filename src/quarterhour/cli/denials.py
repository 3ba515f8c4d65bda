"""`quarterhour denials`: what came back unpaid, why, and what to do about it until when."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import click

from quarterhour.cli.files import written
from quarterhour.cli.options import SETTINGS, mapping, output, policy_folders, today
from quarterhour.cli.output import message, some_of, tell_unread, write, write_json, write_lines

_FOUND: Final = 1
_UNREAD: Final = 2
_NOTHING: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="How to answer; csv is the worklist, one row a line.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="warning",
    show_default=True,
    help="Least thing that makes the exit code 1: error is work on the list, warning amounts that do not add up, info "
    "answers or claims that match nothing.",
)
@click.option(
    "--order",
    type=click.Choice(["amount", "deadline"]),
    default="amount",
    show_default=True,
    help="What the worklist is sorted by first.",
)
@click.option("--every-line", is_flag=True, help="List also the lines that need nothing (json and csv).")
@click.option("--payer", "-p", help="Whose terms hold where the files do not tell.")
@today
@mapping
@policy_folders
@output
def command(
    paths: tuple[str, ...],
    output_format: str,
    fail_on: str,
    order: Literal["amount", "deadline"],
    every_line: bool,
    payer: str | None,
    today: str | None,
    mapping: Path | None,
    policy_folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Work what payers sent back: a list of what is not paid, with cause, next step and deadline.

    PATH is a remittance (835), an acknowledgement (277CA, 999, TA1), the claims or visits they answer (837P, 837I,
    FHIR, a table of claim lines, visit records), a folder of such files, or - for X12 on standard input. With the
    claims given, each line is matched, and what our rules say of it is told beside the payer's code. Reduced lines are
    never listed, and no modifier is ever added: told is which fact in the record would have to be true.

    Exit codes: 0 nothing to do, 1 something at or above --fail-on, 2 wrong call or unreadable input, 3 nothing that
    answers claims was read.
    """
    from quarterhour.workflows.denials.command import denials_paths
    from quarterhour.workflows.denials.wish import Wish

    answer = denials_paths(
        paths,
        Wish(
            payer=payer, today=today, order=order, every_line=every_line, mapping=mapping, policy_folders=policy_folders
        ),
    )
    with written(output, "--output"):
        _write(answer, output_format, output)
    tell_unread(answer["errors"])
    if answer["skipped"]:
        message(f"left aside, no answers, claims or visits, or the same file again: {some_of(answer['skipped'])}")
    raise click.exceptions.Exit(exit_code(answer, fail_on))


def exit_code(answer: dict[str, Any], fail_on: str) -> int:
    """What the answer comes to: unreadable input outweighs all, since what was not read may hold the worst."""
    from quarterhour.domain.finding import RANK
    from quarterhour.workflows.denials.command import holds_answers

    if answer["errors"] or any("kinds" in one and one["kind"] is None for one in answer["inputs"]):
        return _UNREAD
    beside = answer["not_matched"]
    if not holds_answers(answer):
        message("nothing was read that answers claims: there is no 835, 277CA, 999 or TA1 in what was named")
        return _NOTHING
    found = {
        "error": answer["worklist"],
        "warning": answer["unbalanced"] or answer["outside_claims"],
        "info": beside["answers"] or beside["claims"],
    }
    return _FOUND if any(rows and RANK[level] <= RANK[fail_on] for level, rows in found.items()) else 0


def _write(answer: dict[str, Any], output_format: str, output: Path | None) -> None:
    if output_format == "json":
        write_json(answer, output)
        return
    if output_format == "csv":
        from quarterhour.report.worklist import csv_text

        write(csv_text(answer), output)
    else:
        from quarterhour.cli.worklist import lines

        write_lines(lines(answer), output)
