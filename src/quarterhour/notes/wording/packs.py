"""Packs of phrases as data, clinic overlays, and their parsed form kept in a cache.

A pack is YAML: ``family/value`` to phrases parted by `` | ``. Braces give alternatives (``cue{,s,ing}``), a hyphen is
read as a space, and a leading ``=`` asks for the letter case as written. A clinic overlay is a pack with three more
keys: ``add`` (as ``entries``), ``move`` (phrase to the group it shall belong to instead) and ``remove`` (list of
phrases). ``codes`` lists procedure codes by what a reader has to know of them; ``codes.yaml`` explains its lists. Every
contradiction is reported at load.

Parsing YAML is slow, so the parsed packs are kept as JSON named by the digest of what was parsed, in the user's cache
folder; when that folder cannot be written, the packs are parsed again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from quarterhour.notes.wording.kept import kept
from quarterhour.notes.wording.pack_checks import misshapen, strange_groups, strange_sections, unknown_keys
from quarterhour.notes.wording.text import lower_same_length

_FOLDER: Final = Path(__file__).with_name("lexicon")
_FORM: Final = 15  # number of the compiled form: a change of code here that changes it must change the number

FAMILIES: Final = (
    "assist",
    "cue",
    "help",
    "amount",
    "service",
    "activity",
    "category",
    "place",
    "place_hint",
    "condition",
    "symptom_dx",
    "dx_label",
    "negation_before",
    "negation_after",
    "planned",
    "prior",
    "home",
    "correction",
    "today",
    "clinician",
    "total",
    "timed",
    "group",
    "one_on_one",
    "sign",
    "sign_pending",
    "continue",
    "frequency",
    "discharge",
    "boilerplate",
    "reaction",
    "symptom",
    "timepoint",
    "stock_response",
    "outcome",
    "improve",
    "compare",
    "met",
    "reason",
    "skill",
    "judgement",
    "obstacle",
    "goal",
    "function",
    "link",
    "link_weak",
    "number",
    "month",
    "told",
    "faint",
    "weak_label",
    "weak_condition",
    "technique",
    "left_out",
    "cue_word",
    # No code asks for these: their phrases keep a shorter one inside them from being found.
    "criterion",
    "elsewhere",
)
BIT: Final[Mapping[str, int]] = {family: 1 << place for place, family in enumerate(FAMILIES)}
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
]
NUMBER_WORDS: Final[Mapping[str, int]] = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}


class LexiconError(ValueError):
    """The packs contradict themselves or each other; ``conflicts`` says where."""

    def __init__(self, conflicts: list[str]) -> None:
        super().__init__("; ".join(conflicts))
        self.conflicts = tuple(conflicts)


class _Sense(msgspec.Struct):
    family: str
    value: str
    cased: str  # the phrase in the letter case it must have, or ""
    pack: str
    line: int


class Packs(msgspec.Struct, frozen=True):
    """Packs parsed and laid over each other, as they are kept in the cache.

    ``meanings`` are (bits of the families, value in each) that phrases share, ``meaning`` the place of each phrase's
    there; ``cased`` are the further senses of a phrase that ask for a letter case; ``origins`` the "pack:line" of its
    senses, one a line.
    """

    phrases: tuple[str, ...]
    meanings: tuple[tuple[int, dict[str, str]], ...]
    meaning: tuple[int, ...]
    cased: dict[int, tuple[tuple[str, int, dict[str, str]], ...]]
    origins: tuple[str, ...]
    headings: dict[str, str]
    codes: dict[str, tuple[str, ...]]


def parsed_packs(overlays: tuple[Path, ...]) -> tuple[str, Packs]:
    """Digest and parsed form of the built-in packs with ``overlays`` laid over them, from the cache or parsed anew.

    Raises ``LexiconError`` when a pack contradicts another, and ``OSError`` when an overlay cannot be read.
    """
    paths = [(path, False) for path in sorted(_FOLDER.glob("*.yaml"))] + [(Path(path), True) for path in overlays]
    packs = [_Pack(path.stem, _text_of(path), is_overlay) for path, is_overlay in paths]
    digest = hashlib.sha256(repr((_FORM, packs)).encode()).hexdigest()
    return digest, kept(digest, Packs, lambda: _parse(packs))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError([f"{path}: not UTF-8 (byte {error.start + 1}); save it as UTF-8"]) from None


class _Pack(NamedTuple):
    """The text of a pack, by the name of its file."""

    name: str
    text: str
    is_overlay: bool


class _Draft(msgspec.Struct):
    """What the packs laid over each other so far hold: senses by phrase, sections by heading, lists of codes; and the
    contradictions found.
    """

    senses: dict[str, list[_Sense]] = {}
    headings: dict[str, str] = {}
    codes: dict[str, list[str]] = {}
    conflicts: list[str] = []


def _parse(packs: Iterable[_Pack]) -> Packs:
    """``packs`` laid over each other in order. Raises ``LexiconError``."""
    draft = _Draft()
    for pack in packs:
        _lay_over(draft, pack)
    if draft.conflicts:
        raise LexiconError(draft.conflicts)
    for word in NUMBER_WORDS:
        draft.senses.setdefault(word, []).append(_Sense("number", word, "", "numbers", 0))
    for name in _MONTHS:
        draft.senses.setdefault(name, []).append(_Sense("month", name, "", "numbers", 0))
    return _compiled(draft)


def _lay_over(draft: _Draft, pack: _Pack) -> None:
    """Lay one more pack over ``draft``."""
    loaded = _load_yaml(pack, draft.conflicts)
    name = str(loaded.get("pack", pack.name))
    allowed = _KEYS | _OVERLAY_KEYS if pack.is_overlay else _KEYS
    draft.conflicts += unknown_keys(name, loaded, allowed)
    wrong = misshapen(name, loaded)
    draft.conflicts += wrong.values()
    loaded = {key: found for key, found in loaded.items() if key not in wrong}
    groups = {**(loaded.get("entries") or {}), **(loaded.get("add") or {})}
    if pack.is_overlay:
        senses = [(sense.family, sense.value) for found in draft.senses.values() for sense in found]
        draft.conflicts += strange_groups(name, [*groups, *(loaded.get("move") or {}).values()], senses)
        draft.conflicts += strange_sections(name, loaded.get("headings") or (), set(draft.headings.values()))
    for phrase in loaded.get("remove") or ():
        if draft.senses.pop(_matched(str(phrase)), None) is None:
            draft.conflicts.append(f"{name}: removes {phrase!r}, which no pack has")
    for phrase, group in (loaded.get("move") or {}).items():
        _move(draft, name, str(phrase), str(group))
    for folded, sense in _senses_of(name, _group_lines(pack.text), groups, draft.conflicts):
        _add(draft, folded, sense, pack.is_overlay)
    for section, forms in (loaded.get("headings") or {}).items():
        for form in _listed(forms, "|"):
            title = _matched(form.strip())
            if draft.headings.setdefault(title, section) != section:
                draft.conflicts.append(f"{name}: heading {title!r} is both {draft.headings[title]} and {section}")
    for group, listed in (loaded.get("codes") or {}).items():
        if str(group) not in _CODE_LISTS and not str(group).startswith(_CODE_FAMILIES):
            draft.conflicts.append(f"{name}: unknown list of codes {group!r}")
        draft.codes.setdefault(str(group), []).extend(_listed(listed, None))


_KEYS: Final = frozenset({"pack", "entries", "headings", "codes"})
_OVERLAY_KEYS: Final = frozenset({"add", "move", "remove"})
_CODE_LISTS: Final = frozenset({"timed", "untimed", "usual", "modality", "in_metres", "stimulation", "together"})
_CODE_FAMILIES: Final = ("class/", "alike/", "small/", "title/")


def _matched(phrase: str) -> str:
    """The phrase as it is looked for: folded, hyphens read as spaces."""
    return lower_same_length(phrase).replace("-", " ")


def _move(draft: _Draft, pack: str, phrase: str, group: str) -> None:
    folded = _matched(phrase)
    family, _, value = group.partition("/")
    if folded not in draft.senses:
        draft.conflicts.append(f"{pack}: moves {phrase!r}, which no pack has")
    elif family not in BIT or not value:
        draft.conflicts.append(f"{pack}: moves {phrase!r} to the unknown group {group!r}")
    else:
        others = [sense for sense in draft.senses[folded] if sense.family != family]
        draft.senses[folded] = [*others, _Sense(family, value, "", pack, 0)]


def _add(draft: _Draft, phrase: str, sense: _Sense, is_overlay: bool) -> None:
    """One more sense, unless the phrase has one of its family and letter case: the first stays."""
    senses = draft.senses.setdefault(phrase, [])
    rival = next((other for other in senses if other.family == sense.family and other.cased == sense.cased), None)
    if rival is None:
        senses.append(sense)
    elif rival.value != sense.value and (sense.family in _EXCLUSIVE or is_overlay):
        draft.conflicts.append(
            f"{sense.pack}:{sense.line}: {phrase!r} is {sense.family}/{sense.value} here "
            f"and {rival.family}/{rival.value} in {rival.pack}:{rival.line}"
        )


# Families in which a phrase can have one meaning only; across families a phrase may stand for several things.
_EXCLUSIVE: Final = frozenset({"assist", "cue", "service"})


def _load_yaml(pack: _Pack, conflicts: list[str]) -> dict[str, Any]:
    import yaml  # only when a pack changed: the import costs as much as reading a hundred notes

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loaded = yaml.load(pack.text, Loader=loader)  # noqa: S506 - a safe loader either way
    except yaml.YAMLError as error:
        conflicts.append(f"{pack.name}: not YAML: {error}")
        return {}
    if not isinstance(loaded, dict):
        conflicts.append(f"{pack.name}: not keys and values, or empty")
        return {}
    return loaded


def _group_lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, colon, _ = line.strip().partition(":")
        if colon and "/" in name:
            lines.setdefault(name.strip("\"' "), number)
    return lines


def _senses_of(
    pack: str, lines: Mapping[str, int], groups: Mapping[str, Any], conflicts: list[str]
) -> Iterator[tuple[str, _Sense]]:
    for group, forms in groups.items():
        family, _, value = str(group).partition("/")
        line = lines.get(str(group), 0)
        if family not in BIT or not value:
            conflicts.append(f"{pack}:{line}: unknown group {group!r}")
            continue
        for written in _listed(forms, "|"):
            form = _SPACES.sub(" ", written).strip()
            if not form:
                continue
            is_cased = form.startswith("=")
            if form.count("{") != form.count("}"):
                conflicts.append(f"{pack}:{line}: unbalanced braces in {form!r}")
                continue
            for expanded in expand(form.lstrip("=")):
                phrase = _SPACES.sub(" ", expanded).strip()
                folded = _SPACES.sub(" ", _matched(phrase)).strip()
                if folded:
                    yield folded, _Sense(family, value, phrase if is_cased else "", pack, line)


_SPACES: Final = re.compile(r"\s+")


def _listed(forms: Any, mark: str | None) -> list[str]:
    """The texts of a list, or of one text in which ``mark``, or blanks where it is None, part them."""
    return list(map(str, forms)) if isinstance(forms, list) else str(forms).split(mark)


def expand(form: str) -> Iterator[str]:
    """``lift{,s,ing}`` to lift, lifts, lifting; braces do not nest."""
    opening = form.find("{")
    if opening < 0:
        yield form
        return
    closing = form.index("}", opening)
    for choice in form[opening + 1 : closing].split(","):
        yield from expand(form[:opening] + choice + form[closing + 1 :])


def _compiled(draft: _Draft) -> Packs:
    table = draft.senses
    phrases = sorted(table)
    meanings: dict[tuple[int, tuple[tuple[str, str], ...]], int] = {}
    meaning: list[int] = []
    cased: dict[int, tuple[tuple[str, int, dict[str, str]], ...]] = {}
    for number, phrase in enumerate(phrases):
        free = [sense for sense in table[phrase] if not sense.cased]
        mask = 0
        for family in [sense.family for sense in free] + (_inherited(phrase, table) if free else []):
            mask |= BIT[family]
        told = tuple((sense.family, sense.value) for sense in free)
        meaning.append(meanings.setdefault((mask, told), len(meanings)))
        bound = [sense for sense in table[phrase] if sense.cased]
        if bound:
            cased[number] = tuple((sense.cased, BIT[sense.family], {sense.family: sense.value}) for sense in bound)
    return Packs(
        phrases=tuple(phrases),
        meanings=tuple((mask, dict(told)) for mask, told in meanings),
        meaning=tuple(meaning),
        cased=cased,
        origins=tuple("\n".join(f"{sense.pack}:{sense.line}" for sense in table[phrase]) for phrase in phrases),
        headings=draft.headings,
        codes={group: tuple(listed) for group, listed in draft.codes.items()},
    )


def _inherited(phrase: str, table: Mapping[str, list[_Sense]]) -> list[str]:
    """Families that a phrase has from the phrases inside it, which the longest match hides: "knee pain" tells of
    pain too.
    """
    words = phrase.split()
    families: set[str] = set()
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            if last - first == len(words):
                continue
            inner = " ".join(words[first:last])
            for sense in table.get(inner, ()):
                # "mock up" compares nothing: short words of comparison count only by themselves.
                if sense.family in _INHERITED and not sense.cased and (len(inner) > 4 or sense.family != "compare"):
                    families.add(sense.family)
    return sorted(families)


# A phrase around one of these tells it too.
_INHERITED: Final = frozenset(
    {
        "function",
        "symptom",
        "goal",
        "obstacle",
        "skill",
        "improve",
        "compare",
        "timepoint",
        "reason",
        "place_hint",
        "reaction",
        "link",
        "link_weak",
        "judgement",
        "month",
    }
)
