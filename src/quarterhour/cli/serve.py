"""`quarterhour serve`: pages, API and CDS Hooks."""

from __future__ import annotations

from pathlib import Path

import click

from quarterhour.cli.options import SETTINGS, note_payer, policy_folders, vocabulary
from quarterhour.cli.output import message
from quarterhour.workflows.errors import BadRequest

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command(context_settings=SETTINGS)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8530, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="A name it is called by; may be repeated.")
@click.option(
    "--allow-origin", "origins", metavar="URL", multiple=True, help="A site whose pages may call it; may be repeated."
)
@note_payer
@policy_folders
@vocabulary
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    payer: str | None,
    policy_folders: tuple[Path, ...],
    vocabulary: tuple[Path, ...],
) -> None:
    """Serve pages for a browser, the JSON API (/api) and CDS Hooks (/cds-services) on this machine.

    Nothing that is sent is kept or logged. There is no sign-in: whoever reaches the address can ask, so it listens on
    this machine only unless --host says otherwise; then --name says what it is called by, and a proxy has to sign
    people in and encrypt.
    """
    try:
        import uvicorn

        from quarterhour.web.app import create
        from quarterhour.web.settings import Settings
    except ModuleNotFoundError as error:
        raise BadRequest("serving needs the extra `web`: pip install 'quarterhour[web]'") from error
    if host not in _HERE and not names:
        raise BadRequest(f"listening on {host} needs the name it is called by: --name clinic.example.org")
    settings = Settings(payer=payer, policy_folders=policy_folders, vocabulary=vocabulary, hosts=names, origins=origins)
    message(f"http://{host}:{port}/ (Ctrl-C ends)")
    uvicorn.run(create(settings), host=host, port=port, access_log=False, log_level="warning", server_header=False)
