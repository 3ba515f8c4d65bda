"""The application: finds the commands by name, loads one when it is called, and turns errors into exit codes."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, Final, NoReturn

import click

from quarterhour.cli.options import SETTINGS
from quarterhour.cli.overview import COMMANDS, overview
from quarterhour.version import VERSION

#: Shows where an internal error came from, values included.
TRACEBACK: Final = "QUARTERHOUR_TRACEBACK"
_WRONG: Final = 2
_INTERRUPTED: Final = 130


class Commands(click.Group):
    """The commands of the overview, each imported when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command in the file of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"quarterhour.cli.{cmd_name}").command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command somebody named; the nearest as a hint if there is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_help(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview."""
        formatter.write(overview() + "\n")

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours is one line, any other a line without values."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            from quarterhour.cli.output import silence

            silence(sys.stdout)
            ctx.exit(_WRONG)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text must not reach the screen by itself
            _end(ctx, error)


def _end(ctx: click.Context, error: Exception) -> NoReturn:
    """Say what happened and exit with 2. A message of another's may hold what a record holds, so it is not shown."""
    import traceback

    if os.environ.get(TRACEBACK):
        traceback.print_exc()
    if _ours(error):
        click.echo(f"quarterhour: {error}", err=True)
    else:
        frames = traceback.extract_tb(error.__traceback__)
        at = f" in {os.path.basename(frames[-1].filename)}, line {frames[-1].lineno}" if frames else ""  # noqa: PTH119
        click.echo(
            f"quarterhour: internal error ({type(error).__name__}{at}). Its message is left out because it may hold "
            f"what a record holds; {TRACEBACK}=1 shows it.",
            err=True,
        )
    ctx.exit(_WRONG)


def _ours(error: Exception) -> bool:
    """Whether the error is one of our rooms', whose messages say nothing of a patient."""
    from quarterhour.domain.errors import QuarterhourError

    return isinstance(error, QuarterhourError)


@click.command(cls=Commands, context_settings=SETTINGS)
@click.version_option(VERSION, message="%(prog)s %(version)s")
def application() -> None:
    """The command itself; what it does is in the file of each of its commands."""
