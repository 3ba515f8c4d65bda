"""Options that several commands have, said once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

if TYPE_CHECKING:
    from quarterhour.workflows.annotate import Annotator

Command = TypeVar("Command", bound=Callable[..., object])
_STORE: Final = "quarterhour.store"
SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}

text_or_json = click.option(
    "--format", "-f", "output_format", type=click.Choice(["text", "json"]), default="text", help="How to answer."
)
on = click.option("--on", metavar="DATE", help="Date of service, such as 2026-03-04.  [default: today]")
own_folders = click.option(
    "--policy-dir",
    "policy_folders",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder of your own policy data (payers/, sources/) over the built-in; may be repeated.",
)
_in_store = functools.partial(
    click.option,
    "--store",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the imported tables.  [default: QUARTERHOUR_POLICY_STORE, else your own]",
)
store = _in_store()


def policy_folders(command: Command) -> Command:
    """Options that say by what policy to answer; the tables are chosen for as long as the command runs."""
    for option in (
        own_folders,
        _in_store(expose_value=False, is_eager=True, callback=_choose_store),
        click.option(
            "--policy-version",
            metavar="ID",
            expose_value=False,
            callback=_choose_version,
            help="Version of the imported tables, as a report names it, or built-in.  [default: current]",
        ),
    ):
        command = option(command)
    return command


def _choose_store(ctx: click.Context, _param: click.Parameter, folder: Path | None) -> None:
    ctx.meta[_STORE] = folder


def _choose_version(ctx: click.Context, _param: click.Parameter, wanted: str | None) -> None:
    if ctx.meta.get(_STORE) or wanted:
        from quarterhour.workflows.asked import with_tables

        ctx.with_resource(with_tables(ctx.meta.get(_STORE), wanted))


fail_on = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="warning",
    show_default=True,
    help="Least severity that makes the exit code 1.",
)
payer = click.option("--payer", "-p", help="Payer of the visits that name none.")
note_payer = click.option(
    "--payer", "-p", help="Payer of the visits that name none.  [default: none; of a note, medicare-b]"
)
discipline = click.option(
    "--discipline",
    "-d",
    type=click.Choice(["PT", "OT", "SLP"], case_sensitive=False),
    metavar="[PT|OT|SLP]",
    help="Whose plan of care, where a record or note does not tell.",
)
today = click.option("--today", metavar="DATE", help="Judge as if this were today.")
output = click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report there, not to standard output.",
)
mapping = click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column of a table is which of ours, and what its words mean (YAML).",
)
vocabulary = click.option(
    "--vocabulary",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Your clinic's own phrases for reading notes, over the built-in; may be repeated.",
)
learned = click.option(
    "--learned",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder of a sentence model that may doubt what was read in a note (needs the extra `learned`).",
)


def annotator_of(folder: Path | None) -> Annotator | None:
    """The sentence model of ``--learned``; none named, none, and nothing of it is loaded.

    Raises:
        BadRequest: if it cannot be loaded.

    """
    if folder is None:
        return None
    from quarterhour.workflows.sentence_model import sentence_model

    return sentence_model(folder)


def room(command: Command) -> Command:
    """Options that say how much of the machine a run over whole files may take."""
    for option in (
        click.option(
            "--workers", type=click.IntRange(min=1), help="How many processes work.  [default: one a processor]"
        ),
        click.option(
            "--memory", metavar="SIZE", default="2GB", show_default=True, help="What all workers together may take."
        ),
    ):
        command = option(command)
    return command


def chosen_rules(command: Command) -> Command:
    """Options that say which rules to judge by."""
    for option in (
        click.option(
            "--persona",
            type=click.Choice(["therapist", "biller", "auditor"]),
            multiple=True,
            help="Only what is for these people; may be repeated.",
        ),
        click.option("--ignore", "-i", metavar="RULE", multiple=True, help="Not these rules; named as for --select."),
        click.option(
            "--select",
            "-s",
            metavar="RULE",
            multiple=True,
            help="Only these rules: a code, the beginning of one, or a name; commas join, may be repeated.",
        ),
    ):
        command = option(command)
    return command
