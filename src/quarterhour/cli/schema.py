"""`quarterhour schema`: the JSON Schema of what is read."""

from __future__ import annotations

import click

from quarterhour.cli.options import SETTINGS
from quarterhour.cli.output import write_json


@click.command(context_settings=SETTINGS)
@click.argument("kind", metavar="KIND", type=click.Choice(["visit"]), default="visit")
def command(kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a record, made from the types that read it.

    KIND is visit: one visit record. What the schema takes `check` reads, where a payer is named in it or with --payer.
    """
    from quarterhour.workflows.schema import schema

    write_json(schema(kind))
