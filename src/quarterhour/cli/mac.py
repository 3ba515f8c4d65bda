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
@click.option("--carrier", is_flag=True, help="The number is a contractor's Part B number, not a ZIP code.")
@on
@text_or_json
@policy_folders
def command(place: str, carrier: bool, on: str | None, output_format: str, policy_folders: tuple[Path, ...]) -> None:
    """Show which Medicare contractor answers for a place, its payment locality, and its policies that speak of therapy.

    STATE_OR_ZIP is two letters such as TX, a ZIP code, or a payment locality such as 04412-11.

    A ZIP code that the CMS file does not have is refused, and so is a date before the localities are known (2020).
    """
    from quarterhour.workflows.mac import mac

    answer = mac(place, carrier=carrier, on=on, policy_folders=policy_folders)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    where = " ".join(filter(None, (answer["zip"], answer["state"], answer["area"])))
    yield [(answer["contractor"], "bold"), (f"  jurisdiction {answer['jurisdiction']}  {where}, {answer['on']}", "dim")]
    yield [(f"  Part B contractor number {', '.join(answer['part_b'])}", "")]
    yield from _localities(answer)
    if answer["note"]:
        yield from wrapped(answer["note"], "  ")
    for policy in answer["policies"]:
        yield [(f"  {policy['id']:<8} {policy['status']:<16} ", ""), (policy["title"], "bold")]
        begin, end = policy["from"] or "start not known", policy["to"] or "no end known"
        seen = f"; last seen {policy['last_seen']}" if policy["last_seen"] else ""
        yield [(f"           {policy['kind']}, {' '.join(policy['disciplines'])}; {begin} to {end}{seen}", "dim")]
    if not answer["policies"]:
        yield [("  no local therapy policy is known", "")]


def _localities(answer: dict[str, Any]) -> Iterator[Line]:
    listed = [f"{one['carrier']}-{one['locality']} {one['name']}" for one in answer["localities"]]
    word = "payment locality" if len(listed) == 1 else "payment localities"
    yield from wrapped(f"{word} {'; '.join(listed) or 'not known'}", "    ", first="  ")
    if answer["locality_shared"]:
        yield from wrapped("parts of this ZIP code lie in another locality; the nine-digit ZIP code decides", "  ")
    yield [(f"  localities as of {answer['localities_as_of']}", "dim")]
