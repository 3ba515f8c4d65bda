"""What was observed of the patient under the work: a reaction by its verb, a state at the end, something that ceased, a
change in the course of the work.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import NOT_TODAY
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded

_REACTION, _SYMPTOM, _TIMEPOINT = BIT["reaction"], BIT["symptom"], BIT["timepoint"]
_OTHERWISE: Final = BIT["stock_response"] | NOT_TODAY | BIT["skill"]


def is_observed(low: str, sentence: Sentence) -> bool:
    """The sentence, which stands behind the begin of the treatment, tells what was observed of the patient under it."""
    if sentence.mask & _OTHERWISE:
        return False
    if not sentence.dates and _has_reacted(low, sentence):
        return True
    if sentence.mask & (BIT["goal"] | BIT["boilerplate"]):
        return False
    if not sentence.mask & BIT["compare"] and (_is_in_state(low, sentence) or _has_acted(low, sentence)):
        return True
    return not sentence.dates and (
        _has_ceased(low, sentence) or _has_shifted(low, sentence) or _has_come_about(low, sentence)
    )


def _has_reacted(low: str, sentence: Sentence) -> bool:
    """The sentence opens with a verb of reaction: "Felt lighter", "By the end she needed two rests"."""
    return (
        sentence.gates & _REACTED_GATE != 0
        and sentence.section != "header"
        and _REACTED.match(low, sentence.words, sentence.end) is not None
        and not _HELPED.search(low, sentence.start, sentence.end)
    )


_REACTED: Final = folded(
    r"(?:(?:she|he|pt|patient|the patient|client|resident|student|they|ms\. [a-z]+|mr\. [a-z]+|"
    r"mrs\. [a-z]+|k\.|[a-z]\.)(?: also| then| again| twice| once)? |(?:at the end|by the end|"
    r"afterwards?|after (?:the )?\w+|on the last \w+|during \w+|then|midway)[a-z ,]{0,30}?,? ?(?:she|"
    r"he|pt|patient|client|resident) )?"
    r"(?:felt|seemed|looked|appeared|said|told|got|became|grew|lost|"
    r"took(?! (?:an? |the |her |his )?(?:phone |work |video )?(?:calls?|phone|message|texts?|meds?|medications?|pills?|"
    r"bus)\b)|kept|began|stood|sat|caught|made no|"
    r"did not (?!repeat|do\b|try|attempt|perform|practi[cs]e|work|put|bill|charge|use|start|add|test|complete the)|"
    r"could|was (?:able|tired|fatigued|breathless|short|sore|dizzy|proud|pleased|anxious|calm|"
    r"tearful|steady|unsteady)|had (?:no|one|two|mild|some|increased|less|more|to sit|to stop|"
    r"to rest|difficulty|trouble)|needed (?:a|one|two|three|several|\d) (?:\w+ )?(?:rests?|"
    r"breaks?|pauses?)|reported|noted|rated|denied|stumbled|tripped|coughed|choked|leaned|veered|"
    r"swayed|froze|hesitated|smiled|laughed|cried|grimaced|winced|flinched|sighed|yawned|asked|"
    r"requested|stopped|paused|recovered|settled|calmed|relaxed|tired|fatigued|finished|managed|"
    r"tolerated \d|maintained|stayed|remained|responded|attended|looked|turned to|initiated|"
    r"anticipated|remembered|recalled|noticed|recognized|recognised|self-corrected|improved "
    r"within|(?:increased|decreased) (?:by|to|from|after|with|when|once|on|in|toward|over)|dropped|missed|spilled|"
    r"showed|"
    r"demonstrated(?! (?:good|fair|excellent|improved|understanding|increased|decreased|ability|carry|proper|safe|"
    r"appropriate))|walked out|left "
    r"(?:smiling|with|in))\b"
)
_REACTED_GATE: Final = gate(_REACTED)
_HELPED: Final = folded(
    r"\b(?:cues?|cueing|cuing|assist\w*|cga|sba|min a|mod a|max a|goal|educated|instructed|"
    r"therapist|referred|prompts?)\b"
)


def _is_in_state(low: str, sentence: Sentence) -> bool:
    """The state the patient was in at the end: "Calm at the end", "Sleepy by the end"."""
    return (
        sentence.mask & (_REACTION | _SYMPTOM | _TIMEPOINT) != 0
        and _STATE.match(low, sentence.words, sentence.end) is not None
    )


_STATE: Final = folded(
    r"(?:(?:she|he|pt|patient|client|resident) (?:was |looked |seemed |left |appeared )?)?(?:a (?:little|bit) |"
    r"very |quite |more |less |mildly )?"
    r"(?:sleepy|calm(?:er)?|tired|drowsy|alert|relaxed|winded|steady|steadier|fatigued|sore|tearful|weepy|happy|"
    r"quiet|pale|flushed|shaky|"
    r"breathless|comfortable|dizzy|exhausted|cheerful|proud|anxious|smiling|upset|irritable|achy)\b[^.\n]{0,40}"
    r"\b(?:at|by|on|after|when|upon|during|toward|leaving|afterwards?)\b"
)


def _has_acted(low: str, sentence: Sentence) -> bool:
    """An assessment opens with what the patient did that no task asks for."""
    return sentence.section == "assessment" and _ACTED.match(low, sentence.words, sentence.end) is not None


_ACTED: Final = folded(
    r"(?:she|he|they|pt|patient|client|resident|student) (?!needed|required|continued|progressed|"
    r"improved|tolerated|performed|completed|"
    r"presented|demonstrated|participated|received|used|lived|wanted|met|achieved|declined|"
    r"practiced|attended|worked|walked|ambulated|climbed|carried|lifted|propelled|transferred|donned|doffed|dressed|"
    r"washed|cooked|prepared|poured|produced|named|identified|answered|followed|stepped)[a-z]{2,}ed\b"
)


def _has_ceased(low: str, sentence: Sentence) -> bool:
    """Something ceased in the course of the work: "No hyperextension in the last 6 of 8 shifts"."""
    return (
        sentence.mask & _MAY_CEASE != 0
        and not sentence.mask & BIT["assist"]
        and _CEASED.match(low, sentence.words, sentence.end) is not None
    )


_MAY_CEASE: Final = _REACTION | _SYMPTOM | _TIMEPOINT | BIT["outcome"] | BIT["negation_before"] | BIT["obstacle"]
_CEASED: Final = folded(
    r"(?:[^.\n]{0,60}; )?(?:no|none|without|zero)\b[^.;\n]{0,40}?\b(?:after|on (?:the |her |his )?(?:\d|last|2nd|"
    r"second|third|next)|in the last|on the remaining|"
    r"this time|since)\b|[^.;\n]{3,40}\b(?:absent|gone|stopped|settled|cleared) (?:after|when|once|with)\b|"
    r"[^.;\n]{3,60}; none (?:after|since)\b|"
    r"\b(?:more|less|fewer) \w+[^.;\n]{0,40}\b(?:than before|after)\b"
)


def _has_shifted(low: str, sentence: Sentence) -> bool:
    """Something changed by a later try: "accuracy rose to 80 % by the last ten items"."""
    start, end = sentence.start, sentence.end
    return (
        sentence.gates & _COURSE_GATE != 0
        and _COURSE.search(low, start, end) is not None
        and _SHIFTED.search(low, start, end) is not None
        and not _HELPED.search(low, start, end)
    )


_COURSE: Final = folded(
    r"\b(?:by|on|in|over|during|for|after) (?:the |her |his )?(?:last|final|second|third|fourth|fifth|sixth|"
    r"[2-9](?:nd|rd|th)|"
    r"remaining|end of)\b (?:\w+ ){0,3}?(?:reps?|trips?|trials?|lifts?|sets?|items?|rounds?|bouts?|laps?|attempts?|"
    r"passe?s?|"
    r"transfers?|stairs?|steps?|sips?|bites?|words?|tries|runs?|carr(?:y|ies)|turns?|block|task)\b|"
    r"\b(?:by|on|in) the (?:last|final|second|third|fourth|fifth)(?=[.,;]|$)"
)
_COURSE_GATE: Final = gate(_COURSE)
_SHIFTED: Final = folded(
    r"\b(?:rose|fell|dropped|improved|climbed|no longer|stopped|less|fewer|more|slower|slowed|faster|without|lost|"
    r"began|increased|"
    r"decreased|better|worse|steadier|smoother|cleaner|needed (?:a|two|three|\d)|fell off|broke down|held up|only|"
    r"shak\w+|tired|confident|hesitant|unsure|steady|fluent|smooth|clean|quiet|tight|loose)\b"
)


def _has_come_about(low: str, sentence: Sentence) -> bool:
    """A change behind a part of the treatment, between two tries or from one figure to another; what a part of the body
    did; what no longer happened; what the patient did unasked.
    """
    start, end = sentence.start, sentence.end
    return (
        bool(
            (sentence.gates & _HAPPENED_GATE and _HAPPENED.search(low, start, end))
            or (sentence.gates & _HAPPENED_FIRST_GATE and _HAPPENED_FIRST.match(low, sentence.words, end))
        )
        and sentence.section not in ("header", "time")
        and not _EARLIER.search(low, start, end)
        and not _HELPED.search(low, start, end)
    )


_HAPPENED: Final = folded(
    r"\bafterwards?\b|\bafter (?:the )?(?:\w+ )?(?:stairs|task|activity|lifts?|practice|transfers?|walk\w*|steps|"
    r"work)\b|"
    r"\bwith (?:one|two|no|a|\d) (?:stumbles?|loss(?:es)? of balance|lob|slips?|drops?|spills?|miss(?:es)?|errors?|"
    r"coughs?)\b|"
    r"\bafter (?:the )?(?:massage|mobs?|mobili[sz]ation|manual|traction|ice|heat|stretch\w*|slope|splint\w*|tap(?:e|"
    r"ing)|rest|block\w*|"
    r"glides?|needling|practice|drills?|warm-?up|\d+ min\w*|[a-z]+ minutes|(?:trial|set|round|rep|trip|lap) (?:\d|"
    r"one|two|three|four|five|six))\b|"
    r"\b(?:went|rose|fell|dropped|climbed|moved|increased|decreased|improved|gained|opened|came) (?:up |"
    r"down )?from (?:a )?[\w-]+ to [\w-]+|"
    r"\bon (?:the )?(?:try|trial|attempt|set|round|rep|pass) (?:one|two|three|\d)\b[^.;]{2,40}\b(?:try|trial|attempt|"
    r"set|round|pass|last)\b|"
    r"\bbefore (?:\w+ )?(?:sx|symptoms?|pain|fatigue|sob|dizziness|tingling|numbness|burning) (?:came|began|started|"
    r"set in|stopped)|"
    r"\b(?:knee|leg|ankle|hip|foot|toe|trunk|arm|elbow|wrist|hand|thumb|voice|shoulder|heel)s? (?:also |"
    r"then )?(?:buckled|gave way|gave out|"
    r"shook|trembled|dragged|slipped|hurt|ached|burned|pulled|cramped|tired|wobbled|locked|swelled|warmed|reddened|"
    r"caught)\b|"
    r"\b(?:rotation|flexion|extension|abduction|motion|rom|range|mobility|breathing|posture|swallow|tension|tone|"
    r"opening) (?:eased|opened|freed|loosened|increased|improved|gained|returned|softened|dropped) (?:after|following|"
    r"once) |"
    r"\b(?:\d+|one|two|three|four|five) (?:more|others?) (?:only )?(?:after|once|with) (?:the|a|one|his|her) "
    r"(?:first )?(?:sound|letter|hint|rest|pause|break|model|picture|stretch|sip)s?\b|"
    r"\bdown to (?:none|zero|0|1|one)\b|\b(?:limbs?|skin|incision|scar|heel|stump) (?:was |were |stayed |remained |"
    r"then )?(?:pink|red|white|pale|clear|intact|blanched)\b|"
    r"\bno (?:open areas?|redness|blanching|blisters?|skin change)\b|"
    r"\b(?:hit|knocked|bumped|dropped|spilled|tipped|missed) [^.;,\n]{2,24} (?:once|twice|\d times), (?:no|then|not)\b|"
    r"\bno (?:giving way|(?:foot|toe|heel) (?:catch|drag|slap)|buckling|whitening|hiking|shaking|slips?|stumbles?|"
    r"wobble|drift|grimac\w+|coughs?|"
    r"chok\w+|freezing|freeze)\b|"
    r"\b(?:seen|noted|observed|felt|heard|palpated) (?:at|by|toward) (?:the )?end\b"
)
_HAPPENED_FIRST: Final = folded(
    r"(?:caught|noticed|noted|found|spotted|fixed|corrected|repaired) (?:her|his|their) (?:own )?(?:\w+ ){0,2}"
    r"(?:mistakes?|errors?|slips?|dates?|words?|sums?|posture|steps?|trips?)\b|"
    r"(?:pushed|threw|turned|walked|ran|looked|pulled|put|handed) [^.;\n]{0,24}?\b(?:away|off|aside|back)\b"
    r"[^.;\n]{0,60}\b(?:at|when|after|came back|returned|once)\b|"
    r"it (?:pulled|hurt|ached|felt|burned|stung|tingled|cramped|eased|settled|got)\b|"
    r"[a-z]+(?:ed|ook|ent|ave|an) [^.;]{3,40}\b(?:on (?:his|her|their) own|unprompted|without being asked|by (?:him|"
    r"her)self)\b"
)
_HAPPENED_GATE, _HAPPENED_FIRST_GATE = gate(_HAPPENED), gate(_HAPPENED_FIRST)
_EARLIER: Final = folded(
    r"\bat (?:the )?(?:start|eval\w*|baseline|soc|admission)\b|\binitial\w*\b|\blast (?:visit|week|time|session)\b"
)
