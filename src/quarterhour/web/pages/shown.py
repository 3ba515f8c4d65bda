"""How a page is made of its template: every word that comes from outside is escaped, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from quarterhour.domain.errors import QuarterhourError
from quarterhour.domain.plural import counted
from quarterhour.web.pages.style import address
from quarterhour.web.refusals import status_of, words_of

#: The pages that stand in the head of every page, by address.
_ROOMS: Final = {
    "/": "Check",
    "/denials": "Denials",
    "/units": "Units",
    "/codes": "Codes",
    "/pairs": "Pairs",
    "/contractors": "Contractors",
    "/price": "Price",
    "/rules": "Rules",
    "/policy": "Policy",
}
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_COMMAND: Final = re.compile("`([^`]+)`")


def _worded(text: str) -> Markup:
    """A message or remedy with what stands between backticks as code; all of it is escaped first."""
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


_TEMPLATES.filters["worded"] = _worded
_TEMPLATES.globals |= {"rooms": _ROOMS, "counted": counted, "static": address}


def page(template: str, room: str, status: int = 200, **told: Any) -> Response:
    """A page; ``room`` is the address in the head under which it stands."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(room=room, **told), status)


def asked(template: str, room: str, ask: Callable[[], dict[str, Any]] | None, **form: Any) -> Response:
    """A page with a form and the answer to it, or what is wrong with what was asked; None asks nothing yet."""
    answer, wrong, status = None, "", 200
    try:
        answer = ask() if ask else None
    except QuarterhourError as error:
        wrong, status = words_of(error), status_of(error)
    return page(template, room, status, answer=answer, wrong=wrong, **form)


def given(text: str | None) -> str | None:
    """What stands in a field; None where it was left empty."""
    return (text or "").strip() or None
