"""What handlers of requests share: the settings of the server, what was sent, and the names it may be sent under."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Annotated, Any, Final, TypeVar

import msgspec
from fastapi import Depends, Request
from starlette.formparsers import MultiPartException, MultiPartParser

from quarterhour.interchange.visit_json.text import NotJson, parse
from quarterhour.interchange.visit_json.words import nearest, quoted
from quarterhour.web.refusals import Refused
from quarterhour.web.settings import Settings
from quarterhour.workflows.inputs import STANDARD_INPUT

T = TypeVar("T", bound=msgspec.Struct)
#: Where the API stands.
API: Final = "/api"
_FORM: Final = "multipart/form-data"
_JSON: Final = "application/json"
#: What is read by what it holds, beside every text and every kind of JSON. Nothing said is as good.
_READ: Final = frozenset(
    {
        "", _JSON, "application/x-ndjson", "application/jsonl", "application/edi-x12", "application/x12",
        "application/vnd.apache.parquet", "application/octet-stream",
    }
)  # fmt: skip
_LIKE_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_CHARACTERS: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


#: An argument of a handler: how the server was started.
Started = Annotated[Settings, Depends(_settings)]


def _media(request: Request) -> str:
    """What is said of the kind of what was sent.

    Raises:
        Refused: for what is sent compressed, or in other characters than ours.

    """
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refused(
            415, "sent compressed; send it as it is, without Content-Encoding", {"Accept-Encoding": "identity"}
        )
    kind, *more = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((one.partition("=")[2].strip('"') for one in more if one.startswith("charset=")), "")
    if charset not in _CHARACTERS:
        raise Refused(415, "sent in characters that are not read; send UTF-8")
    return kind


def _not_read(hint: str) -> Refused:
    return Refused(415, f"a kind of content (Content-Type) that is not read here; {hint}")


async def _content(request: Request) -> bytes:
    kind = _media(request)
    if kind not in _READ and not kind.startswith("text/") and not kind.endswith("+json"):
        hint = (
            "send the record itself, as application/json, text/plain, application/edi-x12 or application/octet-stream"
        )
        raise _not_read(f"{hint} (curl: --json @FILE, or -H Content-Type:text/plain --data-binary @FILE)")
    content = await request.body()
    if (kind == _JSON or kind.endswith("+json")) and content.strip() and not _LIKE_JSON.match(content):
        # Else it would be read as a note.
        raise Refused(400, "said to be JSON (Content-Type), and neither an object nor a list")
    return content


#: An argument of a handler: what was sent, as it is. The handler itself is no coroutine and runs beside others.
Content = Annotated[bytes, Depends(_content)]


async def _json(request: Request) -> bytes:
    kind = _media(request)
    if kind not in {"", _JSON} and not kind.endswith("+json"):
        raise _not_read("send application/json (curl: --json @FILE)")
    return await request.body()


#: As :data:`Content`, where JSON is all that can be read.
JsonContent = Annotated[bytes, Depends(_json)]


class _Held(MultiPartParser):
    """The parts of a form, held in memory: nothing that is sent goes to a disk. The whole is bounded by the guard."""

    spool_max_size = sys.maxsize


async def _files(request: Request) -> list[tuple[str, bytes]]:
    if _media(request) != _FORM:
        return [(STANDARD_INPUT, await _content(request))]
    try:
        form = await _Held(request.headers, request.stream()).parse()
    except MultiPartException as error:
        raise Refused(400, "not a form of files that can be read (multipart/form-data)") from error
    try:
        parts = [one for _, one in form.multi_items()]
        if any(isinstance(one, str) for one in parts):
            raise Refused(422, "a part of the form is no file; parameters stand in the address (curl: -F file=@FILE)")
        return [(one.filename or STANDARD_INPUT, await one.read()) for one in parts if not isinstance(one, str)]
    finally:
        await form.close()


#: An argument of a handler: the files that were sent in a form, each with its name; else what was sent, as one.
Files = Annotated[list[tuple[str, bytes]], Depends(_files)]


def json_of(content: bytes) -> Any:
    """The JSON value that was sent.

    Raises:
        Refused: if it is none, with line and column.

    """
    try:
        value, _ = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(400, "not JSON: not UTF-8") from None
    except NotJson as error:
        place = {"pointer": None, "line": error.line, "column": error.column, "message": str(error)}
        detail = f"line {error.line}, column {error.column}: {error}"
        raise Refused(400, detail, errors=[place]) from None
    return value


def arguments(content: bytes, wanted: type[T]) -> T:
    """The arguments of a call that were sent as one JSON object.

    Raises:
        Refused: if it is no JSON, or not these arguments; says where.

    """
    value = json_of(content)
    if isinstance(value, dict):
        for name in value:
            if name not in wanted.__struct_fields__:
                hint = no_such(name, wanted.__struct_fields__)
                raise _wrong(
                    f"unknown argument {quoted(name)}; {hint}", "/" + name.replace("~", "~0").replace("/", "~1")
                )
    try:
        return msgspec.convert(value, wanted)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at ")
        pointer = place.strip("`$").replace("[", "/").replace("]", "").replace(".", "/")
        raise _wrong(said.replace("`", ""), pointer) from None


def no_such(name: str, known: Iterable[str]) -> str:
    """The nearest of some names to one that is none of them, or all."""
    listed = sorted(known)
    near = nearest(name, listed)
    return f"did you mean {quoted(near)}?" if near else f"known are {', '.join(listed) or 'none'}"


def _wrong(message: str, pointer: str) -> Refused:
    where = f" (at {pointer})" if pointer else ""
    place = {"pointer": pointer, "line": None, "column": None, "message": message}
    return Refused(422, f"{message}{where}", errors=[place])


def known_parameters(request: Request) -> None:
    """Refuse a parameter that the address does not have: misspelt, it would be left out unsaid.

    Raises:
        Refused: with the nearest there is; also for one that stands twice and counts once.

    """
    path = f"{API}{request.scope['route'].path_format}"
    told = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    known = {one["name"]: one["schema"] for one in told.get("parameters", ()) if one["in"] == "query"}
    for name in request.query_params:
        if name not in known:
            raise Refused(422, f"unknown parameter {quoted(name)}; {no_such(name, known)}")
        if len(request.query_params.getlist(name)) > 1 and known[name].get("type") != "array":
            raise Refused(422, f"the parameter {quoted(name)} stands twice, and counts once")
