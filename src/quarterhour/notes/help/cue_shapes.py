"""Cues told without the word: by a touch ("a tap on the left hip on 2 of 5"), by what was said ("big step" once a lap),
shown ("picture card for each step") or pointed at; and tries told as done alone ("5 alone", "1 of 10 with no cue").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quarterhour.notes.help.cue_lists import Cue
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded

_NUMBER: Final = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|once|twice)"
)
# How often, in words or figures, as it stands behind a cue.
_OFTEN: Final = (
    rf"(?:,? ?x ?\d{{1,2}}\b|,? {_NUMBER} ?x\b|,? (?:about |some )?{_NUMBER}(?: or {_NUMBER})? times\b|"
    rf",? (?:about )?(?:once|twice)\b|"
    rf",? (?:on|for|before|at|during|with) (?:the )?(?:first|last|each|every|most|half|all|both|some|several)\b|"
    rf",? (?:on|in|for|before) {_NUMBER}(?: of| ?/)? (?=\d|the\b|[a-z]+)|"
    r" throughout\b|,? (?:about |almost |nearly )?(?:each|every|most|half) (?:\w+ )?(?:time|rep|trial|turn|set|step|"
    r"lap|lift|reach|bite|item|stand|attempt|tr(?:y|ie))s?\b|,? \d{1,3} ?%)"
)
# What a hand on the body is for: "to slow the turn", "for a tilt", "for feedback".
_PURPOSE: Final = (
    r",? (?:to (?!(?:the|his|her|push|rise|stand|get|reach|steady (?:him|her)self|support)\b)[a-z]|for (?:an?|the|each|"
    r"every|feedback|tactile|proprioc\w*|awareness)\b(?! (?:pain|cough|support|balance)))"
)
_BODY: Final = (
    r"(?:hips?|pelvi[sc]|asis|shoulders?|scapulae?|(?:shoulder )?blades?|knees?|ankles?|foot|feet|heels?|toes?|"
    r"elbows?|wrists?|breastbone|collar ?bones?|clavicles?|kneecaps?|tailbone|forehead|"
    r"fingertips?|fingers?|thumb|trunk|ribs?|rib cage|chest|sternum|spine|larynx|throat|jaw|chin|cheeks?|lips?|tongue|"
    r"neck|quad\w*|glute\w*|calf|thighs?|forearm|arms?|legs?|condyle|abdomen|belly|core|sacrum|hamstrings?|lats?|"
    r"traps?|trapezi(?:us|i)|masseters?|rhomboids?|paraspinals|serratus|iliac crests?|gastroc\w*|mandible|acromion|"
    r"deltoids?|triceps|biceps|patella|shin|brow|temple|(?:low(?:er)? |upper |mid )?back|waist|buttocks?|hands?)"
)
_SIDE: Final = (
    r"(?:(?:the|his|her|their|r|l|rt|lt|right|left|both|each|my|low) |over |under |behind ){0,3}"
    r"(?:[a-z]+al |upper |lower |outer |inner |weak(?:er)? |sore |painful |bad |affected |involved |operated |stance |"
    r"swing |lead(?:ing)? |trailing |(?:front|back|side|outside|inside|top) of (?:the |his |her )?)?"
)
_TOUCH: Final = folded(
    rf"\b(?:(?<!on )(?<!to )(?<!from an )(?<!from a )(?<!against a )(?<!after a )(?<!from each )(?:taps?|"
    rf"touch(?:es)?|nudges?|squeezes?) "
    rf"(?:at|on|to|over|behind|under|against|along|of) {_SIDE}{_BODY}\b|"
    rf"(?:my|therapist'?s?|clinician'?s?|pt'?s|ot'?s|a flat|an open|light) (?:light |open |flat )?(?:hands?|fingers?|"
    rf"fingertips?|thumb|palm) "
    rf"(?:at|on|over|behind|under|against) {_SIDE}{_BODY}\b|"
    rf"(?<!his )(?<!her )(?<!own )(?:hands?|fingers?|fingertips?|thumb|palm) "
    rf"(?:at|on|over|under|behind|between|against) {_SIDE}{_BODY}(?={_OFTEN})|"
    rf"(?<!one )(?<!his )(?<!her )(?<!own )(?:hands?|fingers?|fingertips?|thumbs?|palm) "
    rf"(?:at|on|over|under|behind|between|against|along) {_SIDE}{_BODY}(?: (?:border|bone|blade|edge))?(?={_PURPOSE})|"
    rf"(?<=[a-z] )(?:tapped|nudged)(?: (?:in|out|for|back|down|up)(?:ward)?)?(?={_OFTEN})|"
    rf"(?:tapped|nudged|stroked) {_SIDE}{_BODY}\b|"
    rf"\b(?:i|therapist|clinician|pta|ota|cota|slp) (?:then |also |just )?(?:put|placed|laid|set|rested|kept|pressed) "
    rf"(?:(?:an?|one|two|three|my|both|light|flat|open) ){{0,3}}(?:hands?|fingers?|fingertips?|thumbs?|palm) "
    rf"(?:at|on|over|behind|under|against) {_SIDE}{_BODY}\b|"
    rf"{_BODY} (?:taps?|touch(?:es)?|nudges?|squeezes?)(?:, (?:light|gentle|firm|brief))?(?={_OFTEN})|"
    rf"(?:(?:light|gentle|firm|steady|downward) |(?<=[,;.] )|(?<=\n))pressure (?:at|on|over|to|"
    rf"through) {_SIDE}{_BODY}(?=,? to (?!relieve|reduce|avoid|prevent|release|inhibit|loosen)[a-z]|{_OFTEN})|"
    rf"\btc(?: ?x ?\d{{1,2}})?(?: (?:at|on|to|over|for))? {_SIDE}{_BODY}\b|"
    rf"facilitation (?:at|on|to|through|over) {_SIDE}{_BODY}\b|"
    rf"tactile(?: \d{{1,3}} ?%)? (?:at|on|to|over) {_SIDE}{_BODY}\b)(?:{_OFTEN})?"
)
# A hand that stays at the belt or the waist is ready to hold.
_GUARDED: Final = folded(
    r"\b(?:(?:a|one|my|both|therapist'?s?|clinician'?s?|pt'?s|ot'?s) )?(?:light )?hands?(?:-on)?(?: (?:stayed|"
    r"kept|held|"
    r"resting|hovering|always|lightly|was|were|staying|ready)){0,2} (?:on|at|near|by) (?:the |his |her )?(?:gait |"
    r"transfer )?(?:belt|waist)\b|\btouch(?:ing)?(?: (?:at|on))? (?:the |his |her )?(?:gait |transfer )?belt\b"
)
_SAID: Final = folded(
    rf"\"[a-z][a-z ,'-]{{1,30}}[,.]?\"\)? ?(?:(?:, (?=(?:spoken|called|repeated|given|whispered|"
    rf"said (?:each|every|before|at|as))\b))?(?:was )?"
    rf"(?:said|spoken|called(?: out)?|repeated|given|"
    rf"whispered)\b(?: (?:at|on|about|before|"
    rf"with|each|every)\b)?(?:{_OFTEN}| once a \w+)?|{_OFTEN}|reminders?\b|(?:verbal )?cues?\b|prompts?\b)"
)
# What the therapist said is a cue without how often.
_TOLD: Final = folded(
    rf"\b(?:i|we|therapist|clinician|pt|ot|slp) (?:(?:had to|kept|also|only|just) )?(?:said|say|saying|called(?: out)?|"
    rf"repeated|repeating) (?:\"[^\"\n]{{2,40}}\"|[a-z][^.;,\"\n]{{2,40}}?,?(?={_OFTEN}))(?:{_OFTEN})?|"
    rf"\b(?:i|therapist|clinician|slp) (?:count(?:ed)?|named|read|spoke|told) [^.;,\"\n]{{0,40}}?\b(?:aloud|out loud)\b"
    rf"(?:{_OFTEN})?"
)
_NOT_SAID: Final = folded(
    r"\b(?:like|as)\b[^.;,\n\"]{0,12}$|\b(?:corrected|fixed|said|says|reports?|reported|states?|stated|asked|feels?|"
    r"felt|named|wrote|called|"
    r"read|"
    r"group|class|script|word|phrase|title)\b[^.;\n\"]{0,12}(?:\"[^\"\n]{1,20}\" (?:to|into|as|for) )?$"
)
_CUED: Final = folded(
    rf"\b(?:cued|reminded|prompted|told|coached)(?: (?:her|him|them))? (?:for|of|about|the(?! (?:clinician|therapist|"
    rf"pt|ot|slp))|her|his|to) [^.;,\n\"]{{2,30}}?{_OFTEN}|"
    rf"\b(?:cued|reminded|prompted|told|coached) (?:her|him|them){_OFTEN},? (?:to|of|about|not) [a-z]+|"
    rf"\b(?:remind(?:ed|ing)?|reminders?) (?:(?:him|her|them|pt) )?(?:of|about) [a-z]|"
    rf"\b(?:talked|coached|walked|guided) (?:(?:him|her|them|pt|patient) )?(?:verbally )?through (?:the|each|it|every|"
    rf"both|his|her|all)\b(?! (?:plan|program|results|findings|options|report|schedule|goals?|home|diagnosis)\b)|"
    rf"\b(?:verbally (?:cued|prompted|reminded|redirected|coached)|(?:cued|prompted|reminded|"
    rf"redirected) verbally)(?:{_OFTEN})?|"
    rf"\b(?:[a-z-]+ ){{1,4}}?prompts?\b(?= (?:fading|faded|from) )|(?<=[;,.] )count[a-z -]{{0,16}} prompts?\b"
)
# What the therapist had to say again: "had to tell him to slow the left foot, maybe five times". What the patient told
# others is none.
_HAD_TO_SAY: Final = folded(
    rf"(?:\b(?:i|we|therapist|clinician|pta?|ota?|cota|slp) |(?<=[.;,] )|(?<=\n)|\band )(?:also |still |then )?"
    rf"(?:had to|have to|needed to|kept|was) (?:keep |go on )?(?P<said>(?:tell|remind|ask|cue|prompt|warn)(?:ing)? "
    rf"(?:him|her|them|pt|the patient) (?:[a-z]+ ){{0,2}}?(?:to|not to|about|of) [^.;,\n]{{2,50}}"
    rf"(?:,? (?:maybe |about )?{_OFTEN})?)"
)
# The patient's hand led by the therapist's: "I guided her hand over the knife", "my hand over his on the saw".
_LED: Final = folded(
    r"\b(?:(?:i|we|therapist|clinician|pta?|ota?|cota|slp) (?:then |also |had to )?(?:guided?|steer(?:ed)?|led|moved?) "
    r"(?:his|her|their) (?:(?:left|right|weak|affected|other) )?(?:hands?|fingers?|wrists?) (?:over|to|through|"
    r"along|onto|around|down|up|across)\b[^.;,\n]{0,30}|my hands? (?:over|on|under|around) "
    r"(?:his|hers|her own|theirs|(?:his|her|their) hands?)"
    r"(?= (?:on|for|at|to|through|with|in|during)\b|[.,;\n]|$))"
)
_SHOWN: Final = folded(
    r"\b(?:(?:picture|photo|arrow|symbol|icon|checklist|sequence|step|task|flash|color|schedule|word|"
    r"letter)[a-z-]* ?(?:cards?|strips?|"
    r"boards?|lists?|sheets?)|checklist|(?:tape|"
    r"dots?|lines?|"
    r"stickers?|arrows?|marks?|markers?|footprints?)(?: marks?| lines?)?|highlight\w*(?: \w+)?) "
    r"(?:shown|held up|pointed|taped|posted|on (?:the |her |his |l |r |left |right )*(?:sock|sleeve|plate|shirt|shoe|"
    r"glove|brakes?|"
    r"rail|walker|cuff|hem|page|margin|cup)|(?:(?:on|at|in front of|above|beside|along|of) (?:the |each |his |"
    r"her |eye )?"
    r"[a-z]+ (?:(?:on|at|by) (?:the |his |her )?[a-z]+ )?)?(?:as|for|to) (?:a |an |the |her |him |his |"
    r"each )?(?:cue|guide|"
    r"reminder|targets?|order|sequence|follow|look|aim|step(?! over)|reach|start|find|remind|read|check|hit)\b|(?:as|"
    r"for) (?:a )?(?:cue|guide|reminder|target|the order|order|(?:each|"
    r"every) "
    r"\w+|sequence|sequencing|attention|placement|to look)|to (?:look|aim|step(?! over)|reach|start))\b[^.;,\n]{0,20}|"
    r"(?:colou?red|bright|red|yellow|green|blue|orange) (?:tabs?|dots?|tape|labels?|lines?|cards?|stickers?|flags?) "
    r"(?:on|at|by|along|across) (?:the |each |his |her |eye )?[a-z]+|mirror with (?:an? )?(?:(?:midline|"
    r"vertical|cent(?:er|re)) )?(?:tape|line|stripe|marks?)\b|(?:picture|photo|word|arrow|symbol) ?(?:cards?|labels?|"
    r"strips?) (?:on|above|beside|inside|taped to) (?:the |each |his |her )(?!(?:table|desk|mat|floor|tray|wall|screen|"
    r"board|bed|counter)\b)[a-z]+|mirror set(?: up)?\b(?: [^.;,\n]{0,20})?|"
    r"(?:picture|photo|symbol|word|letter) ?(?:cards?|strips?|boards?|lists?|sheets?)(?= (?:\+|&|and|plus) (?:\d{1,2}|"
    r"one|two|three|four|a) (?:spoken|verbal|tactile|word) )|(?<=with )(?:a |the )?(?:colou?red|bright|red|yellow|"
    r"green|blue|orange) (?:tabs?|dots?|tape|lines?|stickers?|"
    r"flags?)(?= (?:\d{1,2}/\d|to (?:find|start|look|mark|show|guide)))|"
    r"(?:meter|screen|display|graph|mirror|waveform|timer|clock|scale|(?:(?:tape|line|card|list|picture|photo|recipe|"
    r"arrow|strip|checklist|step|sequence)s? ){1,2}(?:(?:for|of) (?:the |each |his |her )?[a-z]+ )?)"
    r" ?(?:(?:left|kept|propped|held|placed|hung|posted|always) )?in (?:view|sight)\b(?: [^.;,\n]{0,20})?"
)
# A thing that was there for some or all of the tries: "laser line on the floor for the last three".
_SHOWN_FOR: Final = folded(
    rf"\b(?:(?:an? |the )?(?:[a-z]+ )?)(?:lines?|dots?|strips?|tape|ruler|marks?|markers?|arrows?|cards?|clips?|"
    rf"stickers?|"
    rf"labels?|flags?|pictures?|footprints?) (?:on|along|at|above|beside|under) (?:the |each |his |her )?[a-z]+ "
    rf"for (?:the )?(?:rest|others|all|both|each|every|most|(?:first|last|next|other|remaining) (?:{_NUMBER}|[a-z]+))\b"
)
_SIGNAL: Final = folded(
    rf"\b(?:thumbs?[- ]up|hand|nod|finger|light|eye)(?: sign)?(?: as (?:a |the )?)?(?: ?signals?|"
    rf" cues?)\b(?:{_OFTEN})?|\bthumbs?-up as signal\b"
)
_POINTED: Final = folded(
    rf"(?:(?<=[,;.] )|(?<=\n)|\b(?:therapist|clinician|i|pt|ot|slp) )(?:pointed|pointing|gestured|motioned|nodded|"
    rf"waved) (?:to|at|toward) [^.;,\n]{{2,30}}?"
    rf"(?:{_OFTEN}|(?=[.;,\n]|$))|"
    rf"(?:(?<=[,;.:] )|(?<=\n))(?:a point|points) (?:to|at|toward) [^.;,\n]{{2,30}}?{_OFTEN}|"
    rf"(?:(?<=[,;.:] )|(?<=\n))(?:a )?gestures? (?:(?:to|at|toward) [^.;,\n]{{2,40}}?(?:{_OFTEN}|(?=[.;,\n]|$))|"
    rf"(?:on|for|x) ?{_NUMBER}\b)"
)
# Behind cued tries: "mirror cue on 5 of 10, then 5 alone". A score ("naming 5/12 alone") tells no help.
_ALONE: Final = folded(
    rf"(?:\bthen|[,;]|\band) (?:the )?(?:(?:last|other|next|final) )?(?:{_NUMBER}|rest|"
    rf"others)(?: of {_NUMBER})?(?: [a-z]{{4,}}){{0,2}} (?:were )?(?:alone|unaided|"
    rf"unprompted|uncued|without(?: (?:either|it|them|any|both|(?:a |any )?(?:cues?|prompts?|cueing|"
    rf"help)))?(?=[.,;\n]|$)|with no (?:cues?|"
    rf"prompts?|help)|"
    rf"with (?:nothing|none)|on (?:his|her|their) own)\b|"
    rf"(?<![a-z\d] ){_NUMBER} of {_NUMBER} [a-z]{{4,}} (?:alone|unaided|on (?:his|her|their) own|by (?:him|her)self)"
    rf"(?=[.,;\n]|$)|"
    rf"(?<=[,;] ){_NUMBER} ?(?:/|of|out of) ?{_NUMBER} with(?:out)?(?: none)?(?=[.,;\n]|$)|"
    rf"\b(?:then|after that,?|afterwards?,?) (?:alone|unaided|unassisted|unprompted|uncued|by (?:him|her)self|"
    rf"on (?:his|her|their) own)(?=[.,;\n]|$| (?:on|for|by|at|x) ?(?:the )?(?:last|rest|others?|{_NUMBER}))|"
    rf"\b(?:unaided|unassisted|unprompted|uncued|by (?:him|her)self|on (?:his|her) own) (?:by|on|at) (?:the )?"
    rf"(?:last|final|end|second|third|fourth|fifth|sixth|{_NUMBER})\b|"
    rf"(?:(?<=, )|(?<=: )|(?<=, then )|(?<=[a-z\d] then ))none (?:needed |given |"
    rf"required )?(?!on \d{{1,2}}/)(?:(?:for|in|on|by|at|"
    rf"during|from) (?:the )?)?(?:{_NUMBER}\b|"
    rf"rest\b|(?:last|next|other|final) (?!(?:{_NUMBER} )?(?:days?|nights?|weeks?|visits?|months?|hours?|"
    rf"time)\b)[a-z\d]+\b|(?:round|rep|set|trial|lap|item|try|"
    rf"pass) {_NUMBER}\b|(?:second|"
    rf"third|fourth|fifth|sixth) (?:round|rep|set|trial|lap|try|pass)\b|"
    rf"others?\b|remaining\b)(?: ?/ ?\d{{1,2}})?(?: (?:of|and) (?:the )?{_NUMBER})?|"
    rf"(?<=, )(?:alone|unaided|unprompted|uncued) (?:now|today)\b|"
    rf"(?:(?<=[.] )|(?<=\n))(?:the )?(?:last|other|next|remaining) {_NUMBER} (?:(?!days|nights|weeks|visits|months|"
    rf"hours)[a-z]{{4,}} )?(?:were )?(?:alone|unaided|"
    rf"unprompted|by (?:him|her)self|on (?:his|her) own)(?=[.,;\n]|$)|"
    rf"\bnone[;,.] (?:s?he|pt|patient|client|they) (?:[a-z]+ ){{1,6}}(?:(?:him|her)self|alone|unaided)\b"
)
# Work done alone, in a list of what help other work had: "coat zipper min A, shoes on alone".
_LISTED_ALONE: Final = folded(
    r"(?<=[,;] )(?:(?!(?:lives?|living|she|he|is|was|be|left|stays?|at|home|not|to|can|when|if)\b)[a-z]+ ){1,4}"
    r"(?:alone|by (?:him|her)self|unaided|unassisted)(?=[.,;\n]|$)"
)
# Work told as done alone: "all six lifts unaided", "three trips without any help".
_BY_SELF: Final = folded(
    r"(?:(?<=[a-z\d)] )|(?<=[a-z\d], ))(?:unaided|unassisted|"
    r"without (?:me|(?:any |a )?(?:help|assist(?:ance)?|hand)(?: from [a-z]+)|any (?:help|assist(?:ance)?|hands[- ]on)|"
    r"hands[- ]on(?: help| assist(?:ance)?)?)|hands[- ]off)\b"
)
# What the patient did alone once the help had ended: "after that he did the card by himself".
_AFTER_HELP: Final = folded(
    r"\b(?:(?:then|after (?:that|which)|from (?:then|there) on|afterwards?|thereafter),? (?:s?he|they|pt|patient|"
    r"client|resident|student) (?![^.;,\n]{0,30}\bnot\b)(?!(?:lived|stayed|sat|waited|lives|was|came|drove|"
    r"returned|fell|moved)\b)"
    r"[a-z]+ [^.;,\n]{2,40}?|(?:s?he|they|pt|patient|client|resident|"
    r"student) [a-z]+ the (?:rest|others?|remaining|last|next|final|second|third)\b[^.;,\n]{0,24}? )"
    r"(?P<alone>by (?:him|her|them)sel(?:f|ves)|on (?:his|her|their) own|alone)(?=[.,;)\n]|$)"
)
# Where nothing is told of the work of this visit.
_NOT_DONE: Final = folded(
    r"\b(?:can|could|cannot|can't|couldn't|to(?! (?:the|an?|his|her|their|each|\d)\b)|wants?|hopes?|wishes|will|"
    r"would|goals?|home|lives?|living|until|"
    r"not|never|"
    r"unable|if|when|prior|usually|safe|ready|each (?:day|morning|night))\b[^.;\n]{0,60}$"
)
_PROMPTED: Final = folded(rf"\b(?:prompted|redirected|cued)(?:{_OFTEN}| (?:most|every|each) \w+)")
_MODELED: Final = folded(
    rf"\b(?:(?:full|clinician|therapist|direct|spoken) )?model(?:ed|ing)?(?:{_OFTEN}| \d{{1,2}}/\d)|"
    rf"(?:(?<=[,;.] )|(?<=\n)|\b(?:after|once|when) |\b(?:after |once |when )?(?:i|therapist|clinician|pt|ot|slp) )"
    rf"(?:showed|demonstrated|demoed) (?!(?:his|her) [a-z])(?:it|him|her|them|how|each|"
    rf"(?:the )?[a-z]+(?= (?:once|twice|"
    rf"first|x ?\d|before)\b))(?: (?:once|twice|first|how|x ?\d))?\b(?! (?:husband|wife|son|daughter|aide|"
    rf"family|caregiver|"
    rf"mother|father|spouse|partner|nurse|staff))|"
    r"(?<=[,;.] )(?:an? |one |the |full )?(?:model|demonstration|demo) (?:for|on|before|of|at) (?:the )?(?:first|last|"
    r"second|third|fourth|next|other|rest|each|every|both|all)\b|"
    rf"\b(?:leader|peer|partner|teacher|clinician|therapist) model(?:s|ed|led) (?!for\b)[a-z]"
)
# A figure of another day beside it makes it a comparison, not the level of this visit.
_BESIDE: Final = folded(
    r",? (?:\(?was |from (?!(?:me|us|any|the (?:therapist|clinician|pt|ot|slp)|staff)\b)|down from |up from |vs )|, "
    r"\d[^.;,]{0,12}\b(?:on|at|in|last)\b|"
    r"[;,(] ?\d{1,3}(?:(?:/| of )\d+)? (?:on|last|at)\b|"
    rf"[;,(] ?(?:none|{_NUMBER}) (?:on \d{{1,2}}/|last (?:visit|week|time|session)|at (?:eval|start|soc|the start))"
)


# By the value that a word has in the family ``cue_word``: the level told, and the shapes the word may open.
_SHAPES: Final = {
    "touch": (
        ("contact_guard", _GUARDED),
        ("hand_over_hand", _LED),
        ("tactile_cues", _TOUCH),
        ("visual_cues", _SIGNAL),
    ),
    "cued": (("verbal_cues", _CUED), ("cues", _PROMPTED)),
    "told": (("verbal_cues", _HAD_TO_SAY),),
    "shown": (("visual_cues", _SHOWN), ("visual_cues", _SHOWN_FOR)),
    "signal": (("visual_cues", _SIGNAL),),
    "pointed": (("gestural_cues", _POINTED),),
    "modeling": (("modeling", _MODELED),),
    "alone": (
        ("independent", _ALONE),
        ("independent", _BY_SELF),
        ("independent", _AFTER_HELP),
        ("independent", _LISTED_ALONE),
    ),
    "said": (("verbal_cues", _TOLD),),
}
_GATES: Final = {shape: gate(shape) for shape in dict.fromkeys(shape for told in _SHAPES.values() for _, shape in told)}
CUE_WORD: Final = BIT["cue_word"]
_HELPS: Final = LEVELS | BIT["help"]


def shaped_cues(low: str, sentence: Sentence) -> Iterator[Cue]:
    """Cues and tries alone of a sentence with a word of ``CUE_WORD``; they may overlap each other and phrases of the
    lexicon.
    """
    start, end = sentence.start, sentence.end
    for value in dict.fromkeys(hit.values["cue_word"] for hit in sentence.hits if "cue_word" in hit.values):
        for level, shape in _SHAPES[value]:
            if not sentence.gates & _GATES[shape] or (shape is _LISTED_ALONE and not sentence.mask & _HELPS):
                continue
            for match in shape.finditer(low, start, end):
                if any(is_none(low, sentence, match.start()) for is_none in _NO_CUE.get(shape, ())):
                    continue
                if _BESIDE.match(low, match.end(), end) is None and not _of_a_thing(low, sentence, *match.span()):
                    yield Cue(level, *match.span(match.lastgroup or 0), True)


def _is_not_of_visit(low: str, sentence: Sentence, place: int) -> bool:
    """What is told at ``place`` is what the patient can or wants to do, or does at home."""
    return _NOT_DONE.search(low, max(sentence.start, place - _REACH), place) is not None


_REACH: Final = 70  # code points


def _patient_told(low: str, sentence: Sentence, place: int) -> bool:
    """The patient tells something at ``place`` as the next deed: "patient dealt cards and told the rule for each"."""
    return _TOLD_WHAT.match(low, place) is not None and (
        _DEED_AND.search(low, max(sentence.start, place - _REACH), place) is not None
    )


_TOLD_WHAT: Final = folded(r"told (?:the|her|his)\b")
_DEED_AND: Final = folded(r"\b(?:s?he|they|patient|resident|client|student|child) [a-z]+ [^.;:\n]{0,50}?(?:\band|,) $")


def _gives_reason(low: str, sentence: Sentence, place: int) -> bool:
    """What is told at ``place`` is why something was done: "since with the whole list in view he starts over"."""
    return _REASON.search(low, max(sentence.start, place - _REACH), place) is not None


_REASON: Final = folded(r"\b(?:since|because|unless|whenever) (?:[a-z]+ ){0,5}$")
# By the shape: where a match of it is no cue.
_NO_CUE: Final = {
    _BY_SELF: (_is_not_of_visit,),
    _AFTER_HELP: (_is_not_of_visit,),
    _CUED: (_patient_told,),
    _SHOWN: (_gives_reason,),
    _SHOWN_FOR: (_gives_reason,),
}


_BACK: Final = 200  # code points of a sentence that may have no stop


def _of_a_thing(low: str, sentence: Sentence, start: int, end: int) -> bool:
    """A "without" or "none" in [start, end) leaves out a thing and no help: "3 of 10 with the weight, 8 without"."""
    if not (low.startswith("none ", start) or low.endswith(_LEFT_OUT, 0, end)):
        return False
    helped = any(hit.mask & _HELPS and hit.end < end for hit in sentence.hits)
    return not helped and not any(shape.search(low, max(sentence.start, start - _BACK), start) for shape in _GIVEN)


_LEFT_OUT: Final = (
    "without",
    "none",
    "without either",
    "without it",
    "without them",
    "without any",
    "without both",
    "nothing",
)
# Cues that no word of help names.
_GIVEN: Final = (_SHOWN, _SHOWN_FOR, _TOUCH)


def said_cues(low: str) -> Iterator[Cue]:
    """Words said to the patient, in quotation marks, with how often; what the patient said is none."""
    for match in _SAID.finditer(low) if '"' in low else ():
        if (
            _NOT_SAID.search(low, max(0, match.start() - _BEFORE_QUOTE), match.start()) is None
            and _BESIDE.match(low, match.end()) is None
        ):
            yield Cue("verbal_cues", *match.span(), True)


_BEFORE_QUOTE: Final = 44  # code points
