"""`quarterhour mac`: the Medicare contractor of a place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from quarterhour.cli.options import SETTINGS, on, policy_folders, text_or_json
from quarterhour.cli.output import Line, wrapped, write_json, write_lines


@click.command(context_settings=SETTINGS)
@click.argument("place", metavar="STATE_OR_ZIP")
@on
@text_or_json
@policy_folders
def command(place: str, on: str | None, output_format: str, policy_folders: tuple[Path, ...]) -> None:
    """Show which Medicare contractor answers for a place, and its policies that speak of therapy.

    STATE_OR_ZIP is two letters such as TX, or a ZIP code.
    """
    from quarterhour.workflows.mac import mac

    answer = mac(place, on=on, policy_folders=policy_folders)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    where = " ".join(filter(None, (answer["zip"], answer["state"], answer["area"])))
    yield [(answer["contractor"], "bold"), (f"  jurisdiction {answer['jurisdiction']}  {where}, {answer['on']}", "dim")]
    yield [(f"  Part B contractor number {', '.join(answer['part_b'])}", "")]
    if answer["note"]:
        yield from wrapped(answer["note"], "  ")
    for policy in answer["policies"]:
        yield [(f"  {policy['id']:<8} {policy['status']:<16} ", ""), (policy["title"], "bold")]
        begin, end = policy["from"] or "start not known", policy["to"] or "no end known"
        seen = f"; last seen {policy['last_seen']}" if policy["last_seen"] else ""
        yield [(f"           {policy['kind']}, {' '.join(policy['disciplines'])}; {begin} to {end}{seen}", "dim")]
    if not answer["policies"]:
        yield [("  no local therapy policy is known", "")]
