"""What happened to the patient under the work, told without a verb of feeling: two figures of one symptom, two tries
side by side, a symptom that came or went behind a task, a part of the body that began to fail.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.elements.grade import FRAME, NOT_TODAY, Facts, done_outside
from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded

#: Parts of the body.
PART: Final = (
    r"(?:shoulder|neck|back|elbow|wrist|hand|thumb|fingers?|fingertips?|hip|groin|knee|calf|calves|thighs?|quads?|shin|ankle|foot|heel|"
    r"toes?|legs?|"
    r"arms?|jaw|head(?! (?:kept moving|moved|in motion))|trunk|voice|throat|scar|lbp|ha)"
)
#: Signs and symptoms.
SIGN: Final = (
    r"(?:pain|ache|aching|sx|symptoms?|numb\w*|tingl\w+|burning|cramp\w*|spasms?|stiff\w*|tight\w*|swelling|effusion|"
    r"edema|redness|"
    r"dizz\w+|vertigo|nausea|headache|fatigue|tired\w*|sob|dyspnea|clicking|catching|popping|grinding|locking|tremor|"
    r"shak\w+|"
    r"buckling|heaviness|soreness|breathless\w*|hoarse\w*|cough\w*|twitch\w*|fogg\w+|pressure|pulling|guarding|tone|"
    r"clonus)"
)


def happened(facts: Facts, sentence: Sentence) -> bool:
    """The sentence, which stands behind the begin of the treatment, tells what the work did to the patient."""
    if sentence.mask & _OTHERWISE or sentence.dates or sentence.section in FRAME:
        return False
    low = facts.document.low
    helped = sentence.mask & LEVELS != 0
    if _has_two_scores(low, sentence):
        return True
    if _is_gone(low, sentence) or _is_unbidden(low, sentence):
        return not helped
    if _has_two_figures(low, sentence) or _has_two_tries(low, sentence):
        return True
    return not helped and (
        _came_or_went(low, sentence)
        or _tells_of_part(low, sentence)
        or _has_felt(low, sentence)
        or _did_unasked(facts, sentence)
    )


_OTHERWISE: Final = NOT_TODAY | BIT["skill"] | BIT["goal"] | BIT["boilerplate"]


def _has_two_scores(low: str, sentence: Sentence) -> bool:
    """One score at one part of the work and another at the next: "Back 5/10 at the roll, 3/10 walking"."""
    return sentence.gates & _TWO_PLACES_GATE != 0 and _TWO_PLACES.search(low, sentence.words, sentence.end) is not None


_TWO_PLACES: Final = folded(
    r"\b\d/10 (?!pain|goal|at (?:rest|best|worst|night)|on arrival|with (?:\w+ ){0,2}(?:cue|prompt|model|assist))"
    r"(?:[a-z]+ ){0,3}[a-z]+, ?\d/10 "
    r"(?!at (?:rest|best|worst|night)|on \d)[a-z]"
)
_TWO_PLACES_GATE: Final = gate(_TWO_PLACES)


def _is_gone(low: str, sentence: Sentence) -> bool:
    """What was gone by a try of this visit, or did not come: "Quad lag gone on the last set", "No triggering"."""
    return sentence.gates & _WENT_GATE != 0 and _WENT.search(low, sentence.words, sentence.end) is not None


_WENT: Final = folded(
    r"\b(?:gone|absent|smaller|back|out) (?:on|by|in|at) (?:the )?(?:last|final|second|third|fourth|fifth|"
    r"sixth) (?:set|rep|"
    r"lap|trip|try|trial|round|pass|lift|block|step|one)\b|"
    r"\bno (?!better|worse|further|longer|later|sooner|lower|higher|other|farther)[a-z]+er than (?:before|on "
    r"arrival|when|(?:at|@) ?(?:the )?start)|"
    r"\bno (?:drainage|bleeding|oozing|gapping|seepage) (?:after|with|during|from) |"
    r"\b(?:wept|cried|laughed|balked|flinched|winced|froze|gave up) (?:at|on|after|by) the (?:first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|last)\b|"
    r"(?:(?<=\n)|(?<=[.;] ))no (?:triggering|locking|catching|clicking|popping|snapping|clonus)\b"
)
_WENT_GATE: Final = gate(_WENT)


def _is_unbidden(low: str, sentence: Sentence) -> bool:
    """What the patient did of his own accord: "Laughing, hummed along", "Sang the second verse unasked"."""
    return sentence.gates & _UNBIDDEN_GATE != 0 and _UNBIDDEN.match(low, sentence.words, sentence.end) is not None


_UNBIDDEN: Final = folded(
    r"[-* ]*(?:laughing|smiling|humming|singing|grinning|chatting|whistling|tapping along)\b|"
    r"[-* ]*(?:(?:she|he|they|pt|patient|client|resident) )?(?:sang|hummed|joined in|clapped|danced|[a-z]+ed|took|"
    r"told|went|gave|began)\b[^.;\n]{2,40}\b(?:unasked|unbidden|of (?:his|her|their) own accord)\b"
)
_UNBIDDEN_GATE: Final = gate(_UNBIDDEN)


def _has_two_figures(low: str, sentence: Sentence) -> bool:
    """Two figures of one symptom or part of the body: "Pain 5 in, 2 out", "leg 5>3", "elbow 5 to 3 after friction",
    "Shoulder 5/10 on the first slide, 2/10 on the third".
    """
    return (
        sentence.has_number
        and _FIGURE_OF_TWO.search(low, sentence.words, sentence.end) is not None
        and _TWO_FIGURES.search(low, sentence.words, sentence.end) is not None
    )


# What stands behind the first figure or the second one in every match of it.
_FIGURE_OF_TWO: Final = folded(r"[0-9n](?:(?<=[0-9])|(?<=ten)) ?(?:->|→|>|to|in|pre|before|at|on|after|with|by|out)")
_N: Final = r"\d{1,2}(?:\.5)?(?: ?/ ?10| of 10| out of (?:10|ten))?"
_TWO_FIGURES: Final = folded(
    rf"\b(?:{SIGN}|{PART})(?: \w+)?(?: at| of| was| from)? {_N} ?(?:->|→|>|to|in,|pre,?|before,?|"
    rf"at start,?) ?{_N}(?![\d%/]| ?(?:reps|min|lb|ft|x|sets))|"
    rf"\b(?:{SIGN}|{PART}) [^.;\n]{{0,24}}?{_N} (?:on|at|in|before|with|"
    rf"during) (?:the )?[^.;,\n]{{2,24}}, {_N} (?:on|at|in|after|with|by|out)\b"
)


def _has_two_tries(low: str, sentence: Sentence) -> bool:
    """The same thing is counted at the first and at a later try."""
    return sentence.gates & _TWO_TRIES_GATE != 0 and _TWO_TRIES.search(low, sentence.words, sentence.end) is not None


_WORD_N: Final = rf"(?:{_N}|one|two|three|four|five|six|seven|eight|nine|ten|none|zero|nought)"
_NOT_TRIES: Final = r"(?:shelf|row|floor|step|stair|drawer|page|visit|goal|line|week|day|month)"
_TWO_TRIES: Final = folded(
    rf"\b{_WORD_N}\b[^.;\n]{{0,24}}?\b(?:in|on|at|during|for) (?:the )?(?:first|1st|opening|early)\b(?! {_NOT_TRIES})"
    rf"[^.;\n]{{0,30}}?\b{_WORD_N}\b[^.;\n]{{0,24}}?\b(?:in|on|at|by|during|for) (?:the )?(?:last|second|third|fourth|"
    rf"fifth|"
    rf"final|2nd|3rd|later|end)\b|"
    rf"\b(?:one|two|three|\d|a) [^.;,\n]{{3,40}}\bon (?:the )?(?:first|second|third|fourth|last|trip|trial|try|lap|"
    rf"set|rep|"
    rf"step|pass)\b[^.;\n]{{0,20}}, (?:none|no more|not again|{_WORD_N} (?:after|on|since))\b|"
    rf"\bfirst trial\b[^.;\n]{{0,12}}\d|\d[^.;,\n]{{0,16}}, first (?:trial|try|attempt)\b"
)
_TWO_TRIES_GATE: Final = gate(_TWO_TRIES)


def _came_or_went(low: str, sentence: Sentence) -> bool:
    """A symptom came or went behind a task."""
    return (
        sentence.mask & _TELLING != 0
        and sentence.gates & _CAME_OR_WENT_GATE != 0
        and _CAME_OR_WENT.search(low, sentence.words, sentence.end) is not None
    )


_TELLING: Final = (
    BIT["symptom"] | BIT["judgement"] | BIT["reaction"] | BIT["obstacle"] | BIT["outcome"] | BIT["timepoint"]
)
_CAME_OR_WENT: Final = folded(
    rf"\b(?:{SIGN}|numb {PART})\b[^.;\n]{{0,40}}?(?:,|and|but|\b) ?(?:gone|faded|eased|stopped|settled|cleared|"
    rf"let go|subsided|"
    rf"resolved|passed|came on|came back|crept|spread|moved|set in|started|began|went|left|returned|wore off|lifted|"
    rf"broke|same|"
    rf"unchanged|no worse|after|by the|by last|at the (?:end|last)|when|once|with)\b|"
    rf"\b{PART}(?: (?:went |was |were |felt |got )?(?:numb|shaky|heavy|light|warm|cold|tight|loose|looser|tired|stiff|"
    rf"red|white|pale|"
    rf"sore|weak|dead|clumsy|asleep|wet|swollen|hoarse|breathy|flushed|sweaty|clammy)\b[^.;\n]{{0,16}}?\b(?:after|by|"
    rf"at|on|when|once|with|during)\b|"
    rf"(?: also| then)? (?:started|began|kept|stopped) (?:to )?[a-z]+)|"
    rf"\bsx (?:after|gone|same|unchanged|easier|with)\b"
)
_CAME_OR_WENT_GATE: Final = gate(_CAME_OR_WENT)


def _tells_of_part(low: str, sentence: Sentence) -> bool:
    """A part of the body did what no task asks for, or its state late in the work is told; or a test done again."""
    start, end = sentence.words, sentence.end
    return (
        _PART_DID.match(low, start, end) is not None
        or (sentence.gates & _PART_THEN_GATE != 0 and _PART_THEN.search(low, start, end) is not None)
        or _PART_IS.match(low, start, end) is not None
        or (sentence.gates & _PART_LATE_GATE != 0 and _PART_LATE.match(low, start, end) is not None)
    )


# "Grip gave out on the last bottle".
_PART_DOES: Final = (
    rf"(?:(?:the|her|his|l|r|left|right|both) ){{0,2}}(?:{PART}|grip|skin|breath\w*|balance|gait|speech|hands?|"
    rf"eyes|face)s? "
    r"(?:also |then |again )?(?!(?:need|requir|tolerat|perform|complet|treat|train|massag|stretch|measur|test|work|"
    r"used|"
    r"wrapped|iced|taped|position|practic|progress|improv|increas|decreas)\w*)"
    r"(?:[a-z]{2,}ed|gave|went|crept|rose|slid|stuck|froze|spread|fell|felt|shook|sank|swelled|stung|hurt|let|held|"
    r"kept|grew|came|got|stayed|lost|caught|"
    r"swung)\b"
    r"(?! (?:to|at|from|in|into) \d)"
)
_PART_DID: Final = folded(rf"[-* ]*{_PART_DOES}")
# The same behind what was done: "and her left hand let go of the mitt", "that the thigh cramped once".
_PART_THEN: Final = folded(rf"[ ,;](?:(?<= )(?:and|but|that)|(?<=[,;]) but|(?<=;)) {_PART_DOES}")
_PART_THEN_GATE: Final = gate(_PART_THEN)
_PART_IS: Final = folded(
    rf"[-* ]*(?:the |her |his |l |r |left |right |both )?(?:{PART}|grip|skin|scar)s? (?:was |were |felt |is |"
    rf"are )?(?:a bit |much |"
    r"slightly )?(?:less|more|[a-z]{2,}er|like [a-z]+)\b[^.;\n]{0,30}\b(?:after|by|at the end|with|once|when|during)\b"
)
# "Calves were trembling by the last plate".
_PART_LATE: Final = folded(
    rf"[-* ]*(?:(?:the|her|his|l|r|left|right|both) ){{0,2}}{PART}s? (?:(?:was|were|is|felt|went|got|still) )?"
    rf"(?:a bit |very |more )?(?:\"[a-z -]+\"|[a-z]{{3,}}) "
    rf"(?:by (?:the )?(?:last|end|final|second|third|fourth|fifth)\b|"
    r"at the (?:end|last)\b|toward the end\b)|"
    r"[-* ]*(?:second|third|repeat(?:ed)?|re-?test(?:ed)?|2nd|3rd|post)[- ](?:[a-z-]+ )?"
    r"(?:dix-? ?hallpike|hallpike|roll test|roll|slump|slr|test|screen|swallow|impulse|reading|bp|check)s? "
    r"(?:was |were |gave |with )?(?:no |neg\b|negative|clear|without |normal)"
)
_PART_LATE_GATE: Final = gate(_PART_LATE)


def _has_felt(low: str, sentence: Sentence) -> bool:
    """The sentence opens with a feeling that shows, a request or a rest."""
    return sentence.gates & _FELT_GATE != 0 and _FELT.match(low, sentence.words, sentence.end) is not None


_FELT: Final = folded(
    r"[-* ]*(?:she|he|they|pt|patient|client|resident|student|[a-z]+) (?:grinned|beamed|frowned|sighed|groaned|moaned|"
    r"cheered|"
    r"swore|panicked|balked|whined|whimpered|sobbed|trembled|perked up|lit up|brightened|slumped|sagged|"
    r"was (?:quicker|slower|"
    r"quieter|louder|brighter|weaker|stronger|cautious|scared|afraid|eager|bored|annoyed|thrilled|delighted|"
    r"relieved))\b|"
    r"[-* ]*asked (?:to|for|if) |[-* ]*needed (?:a|one|two|three|\d) (?:\w+ )?(?:sit-?downs?|stops?|stands?|minutes?)\b"
)
_FELT_GATE: Final = gate(_FELT)


def _did_unasked(facts: Facts, sentence: Sentence) -> bool:
    """The sentence opens with what the patient did, and names what it happened behind: a task of this visit."""
    low = facts.document.low
    start, end = sentence.words, sentence.end
    if not sentence.gates & _UNASKED_GATE or _UNASKED.match(low, start, end) is None:
        return False
    return any(_names_work(facts, sentence, match["work"]) for match in _BEHIND_WORK.finditer(low, start, end))


_UNASKED: Final = folded(
    r"\b(?:fixed|repaired|corrected|restarted|repeated|caught|noticed|found|picked|chose|asked|offered|remembered|"
    r"named|"
    r"finished|opened|closed|reached|turned|stood|laughed|chewed|hummed|pulled|pushed|dropped|grabbed|covered|hid|"
    r"hands? off|"
    r"eyes)\b[^.;\n]{2,60}"
)
_UNASKED_GATE: Final = gate(_UNASKED)
_BEHIND_WORK: Final = folded(
    r"\b(?:after|following|with|during|on|by) (?:the |her |his )?(?:\w+ )?(?P<work>[a-z-]{4,})(?=[.,;]|$| (?:and|"
    r"but)\b)"
)


def _names_work(facts: Facts, sentence: Sentence, word: str) -> bool:
    """The word, by its first four letters, stands in what was done in the visit, told in another sentence."""
    low = facts.document.low
    return any(low.find(word[:4], item.start, item.end) >= 0 for item in done_outside(facts, sentence))
