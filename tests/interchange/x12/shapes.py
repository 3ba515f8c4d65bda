"""Files in the shapes that come, drawn by a seed: what stands in them and what is wrong with them is known.

Three layers: transactions in an envelope (``content``), things that happen to segments (missing envelopes, wrong
counts, strange segments), and things that happen to text (separators, line breaks, encodings, what stands around it).
"""

import codecs
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.interchange.x12.content import GUIDES, OLD_GUIDES, STRANGE, facts_of, transaction

KINDS = ("837P", "837P", "837P", "837I", "837D", "835", "835", "277CA", "999")


@dataclass
class Shape:
    """A file as segments, with how it is to be written, what must be told of it, and what was done to it."""

    segments: list[str]
    kinds: set[str]
    wanted: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """A file, the facts of it, the kinds of transaction it has, defects that must be told, and what was done to it."""

    data: bytes
    facts: dict[str, int]
    kinds: frozenset[str]
    wanted: frozenset[str]
    done: tuple[str, ...]


def _isa(number: int, *, old: bool = False) -> str:
    version = "U*00401" if old else "^*00501"
    return (
        f"ISA*00*          *00*          *ZZ*SENDERID       *ZZ*RECEIVERID     *260310*1200*{version}"
        f"*{number:09d}*0*P*:"
    )


def interchange(draw: random.Random, number: int) -> tuple[list[str], set[str]]:
    """One interchange of one to three groups, and the kinds in it."""
    old = draw.random() < 0.12
    body: list[str] = []
    kinds: set[str] = set()
    groups = draw.choice((1, 1, 1, 2, 3))
    for group in range(1, groups + 1):
        kind = draw.choice([kind for kind in KINDS if not old or kind in OLD_GUIDES])
        identifier, guide = GUIDES[kind]
        guide = OLD_GUIDES[kind] if old else guide
        kinds.add(kind)
        body.append(f"GS*{identifier}*SENDERID*RECEIVERID*20260310*1200*{group}*X*{guide}")
        count = draw.choice((1, 1, 1, 2, 5))
        for place in range(1, count + 1):
            body += transaction(draw, kind, f"{place:04d}", old=old)
        body.append(f"GE*{count}*{group}")
    if draw.random() < 0.08:
        body.insert(0, "TA1*000000099*260310*1200*A*000")
    return [_isa(number, old=old), *body, f"IEA*{groups}*{number:09d}"], kinds


# What happens to segments ------------------------------------------------------------------------------------------


def _places(shape: Shape, name: str) -> list[int]:
    return [at for at, segment in enumerate(shape.segments) if segment.startswith(f"{name}*")]


def _dropped(name: str, *defects: str) -> Callable[[random.Random, Shape], None]:
    def change(draw: random.Random, shape: Shape) -> None:
        places = _places(shape, name)
        if places:
            del shape.segments[draw.choice(places)]
            shape.wanted.update(defects)

    return change


def _wrong_count(name: str, defect: str) -> Callable[[random.Random, Shape], None]:
    def change(draw: random.Random, shape: Shape) -> None:
        places = _places(shape, name)
        if places:
            at = draw.choice(places)
            ident, count, control = shape.segments[at].split("*")
            shape.segments[at] = f"{ident}*{int(count) + draw.choice((-1, 1, 40))}*{control}"
            shape.wanted.add(defect)

    return change


def _wrong_control(name: str, defect: str) -> Callable[[random.Random, Shape], None]:
    def change(draw: random.Random, shape: Shape) -> None:
        places = _places(shape, name)
        if places:
            at = draw.choice(places)
            shape.segments[at] = "*".join([*shape.segments[at].split("*")[:2], "000000777"])
            shape.wanted.add(defect)

    return change


def strange(draw: random.Random, shape: Shape) -> None:
    """Segments nobody knows, anywhere below ST."""
    for _ in range(draw.randint(1, 4)):
        places = [at for at, one in enumerate(shape.segments) if one[:3] not in {"ISA", "IEA", "GE*", "GS*"}]
        shape.segments.insert(draw.choice(places) + 1 if places else 0, draw.choice(STRANGE))


def trailing(draw: random.Random, shape: Shape) -> None:
    """Empty elements at the ends of segments."""
    for at in draw.sample(range(len(shape.segments)), min(5, len(shape.segments))):
        if shape.segments[at][:3] not in {"ISA", "IEA", "GE*", "GS*", "SE*", "ST*"}:
            shape.segments[at] += "*" * draw.randint(1, 3)
            shape.wanted.add("trailing-separator")


def no_envelope(draw: random.Random, shape: Shape) -> None:
    """Nothing but transactions."""
    shape.segments = [one for one in shape.segments if one.split("*")[0] not in {"ISA", "IEA", "GS", "GE", "TA1"}]
    shape.wanted.add("isa-missing")


def cut_off(draw: random.Random, shape: Shape) -> None:
    """The end of the file is not there."""
    begins = _places(shape, "ST")
    if begins:
        shape.segments = shape.segments[: draw.randint(begins[-1] + 1, len(shape.segments))]
        last = shape.segments[-1].split("*")[0]
        shape.wanted |= {"isa-not-ended"} if last != "IEA" else set()


def hole(draw: random.Random, shape: Shape) -> None:
    """Some segments in the middle of a transaction are not there."""
    begins, ends = _places(shape, "ST"), _places(shape, "SE")
    if begins and len(begins) == len(ends):
        place = draw.randrange(len(begins))
        begin = draw.randint(begins[place] + 1, ends[place])
        del shape.segments[begin : min(begin + draw.randint(1, 30), ends[place])]


SEGMENT_CHANGES: dict[str, Callable[[random.Random, Shape], None]] = {
    "no IEA": _dropped("IEA", "isa-not-ended"),
    "no GE": _dropped("GE", "gs-not-ended"),
    "no SE": _dropped("SE", "st-not-ended"),
    "no ISA": _dropped("ISA"),
    "no GS": _dropped("GS", "gs-missing"),
    "no ST": _dropped("ST", "st-missing"),
    "SE01": _wrong_count("SE", "st-segments-wrong"),
    "GE01": _wrong_count("GE", "gs-transactions-wrong"),
    "IEA01": _wrong_count("IEA", "isa-groups-wrong"),
    "SE02": _wrong_control("SE", "st-control-mismatch"),
    "GE02": _wrong_control("GE", "gs-control-mismatch"),
    "IEA02": _wrong_control("IEA", "isa-control-mismatch"),
    "strange": strange,
    "trailing": trailing,
    "no envelope": no_envelope,
    "cut off": cut_off,
    "hole": hole,
}
#: Changes after which the defect another one wants may no longer be there.
DESTRUCTIVE = {"no envelope", "cut off", "hole", "no ISA", "no GS", "no ST", "no SE", "no GE", "no IEA"}


# What happens to text ----------------------------------------------------------------------------------------------

ELEMENTS, COMPONENTS = "*|^\x1d+!,", ":><\\\x1f@"
TERMINATORS = ("~", "~", "~", "'", "\n", "\r\n", "\r", "|", "\x1c", "?")
BREAKS = ("", "\n", "\n", "\r\n", "\r", "\n\n", "\n   ", "\r\n\t", " ")
BEFORE = ("", "", "", "\n\n", "   ", "Subject: claims of March\n\n", "<html><body><pre>\n", "-----BEGIN-----\r\n")
AFTER = ("", "", "", "\n", "\r\n\x1a", "\n\n\n", "\x00\x00\x00", "   ", "\n</pre></body></html>\n", "\nEOF\n")
#: What stands after the file and is no layout.
GARBAGE = {"\n</pre></body></html>\n", "\nEOF\n"}


@dataclass(frozen=True)
class Writing:
    """How a file is written."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"
    after: str = "\n"


def writing(draw: random.Random) -> Writing:
    """Separators, all different, none of which stands in the content."""
    if draw.random() < 0.5:
        return Writing(after=draw.choice(BREAKS))
    while True:
        element, component = draw.choice(ELEMENTS), draw.choice(COMPONENTS)
        terminator, repetition = draw.choice(TERMINATORS), draw.choice("^{}#")
        signs = [element, component, terminator[-1], repetition]
        if len(set(signs)) == len(signs) and not set(signs) & set("',"):
            after = "" if terminator[-1] in "\n\r" else draw.choice(BREAKS)
            return Writing(element, component, repetition, terminator, after)


def text_of(segments: list[str], how: Writing) -> str:
    """Segments as they are written."""
    table = str.maketrans({"*": how.element, ":": how.component, "^": how.repetition})
    return "".join(segment.translate(table) + how.terminator + how.after for segment in segments)


def unpadded(text: str, how: Writing) -> str:
    """The fields of every ISA without their blanks."""
    parts = text.split(how.terminator)
    for at, part in enumerate(parts):
        if part.lstrip().startswith("ISA"):
            parts[at] = how.element.join(field.rstrip(" ") for field in part.split(how.element))
    return how.terminator.join(parts)


def small_names(draw: random.Random, text: str, how: Writing) -> str:
    """Segment ids in small letters, the ISA among them or not."""
    whole = draw.random() < 0.5
    parts = text.split(how.terminator)
    for at, part in enumerate(parts):
        body = part.lstrip()
        ident = body.split(how.element)[0]
        if whole or ident != "ISA":
            parts[at] = part[: len(part) - len(body)] + ident.lower() + body[len(ident) :]
    return how.terminator.join(parts)


def wrapped(text: str, width: int, end: str) -> str:
    """A text of one line in lines of one length."""
    return end.join(text[at : at + width] for at in range(0, len(text), width)) + end


def encoded(draw: random.Random, text: str) -> tuple[bytes, set[str]]:
    """The bytes in one of the encodings that come, and what is told of it."""
    how = draw.choice(("utf-8", "utf-8", "utf-8", "cp1252", "bom", "bom", "utf-16", "utf-16-le"))
    if how == "bom":
        return codecs.BOM_UTF8 + text.encode(), {"byte-order-mark"}
    if how.startswith("utf-16"):
        if how == "utf-16-le" and not text.startswith("ISA"):
            how = "utf-16"
        return text.encode(how), {"encoding-unusual"}
    return text.encode(how), set()


def drawn(seed: int) -> Drawn:
    """The file of a seed."""
    draw = random.Random(seed)
    made = [interchange(draw, number) for number in range(1, 1 + draw.choice((1, 1, 1, 1, 2, 3)))]
    shapes = [Shape(segments, kinds) for segments, kinds in made]
    done: list[str] = []
    for shape in shapes:
        if draw.random() < 0.6:
            _damage(draw, shape, 1 if draw.random() < 0.7 else 3)
    texts, segments, wanted = [], [], set()
    how = writing(draw)
    for shape in shapes:
        if draw.random() < 0.15 and shape.segments and shape.segments[0].startswith("ISA"):
            how = writing(draw)
        text, told = _written(draw, shape, how)
        texts.append(text)
        segments += shape.segments
        wanted |= shape.wanted | told
        done += [*shape.done, repr(how)]
    if any(not shape.segments[0].startswith("ISA") for shape in shapes[1:]):
        # What has no ISA of its own stands in the interchange before it, where that is not ended either.
        wanted -= {"isa-missing", "isa-not-ended"}
    text = "".join(texts)
    if draw.random() < 0.12 and "\n" not in text and "\r" not in text:
        width, end = draw.choice((72, 76, 80, 80, 100, 104, 105, 106, 107, 128)), draw.choice(("\n", "\r\n"))
        if len(text) > 2 * width:
            text = wrapped(text, width, end)
            wanted.add("lines-wrapped")
            done.append(f"wrapped {width} {end!r}")
    text, extra = _surrounded(draw, text, wanted, done)
    data, told = encoded(draw, text)
    facts = facts_of(segments)
    facts["segments"] += extra
    kinds = frozenset(kind for shape in shapes for kind in shape.kinds)
    return Drawn(data, facts, kinds, frozenset(wanted | told), tuple(done))


def _damage(draw: random.Random, shape: Shape, most: int) -> None:
    names = draw.sample(list(SEGMENT_CHANGES), draw.randint(1, most))
    for name in names:
        if name in DESTRUCTIVE:
            shape.wanted.clear()
        SEGMENT_CHANGES[name](draw, shape)
        shape.done.append(name)
    if len(names) > 1 and DESTRUCTIVE & set(names):
        shape.wanted.clear()


def _written(draw: random.Random, shape: Shape, how: Writing) -> tuple[str, set[str]]:
    """The text of one interchange, and what is told of it besides what was done to its segments."""
    text, told = text_of(shape.segments, how), set[str]()
    begins = bool(shape.segments) and shape.segments[0].startswith("ISA")
    if begins and draw.random() < 0.15:
        text = unpadded(text, how)
        told.add("isa-not-padded")
        shape.done.append("unpadded")
    if begins and draw.random() < 0.08:
        text = small_names(draw, text, how)
        told.add("segment-name-invalid")
        shape.done.append("small names")
    if draw.random() < 0.1 and how.terminator == "~":
        text = text.replace("~", "~~", draw.randint(1, 3))
        told.add("segment-empty")
        shape.done.append("empty segments")
    return text, told


def _surrounded(draw: random.Random, text: str, wanted: set[str], done: list[str]) -> tuple[str, int]:
    """With what stands before and after it; gives the segments that what stands after counts as."""
    before, after = draw.choice(BEFORE), draw.choice(AFTER)
    if not text.startswith("ISA"):
        before = ""
    if before.strip():
        wanted.add("text-before-isa")
    done.append(f"between {before!r} and {after!r}")
    return before + text + after, int(after in GARBAGE)
