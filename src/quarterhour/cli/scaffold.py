"""`quarterhour scaffold`: the two files a new rule begins with."""

from __future__ import annotations

from pathlib import Path

import click

from quarterhour.cli.options import SETTINGS, text_or_json
from quarterhour.cli.output import write, write_json


@click.command(context_settings=SETTINGS)
@click.argument("family", metavar="FAMILY")
@click.argument("name", metavar="NAME")
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the families.  [default: the package's own]",
)
@text_or_json
def command(family: str, name: str, into: Path | None, output_format: str) -> None:
    """Write the two files of a new rule: what it finds, and its page with the examples that test it.

    FAMILY is a folder of rules such as payer, NAME the bad pattern such as units-above-plan-limit.
    """
    from quarterhour.workflows.scaffold import scaffold

    answer = scaffold(family, name, into=into)
    if output_format == "json":
        write_json(answer)
    else:
        write("\n".join([f"{answer['rule']}  {answer['name']}", *(f"  {path}" for path in answer["files"])]))
