"""`quarterhour pair`: whether an edit stands between two codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, text_or_json
from quarterhour.cli.output import Line, wrapped, write_json, write_lines


@click.command(context_settings=SETTINGS)
@click.argument("one", metavar="CODE")
@click.argument("other", metavar="CODE")
@click.option(
    "--claim",
    "-c",
    type=click.Choice(["professional", "institutional"]),
    default="professional",
    show_default=True,
    help="Whose table: they differ in members, order and indicator.",
)
@click.option(
    "--tables",
    type=click.Choice(["medicare", "medicaid"]),
    default="medicare",
    show_default=True,
    help="Whose edits: Medicaid has tables of its own, which answer once imported.",
)
@on
@text_or_json
@policy_folders
def command(
    one: str, other: str, claim: str, tables: str, on: str | None, output_format: str, policy_folders: tuple[Path, ...]
) -> None:
    """Show whether an NCCI edit stands between two codes on a date, since when, and what can bypass it."""
    from quarterhour.workflows.pair import pair

    answer = pair(one, other, on=on, claim=claim, tables=tables, policy_folders=policy_folders)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    word, style = {True: ("edit", "bold red"), False: ("no edit", "bold green"), None: ("not known", "bold yellow")}[
        answer["edit"]
    ]
    codes = " + ".join(answer["codes"])
    whose = "Medicaid, " if answer["tables"] == "medicaid" else ""
    yield [(codes, "bold"), ("  ", ""), (word, style), (f"  {whose}{answer['claim']} claims, {answer['on']}", "dim")]
    yield from wrapped(answer["reason"], "  ")
    if answer["edit"]:
        columns = f"column 1 {answer['column1']} (paid), column 2 {answer['column2']} (denied)"
        yield [(f"  {columns}, indicator {answer['indicator']}", "")]
    if answer["bypass"]:
        either = "on either line" if answer["modifier_on"] == "either" else "on the line of column 2"
        yield from wrapped(f"A modifier may pass it {either}, where the record shows distinct services:", "  ")
        yield from wrapped(" ".join(answer["bypass"]), "    ")
    if answer["history"]:
        yield [("history", "bold")]
    for row in answer["history"]:
        span = f"{row['from'] or 'before the record begins'} to {row['to'] or 'still in the table'}"
        edit = f"{row['column1']}/{row['column2']}, indicator {row['indicator']} ({row['evidence']})"
        yield [(f"  {span}: {edit}", "")]
    if answer["payer_notes"]:
        yield [("payers", "bold")]
    for note in answer["payer_notes"]:
        yield from wrapped(f"{note['payer']}: {note['text']} ({note['evidence']})", "    ", first="  ")
    if answer["release"]:
        yield from wrapped(f"NCCI pair table {answer['release']}, as of {answer['as_of']}", "", style="dim")
