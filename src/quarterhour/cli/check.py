"""`quarterhour check`: what is wrong or unsupported in visits."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from quarterhour.cli.files import written
from quarterhour.cli.options import (
    SETTINGS,
    annotator_of,
    chosen_rules,
    discipline,
    fail_on,
    learned,
    mapping,
    note_payer,
    output,
    policy_folders,
    today,
    vocabulary,
)
from quarterhour.cli.output import message, some_of, tell_unread, write, write_lines, write_pieces

if TYPE_CHECKING:
    from quarterhour.domain.visit import Discipline
    from quarterhour.report.groups import View

_FORMATS: Final = ("text", "json", "jsonl", "csv", "html", "sarif", "fhir")
#: Formats that are written finding by finding.
_PIECEWISE: Final = frozenset({"json", "jsonl", "csv"})
_FOUND: Final = 1
_UNREADABLE: Final = 2
_NOTHING: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--format", "-f", "output_format", type=click.Choice(_FORMATS), default="text", help="How to report.")
@fail_on
@chosen_rules
@note_payer
@discipline
@click.option("--on", metavar="DATE", help="Date of service of every visit.  [default: its own; of a note, today]")
@today
@mapping
@policy_folders
@vocabulary
@learned
@output
@click.option(
    "--fix",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a copy of PATH (one file) there with its remedies of form applied; PATH stays as it is.",
)
@click.option(
    "--ledger",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --fix: write every change there as JSON.  [default: standard error]",
)
def command(
    paths: tuple[str, ...],
    output_format: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    persona: tuple[str, ...],
    payer: str | None,
    discipline: Discipline | None,
    on: str | None,
    today: str | None,
    mapping: Path | None,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
    learned: Path | None,
    output: Path | None,
    fix: Path | None,
    ledger: Path | None,
) -> None:
    """Check visits, notes and claims for what is wrong or unsupported.

    PATH is a file of visit records (JSON: one object, a list, {"visits": [...]}, or one object a line), a table
    of them or of claim lines (CSV or Parquet, one row a line), a note (text, .txt or .md), a file of X12 by any
    name (837P, 837I, 835, 277CA, 999, TA1), FHIR R4 (JSON: a bundle, a resource, or one a line), a folder of such
    files, or - for standard input. A note alone is judged for what it documents, a claim alone for what it claims.

    Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.cli.fixing import check_targets, write_fixed
    from quarterhour.report.groups import View
    from quarterhour.workflows.check import Wish, checked_paths

    check_targets(paths, fix, ledger)
    checked = checked_paths(
        paths,
        Wish(
            payer=payer,
            discipline=discipline,
            on=on,
            today=today,
            mapping=mapping,
            select=words(select),
            ignore=words(ignore),
            persona=persona,
            policy_folders=policy_folders,
            vocabulary=vocabulary,
            annotator=annotator_of(learned),
        ),
    )
    report = checked.report
    _report(report, View(checked.notes, everything=bool(persona)), output_format, output)
    messages(report)
    if fix is not None:
        write_fixed(Path(paths[0]), fix, ledger, report, policy_folders)
    raise click.exceptions.Exit(exit_code(report, fail_on))


def exit_code(report: dict[str, Any], fail_on: str) -> int:
    """What the report comes to: unreadable input outweighs all, since what was not read was not checked."""
    summary = report["summary"]
    if summary["errors"] or any(map(_holds_nothing, report["inputs"])):
        return _UNREADABLE
    from quarterhour.domain.finding import RANK
    from quarterhour.workflows.report import was_read

    found = (*summary["by_severity"], *summary.get("defects", ()))
    if any(RANK[severity] <= RANK[fail_on] for severity in found):
        return _FOUND
    return 0 if was_read(report) else _NOTHING


def _holds_nothing(one: dict[str, Any]) -> bool:
    """Whether an X12 file has defects and no transaction that could be made out."""
    return "kinds" in one and one["kind"] is None and bool(one["defects"])


def _report(report: dict[str, Any], view: View, output_format: str, output: Path | None) -> None:
    with written(output, "--output"):
        if output_format == "text":
            from quarterhour.cli.report import lines

            write_lines(lines(report, view), output)
            return
        renderer = importlib.import_module(f"quarterhour.report.{output_format}")
        if output_format == "html":
            write(renderer.text(report, view), output)
        elif output_format in _PIECEWISE:
            write_pieces(renderer.pieces(report), output)
        else:
            write(renderer.text(report), output)


def messages(report: dict[str, Any]) -> None:
    """What could not be read, was left aside or had to be assumed, on standard error in every format."""
    from quarterhour.report.groups import assumed
    from quarterhour.workflows.report import was_read

    tell_unread(report["errors"])
    if report["skipped"]:
        named = some_of(report["skipped"])
        message(f"left aside, neither visits nor notes by their names, or the note of a visit: {named}")
    if said := assumed(report):
        message(f"not read in a note alone, so assumed: {said}; --on and --payer say otherwise")
    for one in report["inputs"]:
        if left := one.get("not_carried"):
            named = some_of([row["element"] for row in left])
            message(f"{one['path']}: read by no rule, so not carried: {named}; --format json has all")
    if not report["errors"] and not was_read(report):
        message("nothing was read: there are no visits, notes or claims in what was named")


def words(given: tuple[str, ...]) -> list[str]:
    """The words of an option that may be repeated and may hold several."""
    return [word for one in given for word in one.split(",") if word.strip()]
