"""Kinds of cue told in a list that shares one word: "verbal and tactile cues", "Cueing: mod verbal, min tactile"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_CUE: Final = BIT["cue"]
_KINDS: Final = {
    "verbal": "verbal_cues",
    "spoken": "verbal_cues",
    "auditory": "verbal_cues",
    "tactile": "tactile_cues",
    "manual": "tactile_cues",
    "physical": "tactile_cues",
    "visual": "visual_cues",
    "gestural": "gestural_cues",
    "written": "visual_cues",
    "phonemic": "phonemic_cues",
    "semantic": "phonemic_cues",
    "first sound": "phonemic_cues",
    "initial sound": "phonemic_cues",
    "full model": "modeling",
    "model": "modeling",
    "demo": "modeling",
    "demonstration": "modeling",
    "mirror": "visual_cues",
    "picture": "visual_cues",
    "touch": "tactile_cues",
}
_KIND: Final = "|".join(_KINDS)
_AMOUNT: Final = (
    r"(?:(?:min|mod|max|minimal|moderate|maximal|occasional|intermittent|frequent|constant|consistent|few|rare|"
    r"\d{1,2}|one|two|three|four|five|six)\b\.? )"
)
# What joins a kind to the one behind it, up to the word they share.
_JOINED: Final = folded(
    rf"\b(?<!\bby ){_AMOUNT}?({_KIND}) ?(?:,|/|\+|&|->|\band\b|\bor\b|"
    rf"(?:\b(?:fading|faded|down|reduced) )?\bto\b) ?(?:and )?{_AMOUNT}?$"
)
_REACH: Final = 40  # code points of a kind with its amount and what joins it
_INSIDE: Final = folded(rf"(?:,|/|\+|&|and|or) ?{_AMOUNT}?({_KIND})\b")
_HEAD: Final = folded(
    r"(?:cues?|cueing|cuing|prompts?|prompting)(?: (?:given|provided|needed|required|used|tried|level|type|today|"
    r"by \w+))?"
    r"(?: ?[:=|]| -{1,2}|\t| {2,}) ?"
)
_ITEM: Final = folded(
    rf"\b(?P<amount>{_AMOUNT})?(?P<kind>{_KIND})\b(?! (?:cue|prompt))(?P<count>:? ?\(?x? ?\d{{1,2}}\b(?! ?%))?"
)

_GRADE: Final = (
    r"(?:min(?:imal)?|mod(?:erate)?|max(?:imal)?|occasional|intermittent|frequent|constant|consistent|rare|few)"
)
_BY_KIND: Final = r"(?:verbal|spoken|tactile|visual|gestural|gesture|physical|written)s?"
# From one grade and kind to the next, without a word for cue: "constant verbal to occasional gesture".
_GRADED: Final = folded(
    rf"\b{_GRADE} ({_BY_KIND}) (?:(?:fading|faded|down|moving) )?(?:to|->|then) {_GRADE} ({_BY_KIND})\b(?! (?:a\b|"
    rf"assist|"
    r"cue|prompt))"
)
GRADED_GATE: Final = gate(_GRADED)
_YES: Final = folded(r"(?:\[x\]|\(x\)|[☒☑]) ?(?:yes|y|given|needed|used)\b")  # a form that asks no more


class Cue(msgspec.Struct, frozen=True, gc=False):
    """One kind of cue of a list at [start, end); ``counted`` when its amount stands with it."""

    level: str
    start: int
    end: int
    counted: bool


def graded_cues(low: str, sentence: Sentence) -> Iterator[Cue]:
    """Kinds of cue told from one grade to the next."""
    for match in _GRADED.finditer(low, sentence.start, sentence.end) if sentence.gates & GRADED_GATE else ():
        yield Cue(_kind(match[1]), match.start(), match.end(1), True)
        yield Cue(_kind(match[2]), *match.span(2), True)


def _kind(word: str) -> str:
    word = word.removesuffix("s")
    return "gestural_cues" if word == "gesture" else _KINDS[word]


def listed_cues(low: str, sentence: Sentence) -> Iterator[Cue]:
    """Kinds of cue in ``sentence`` that no phrase of the lexicon holds."""
    hits = [hit for hit in sentence.hits if hit.mask & _CUE]
    for hit in hits:
        inside = _INSIDE.search(low, hit.start, hit.end)
        if inside is not None:
            yield Cue(_KINDS[inside[1]], inside.start(1), hit.end, False)
        border = hit.start
        while (joined := _JOINED.search(low, max(sentence.start, border - _REACH), border)) is not None:
            border = joined.start()
            if any(other.start <= joined.start(1) < other.end for other in hits):
                break
            yield Cue(_KINDS[joined[1]], border, joined.end(1), False)
    head = _HEAD.search(low, sentence.start, sentence.end)
    if head is None:
        return
    ticked = _YES.match(low, head.end(), sentence.end)
    if ticked is not None:
        yield Cue("cues", *ticked.span(), False)
    for item in _ITEM.finditer(low, head.end(), sentence.end):
        if not any(hit.start <= item.start("kind") < hit.end for hit in hits):
            counted = item["amount"] is not None or item["count"] is not None
            yield Cue(_KINDS[item["kind"]], item.start(), item.end(), counted)
