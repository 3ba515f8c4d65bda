"""Cues of speech: the first sound of a word, and a model to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.help.shapes import Shapes
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.patterns import folded

_NUMBER: Final = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
# So many came with it: what is counted are tries, not the words of a task ("20 words with the first sound of a name").
_FIRST_SOUND: Final = folded(
    rf"(?<![/\d.])\b{_NUMBER}(?: ?(?:/|of|out of) ?\d{{1,2}})?(?: (?:more|others?|further|extra|additional))?"
    r"(?: (?:came|right|correct|named|found))? (?:with|given|after|from|(?:when|once|after) i (?:gave|said|made)) "
    r"(?:the |"
    r"a |an |its |only the )?(?:first|initial|beginning|opening|starting) (?:sounds?|syllables?|letters?|phonemes?)"
    r"(?! (?:of|cue|[a-z]\b|/))|"
    r"\b(?:i|slp|therapist|clinician) (?:gave|said|made|offered|supplied) (?:(?:him|her|them) )?(?:the |its |only the "
    r")?(?:first|initial|beginning|opening) (?:sound|syllable|letter|phoneme)s?\b|"
    r"\b(?:first|initial|beginning) (?:sound|syllable) (?:got|brought|helped|freed|was enough|unlocked)\b"
)
_MODELED: Final = folded(
    r"(?:(?:(?<=[;,.:] )|(?<=\n)|\b(?:i|therapist|clinician|pta?|ota?|cota|slp) (?:then |also |first )?)(?:modell?ed) "
    r"(?:the|each|every|it|how|a|both|one|all|his|her|two|three)\b|"
    r"\b(?:one|two|three|single|\d) (?:full |clinician |spoken |direct |slow )?models? (?:each|per|before|first|"
    r"every)\b|"
    r"(?:(?<=[;,.:] )|(?<=\n)|\band |\bthen |\b(?:s?he|pt|patient|client|student) )(?:first )?watched (?:me|"
    r"the (?:therapist|"
    r"clinician|ot|slp))\b(?! (?:through|from|while))|"
    r"\bafter (?:watching|seeing) (?:me|the (?:therapist|clinician|pt|ot|slp))\b|"
    r"\b(?:my|(?!it's|he's|she's|that's)[a-z]+'s) (?:own )?(?!(?:picture|photo|video|card|x-?ray|results?|report|"
    r"handout|face|name)s?\b)[a-z]+ (?:was |were )?shown (?:to )?(?:him|her|them)\b|"
    rf"(?:(?<=[;,.:] )|(?<=\n)|\bwas )shown (?:the|it|each|this) (?:[a-z]+ ){{0,3}}?(?:once|twice|x ?\d|{_NUMBER} "
    r"times)\b|\b(?:i|therapist|clinician|pt|ot|slp) (?:went|stepped|moved|did it|said it) first(?: and|,|;) (?:then )?"
    r"(?:s?he|they|patient|client) (?:[a-z]+ )?(?:followed|copied|matched|repeated|did|went|said)\b|"
    r"\bi did (?:the first|one|it|each|every)(?: [a-z]+)? (?:first )?for (?:him|her|them) to (?:see|copy|watch)\b)"
)
_SPEECH: Final = Shapes(("phonemic_cues", _FIRST_SOUND), ("modeling", _MODELED))
SPEECH_GATE: Final = _SPEECH.gate


def speech_cues(low: str, sentence: Sentence) -> Iterator[Cue]:
    """Sounds given and models of ``sentence``."""
    yield from _SPEECH.find(low, sentence)
