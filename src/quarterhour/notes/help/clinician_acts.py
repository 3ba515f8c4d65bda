"""Help told as what the clinician did, without a word for help and without how often: "I counted her into the turn",
"reminded not to stand up", "I laid out the coat for her", "plate set by the OT". Who acts and on whom decides, not the
task that follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.help.shapes import Shapes
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.patterns import folded

_CLINICIAN: Final = r"(?:i|we|therapist|clinician|pta?|ota?|otr|cota|slp)"
_PATIENT: Final = r"(?:him|her|them|the (?:patient|resident|client|student|child))"
# Who does what is told: the clinician, or nobody, where a clause opens with the deed.
_BY_CLINICIAN: Final = rf"(?:\b{_CLINICIAN} (?:then |also |again |only |just |always |gently )?)"
_OPENS: Final = (
    r"(?:(?<=[,;.:] )|(?<=\n)|(?<=\band )|(?<=\bthen )|(?<=\bbut )|(?<=\buntil )|(?<=\bonce )|(?<=\bbeing )|"
    r"(?<=\bonly when ))"
)
_ALOUD: Final = r"(?:(?:aloud|out loud|verbally|by voice|by name|in words|gently|quietly|again) )?"
# What the patient is to do another time is no cue: "reminded her to call", "asked him to bring shoes".
_ERRAND: Final = (
    r"(?:call|phone|bring|come|return|rate|book|schedule|report|contact|see|ask|buy|get a|wear|email|let|tell|sign|"
    r"fill (?:in|out)|log|keep a|follow up|monitor|ice|practi[cs]e|continue|do (?:(?:his|her|the|it) )?(?:hep|home|"
    r"exercises|sheet))\b"
)
_TO_DO: Final = rf"(?:not to (?!worry)|to (?!{_ERRAND}))[a-z]"
_WHICH_TO: Final = r"(?:which|where|when|what|how|whose) (?:[a-z]+ ){0,2}to [a-z]"
_ADDRESSED: Final = folded(
    rf"{_BY_CLINICIAN}(?:cued|prompted|coached|reminded|warned|told|redirected) {_PATIENT} {_ALOUD}(?:{_TO_DO}|"
    rf"{_WHICH_TO}|(?:when(?:ever)?|each time|every time) [a-z])|"
    rf"{_OPENS}(?:(?:cued|prompted|reminded|warned|coached|told) (?:{_PATIENT} )?{_ALOUD}{_TO_DO}|"
    rf"redirected (?:{_PATIENT} )?(?:to|back|when(?:ever)?|each time) [a-z])|"
    rf"\b(?:cued|prompted) (?:{_PATIENT} )?(?:aloud|out loud) [a-z]|"
    rf"{_BY_CLINICIAN}(?:cued|prompted|coached) {_PATIENT} for [a-z]|"
    rf"{_BY_CLINICIAN}(?:cued|prompted|coached) (?:the|each|every|both|his|her) [a-z]"
)
# The clinician's voice leads the movement.
_STEPS: Final = (
    r"(?:steps?|turns?|beats?|counts?|reps?|breaths?|numbers?|moves?|words?|letters?|targets?|pace|rhythm|sequence|"
    r"lines?|directions|instructions)"
)
_PACED: Final = folded(
    rf"(?:{_BY_CLINICIAN}|{_OPENS})(?:(?:counted|talked|coached|sang) {_PATIENT} (?:verbally )?(?:down|up|in|into|out|"
    rf"through|across|over|around|onto|off|along|past)\b|(?:called|counted|named|spoke|read) (?:out )?(?:(?:the|each|"
    rf"every|off|his|her) )*(?:[a-z]+ )?{_STEPS} (?:for|to|with) (?:him|her|them)\b)|"
    rf"\b{_STEPS} (?:(?:was|were) )?(?:called|counted|read|spoken)(?: out| off| aloud)* by (?:the |her |his )?(?:me|"
    rf"therapist|clinician|pta?|ota?|otr|cota|slp)\b"
)
# What the patient's own dressing, washing or meal needs.
_OWN_THING: Final = (
    r"(?:clothe?s|clothing|garments?|shirt|coat|blouse|pants|trousers|dress|socks?|shoes?|slippers|jacket|sweater|bra|"
    r"razor|towels?|basin|soap|washcloth|wash ?cloth|toothbrush|toothpaste|comb|hair ?brush|dentures|make-?up|"
    r"plate|tray|meal|breakfast|lunch|dinner|supper|food|meat|utensils?|fork|spoon|knife|cup|mug|bowl|glass|milk|"
    r"cartons?|packets?|packages?|containers?|lids?|bottles?|cans?|jars?|thermos|toiletries|supplies|splint|brace|"
    r"frame|sock aid|reacher|walker|board|commode|bench)"
)
_LAID: Final = r"(?:laid|set|put|got|placed) (?:out|ready)|gathered|prepared"
_OPENED: Final = r"opened|loosened|unscrewed|uncapped|unwrapped|cut(?: up)?|poured|buttered|peeled|filled"
_PUT: Final = rf"{_LAID}|set|set up|placed|put|brought|fetched|handed"
_SET_OUT: Final = folded(
    rf"{_BY_CLINICIAN}(?:(?:{_PUT}|{_OPENED}) (?:(?:the|an?|his|her|their|all|both|two) )*(?:[a-z]+ )?{_OWN_THING}"
    rf"(?: (?:and|,) (?:the |his |her )?[a-z]+)? (?:in order|in reach|within reach|out|up|ready|for (?:him|her|them)|"
    rf"(?:on|in|at|by|to) (?:the|his|her) (?:bed|sink|chair|table|lap|tray|left|right|counter|bedside)\b)|"
    rf"(?:{_LAID}) (?:(?:the|his|her|their|all) )+(?:[a-z]+ )?{_OWN_THING}\b|"
    rf"(?:{_OPENED}) (?:(?:the|his|her|all|both) )+(?:[a-z]+ )?{_OWN_THING}\b|"
    rf"(?:laid|set|got|put) out [a-z ]{{2,30}}? for (?:him|her|them)\b)|"
    rf"\b{_OWN_THING} (?:(?:was|were) )?(?:{_PUT}|{_OPENED}) (?:for (?:him|her|them) )?by (?:the |an? |her |his )?"
    rf"(?:me|us|therapist|clinician|pta?|ota?|otr|cota|slp)\b|"
    rf"\b{_OWN_THING} (?:(?:was|were) )?(?:{_PUT}|{_OPENED})(?: (?:(?!by\b)[a-z]+ ){{0,5}}?| )for (?:him|her|them)\b"
    rf"(?! (?:to|son|daughter|husband|wife|mother|father|family|aide)\b)|"
    rf"{_OPENS}(?:the |his |her )?{_OWN_THING}(?: and [a-z]+)? (?:laid|set) out(?=[.,;\n]|$)|"
    rf"\b(?:items|things|everything|equipment) (?:(?:was|were) )?(?:{_LAID}) (?:for (?:him|her|them) )?by (?:the |her |"
    rf"his )?(?:me|us|therapist|clinician|pta?|ota?|otr|cota|slp)\b"
)
# The clinician stays beside the patient, in however many words.
_STOOD: Final = folded(
    rf"\b{_CLINICIAN} (?:(?:walked|stood|stayed|kept|sat) (?:(?!with\b)[a-z]+ ){{1,5}}?|followed (?:[a-z]+ ){{1,6}}?)"
    rf"(?:behind|beside|next to|close to) {_PATIENT}\b|"
    rf"\b{_CLINICIAN} (?:was|walked|stood|stayed|kept) (?:right |just )?(?:at|by) (?:his|her) (?:elbow|side|shoulder|"
    r"hip|heels)\b|"
    rf"{_OPENS}(?:stood|stayed|walked|kept) (?:close |right |just )?(?:beside|behind|next to|close to) "
    r"(?:him|them|her(?=[.,;\n]| (?:at|on|in|for|all|through|throughout|the|to|while|during)\b|$))"
)
_GUARDED: Final = folded(
    r"(?<!his )(?<!her )(?<!own )\b(?:guarded (?:(?:him|her|them) )?(?:at|by|on) (?:the |his |her )?(?:gait )?(?:belt|"
    r"trunk|hips?|waist|pelvis|elbow|shoulders?|axilla)|guarding (?:at|by|on) (?:the |his |her )?(?:gait )?"
    r"(?:belt|waist))\b"
)
# "one word from me to keep the chest up"
_ONE_WORD: Final = folded(
    r"(?<!not )\b(?:an?|one|two|three|four|five|\d|single|a few) (?:single |quick )?words? from (?:me|"
    r"the (?:therapist|clinician|pta?|"
    r"ota?|cota|slp))\b"
)
# A hand that keeps the belt, or steadies where it is told: "a light grip on the belt", "steadied at the elbow".
_HELD: Final = folded(
    rf"\b(?:grip|hold|hands?) (?:on|of|at) (?:the |his |her )?(?:gait |transfer )?belt\b|"
    rf"\b{_CLINICIAN} (?:had|kept|held|took) (?:hold of )?(?:the |his |her )?(?:gait |transfer )?belt\b|"
    r"(?:(?<=[,;.:] )|(?<=\n)|\bthe )(?:gait |transfer )?belt (?:was )?(?:held|in (?:my )?hand)\b|"
    rf"(?:{_BY_CLINICIAN}|{_OPENS})steadied (?:at|by) (?:the |his |her )?(?:[a-z]+ )?(?:elbows?|hips?|shoulders?|arms?|"
    r"trunk|waist|pelvis|hands?|ribs)\b"
)
# Within reach, and no hand on the patient.
_NEAR: Final = folded(
    rf"\b{_CLINICIAN} (?:stood|stayed|was|kept|walked|waited) (?:[a-z]+ ){{0,2}}?(?:within (?:arm'?s )?reach|close by|"
    r"nearby|at hand|ready to (?:catch|help|steady))\b"
)
# The clinician's hand or finger tells the patient where or how.
_TRACED: Final = folded(
    r"\b(?:my|therapist'?s|clinician'?s|pt'?s|ot'?s|slp'?s) (?:hands?|fingers?|fingertips?|thumbs?|palm|knuckles?) "
    r"(?:(?:lightly|gently|just) )?(?:traced|tapped|pressed|brushed|touched|stroked|followed|marked|showed|told|drew)\b"
)
# What is said in quotation marks where a clause opens with saying it to the patient.
_SAID_TO: Final = folded(
    rf"{_OPENS}(?:said|called|repeated|whispered) \"[a-z][^\"\n]{{1,40}}\" (?:to (?:him|her|them)|each|every|before|at "
    r"(?:the|each|every))\b|"
    rf"\"[a-z][^\"\n]{{1,40}}\" (?:from (?:me|the (?:therapist|clinician|pt|ot|slp))|was (?:my|the) (?:only )?(?:word|"
    r"cue|prompt|reminder))\b"
)
_NODDED: Final = folded(
    r"\b(?:nod|wave|point|gesture|hand sign)s? from (?:me|the (?:therapist|clinician|pta?|ota?|otr|cota|slp))\b"
)
_OVER_HAND: Final = folded(rf"{_OPENS}hands? (?:over|under) (?:his|hers|theirs)\b")
# Nobody gave a hand.
_UNHELPED: Final = folded(
    r"\b(?:nobody|no one) (?:(?:had|needed) to )?(?:help|touch|assist|steady)(?:ed)?\b|\bi (?:did not|didn't|never) "
    r"(?:have "
    r"to |need to |had to )?(?:touch|help|hold|steady|assist)(?:ed)?(?: (?:him|her|them|once))?\b|"
    r"\b(?:needed|asked|wanted) (?:nothing|no (?:hands?|help|hand)) from (?:me|us|the (?:therapist|clinician|pt|ot))\b"
)
_ACTS: Final = Shapes(
    ("verbal_cues", _ADDRESSED),
    ("verbal_cues", _PACED),
    ("setup", _SET_OUT),
    ("standby", _STOOD),
    ("contact_guard", _GUARDED),
    ("verbal_cues", _ONE_WORD),
    ("contact_guard", _HELD),
    ("standby", _NEAR),
    ("tactile_cues", _TRACED),
    ("verbal_cues", _SAID_TO),
    ("gestural_cues", _NODDED),
    ("hand_over_hand", _OVER_HAND),
    ("independent", _UNHELPED),
)
ACTS_GATE: Final = _ACTS.gate


def told_acts(low: str, sentence: Sentence) -> Iterator[Cue]:
    """Help of ``sentence`` told as an act of the clinician; what another person did is none."""
    for cue in _ACTS.find(low, sentence):
        if _BY_ANOTHER.match(low, cue.end) is None:
            yield cue


# "reminded to keep the sling on by the surgeon"
_BY_ANOTHER: Final = folded(
    r"[^.;,\n]{0,40}?\bby (?:the |his |her )?(?:surgeon|doctor|dr|md|physician|nurs\w*|aide|wife|husband|daughter|son|"
    r"mother|father|family|caregiver|staff|teacher)\b"
)
