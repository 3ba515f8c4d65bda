"""Parts of a sentence that hold the word of an activity and tell of none by their shape: a score, a place, a count, a
row of a table of outcomes, the wording of a goal, what something is to the patient, why something was changed.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.page.document import Document
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT, LEVELS
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.work.phrases import DOSE

_NUMBER: Final = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"


def is_spoken_of(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """The part [start, end) tells of no activity by its shape, whatever words stand in it and no dose among them."""
    if sentence.mask & LEVELS and _tells_help(document, sentence, start, end):
        return True
    gates = sentence.gates & _ANY_SHAPE
    return gates != 0 and any(gates & gated and tells(document, sentence, start, end) for gated, tells in _SHAPES)


def is_level(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """A task and the help it takes, and nothing else: "toileting mod A", as an evaluation lists them."""
    return sentence.mask & LEVELS != 0 and any(
        hit.mask & LEVELS and hit.end == end and _TASK.fullmatch(document.low, start, hit.start) is not None
        for hit in sentence.hits
    )


_TASK: Final = folded(r"(?:[a-z/-]+ ){1,4}")


def _is_page(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """The head or the foot of a printed page."""
    return _PAGE.search(document.low, start, end) is not None


_PAGE: Final = folded(r"\b(?:page|pg\.?) ?\d{1,3} ?(?:of|/) ?\d")


def is_outcome(document: Document, sentence: Sentence, start: int) -> bool:
    """What stands at ``start`` is of a row that sets an earlier state beside today's, and no work of each day: "Log
    roll   min A   independent".
    """
    if not document.cells:
        return False
    cells = [cell for cell in document.cells if cell.row <= start and cell.when in _STATES]
    row = next((cell.row for cell in reversed(cells) if start < cell.end), -1)
    if row < 0:
        return False
    low, line_end = document.low, document.line_at(start)[1]
    if DOSE.search(low, row, line_end) is not None or _COUNTED.search(low, row, line_end) is not None:
        return False
    return (
        any(cell.when == "ahead" for cell in cells if cell.row == row)
        or sentence.has(LEVELS, row, line_end)
        or _UNABLE.search(low, row, line_end) is not None
    )


def is_range_measured(low: str, start: int, end: int) -> bool:
    """A range of motion with its degrees, and no amount of work: "PROM wrist E 52 (45) F 48 (40)"."""
    return _RANGE.match(low, start, end) is not None and DOSE.search(low, start, end) is None


_RANGE: Final = folded(
    r"(?:[a-z]+ ){0,3}?(?:a|p|aa)?rom\b ?[:=]? ?(?:[a-z/.]+[ :=]{1,2}){0,5}?(?:(?:was|is|to|at|now) )?"
    r"\d{1,3}(?:-\d{1,3})?"
    r"(?= ?(?:°|deg|\(|->|→)|,| [a-z/]{1,5} \d|$)"
)
_STATES: Final = frozenset({"then", "now", "ahead"})
_COUNTED: Final = folded(r"\bx ?\d")
_UNABLE: Final = folded(r"(?:  |\||\t) ?(?:unable|not able|cannot)\b")


def _is_score(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """A rating of pain, "6/10 getting in", or an item of Section GG with its score."""
    low = document.low
    return _SCORED.match(low, start, end) is not None or _RATED.search(low, start, end) is not None


_SCORED: Final = folded(
    r"(?:(?:r|l|right|left|the) )?(?:(?:pain|wrist|hand|thumb|elbow|shoulder|neck|back|hip|knee|ankle|heel|groin|leg|"
    r"arm) )?(?:at )?\d{1,2} ?/ ?10 (?!(?:correct|accura\w*|words?|trials?|sentences?|pictures?|items?|tries)\b)|"
    r"gg ?0?\d{3}[a-z]"
)


# In words: "burning came at two out of ten".
_RATED: Final = folded(
    rf"\b(?:was|were|came|stayed|went|rose|fell|reached|dropped)(?: (?:up|down|on|back))? (?:at |to |from )?(?:an? )?"
    rf"(?:{_NUMBER}|zero|nought) out of (?:ten|10)\b"
)


def _is_place(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """Where it was done: "second-floor craft room", "desk in the quiet room", "toilet seat 20 in"."""
    low = document.low
    return low.count(" ", start, end) <= _LONGEST_PLACE and _PLACE.fullmatch(low, start, end) is not None


_LONGEST_PLACE: Final = 9  # blanks
_ROOM: Final = (
    r"(?:rooms?|alcove|kitchen(?:ette)?|corner|bay|lot|hall(?:way)?|corridor|gym|clinic|cloakroom|closet|bath(?:room)?|"
    r"bedroom|courtyard|lobby|chapel|flat|apartment|shop|workshop|office|foyer|yard|garden|porch|patio|ward|stairwell|"
    r"mock-?up|lab)"
)
_FURNISHED: Final = (
    r"(?:desk|counter|table|bench|chair|armchair|bed|mat|sink|stove|shelf|couch|recliner|seat|screen|"
    r"stair)"
)
_DESCRIBING: Final = (
    r"(?:(?!(?:to|into|through|around|across|from|clean|clear|tidy|sweep|mop|dust|navigate|enter|leave|exit|find|make|"
    r"set|walk|reach|wipe|vacuum|rearrange|organi[sz]e|sort)\b)(?![a-z]+ing\b(?! (?:room|table|kitchen|area|bay|hall|"
    r"apartment|flat|suite)))[a-z'\d-]+ )"
)
_PLACE: Final = folded(
    rf"(?:(?:in|at|on|by|outside|inside) )?{_DESCRIBING}{{0,3}}{_ROOM}"
    rf"(?: (?:in|at|of|by|on|behind|beside|next to|near|with|and|\+) (?:{_DESCRIBING}){{0,3}}[a-z]+)?|"
    rf"{_DESCRIBING}{{0,2}}{_FURNISHED} (?:in|at|by|of) (?:the |his |her )?{_DESCRIBING}{{0,2}}{_ROOM}|"
    rf"(?:[a-z]+ ){{0,2}}(?:craft|treatment|work|activity|mat|hi-lo|plinth|dining) table|"
    rf"(?:[a-z]+ )?{_FURNISHED} (?:at )?(?:\d{{1,3}} ?(?:in|inches|cm)\b|(?:eye|knee|waist|elbow|chest) (?:height|"
    rf"level))|"
    rf"for (?:the|his|her|each) [a-z]+"
)


def _is_count(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """How often or how many, of what is named elsewhere: "four rounds", "three sets of twelve"."""
    return end - start <= _LONGEST_COUNT and _COUNT.fullmatch(document.low, start, end) is not None


_LONGEST_COUNT: Final = 48  # code points
_COUNT: Final = folded(
    rf"(?:about |another |only )?(?:{_NUMBER}|a few|several) (?:more |full |good |slow )?(?:rounds?|laps?|sets?|trips?|"
    rf"times|trials?|tries|stops?|passes|bouts|turns?|reps|repetitions|lengths)(?: (?:of|x) {_NUMBER})?(?: each)?|"
    rf"{_NUMBER} (?:days|times|trials|mornings|tries|nights) (?:of|out of|in) {_NUMBER}|"
    rf"{_NUMBER} (?:of|out of) {_NUMBER} (?:days|times|trials|mornings|tries|nights)|{_NUMBER} per [a-z]+"
)


def _is_verdict(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """A goal and how far it is reached: "1) Walk to mailbox - better"."""
    low = document.low
    return low.startswith(_MARKS, end) and _VERDICT.match(low, end, sentence.end + 1) is not None


_MARKS: Final = (" -", "-", ":", " :", "=", " =")
_VERDICT: Final = folded(
    r" ?(?:-{1,2}|:|=) ?(?:much |still |now |goal )?(?:better|ongoing|met|not met|partly met|partially met|nearly met|"
    r"in progress|progressing|improv(?:ed|ing)|unchanged|achieved|discontinued)(?=[.,;\n]|\r|$)"
)


def _is_rate(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """How much of the work was good: "heels down 70% of steps"."""
    return _RATE.match(document.low, start, end) is not None


_RATE: Final = folded(r"(?![a-z]+(?:ed|ing)\b|went\b|ran\b|rode\b|did\b)(?:[a-z-]+ ){1,4}\d{1,3} ?% of (?:the )?[a-z]+")


def _is_habit(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """How the patient gets about: "walks with rollator"."""
    return _HABIT.fullmatch(document.low, start, end) is not None


_HABIT: Final = folded(
    r"(?:(?:s?he|pt|patient|client|resident) )?(?:walks|ambulates|gets about|gets around|transfers) (?:with|using|by) "
    r"(?:an? |the |his |her )?[a-z -]+"
)


def _is_by_others(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """What others did for the patient, or what was talked over: "nsg just toileted", "we talked about his ramp"."""
    return _BY_OTHERS.match(document.low, start, end) is not None


_BY_OTHERS: Final = folded(
    r"(?:nsg|nursing|nurse|cna|rn|wife|husband|daughter|son|mother|father|family|caregiver) "
    r"(?:just |already |had |has )*(?:toileted|walked|dressed|bathed|fed|transferred|changed|washed|showered|lifted|"
    r"carried|cooked|drove|took|got)\b|"
    r"(?:we|i|s?he|they) (?:talked|spoke|chatted)\b"
)


def _is_identified(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """What something is to the patient: "crates are what she moves at work", "the cart is hers to push"."""
    return _IDENTIFIED.search(document.low, start, end) is not None


_IDENTIFIED: Final = folded(
    r"\b(?:is|are) (?:(?:all|just|still|exactly|also|now) )?(?:(?:what|how|where|why) (?!we\b|i\b)|"
    r"the (?:[a-z]+ ){0,2}(?:things?|reasons?|parts?|tasks?|ones?|lifts?|chores?|jobs?)\b|"
    r"(?:hers|his|theirs|(?:her|his|their) own)\b|(?:goal|stg|ltg|aim|[gm]\d)\b)|"
    r"\bwere the (?:\w+ ){0,2}(?:things|reasons|tasks|ones) (?:s?he|they)\b|"
    r"\b(?:is|are) (?:her|his|their) (?:[a-z]+ )?(?:aim|goal|job|chore|task|trade|hobby|wish|routine)\b|"
    r"\b(?:last|first|worst|only) fall was\b|\bis (?:what|where|how)\b"
)


def _is_decision(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """What was changed or kept and the sign it waited for: "meter covered after phrase 6 because she watched it"."""
    return _DECIDED.match(document.low, start, end) is not None


_DECIDED: Final = folded(
    r"(?![a-z]{2,}ing\b)(?:[a-z\d.,'-]+ ){0,6}?(?:(?:was|were|is|are|had been) )?(?:kept|cut|built up|raised|lowered|"
    r"held back|covered|uncovered|swung|moved|shifted|given up|slowed|split|narrowed|widened|dropped|reduced|turned|"
    r"taken (?:off|away)|put (?:back|up|down)|gave (?:\w+ ){1,2}back)\b[^;]*? (?:after|until|till|when|because|once|"
    r"as soon as|as|since) (?:(?:the|a|an|his|her|its|only) )?(?:[a-z\d]+ ){1,4}?(?:[a-z]{2,}ed|was|were|is|had|began|"
    r"kept|could|drew|came|went|got|let|ran|fell|gave|lost|found|said|told|felt|showed|two|broke)\b"
)


def _is_of_before(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """What had been done up to the visit, or would be: "father had been pushing through the arch"."""
    return _BEFORE.search(document.low, start, end) is not None


_BEFORE: Final = folded(r"\bhad been [a-z]+ing\b|\b(?:would|might) (?!like\b)[a-z]+|\b(?:is|are|was|were) never\b")


def _tells_help(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """The part tells who was helped how, and no amount of work: "two verbal cues to push off", "I had contact guard on
    the ramp".
    """
    told = next((hit for hit in sentence.hits if hit.start >= start and hit.mask & LEVELS), None)
    return (
        told is not None
        and told.end < end
        and _WHO_HAD.fullmatch(document.low, start, told.start) is not None
        and _WORKED.search(document.low, told.end, end) is None
    )


_WHO_HAD: Final = folded(
    rf"(?:(?:and|then|but) )?(?:(?:s?he|i|we|they|pt|patient|client|resident) )?(?:(?:was|were|had|needed|required|"
    rf"gave|"
    rf"used|got|received|still|only|also|with) )*(?:(?:about|a|an|my|{_NUMBER}) )*"
)
# An amount, or what was done with what: "for the last trips carrying the chair down".
_WORKED: Final = folded(
    r"\d+ ?(?:ft|feet|m|steps|stairs|reps|x|lbs?|min)\b|\bx ?\d|"
    r"(?<!before )(?<!when )(?<!than )\b[a-z]{3,}ing (?:(?:up|down|over|off|on|onto|into|out) )?(?:the|an?|his|her|"
    r"\d)\b"
)


def _is_incident(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """What befell the patient, and how often: "Child cried x1", "LOB x2 with recovery", "freezing x3 at doorway"."""
    return _INCIDENT.match(document.low, start, end) is not None


# What no task asks for: as a verb of what the patient did, or as the name of what occurred.
_BEFELL: Final = (
    r"(?:cried|wept|coughed|sneezed|choked|gagged|vomited|burped|yawned|yelled|screamed|whined|laughed|giggled|cursed|"
    r"stumbled|tripped|slipped|staggered|swayed|fell|froze|buckled|fainted|dozed|nodded off|fell asleep|eloped|"
    r"grimaced|winced|complained|refused|hesitated|veered|retched|drooled|spilled|dropped it|"
    r"lost (?:her |his |their )?(?:balance|grip|footing|place|focus|attention)|asked (?:for|to) (?:a )?(?:rest|stop|"
    r"break|water)|needed (?:a )?(?:rest|break|redirection)s?)"
)
_EVENT: Final = (
    r"(?:crying|coughing|choking|freezing(?: (?:episodes?|of gait))?|fog|lobs?|loss(?:es)? of balance|near[- ]?falls?|"
    r"falls?|stumbles?|buckling|knee buckl\w+|scuffing|toe (?:drag|catch)\w*|outbursts?|meltdowns?|tantrums?|"
    r"coughs?|throat clear\w*|wet voice|spasms?|clonus|tremors?|seizures?|dizzy spells?|rest breaks?|seated rests?|"
    r"redirections?|refusals?|spills?)"
)
_TIMES: Final = rf"(?:x ?{_NUMBER}\b|once\b|twice\b|{_NUMBER} (?:times|x)\b)"
_INCIDENT: Final = folded(
    r"(?:(?:the |her |his |their )?(?:pt|patient|client|resident|student|child|infant|baby|kid|toddler|she|he|they|"
    rf"knees?|legs?) )?(?:also |then |only |nearly |almost )?{_BEFELL}(?: [a-z]+){{0,3}}? {_TIMES}|"
    rf"(?:with |had |one |some )?{_EVENT}(?: [a-z]+){{0,2}}? {_TIMES}"
)


def _is_aim(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """The wording of a goal, behind its name in the sentence: "the goal remains getting a pot on the shelf"."""
    if not sentence.mask & BIT["goal"]:
        return False
    low = document.low
    led = _AIM.search(low, sentence.start, end)
    if led is None or led.start() > start + _NAME_OF_GOAL or low.find("; ", led.end(), start) >= 0:
        return False
    return led["is"] is not None or _DUE.search(low, led.end(), sentence.end) is not None


_NAME_OF_GOAL: Final = 24  # code points of a part up to the name of the goal that it tells
_AIM: Final = folded(
    r"\b(?:goals?|stg|ltg|aim|target|[gm](?=\d))(?: ?#?\d{1,2})?"
    r"(?:(?P<is> (?:is|remains?|stays|was|continues to be)(?: still)? (?!met\b|not\b|partly\b|nearly\b|that\b|what\b))|"
    r" ?[:,-] ?| (?=\d))"
)
_DUE: Final = folded(
    r"\b(?:by|through|until) (?:\d{1,2}/\d|the \w+ of|end of|discharge|christmas|thanksgiving|easter|"
    r"(?:the )?(?:first|end)|(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
# Each beside the gate of what it looks for.
_SHAPES: Final[tuple[tuple[int, Callable[[Document, Sentence, int, int], bool]], ...]] = (
    (gate(_PAGE), _is_page),
    (gate(_SCORED, _RATED), _is_score),
    (gate(_PLACE), _is_place),
    (gate(_COUNT), _is_count),
    (gate(_RATE), _is_rate),
    (gate(_VERDICT), _is_verdict),
    (gate(_HABIT), _is_habit),
    (gate(_BY_OTHERS), _is_by_others),
    (gate(_IDENTIFIED), _is_identified),
    (gate(_DECIDED), _is_decision),
    (gate(_BEFORE), _is_of_before),
    (gate(_AIM), _is_aim),
    (gate(_INCIDENT), _is_incident),
)
_ANY_SHAPE: Final = functools.reduce(operator.or_, (gated for gated, _ in _SHAPES))
