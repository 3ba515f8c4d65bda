"""What the reader finds in a note, and what the described work supports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quarterhour.domain.json import dumps
from quarterhour.interchange.errors import Unreadable
from quarterhour.policy.errors import UnknownName
from quarterhour.workflows.annotate import Annotation, Annotator, annotated
from quarterhour.workflows.asked import DEFAULT_PAYER, Day, day_of, policy_of
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.inputs import NOTE, Input, of_content, of_path
from quarterhour.workflows.reading import read_both


def note(
    text: str,
    *,
    vocabulary: Sequence[str | Path] = (),
    annotator: Annotator | None = None,
    policy_folders: Sequence[str | Path] = (),
    payer: str | None = None,
    on: Day = None,
) -> dict[str, Any]:
    """Read one note (contract, section 5). Any text can be read; an empty one has every element absent.

    Beside the keys of the contract ``by_assistant`` says where the note tells that an assistant gave a service, and
    ``units`` what its minutes support by the method of ``payer`` (``medicare-b`` if none is named) ``on`` a date (else
    the note's own, else today), and ``support`` which codes the described work speaks for. ``vocabulary`` are a
    clinic's own packs of phrases. With an ``annotator`` there is ``suggested`` too, and a present element it doubts is
    partial.

    Raises:
        BadRequest: unless ``text`` is one, for packs that cannot be read or contradict each other, or a date that is
            none.
        UnknownName: for a payer there is not.

    """
    from quarterhour.workflows.note_units import note_units
    from quarterhour.workflows.support import support

    if not isinstance(text, str):
        raise BadRequest(f"expected the text of a note, got {type(text).__name__}")
    answer, reading = read_both(text, vocabulary=vocabulary)
    answer["by_assistant"] = list(msgspec.to_builtins(reading.by_assistant))
    policy = policy_of(policy_folders)
    if payer is not None and payer not in policy.payers:
        raise UnknownName("payer", payer, policy.payers)
    day = day_of(on, reading.day)
    answer["units"] = note_units(reading, text, policy, payer or DEFAULT_PAYER, day, policy_folders)
    answer["support"] = support(reading, policy, text=text)
    if annotator is not None:
        heard = annotated(reading, text, annotator)
        answer["elements"] = msgspec.json.decode(dumps(heard.reading.elements))
        answer["suggested"] = [_suggested(one) for one in heard.suggested]
    return answer


def note_of_path(name: str) -> str:
    """The text of a note file, or the note of the one visit record of a file; ``-`` is standard input.

    Raises:
        Unreadable: if the file cannot be read.
        BadRequest: for a folder, or a file of no note or of several.

    """
    if name != "-" and Path(name).is_dir():
        raise BadRequest(f"{name} is a folder; one note is read at a time, `quarterhour check` reads folders")
    return _only_note(of_path(name, payer_needed=False), name)


def note_of_content(content: bytes) -> str:
    """The text of a note that was sent, alone or as that of one visit record; as :func:`note_of_path`."""
    return _only_note(of_content(content, payer_needed=False), None)


def note_content(
    content: bytes, *, vocabulary: Sequence[str | Path] = (), policy_folders: Sequence[str | Path] = (),
    payer: str | None = None, on: Day = None,
) -> dict[str, Any]:  # fmt: skip
    """As :func:`note`, of what :func:`note_of_content` reads."""
    text = note_of_content(content)
    return note(text, vocabulary=vocabulary, policy_folders=policy_folders, payer=payer, on=on)


def _only_note(one: Input, name: str | None) -> str:
    """Its text; ``name`` is the file's, None where there is none."""
    if one.reading.defects:
        first = one.reading.defects[0]
        place = "".join(f":{number}" for number in (first.line, first.column) if number)
        raise Unreadable(f"{name}{place}: {first.message}" if name else first.message, first.line, first.column)
    if one.kind == NOTE:
        return one.note or ""
    if not one.reading.visits:
        return ""
    found = list(one.notes)
    if len(found) != 1:
        raise BadRequest(f"{name or 'what was sent'}: {len(found) or 'no'} notes in it, expected one")
    return found[0]


def _suggested(one: Annotation) -> dict[str, Any]:
    told = {"element": one.label, "start": one.start, "end": one.end}
    return told | {"confidence": round(one.confidence, 3), "model": one.model}
