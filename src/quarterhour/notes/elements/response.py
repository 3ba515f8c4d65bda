"""The element of response: what the patient did or reported under today's treatment."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.clauses import Sentence
from quarterhour.notes.elements.grade import (
    Facts,
    Grade,
    absent,
    is_boilerplate,
    partial,
    present,
    span,
)
from quarterhour.notes.elements.incidents import befell
from quarterhour.notes.elements.reactions import happened
from quarterhour.notes.gates import gate
from quarterhour.notes.lexicon import BIT
from quarterhour.notes.patterns import folded

_REACTION, _SYMPTOM, _TIMEPOINT, _STOCK, _OUTCOME = (
    BIT["reaction"],
    BIT["symptom"],
    BIT["timepoint"],
    BIT["stock_response"],
    BIT["outcome"],
)
_SCORE: Final = folded(r"\d(?:(?<![\d/.]\d)(?:(?<=1)0)?(?:\.5)? ?(?:/|out of) ?10\b|(?<=\b\d)\d% ?(?:on|ra|spo2))")
_NAMED_SCORE: Final = folded(
    r"\b(?:(?:one|two|three|four|five|six|seven|eight|nine|zero) out of ten\b|"
    r"(?:sp)?o2\b[^.;\n]{0,20}\d\d ?%|(?:rpe|borg|mas) \d)"
)
_SCORE_GATE, _NAMED_SCORE_GATE = gate(_SCORE), gate(_NAMED_SCORE)
_AFTER_WORDS: Final = folded(
    r"\b(?:after|afterwards?|on leaving|leaving|at (?:the )?(?:end|worst|peak|close)|by (?:the )?end|"
    r"end of|during|post|ended|within|later|following|out\b|with sitting|settled|fell to|dropped "
    r"to|back to|from \d|down to|rose to|went|before|recovered|resolved|gone|eased|upon completion|"
    r"throughout|over the (?:block|session|visit)|at \d\d?:\d\d|->|when (?:he|she)|worst)\b"
)
_N_OF_M: Final = folded(
    r"\b\d+ ?(?:of|/|out of) ?\d+ (?!mm|weeks|visits)(?:[a-z]+ ){0,3}(?:trials|pours|lifts|"
    r"reps|words|turns|sips|attempts|times|tries|items|steps|cues|entries|correct|opportunities|"
    r"swallows|sentences|bites|sips)|\bin \d+ of \d+|\b\d{1,3} ?% (?:accura|correct|of)|\b\d+ "
    r"of \d+\b"
)
_REPORTING: Final = frozenset(
    {
        "objective",
        "treatment",
        "note",
        "assessment",
        "response",
        "progress",
        "rationale",
        "header",
        "time",
        "environment",
    }
)
_ACTION: Final = folded(
    r"\b(?:said|stated|reported|felt|smiled|laughed|cried|noticed|enjoy(?:ed)?|seemed|asked "
    r"for|complained|winced|grimaced|giggled|tried again|gagged|wobbled|nodded|clapped|bumped|"
    r"steadied|caught (?:her|him)self|recovered (?:by|with|without|herself|himself)|settled|"
    r"lost balance|loss of balance|stumbled|coughed|"
    r"self-?corrected|corrected (?:himself|herself)|leaned|spilled|commented|remarked|needed "
    r"a break|tearful|lightheaded|dizzy|nauseated|short of breath|out of breath|like jelly|"
    r"held (?:sitting|standing|for)|opened for|yawned|frustrated|proud|pleased|relaxed|calmed|"
    r"calmer|steady after|tired|fatigued|nervous|hesitated|rated|refused (?:the )?(?:last|further)"
    r"|stopped (?:once|twice)|demonstrated improved|was able to|could repeat|showed|without "
    r"(?:a |any )?(?:slip|cue|spill|cough|pain|loss of balance|lob)|unprompted|less (?:chair|"
    r"pain|tremor|stiff|leaning|fear|guarding|hesit)|no (?:cough|wet voice|lob|loss of balance|"
    r"increase in (?:pain|symptoms)|dizziness|nausea|signs of aspiration|overt)|clear voice|"
    r"voice (?:stayed |remained |was )?(?:clear|dry)|"
    r"attended (?:for|to)|moved from|asked to (?:stop|rest)|worse in|wet vocal|throat clear)"
    r"\b"
)


def patient_response(facts: Facts) -> Grade:
    """Something observed or reported as the effect of today's treatment; stock wording alone is partial."""
    document = facts.document
    low = document.low
    if document.missed:
        return absent("the visit did not take place")
    strong: list[tuple[int, int]] = []
    stock: list[tuple[int, int]] = []
    begun = min(
        [item.sentence.end for item in facts.activities if item.status == PERFORMED and item.specific]
        + [service.end for service in facts.services if service.minutes is not None and service.status == PERFORMED],
        default=len(low),
    )
    treated = any(service.minutes is not None and service.status == PERFORMED for service in facts.services)
    quick = _REACTION | _SYMPTOM | _TIMEPOINT | _STOCK | _OUTCOME
    for sentence in document.sentences:
        if sentence.mask & _STOCK or (
            sentence.section == "response" and _GOOD.search(low, sentence.start, sentence.end)
        ):
            stock.append(span(sentence))
        if sentence.start in facts.stuffed or is_boilerplate(sentence):
            continue
        if sentence.section == "subjective":
            if sentence.mask & _SYMPTOM and (
                _LEAVING.search(low, sentence.start, sentence.end) or _EASED.search(low, sentence.start, sentence.end)
            ):
                strong.append(span(sentence))
            continue
        if sentence.section not in _REPORTING or not (
            sentence.mask & quick
            or begun <= sentence.start
            or sentence.section == "response"
            or low.startswith("no ", sentence.start)
        ):
            continue
        if document.evaluation and sentence.section not in ("treatment", "response"):
            continue
        if ((document.summary or document.course) and not treated) or document.carried[
            0
        ] <= sentence.start < document.carried[1]:
            continue
        if _is_response(facts, sentence, begun <= sentence.start):
            strong.append(span(sentence))
    if not strong and document.gates & _PAIN_AFTER_GATE and (after := _PAIN_AFTER.search(low)) is not None:
        strong.append(after.span())
    if strong:
        return present("an observed or reported effect of today's treatment", strong[:3])
    if stock:
        return partial("only stock wording of tolerance", stock[:2])
    return absent("no response to the treatment is told")


# The field of a form for the pain at the end: "Pain Score After Treatment: 2", "PAIN_POST|3", "Post-tx pain: 3/10".
_PAIN_AFTER: Final = folded(
    r"\bpain[ _-]?(?:score|level|rating|scale)?[ _-]*\(?(?:after|post|end|out)\b\)?[ _-]*(?:treatment|tx|session|visit|"
    r"therapy|score)?\)? ?[:|=]{1,2} ?\d|"
    r"\b(?:post|after|end)[ _-]{1,3}(?:(?:treatment|tx|session|visit|therapy)[ _-]{1,3})?pain"
    r"(?:[ _-](?:score|level|rating))? ?[:|=]{1,2} ?\d"
)
_PAIN_AFTER_GATE: Final = gate(_PAIN_AFTER)
# What happened under the work, told by its shape alone: a change behind a part of the treatment, between two tries or
# from one figure to another; what a part of the body did; what no longer happened; what the patient did unasked.
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
_LEAVING: Final = folded(
    r"\b(?:on leaving|leaving|(?:after|following) (?:last )?(?:the |today's )?(?:treatment|session|therapy|tx|manual|"
    r"exercises?|mobs?|massage|traction)|post[- ]?(?:treatment|"
    r"tx|session)|at (?:the )?end|end of|by end|on exit|departure| out\b)"
)
_ARRIVAL: Final = folded(
    r"\b(?:on|upon|at) arrival|\bthis morning\b|\bat home\b|\bat night\b|\bsince last\b|\blast "
    r"(?:night|week|visit)\b|\bevery\b|\byesterday\b"
)
_EASED: Final = folded(r"\d(?:/10)? ?(?:→|->) ?\d")
_GOOD: Final = folded(r"\b(?:good|fair|well|excellent|positive|great|fine)\b")


def _has_score(low: str, sentence: Sentence) -> bool:
    """A score of pain or exertion, or a saturation, stands in the sentence."""
    start, end = sentence.start, sentence.end
    if sentence.gates & _SCORE_GATE and sentence.has_number and _SCORE.search(low, start, end):
        return True
    if not sentence.has_number and not sentence.mask & BIT["number"]:
        return False
    return sentence.gates & _NAMED_SCORE_GATE != 0 and _NAMED_SCORE.search(low, start, end) is not None


_TELLING: Final = _REACTION | _SYMPTOM | _TIMEPOINT | _OUTCOME


def _is_response(facts: Facts, sentence: Sentence, begun: bool) -> bool:
    low = facts.document.low
    start, end = sentence.start, sentence.end
    words = sentence.words
    if sentence.section == "response":
        return not (
            end - start < 14
            or (low.count(" ", start, end) < 4 and not sentence.has_number and not sentence.mask & _TELLING)
            or (len(low[start:end].split()) < 6 and _GOOD.search(low, start, end))
            or (sentence.mask & _STOCK and not sentence.has_number and not _ACTION.search(low, start, end))
        )
    if sentence.mask & BIT["goal"] and not _LEAVING.search(low, start, end):
        return False
    scored = _has_score(low, sentence)
    if sentence.section == "header" and not (scored and _AFTER_WORDS.search(low, start, end)):
        return False
    if scored and sentence.mask & _SYMPTOM and not _ARRIVAL.search(low, start, end):
        return (
            begun
            or _AFTER_WORDS.search(low, start, end) is not None
            or sentence.section in ("treatment", "assessment", "rationale")
        )
    if sentence.mask & BIT["goal"] and not scored:
        return False
    if sentence.mask & (_REACTION | _OUTCOME) and not sentence.mask & _STOCK:
        acted = _ACTION.search(low, start, end)
        if acted is not None:
            if sentence.section == "assessment" and sentence.mask & BIT["planned"]:
                return False
            # A date behind a semicolon belongs to the comparison: "throat clear on 2 of 12 sips; 5 of 12 on 04/16".
            return scored or not sentence.dates or low.find(";", acted.end(), sentence.dates[0].start) >= 0
    if (
        begun
        and sentence.mask & _SYMPTOM
        and sentence.section in _REPORTING
        and not sentence.mask & (BIT["planned"] | BIT["prior"] | BIT["home"])
        and _CHANGED.search(low, start, end)
    ):
        return not _ARRIVAL.search(low, start, end)
    if _REGRADED.match(low, words, end):
        return False
    if (
        begun
        and sentence.mask & (_TIMEPOINT | _REACTION | _SYMPTOM | _OUTCOME | BIT["negation_before"] | BIT["obstacle"])
        and not sentence.mask & (_TOLD_OTHERWISE & ~BIT["compare"] | BIT["assist"])
        and not sentence.dates
        and _CEASED.match(low, words, end)
    ):
        return True
    if (
        begun
        and sentence.mask & (_TIMEPOINT | _REACTION | _SYMPTOM)
        and not sentence.mask & _TOLD_OTHERWISE
        and _STATE.match(low, words, end)
    ):
        return True
    if (
        (
            begun
            and sentence.section != "header"
            and not sentence.mask & (_STOCK | BIT["planned"] | BIT["prior"] | BIT["home"] | BIT["skill"])
            and not sentence.dates
        )
        and sentence.gates & _REACTED_GATE
        and _REACTED.match(low, words, end)
        and not _HELPED.search(low, start, end)
    ):
        return True
    if (
        begun
        and not sentence.mask & (_TOLD_OTHERWISE & ~BIT["compare"])
        and not sentence.dates
        and sentence.gates & _COURSE_GATE
        and _COURSE.search(low, start, end)
        and _SHIFTED.search(low, start, end)
        and not _HELPED.search(low, start, end)
    ):
        return True
    if (
        begun
        and sentence.section == "assessment"
        and not sentence.mask & _TOLD_OTHERWISE
        and _ACTED.match(low, words, end)
    ):
        return True
    if (
        begun
        and not sentence.dates
        and not sentence.mask & (_TOLD_OTHERWISE & ~BIT["compare"])
        and sentence.section not in ("header", "time")
        and (
            (sentence.gates & _HAPPENED_GATE and _HAPPENED.search(low, start, end))
            or (sentence.gates & _HAPPENED_FIRST_GATE and _HAPPENED_FIRST.match(low, words, end))
        )
        and not _EARLIER.search(low, start, end)
        and not _HELPED.search(low, start, end)
    ):
        return True
    if begun and (happened(facts, sentence) or befell(facts, sentence)):
        return True
    if not sentence.has_number:
        return False
    if sentence.mask & _OUTCOME and _N_OF_M.search(low, start, end) and sentence.section != "header":
        return True
    if sentence.mask & _REACTION and _N_OF_M.search(low, start, end) and not sentence.mask & BIT["compare"]:
        return True
    return scored and _AFTER_WORDS.search(low, start, end) is not None and not sentence.mask & BIT["planned"]


# What the therapist set anew: "Increased resistance to 4# on the second set".
_REGRADED: Final = folded(
    r"(?:increased|decreased|progressed|advanced|raised|lowered|reduced|upgraded|regressed|dropped|cut) (?:the |her |"
    r"his )?(?:\w+ )?(?:resistance|weights?|load|height|speed|pace|time|reps|sets|distance|level|band|difficulty|"
    r"complexity|surface|step|seat|(?:to|from) (?:\d|a |the |faster|slower|foam))"
)
_CHANGED: Final = folded(
    r"\b(?:gone|after|less|more|resolved|eased|unchanged|same|worse|better|= ?before|no (?:\^|"
    r"inc\w*|increase|change|new|rise|more)|without|stayed|rose|fell|settled|only|by the end|"
    r"at (?:the )?end|end of (?:tx|rx|session|treatment|visit)|did not (?:increase|change|worsen|rise|return)|once|"
    r"twice|on \d+ of \d+|throughout|during|abolished|centrali[sz]ed|easier|looser|steady|stable|"
    r"rise|back to|mild|"
    r"slight|further|kept|within \d+|in \d+ (?:sec|min)|at minute|on finish(?:ing)?|(?:on|walking|going) out)\b|"
    r"\d ?(?:→|->) ?\d|\bfrom (?:a )?\d+(?:/10)? to (?:a )?\d|"
    r"\bno (?:\w+ )?(?:pain|dizz|nausea|sob|lob|tingling|numb|sympt)|\bno \^"
)
# What no longer happened, or ceased, in the course of the work: "No hyperextension in the last 6 of 8 shifts".
_CEASED: Final = folded(
    r"(?:[^.\n]{0,60}; )?(?:no|none|without|zero)\b[^.;\n]{0,40}?\b(?:after|on (?:the |her |his )?(?:\d|last|2nd|"
    r"second|third|next)|in the last|on the remaining|"
    r"this time|since)\b|[^.;\n]{3,40}\b(?:absent|gone|stopped|settled|cleared) (?:after|when|once|with)\b|"
    r"[^.;\n]{3,60}; none (?:after|since)\b|"
    r"\b(?:more|less|fewer) \w+[^.;\n]{0,40}\b(?:than before|after)\b"
)
# A change in the course of the work: "accuracy rose to 80 % by the last ten items", "by the third trip no longer ...".
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
# The state the patient was in at the end: "Calm at the end", "Sleepy by the end".
_STATE: Final = folded(
    r"(?:(?:she|he|pt|patient|client|resident) (?:was |looked |seemed |left |appeared )?)?(?:a (?:little|bit) |"
    r"very |quite |more |less |mildly )?"
    r"(?:sleepy|calm(?:er)?|tired|drowsy|alert|relaxed|winded|steady|steadier|fatigued|sore|tearful|weepy|happy|"
    r"quiet|pale|flushed|shaky|"
    r"breathless|comfortable|dizzy|exhausted|cheerful|proud|anxious|smiling|upset|irritable|achy)\b[^.\n]{0,40}"
    r"\b(?:at|by|on|after|when|upon|during|toward|leaving|afterwards?)\b"
)
_TOLD_OTHERWISE: Final = (
    BIT["stock_response"]
    | BIT["planned"]
    | BIT["prior"]
    | BIT["home"]
    | BIT["skill"]
    | BIT["goal"]
    | BIT["compare"]
    | BIT["boilerplate"]
)
_ACTED: Final = folded(
    r"(?:she|he|they|pt|patient|client|resident|student) (?!needed|required|continued|progressed|"
    r"improved|tolerated|performed|completed|"
    r"presented|demonstrated|participated|received|used|lived|wanted|met|achieved|declined|"
    r"practiced|attended|worked|walked|ambulated|climbed|carried|lifted|propelled|transferred|donned|doffed|dressed|"
    r"washed|cooked|prepared|poured|produced|named|identified|answered|followed|stepped)[a-z]{2,}ed\b"
)
_HELPED: Final = folded(
    r"\b(?:cues?|cueing|cuing|assist\w*|cga|sba|min a|mod a|max a|goal|educated|instructed|"
    r"therapist|referred|prompts?)\b"
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
    r"within|increased|decreased|dropped|missed|spilled|showed|"
    r"demonstrated(?! (?:good|fair|excellent|improved|understanding|increased|decreased|ability|carry|proper|safe|"
    r"appropriate))|walked out|left "
    r"(?:smiling|with|in))\b"
)
_REACTED_GATE: Final = gate(_REACTED)
