"""`quarterhour check --fix`: the copy with remedies of form applied, and the ledger of its changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from quarterhour.cli.files import written
from quarterhour.cli.output import as_json, message, write


def check_targets(paths: tuple[str, ...], fix: Path | None, ledger: Path | None) -> None:
    """Whether the copy can be written, before anything is read.

    Raises:
        click.BadParameter: for more than one file, none that has a name, or a copy that is there already.

    """
    if ledger is not None and fix is None:
        raise click.BadParameter("tells of the changes of --fix, which is not given", param_hint="--ledger")
    if fix is None:
        return
    if len(paths) != 1 or not Path(paths[0]).is_file():
        raise click.BadParameter("a copy is of one file; name one", param_hint="--fix")
    for file, name in ((fix, "--fix"), (ledger, "--ledger")):
        if file is not None and file.exists():
            raise click.BadParameter(f"{file} is there already, and nothing is written over", param_hint=name)


def write_fixed(path: Path, fix: Path, ledger: Path | None, report: dict[str, Any], folders: tuple[Path, ...]) -> None:
    """Write the copy and the ledger."""
    from quarterhour.workflows.asked import policy_of
    from quarterhour.workflows.fix import fixed

    made = fixed(path, report, policy_of(folders))
    told = {"format": 1, "from": str(path), "to": str(fix), "changes": made.ledger}
    with written(fix, "--fix"):
        fix.write_bytes(made.data)
    if ledger is not None:
        with written(ledger, "--ledger"):
            write(as_json(told), ledger)
    else:
        for change in made.ledger:
            place = change["place"]
            where = f"{place['element']} of segment {place['segment']}" if "segment" in place else place["pointer"]
            # What stood there may name a person, so a terminal is told the place and the rule, and the ledger the rest.
            message(f"{fix}: {change['rule']}: {where} changed")
    message(f"{fix}: {len(made.ledger)} changes")
