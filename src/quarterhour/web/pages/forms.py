"""Forms as browsers send them, read in memory: no part of one is laid down in a file on the way."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from quarterhour.web.refusals import Refused
from quarterhour.web.settings import Settings

_FILES: Final = 2000
_FIELDS: Final = 1000
_MULTIPART: Final = "multipart/form-data"
_URLENCODED: Final = "application/x-www-form-urlencoded"


class Sent(msgspec.Struct, frozen=True):
    """The fields of a form by name, in the order they stand in it, and the files with their names."""

    fields: dict[str, list[str]]
    files: list[tuple[str, bytes]]

    def one(self, name: str) -> str:
        """The field of that name, empty where there is none."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def text(self, name: str) -> str:
        """A text of several lines, with line feeds: browsers send a form's with CRLF whatever was pasted."""
        return next(iter(self.fields.get(name, ())), "").replace("\r\n", "\n")


async def _sent(request: Request) -> Sent:
    settings: Settings = request.app.state.settings
    try:
        form = await _parsed(request, settings.most_bytes)
    except (MultiPartException, ValueError, KeyError) as error:
        # Its words can hold a piece of what was sent.
        raise Refused(400, "not a form that can be read; go back and send it again") from error
    fields: dict[str, list[str]] = {}
    files: list[tuple[str, bytes]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files.append((value.filename, await value.read()))
        else:
            fields.setdefault(name, []).append(value)
    await form.close()
    return Sent(fields, files)


async def _parsed(request: Request, most: int) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _MULTIPART:
        parser = MultiPartParser(
            request.headers, request.stream(), max_files=_FILES, max_fields=_FIELDS, max_part_size=most
        )
        # What is longer goes to a file on the disk; nothing is longer than what is read at all.
        parser.spool_max_size = most + 1
        return await parser.parse()
    if kind == _URLENCODED:
        return await FormParser(request.headers, request.stream(), max_fields=_FIELDS, max_part_size=most).parse()
    raise Refused(415, "not a form (Content-Type multipart/form-data); programs ask the API, under /api")


#: An argument of a handler: the form that was sent.
Form = Annotated[Sent, Depends(_sent)]
