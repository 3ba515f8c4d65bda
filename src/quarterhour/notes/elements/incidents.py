"""What befell the patient under the work, told part by part of a sentence: something no task asks for ("hooked toe on
2 of 10 steps", "knee buckled x1"), a count that changed between tries, a motion that changed after a cue.
"""

from __future__ import annotations

import re
from typing import Final

from quarterhour.notes.elements.grade import FRAME, NOT_TODAY
from quarterhour.notes.elements.reactions import PART, SIGN
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded


def befell(low: str, sentence: Sentence) -> bool:
    """The sentence, which stands behind the begin of the treatment, has a part that tells what befell the patient."""
    if sentence.mask & _OTHERWISE or sentence.dates or sentence.section in FRAME:
        return False
    return (
        _tells_unasked(low, sentence)
        or _has_acted(low, sentence)
        or _managed_alone(low, sentence)
        or (_may_change(low, sentence) and (_changes_count(low, sentence) or _changes_motion(low, sentence)))
    )


_OTHERWISE: Final = NOT_TODAY | BIT["goal"] | BIT["boilerplate"] | BIT["stock_response"]


def _opens_part(pattern: re.Pattern[str], low: str, sentence: Sentence) -> bool:
    """The pattern opens a part of the sentence."""
    start, end = sentence.words, sentence.end
    return pattern.match(low, start, end) is not None or any(
        pattern.match(low, part.end(), end) for part in _PARTS.finditer(low, start, end)
    )


# Where a part of a sentence begins, behind its first one.
_PARTS: Final = folded(r"[\n.,;:(/](?: |(?<=\n))| (?:and|but|then|as) ")


def _tells_unasked(low: str, sentence: Sentence) -> bool:
    """Something happened that no task asks for: "knee buckled x1", "nearly fell"."""
    return (sentence.gates & _OPENS_GATE != 0 and _opens_part(_OPENS, low, sentence)) or (
        sentence.gates & _BEFELL_GATE != 0 and _BEFELL.search(low, sentence.words, sentence.end) is not None
    )


_WHO: Final = (
    r"(?:(?:the |this )?(?:pt|patient|client|resident|student|child|infant|baby|she|he|they)|[a-z]\.)"
    r"(?: also| then| again)?"
)
# What a patient does unasked.
_UNASKED: Final = (
    r"(?:(?:nearly|almost) (?:fell|slid|slipped|tipped|lost|dropped|tripped|went|missed|toppled)|"
    r"hooked|caught (?:her|his|the|a|l|r|left|right)?\s?(?:toe|foot|heel)|dragged|scuffed|tripped|stumbled|bumped|"
    r"knocked|"
    r"slid (?:forward|off|down)|slipped|tipped|fell (?:back|to|into|onto|asleep)|"
    r"lost (?:count|track|balance|her|his|the|focus|place)|forgot|overshot|undershot|veered|"
    r"drifted|lurched|tilted|caved|clipped|let go|guarded|protested|resisted|grabbed|clutched|froze|hesitated|gasped|"
    r"tensed|collapsed|"
    r"hyperextended|compensated|substituted|retropulsed|overreached|perseverated|laughed|cried|whined|screamed|gave "
    r"(?:up|out)|quit|wanted to (?:quit|stop)|turned away|looked away|pulled (?:away|back)|balked|panicked|yelled|"
    r"sighed|joked|leaked|coughed|choked|gagged|fatigued|tired|buckled|"
    r"had to (?:sit|stop|rest|lean|hold on|grab|be lowered)|got (?:dizzy|tired|sob|winded|frustrated|lightheaded|"
    r"upset|shaky|anxious|confused|lost|angry)|"
    r"(?:needed|required|took) (?:an? |one |two |three |\d )?(?:\w+ )?(?:rests?|rest breaks?|breaks?|sit-?downs?) "
    r"(?:due to|d/t|2/2|because|after|for|when|secondary to|from) (?:\w+ )?(?:fatigue|sob|pain|dizz\w+|shortness|"
    r"exhaustion|her|his|the|set|\d))"
)
# What opens a part of a sentence where it tells what befell the patient.
_OPENS: Final = folded(
    rf"(?:{_WHO} {_UNASKED}|compensated with|(?:forgot|tripped|stumbled|hooked|grabbed|hesitated|froze|"
    r"veered|gave (?:up|out)|lurched|balked|protested|wiggled|fidgeted|squirmed|giggled|coughed|choked|gagged|"
    r"fell (?:back|forward|into|asleep)|lost (?:count|track|balance|focus|place)|overshot|undershot|perseverated|"
    r"clipped|bumped|caved|scuffed|(?:hit|knocked|dropped|missed) (?=[^.;\n]{0,30}(?:x ?\d|once|twice|on |\d of))|"
    r"left (?:the |her |his )?(?:chair|seat|table))(?! by\b)|"
    r"(?:did|completed|finished|performed|managed) (?:the )?(?:last|final) [^.;\n]{2,20}? without|"
    r"no (?:signs?|evidence) of (?:\w+ )?\w+ (?:on|with|during|after|at)|asked (?:twice|once|again|\w+ times)|"
    r"(?:ached|hurt|burned|stung|throbbed|cramped|tingled))\b|"
    r"(?:\w+ )?(?:hiking|guarding|shaking|trembling|buckling|drifting|veering|bearing down|breath[- ]holding|"
    r"grimacing|wincing|gasping|freezing|limping|retropulsing|hyperextending|scissoring|circumduct\w+|"
    r"trendelenburg|heel whip|foot slap|toe drag|hip drop|knee valgus|shoulder hike|valgus)\b(?! (?:to be|training|"
    r"goal))[^.;\n]{0,30}?\b(?:noted|seen|observed|after|on|by|once|when|with|during|at|for|past|\d+ ?(?:of|/) ?\d+)\b"
)
# What tells it anywhere.
_BEFELL: Final = folded(
    r"\b(?:(?:nearly|almost) (?:fell|slid|slipped|tipped|lost|dropped|tripped|toppled)\b|"
    rf"{PART}s? (?:also |then )?(?:buckled|gave way|gave out|hooked|hyperextended|collapsed)(?: ?x ?\d|\b)|"
    r"(?:lobs?|loss(?:es)? of balance|leak(?:age|s)?|spills?|slips?|stumbles?|near[- ]falls?|coughs?|chok\w+|"
    r"throat clears?|gasps?|buckl(?:e|es|ing)|toe (?:catch|drag)\w*|freez\w+) ?(?:x ?\d|once|twice|\d times)|"
    r"before (?:(?:she|he|pt|patient|client) )?(?:need(?:ing|ed)|having|had|ask(?:ing|ed)|request(?:ing|ed)) "
    r"(?:to (?:sit|stop|rest|lie)|(?:for )?an? (?:\w+ )?(?:rest|break|seat))\b|"
    r"(?:first|opening|early|initial) [^.;\n]{3,30}?\b(?:was|were) [a-z]+[^.;,\n]{0,16}[;,] (?:then |but )?[a-z]+ "
    r"(?:from|by|after|on) (?:the )?\w+|"
    r"able to (?:complete|finish|do|perform) (?:the )?(?:last|final|remaining)\b)"
)
_OPENS_GATE, _BEFELL_GATE = gate(_OPENS), gate(_BEFELL)


def _has_acted(low: str, sentence: Sentence) -> bool:
    """What the patient did unasked, told without naming her, with how often or how: "swayed back once at the wardrobe",
    "Fixed the word himself and grinned". What she was asked to do ("stepped over hurdles twice") is the work.
    """
    return (
        sentence.gates & _ACTED_GATE != 0
        and not sentence.mask & (LEVELS | BIT["clinician"])
        and _opens_part(_ACTED, low, sentence)
    )


_DID: Final = (
    r"(?:fixed|spotted|caught|missed|dropped|spilled|swayed|leaned|forgot|lost|grabbed|stopped|paused|slowed|let go|"
    r"skipped|knocked|bumped|tipped|wobbled|fell|slid|slipped|tripped|froze|choked|coughed|hesitated|noticed|corrected|"
    r"shook|shouted|whispered|waved|remembered)"
)
_FELT: Final = r"(?:grinned|smiled|laughed|cried|frowned|sighed|giggled|cheered|groaned|beamed|shrugged|nodded|winced)"
_ACTED: Final = folded(
    rf"{_DID} [^.;\n]{{0,40}}?\b(?:once|twice|(?:\d|two|three|four|five|six) times|(?:him|her|them)self|on "
    rf"(?:his|her|their) own|unprompted|unasked)\b|"
    rf"{_DID} [^.;\n]{{2,40}} and {_FELT}\b|{_FELT} (?:at|when|and)\b"
)
_ACTED_GATE: Final = gate(_ACTED)


def _managed_alone(low: str, sentence: Sentence) -> bool:
    """What the patient managed herself behind a cue, a look or a try: "Found the last two pieces herself after the
    cue". A routine that she does herself is its help.
    """
    return (
        sentence.gates & _ALONE_GATE != 0
        and not sentence.mask & BIT["clinician"]
        and _ALONE.match(low, sentence.words, sentence.end) is not None
    )


_ALONE: Final = folded(
    r"[-* ]*(?:(?:she|he|they|pt|patient|client|resident|student) )?(?!(?:dressed|undressed|bathed|washed|fed|groomed|"
    r"shaved|toileted|transferred|positioned|propelled|wheeled|cleaned|completed|performed|used|reported|stated|"
    r"needed|donned|doffed|injured|walked|treated|brought|introduced)\b)(?:[a-z]+ed|found|took|put|got|made|told|sang|drew|wrote|"
    r"read|kept|held|caught|built|chose|began|came|gave|set|shut|undid) (?:[^.;,\n]{2,40} )?(?:him|her|them)self "
    r"(?:after|on|once|when|without|each|every|at|before|as|from|by|in|with (?:no|only|just)) (?!home\b|night\b)[a-z\d]"
)
_ALONE_GATE: Final = gate(_ALONE)


def _may_change(low: str, sentence: Sentence) -> bool:
    """A figure stands in the sentence or a change may, within this visit."""
    return (
        bool(sentence.has_number or sentence.gates & (_CHANGED_GATE | _OPENS_CHANGED_GATE))
        and not sentence.mask & BIT["skill"]
        and _EARLIER.search(low, sentence.words, sentence.end) is None
    )


_EARLIER: Final = folded(
    r"\b(?:since|last (?:visit|week|wk|session|time|month|tx)|eval\w*|initial\w*|baseline|previous\w*|than (?:last|on|"
    r"at|before)|admission|soc|prior)\b"
)


def _changes_count(low: str, sentence: Sentence) -> bool:
    """The same thing is counted or measured at two times of this visit."""
    start, end = sentence.words, sentence.end
    if (
        sentence.has_number
        and not sentence.mask & LEVELS
        and any(low.find(word, start, end) >= 0 for word in _COURSE)
        and _TWO_COUNTS.search(low, start, end)
    ):
        return True
    return (
        sentence.gates & _PRE_GATE != 0
        and _PRE_AND_POST.search(low, start, end) is not None
        and _VITAL.search(low, start, end) is None
    )


# One of them stands where a count of two is told.
_COURSE: Final = ("none", " of ", "/", ", 0", "no more", "not again")
# A count of the same thing at two times of this visit: "on 4 of 10 initially, 0 of 10 by last set", "x1 with first
# lift, none after".
_N_OF_M: Final = r"\d+ ?(?:of|/|out of) ?\d+"
# "On 4 of 10 initially, 0 of 10 by last set", "x1 with first lift, none after".
_TWO_COUNTS: Final = folded(
    rf"\b{_N_OF_M}\b[^.;\n]{{0,40}}?(?:[,;]|\bthen\b|\bto\b) ?(?:then |only |down to )?(?:{_N_OF_M}|none|zero|0)\b"
    r"[^.;\n]{0,24}?\b(?:with|w/|by|on|after|without|w/o|once|when) |"
    r"\bx ?\d+\b[^.;\n]{0,30}?, (?:none|0|zero|no more|not again)\b[^.;\n]{0,12}\b(?:after|with|w/|once|since|on|by)\b"
)
# A measure before the work and behind it: "Opening 34 mm pre, 39 mm post"; vital signs alone tell nothing.
_PRE_AND_POST: Final = folded(
    r"\d+(?:\.\d+)? ?(?:[a-z°]{1,4} )?(?:pre|before)\b(?![^.;\n]{0,6}(?:eval|surg|op))[^.;\n]{0,16}?\b\d+(?:\.\d+)? ?"
    r"(?:[a-z°]{1,4} )?(?:post|after)\b"
)
_PRE_GATE: Final = gate(_PRE_AND_POST)
_VITAL: Final = folded(r"\b(?:bp|hr|heart rate|pulse|spo2|o2|sats?|rr)\b")


def _changes_motion(low: str, sentence: Sentence) -> bool:
    """A motion, a sign or a part of the body changed behind a cue, a rest or a trial."""
    start, end = sentence.words, sentence.end
    changed = (sentence.gates & _CHANGED_GATE and _CHANGED.search(low, start, end)) or (
        sentence.gates & _OPENS_CHANGED_GATE and _opens_part(_OPENS_CHANGED, low, sentence)
    )
    return bool(changed) and _TO_GAIN.search(low, start, end) is None


_MOTION: Final = (
    rf"(?:{PART}|{SIGN}|gait|posture|form|mechanics|technique|rom|flexion|extension|abduction|rotation|descent|ascent|"
    r"landing|step length|stride|cadence|symmetry|alignment|control|balance|sway|speech|intelligibility|accuracy|"
    r"voice|volume|loudness|grip|pinch|breathing|speed|pace|coordination|clearance|stance|weight ?shift|wb|toe drag|"
    r"valgus|hike|lean|scissoring|rhythm|legibility|attention|eye contact)"
)
_CHANGED: Final = folded(
    rf"\b{_MOTION}\b[^.;\n]{{0,36}}?\b(?:improved|smoother|steadier|cleaner|resolved|eased|corrected|cleared|returned|"
    rf"normali[sz]ed|lessened|diminished|increased|decreased|worsened|better|worse|more pronounced|louder|quieter|"
    rf"longer|slower|faster|even)\b[^.;\n]{{0,16}}?\b(?:(?:after|with|following|once|when|upon|by (?:the )?(?:last|"
    rf"second|third|end)|on (?:the )?(?:last|second|third|2nd|3rd|final))\b|w/)"
)
_OPENS_CHANGED: Final = folded(
    rf"(?:decreased|less|increased|more|improved|better|fewer|reduced|no|worse) (?:\w+ )?{_MOTION}\b"
    rf"[^.;\n]{{0,16}}?\b(?:(?:after|with|following|once|when|by (?:the )?(?:last|end|third|second))\b|w/)"
)
_CHANGED_GATE, _OPENS_CHANGED_GATE = gate(_CHANGED), gate(_OPENS_CHANGED)
# A change that is wanted, or that the therapist worked for.
_TO_GAIN: Final = folded(
    r"\b(?:to|for|will|should|can) (?:\w+ ){0,2}?(?:improve|increase|decrease|reduce|better|more|less|slower|faster|"
    r"longer|even)\w*|\b(?:focus\w*|emphasis|needed|required|goal)\b[^.;]{0,20}\.?$|"
    r"\b(?:cueing|cuing|cued|focus\w*|emphasis|educat\w+|instruct\w+|train\w*) "
)
