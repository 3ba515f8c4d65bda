"""`quarterhour rates`: how often services are said to be distinct, by provider and payer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from quarterhour.cli.options import SETTINGS, mapping, payer, policy_folders, text_or_json
from quarterhour.cli.output import Line, message, tell_unread, wrapped, write_json, write_lines
from quarterhour.domain.plural import counted

_UNREAD: Final = 2
_NOTHING: Final = 3
_HEAD: Final = (
    f"{'provider':<12}{'payer':<22}{'lines':>7}{'edits':>7}{'passed':>8}"
    f"{'carry':>7}{'rate':>8}{'peers':>8}{'unsupported':>13}"
)


@click.command(context_settings=SETTINGS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@payer
@mapping
@text_or_json
@policy_folders
def command(
    paths: tuple[str, ...],
    payer: str | None,
    mapping: Path | None,
    output_format: str,
    policy_folders: tuple[Path, ...],
) -> None:
    """Show how often 59 and its like are on a provider's lines, by payer, and what of it the record does not support.

    PATH is a file of visit records or claims, a folder of such files, or - for standard input. Compared is with the
    median of the other providers in the same records. A share of too few lines is not shown.

    Exit codes: 0 told, 2 wrong call or unreadable input, 3 nothing was read.
    """
    from quarterhour.workflows.modifier_rates import modifier_rates_paths

    answer = modifier_rates_paths(paths, payer=payer, policy_folders=policy_folders, mapping=mapping)
    if output_format == "json":
        write_json(answer)
    else:
        write_lines(_lines(answer))
    for one in answer["left_out"]:
        message(f"{counted(one['lines'], 'line')} of claims not counted: {one['reason']}")
    tell_unread(answer["errors"])
    if answer["errors"]:
        raise click.exceptions.Exit(_UNREAD)
    if not answer["rows"]:
        message("nothing to count: no visit and no claim that can be counted was read")
        raise click.exceptions.Exit(_NOTHING)


def _lines(answer: dict[str, Any]) -> Iterator[Line]:
    yield [(_HEAD, "bold")]
    for row in answer["rows"]:
        counts = f"{row['lines']:>7}{row['edits_met']:>7}{_percent(row['bypassed_share']):>8}{row['with_modifier']:>7}"
        shares = f"{_percent(row['rate']):>8}{_percent(row['peer_median']):>8}{_percent(row['unsupported_share']):>13}"
        yield [(f"{row['provider'] or 'not given':<12}{row['payer']:<22}{counts}{shares}", "")]
    yield []
    carried, rules = ", ".join(answer["modifiers"]), ", ".join(answer["rules"])
    legend = (
        "edits: lines denied beside another of the day unless a modifier says they were distinct; passed: share of "
        f"them with one; carry, rate: lines with {carried}, and their share of all; peers: median rate of the other "
        "providers at the payer; unsupported: share of the lines that carry one and have a finding of "
        f"{rules}. A dash stands for a share of fewer than {answer['smallest_cell']} lines. "
        "A rate says how often, not why."
    )
    if answer["claims"]:
        legend += (
            f" Of {counted(answer['claims'], 'claim')} neither times nor notes are known: that a modifier there is "
            "unsupported, few of these rules can say."
        )
    yield from wrapped(legend, style="dim")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1f}%"
