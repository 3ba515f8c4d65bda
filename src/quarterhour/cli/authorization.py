"""`quarterhour authorization`: what a record says to a payer who is asked for visits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, payer, policy_folders, text_or_json, vocabulary
from quarterhour.cli.output import Line, message, tell_unread, wrapped, write_json, write_lines

_UNREAD: Final = 2
_NOTHING: Final = 3


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="VISITS...", nargs=-1, required=True)
@payer
@text_or_json
@policy_folders
@vocabulary
def command(
    paths: tuple[str, ...],
    payer: str | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
) -> None:
    """Put together what the record says for a prior authorization, in its own words and numbers, and what it lacks.

    VISITS is a file of visit records, a folder of such files, or - for standard input. There is one packet for each
    patient, discipline and payer. Nothing is worded anew: notes are quoted with their day, what is missing is asked.

    Exit codes: 0 complete, 1 something is missing, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.workflows.authorization import authorization
    from quarterhour.workflows.check import Wish

    answer = authorization(paths, Wish(payer=payer, policy_folders=policy_folders, vocabulary=vocabulary))
    if output_format == "json":
        write_json(answer)
    elif answer["packets"]:
        write_lines(_lines(answer))
    tell_unread(answer["errors"])
    for one in answer["left_out"]:
        message(f"{one['visit_id'] or 'a visit without id'} of {one['on']}: left out: {one['reason']}")
    for one in answer["unused"]:
        message(f"{one['path']}: {one['reason']}")
    if not any(answer[key] for key in ("packets", "errors", "left_out", "unused")):
        message("no visit record was found; a packet is made of visit records and their notes")
    raise click.exceptions.Exit(_exit_code(answer))


def _exit_code(answer: dict[str, Any]) -> int:
    if answer["errors"]:
        return _UNREAD
    if not answer["packets"]:
        return _NOTHING
    return int(any(packet["questions"] for packet in answer["packets"]))


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    for packet in answer["packets"]:
        named = f"{packet['patient_id'] or 'a patient without id'}  {packet['discipline']}  {packet['payer'] or ''}"
        if packet["patient_parted"]:
            named += "  (one of several people of this id: dates of birth or sexes contradict)"
        number = packet["prior_authorization"]
        yield [(named, "bold"), (f"  authorization {number}" if number else "", "dim")]
        for sentence in packet["narrative"]:
            yield from wrapped(sentence, "  ")
        if packet["questions"]:
            yield [("  The record does not say:", "yellow")]
        for one in packet["questions"]:
            yield from wrapped(one["question"], "    ", first="  - ")
        yield []
