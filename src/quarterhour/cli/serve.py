"""`quarterhour serve`: pages, API and CDS Hooks."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from quarterhour.cli.options import SETTINGS, note_payer, policy_folders, vocabulary
from quarterhour.cli.output import message
from quarterhour.workflows.errors import BadRequest

if TYPE_CHECKING:
    from quarterhour.web.settings import Settings

_HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
#: So many seconds answers that are being made have, once somebody ends it.
_LAST: Final = 0.8
_BY_SIGNAL: Final = 128
_WAITING: Final = 128


@click.command(context_settings=SETTINGS)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8530, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="A name it is called by; may be repeated.")
@click.option(
    "--allow-origin", "origins", metavar="URL", multiple=True, help="A site whose pages may call it; may be repeated."
)
@click.option(
    "--clinic",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What claims need beside visits (YAML), as of `claim`.",
)
@click.option(
    "--note-hook",
    metavar="NAME",
    help="Your record system's own CDS Hook for the signing of a note, such as org.clinic.treatment-note-sign.",
)
@note_payer
@policy_folders
@vocabulary
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    clinic: Path | None,
    note_hook: str | None,
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
        from quarterhour.web.settings import Settings
    except ModuleNotFoundError as error:
        raise BadRequest("serving needs the extra `web`: pip install 'quarterhour[web]'") from error
    if host not in _HERE and not names:
        raise BadRequest(f"listening on {host} needs the name it is called by: --name clinic.example.org")
    settings = Settings(
        payer=payer,
        policy_folders=policy_folders,
        vocabulary=vocabulary,
        clinic=clinic,
        hosts=names,
        origins=tuple(map(_origin, origins)),
        note_hook=note_hook,
    )
    _serve(settings, host, port)


def _serve(settings: Settings, host: str, port: int) -> None:
    """Listen, and answer until somebody ends it."""
    try:
        import uvicorn

        from quarterhour.web.app import create
        from quarterhour.web.ready import ready
    except ModuleNotFoundError as error:
        raise BadRequest("serving needs the extra `web`: pip install 'quarterhour[web]'") from error

    class Server(uvicorn.Server):
        """Ends within a second, also where an answer takes longer."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Somebody ends it."""
            super().handle_exit(sig, frame)
            _last(_BY_SIGNAL + sig)

    ready(settings)
    with _listening(host, port) as listener:
        config = uvicorn.Config(
            create(settings),
            access_log=False,
            log_level="critical",
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = Server(config)
        at, number = listener.getsockname()[:2]
        message(f"http://{f'[{at}]' if ':' in at else at}:{number}/ (Ctrl-C ends)")
        server.run(sockets=[listener])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket on which nobody else listens.

    Raises:
        click.BadParameter: where that cannot be had, for the operating system's reason.

    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            if os.name == "posix":
                # Else a port stays taken for a minute after the last server on it ended.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_WAITING)
            yield listener
    except socket.gaierror:
        msg = f"{host} is no address of this machine"
        raise click.BadParameter(msg, param_hint="--host") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            msg = f"something listens on {host}, port {port}, already; --port names another, --port 0 takes a free one"
            raise click.BadParameter(msg, param_hint="--port") from None
        msg = f"cannot listen on {host}, port {port}: {error.strerror or type(error).__name__}"
        raise click.BadParameter(msg, param_hint="--host") from None


def _origin(text: str) -> str:
    """A site as browsers name it: scheme, name, and port if it has one of its own."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        msg = f"expected a site such as https://emr.example, got {text!r}"
        raise click.BadParameter(msg, param_hint="--allow-origin")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _last(code: int) -> None:
    """End for good, whatever is still being worked out: nothing is kept that could be spoilt by it."""
    timer = threading.Timer(_LAST, os._exit, [code])
    timer.daemon = True
    timer.start()
