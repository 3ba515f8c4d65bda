"""Cues that are seen: a mirror, an instrument the patient watches, marks where to step or stop, a strip of pictures, a
written word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.help.shapes import Shapes
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.patterns import folded

_SCORE: Final = r"\d{1,3}(?: ?%| ?/ ?\d{1,3}| of \d{1,3})"
# Mirrors that are looked into for another reason: of a car, or to be cleaned.
_MIRROR: Final = (
    r"(?<!side )(?<!rear )(?<!view )(?<!car )(?<!visor )(?<!left )(?<!right )(?<!ed the )(?<!ing the )(?<!for the )"
    r"(?:(?:long|hand|full[- ]length|wall|floor|small|standing) )?mirror"
)
_MIRRORED: Final = folded(
    rf"{_MIRROR} (?:for (?!(?:the )?(?:first|next) time|shaving|grooming|make-?up)(?:(?:the|his|her|a|each) )?[a-z]+|"
    rf"to (?!(?:the|his|her|shave|groom|comb|brush|get)\b)[a-z]+|in front|beside (?:him|"
    rf"her|them|the [a-z]+)|placed|held up|ahead)\b[^.;,\n]{{0,20}}|"
    rf"{_SCORE} (?P<scored>(?:with|w/|c) (?:a |the )?{_MIRROR})\b|"
    rf"\bcue\w*[^.;\n]{{0,50}}?, (?P<listed>(?:a |the )?{_MIRROR})\b(?! (?:turned|covered|out|away|therapy|box))"
)
_SIGHT: Final = (
    r"(?:trace|tracing|signal(?! lights?)|read-?out|dial|gauge|meter|graph|waveform|needle|emg|semg|biofeedback|"
    r"(?:emg|pressure|"
    r"length|speed|feedback|signal) (?:bar|line|light|screen|display|curve|numbers?|level))"
)
_WATCHED: Final = folded(
    rf"(?:(?:(?<=[;,.:] )|(?<=\n)|\b(?:s?he|they|patient|resident|client|while|and|by|with|then) )(?:watched|watches|"
    rf"watching|"
    rf"followed|following|looked at|looking at)|\beyes on) (?:the |his |her )(?:[a-z]+ ){{0,2}}?{_SIGHT}\b(?: (?:for|"
    rf"on|in) [^.;,\n]{{0,24}})?|"
    rf"\b(?:[a-z]+ )?(?:{_SIGHT}|laser|ruler|timer|tally) in (?:view|sight)\b(?: [^.;,\n]{{0,20}})?|"
    rf"\b(?:[a-z]+ )?{_SIGHT} in front of (?:him|her|them)\b|"
    r"\b(?:db|sound|sound level|pitch|loudness|volume) (?:meter|app)(?= (?:\d{1,2}/\d|on \d|for (?:the )?[a-z\d]))"
)
_MARK: Final = (
    r"(?:lines?|dots?|strips?(?: of [a-z]+)?|tape|marks?|markers?|arrows?|stickers?|footprints?|labels?|flags?)"
)
_WHERE: Final = (
    r"(?: (?:on|at|along|across|above|beside|around|in|over|under) (?:(?:the|each|his|her|one|every) )?[a-z]+(?: "
    r"(?!to\b|as\b|for\b)[a-z]+)?)"
)
_GUIDES: Final = (
    r"(?:show|stop|mark|guide|keep|remind|find|start|look|aim|step(?! over)|reach|stay|write|cut|place|turn|follow|"
    r"scan|"
    r"land|point|cue|prompt|draw (?:the|his|her) (?:eye|attention))\b"
)
_MARKED: Final = folded(
    rf"\b(?:(?:red|bright|colou?red|yellow|green|blue|black|laser) )?{_MARK}(?: (?:drawn|stuck|placed|laid|taped|put|"
    rf"set|painted))?{_WHERE}? to {_GUIDES}|"
    rf"\b{_MARK} (?:drawn|stuck|placed|laid|taped|put|set|painted){_WHERE}? as (?:an? |the )?[a-z]+|"
    rf"\b(?:red|bright|colou?red|yellow|green|blue|laser|tape) (?:lines?|dots?|strips?|marks?|arrows?|footprints?)"
    rf"{_WHERE} for (?:half|most|all|some|each|every|both|the (?:first|last|rest|other)|\d)"
)
# A strip of pictures is made to be looked at; it is the task itself behind a verb: "sorted picture strips".
_STRIP: Final = folded(
    r"(?<=[,;+&.:] )(?:an? |the )?(?:picture|visual|photo|step|task|symbol|sequence) "
    r"(?:strips?|schedule|timeline)(?: (?:propped|taped|stuck|clipped|pinned|placed|laid|hung|posted|standing|kept|set|"
    r"left)(?: up| out)?)?(?= (?:on|at|in|for|above|beside|to|\+|&)|[,.;\n]|$)"
)
_WRITTEN: Final = folded(
    r"(?:(?<=[,;.:] )|(?<=\n)|(?<=with )|(?<=and ))(?:an? |the )?written (?:[a-z-]+ ){0,2}?(?:letters?|words?|choices?|"
    r"names?|steps?|sounds?|syllables?)(?: (?:given|shown))?(?: (?:on|for) (?:the )?(?:\d|one|two|three|four|five|six|"
    r"last|first|rest|others|hard|tough|long)[a-z\d]*| x ?\d| \d{1,2}/\d{1,2})"
)
# What is called visual is a cue where it stood for some of the tries: "visual highlight for the next cell on 5".
_CALLED: Final = folded(
    r"\b(?:visual (?!memory|discrimination|percept|scan|track|attention|recall|process|motor)(?:[a-z]+ )?|"
    r"(?:line|reading|margin|spacing|letter) (?=guide|window|template))(?:windows?|"
    r"highlight[a-z]*|boundar(?:y|ies)|borders?|guides?|markers?|marks?|anchors?|lines?|"
    r"landmarks?|aids?|signals?|examples?|reference|templates?|strips?|instructions?|directions?|choices?|lists?|"
    r"timers?|countdown|support)(?: (?:for|at|on|of|along|in|to) (?:(?:the|each|his|her|every) )?"
    r"(?:(?!for\b|on\b)[a-z]+ ?){1,3}?)?,? ?"
    r"(?:(?:on|for|x|in) ?\d{1,2}\b(?! ?(?:'|min|ft|feet|sec))|for (?:the )?(?:first|last|next|half|most|all|each|"
    r"every)|(?:each|every) time)"
)
_ON_CARD: Final = folded(
    r"\b(?:i|therapist|clinician|pt|ot|slp) (?:wrote|drew|stuck|taped|marked|held up|put up) (?:[a-z]+ ){1,5}?(?:on|"
    r"to|at) "
    r"(?:an? |the |his |her )?[a-z]+ (?:for|to) (?!(?:the )?(?:aide|wife|husband|daughter|son|family|staff|nurse))"
    r"(?:him|her|them|(?:\d|one|two|three|four|five|six|half|each|the (?:first|last|rest))\b|"
    rf"{_GUIDES})"
)
# A thing tells the patient: "a yellow line of tape told him where to stop".
_TELLS: Final = folded(
    rf"\b(?:{_MARK}|cards?|lights?|signs?|lists?|mirror|posters?|cones?|pictures?)(?: of [a-z]+)?(?: (?:on|at|by) "
    r"(?:the |his |her )?[a-z]+)? (?:told|showed|reminded|cued|prompted|guided) (?:him|her|them)\b"
    r"(?! (?:husband|wife|son|daughter))"
)
_SEEN: Final = Shapes(
    ("visual_cues", _MIRRORED),
    ("visual_cues", _WATCHED),
    ("visual_cues", _MARKED),
    ("visual_cues", _STRIP),
    ("visual_cues", _WRITTEN),
    ("visual_cues", _CALLED),
    ("visual_cues", _ON_CARD),
    ("visual_cues", _TELLS),
)
SEEN_GATE: Final = _SEEN.gate


def seen_cues(low: str, sentence: Sentence) -> Iterator[Cue]:
    """Cues of ``sentence`` that the patient saw."""
    yield from _SEEN.find(low, sentence)
