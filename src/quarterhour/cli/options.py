"""Options that several commands have, said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quarterhour.workflows.annotate import Annotator

SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}

text_or_json = click.option(
    "--format", "-f", "output_format", type=click.Choice(["text", "json"]), default="text", help="How to answer."
)
on = click.option("--on", metavar="DATE", help="Date of service, such as 2026-03-04.  [default: today]")
policy_folders = click.option(
    "--policy-dir",
    "policy_folders",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder of your own policy data (payers/, sources/) over the built-in; may be repeated.",
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
