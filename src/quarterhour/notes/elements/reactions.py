"""What happened to the patient under the work, told without a verb of feeling: two figures of one symptom, two tries
side by side, a symptom that came or went behind a task, a part of the body that began to fail.
"""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.elements.grade import Facts
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded

PART: Final = (
    r"(?:shoulder|neck|back|elbow|wrist|hand|thumb|fingers?|fingertips?|hip|groin|knee|calf|calves|thighs?|quads?|shin|ankle|foot|heel|"
    r"toes?|legs?|"
    r"arms?|jaw|head(?! (?:kept moving|moved|in motion))|trunk|voice|throat|scar|lbp|ha)"
)
SIGN: Final = (
    r"(?:pain|ache|aching|sx|symptoms?|numb\w*|tingl\w+|burning|cramp\w*|spasms?|stiff\w*|tight\w*|swelling|effusion|"
    r"edema|redness|"
    r"dizz\w+|vertigo|nausea|headache|fatigue|tired\w*|sob|dyspnea|clicking|catching|popping|grinding|locking|tremor|"
    r"shak\w+|"
    r"buckling|heaviness|soreness|breathless\w*|hoarse\w*|cough\w*|twitch\w*|fogg\w+|pressure|pulling|guarding|tone|"
    r"clonus)"
)
_N: Final = r"\d{1,2}(?:\.5)?(?: ?/ ?10| of 10| out of (?:10|ten))?"
_WORD_N: Final = rf"(?:{_N}|one|two|three|four|five|six|seven|eight|nine|ten|none|zero|nought)"
# "Pain 5 in, 2 out", "leg 5>3", "elbow 5 to 3 after friction", "Shoulder 5/10 on the first slide, 2/10 on the third".
_TWO_FIGURES: Final = folded(
    rf"\b(?:{SIGN}|{PART})(?: \w+)?(?: at| of| was| from)? {_N} ?(?:->|→|>|to|in,|pre,?|before,?|"
    rf"at start,?) ?{_N}(?![\d%/]| ?(?:reps|min|lb|ft|x|sets))|"
    rf"\b(?:{SIGN}|{PART}) [^.;\n]{{0,24}}?{_N} (?:on|at|in|before|with|"
    rf"during) (?:the )?[^.;,\n]{{2,24}}, {_N} (?:on|at|in|after|with|by|out)\b"
)
# What stands behind the first figure or the second one in every match of it.
_FIGURE_OF_TWO: Final = folded(r"[0-9n](?:(?<=[0-9])|(?<=ten)) ?(?:->|→|>|to|in|pre|before|at|on|after|with|by|out)")
_NOT_TRIES: Final = r"(?:shelf|row|floor|step|stair|drawer|page|visit|goal|line|week|day|month)"
# The same thing counted at the first and at a later try.
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
# The patient or a part of the body did something that no task asks for: "Grip gave out on the last bottle".
_PART_DID: Final = folded(
    rf"[-* ]*(?:the |her |his |l |r |left |right |both )?(?:{PART}|grip|skin|breath\w*|balance|gait|speech|hands?|"
    rf"eyes|face)s? "
    r"(?:also |then |again )?(?!(?:need|requir|tolerat|perform|complet|treat|train|massag|stretch|measur|test|work|"
    r"used|"
    r"wrapped|iced|taped|position|practic|progress|improv|increas|decreas)\w*)"
    r"(?:[a-z]{2,}ed|gave|went|fell|felt|shook|sank|swelled|stung|hurt|let|held|kept|grew|came|got|stayed|lost|caught|"
    r"swung)\b"
    r"(?! (?:to|at|from|in|into) \d)"
)
_PART_IS: Final = folded(
    rf"[-* ]*(?:the |her |his |l |r |left |right |both )?(?:{PART}|grip|skin|scar)s? (?:was |were |felt |is |"
    rf"are )?(?:a bit |much |"
    r"slightly )?(?:less|more|[a-z]{2,}er|like [a-z]+)\b[^.;\n]{0,30}\b(?:after|by|at the end|with|once|when|during)\b"
)
# The state of a part of the body late in the work: "calves were trembling by the last plate"; and a test done again.
_PART_LATE: Final = folded(
    rf"[-* ]*(?:(?:the|her|his|l|r|left|right|both) ){{0,2}}{PART}s? (?:(?:was|were|is|felt|went|got|still) )?"
    rf"(?:a bit |very |more )?(?:\"[a-z -]+\"|[a-z]{{3,}}) "
    rf"(?:by (?:the )?(?:last|end|final|second|third|fourth|fifth)\b|"
    r"at the (?:end|last)\b|toward the end\b)|"
    r"[-* ]*(?:second|third|repeat(?:ed)?|re-?test(?:ed)?|2nd|3rd|post)[- ](?:[a-z-]+ )?"
    r"(?:dix-? ?hallpike|hallpike|roll test|roll|slump|slr|test|screen|swallow|impulse|reading|bp|check)s? "
    r"(?:was |were |gave |with )?(?:no |neg\b|negative|clear|without |normal)"
)
_FELT: Final = folded(
    r"[-* ]*(?:she|he|they|pt|patient|client|resident|student|[a-z]+) (?:grinned|beamed|frowned|sighed|groaned|moaned|"
    r"cheered|"
    r"swore|panicked|balked|whined|whimpered|sobbed|trembled|perked up|lit up|brightened|slumped|sagged|"
    r"was (?:quicker|slower|"
    r"quieter|louder|brighter|weaker|stronger|cautious|scared|afraid|eager|bored|annoyed|thrilled|delighted|"
    r"relieved))\b|"
    r"[-* ]*asked (?:to|for|if) |[-* ]*needed (?:a|one|two|three|\d) (?:\w+ )?(?:sit-?downs?|stops?|stands?|minutes?)\b"
)
_BEHIND_WORK: Final = folded(
    r"\b(?:after|following|with|during|on|by) (?:the |her |his )?(?:\w+ )?(?P<work>[a-z-]{4,})(?=[.,;]|$| (?:and|"
    r"but)\b)"
)
_UNASKED: Final = folded(
    r"\b(?:fixed|repaired|corrected|restarted|repeated|caught|noticed|found|picked|chose|asked|offered|remembered|"
    r"named|"
    r"finished|opened|closed|reached|turned|stood|laughed|chewed|hummed|pulled|pushed|dropped|grabbed|covered|hid|"
    r"hands? off|"
    r"eyes)\b[^.;\n]{2,60}"
)
_TELLING: Final = (
    BIT["symptom"] | BIT["judgement"] | BIT["reaction"] | BIT["obstacle"] | BIT["outcome"] | BIT["timepoint"]
)
_NOT_NOW: Final = BIT["planned"] | BIT["prior"] | BIT["home"] | BIT["skill"] | BIT["goal"] | BIT["boilerplate"]
_TWO_TRIES_GATE, _CAME_OR_WENT_GATE, _PART_LATE_GATE, _FELT_GATE, _UNASKED_GATE = map(
    gate, (_TWO_TRIES, _CAME_OR_WENT, _PART_LATE, _FELT, _UNASKED)
)


def happened(facts: Facts, sentence: Sentence) -> bool:
    """The sentence, which stands behind the begin of the treatment, tells what the work did to the patient."""
    low = facts.document.low
    start, end = sentence.words, sentence.end
    if sentence.mask & _NOT_NOW or sentence.dates or sentence.section in ("header", "time", "environment"):
        return False
    if sentence.has_number and _FIGURE_OF_TWO.search(low, start, end) and _TWO_FIGURES.search(low, start, end):
        return True
    if sentence.gates & _TWO_TRIES_GATE and _TWO_TRIES.search(low, start, end):
        return True
    if sentence.mask & _TELLING and sentence.gates & _CAME_OR_WENT_GATE and _CAME_OR_WENT.search(low, start, end):
        return not sentence.mask & (BIT["assist"] | BIT["cue"])
    if sentence.mask & (BIT["assist"] | BIT["cue"]):
        return False
    if _PART_DID.match(low, start, end) or _PART_IS.match(low, start, end):
        return True
    if sentence.gates & _FELT_GATE and _FELT.match(low, start, end):
        return True
    if sentence.gates & _PART_LATE_GATE and _PART_LATE.match(low, start, end):
        return True
    if not sentence.gates & _UNASKED_GATE or _UNASKED.match(low, start, end) is None:
        return False
    return any(_names_work(facts, sentence, match["work"]) for match in _BEHIND_WORK.finditer(low, start, end))


def _names_work(facts: Facts, sentence: Sentence, word: str) -> bool:
    """The word, by its first four letters, stands in what was done in the visit, told in another sentence."""
    low = facts.document.low
    return any(
        low.find(word[:4], item.start, item.end) >= 0
        for item in facts.activities
        if item.status == PERFORMED and item.sentence is not sentence
    )
