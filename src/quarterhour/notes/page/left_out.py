"""What tells that something was not done in this visit by the shape of its clause, beside the cues of the lexicon: the
predicate behind it ("stairs could not be tried", "curbs: next"), the title before it ("Pending: stairs"), the day it
was done or will be, and, for whole lines, a row of a table that ends in "deferred" and a list below "Not done:".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quarterhour.notes.page.clauses import STATUS_CUES, Sentence
from quarterhour.notes.page.comparisons import Cell
from quarterhour.notes.page.family import left_to_family, with_family
from quarterhour.notes.page.kinds import closes_care
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.lexicon import BIT
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.text import split_cells

#: Families of which a sentence has one that tells something left out by its shape.
SHAPES: Final = STATUS_CUES | BIT["left_out"]
_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"


def told_left_out(low: str, sentence: Sentence, start: int, end: int) -> str:
    """The status that the clause around the phrase [start, end) tells by its shape, "" for none."""
    before = after = False  # words that may tell it stand there
    for hit in sentence.hits:
        if hit.mask & SHAPES:
            before = before or hit.start <= start
            after = after or hit.end > end
    dosed = _DOSED.search(low, end, _part_end(low, sentence, end)) is not None
    opening = part_opening(low, sentence, start)
    told = _told_before(low, sentence, opening, start, end, dosed=dosed) if before else ""
    told = told or (_told_behind(low, sentence, start, end, dosed=dosed) if after else "")
    if told or dosed:
        return told
    if sentence.gates & _ELSEWHERE_GATE and _ELSEWHERE.search(low, sentence.start, sentence.end):
        return "prior_visit"
    return _of_a_day(low, sentence, opening, end) if sentence.gates & _ANY_DAY_GATE else ""


# A task told with a dose or a level of help was done.
_DOSED: Final = folded(r" ?x ?[1-9]|\d ?x ?\d|\b(?:min a|mod a|max a|cga|sba)\b")
_ELSEWHERE: Final = folded(
    r"\b(?:ot|pt|slp|st|speech|nursing|rn|cna)\b (?:\w+ ){0,2}[^,;.\n]{0,40}\b(?:this morning|earlier|yesterday|"
    r"this afternoon)\b|\b(?:nursing|rn|cna) (?:does|did|do|performs?|assists?|to|will|walked|took|"
    r"got|fed|bathed|dressed|changed|transferred) |"
    r"\b(?:ot|pt|slp|st) (?:to (?:do|address|work|cover|continue|see)|(?:is )?addressing|covers|will (?:do|address|"
    r"work|cover|"
    r"continue)) "
)
_ELSEWHERE_GATE: Final = gate(_ELSEWHERE)


def part_opening(low: str, sentence: Sentence, start: int) -> int:
    """Where the part of the sentence begins that ``start`` stands in."""
    return max(sentence.start, 1 + max(low.rfind(mark, sentence.start, start) for mark in _PART_MARKS))


def _part_end(low: str, sentence: Sentence, end: int) -> int:
    ends = [place for mark in _PART_MARKS if (place := low.find(mark, end, sentence.end)) >= 0]
    return min(ends, default=sentence.end)


_PART_MARKS: Final = ",;|.("  # they part what a sentence tells


def _told_before(low: str, sentence: Sentence, opening: int, start: int, end: int, *, dosed: bool) -> str:
    """What a title, an order or "was due" before the phrase tells; its part of the sentence begins at ``opening``."""
    titled = _titled(low, sentence, start)
    if titled:
        return titled
    title = max(sentence.start, low.rfind("; ", sentence.start, start) + 2)
    if sentence.gates & _AT_HOME_GATE and _AT_HOME.match(low, title, sentence.end) and 3 * title > len(low):
        return "home_program"
    if _EARLIER_VISIT.match(low, sentence.start, start):
        return "prior_visit"
    if (
        _ON_ITS_OWN.match(low, opening, sentence.end)
        or left_to_family(low, opening, start)
        or with_family(low, sentence, end)
    ):
        return "home_program"
    if start - opening < _LONGEST_ORDER and not dosed:
        if _HOLD.match(low, opening, start):
            return "negated"
        if _BEGIN.match(low, opening, start) and _NEXT_BEHIND.match(low, end, sentence.end):
            return "planned"
    if sentence.gates & _WAS_TO_GATE and _WAS_TO.search(low, max(sentence.start, start - _LONGEST_DUE), start):
        return "planned"
    if not dosed and _BACK_THEN.match(low, sentence.start, start):
        return "planned"
    return ""


# "Home tummy time 10 min x 5": a list of what is to be practiced opens with its place.
_AT_HOME: Final = folded(
    r"[-* ]*(?:for )?home,? (?!(?:visit|health|safety|eval|set-?up|environment|assess|modif|care|manage|mak|simul|"
    r"bound|with|and|from|alone|by|is|was|has|management|program tolerated|office|base|row|nurs|aide|therap|pt|ot|"
    r"slp|note|record|layout|access|entry|entrance|bathroom|kitchen|stairs?|steps|task|activit)\w*\b)"
)
_AT_HOME_GATE: Final = gate(_AT_HOME)
# What the patient goes on with alone: "he keeps up press-ups on his own".
_ON_ITS_OWN: Final = folded(
    r" ?(?:s?he|they|pt|patient|client) (?:will |is to |to )?(?:keeps? up|continues? (?:with )?|goes? on with|keep "
    r"(?:on )?(?:with|"
    r"doing)|carr(?:y|ies) on with)\b(?![^.;\n]*\b(?:today|next (?:visit|session))\b)[^.;\n]{2,50}\b(?:on (?:his|her|"
    r"their) own|"
    r"by (?:him|her|them)sel(?:f|ves)|alone|at the gym|at home)\b"
)
# How far an earlier visit had come: "Visit 4 had got as far as a four step carry"; what follows is of then, up to a
# word of today.
_EARLIER_VISIT: Final = folded(
    r"(?:(?:by|at|in|on|the|as of) ){0,2}(?:(?:visit|session|week|tx|treatment) ?#?\d{1,2}|(?:visit|session|time|"
    r"week|one) "
    r"before|(?:last|previous|prior|earlier) (?:visit|session|week|time)s?),? (?:(?:s?he|they|we|pt|patient) "
    r")?(?:(?:had |'d )"
    r"(?:got|gotten|reached|come|progressed|worked|managed|moved|been|gone|done|ended|stopped|left|covered|included)\b|"
    r"(?:reached|got as far|got to|left off|ended (?:with|at|on)|stopped (?:at|with)) )(?![^;.\n]*\b(?:today|now)\b)"
)
# An order that opens a clause: "Hold stairs", "Introduce curbs next".
_HOLD: Final = folded(
    r"[-* ]*(?:d/?c (?:the )?$|(?:hold|defer|skip|omit|drop|strike|delete|disregard|minus|zero|0|wait (?:on|with)) "
    r"(?!(?:at|for|on|in|to|off|x|and|each|\d|from|of|lb|min|ft|s|sec)\b)[\"']?)"
)
_BEGIN: Final = folded(
    r"[-* ]*(?:introduce|start|begin|move on to|moving on to|work on|trial|try|teach) (?!(?:of|x|to|with)\b)"
)
_LONGEST_ORDER: Final = 24  # code points
_NEXT_BEHIND: Final = folded(rf"[^;.\n]{{0,40}}?\b(?:next|{_DAY}|tomorrow|soon|later|then)\b")
# What was to be done, told before it: "Was due ramp walking and car transfer".
_WAS_TO: Final = folded(
    r"\b(?:was|were) (?:due|to (?:do|have|start|try)|scheduled|meant to|supposed to|going to|down for|"
    r"slated)\b[^.;\n]{0,60}$|\b(?:on|in) (?:the|today's|our|her|his|this visit's) (?:list|plan|agenda|schedule|menu|"
    r"program|slate|board)\b(?: for [a-z ]{2,20}?)? (?:was|were|had been|would have been)\b[^.;\n]{0,60}$|\bplan(?: "
    r"for (?:today|the (?:visit|session)|this (?:visit|session)))? had been\b"
    r"[^.;\n]{0,60}$|\b(?:today's plan (?:was|had been)(?! (?:followed|kept|completed|carried|done))|had (?:planned|"
    r"hoped|intended|meant) (?:to|on|for)\b|"
    r"had been (?:planned|scheduled|set down|booked) for)\b[^.;\n]{0,60}$"
)
_WAS_TO_GATE: Final = gate(_WAS_TO)
_LONGEST_DUE: Final = 80
# When the patient comes again, and what follows then: "Back on Monday, then we start the loft stairs".
_BACK_THEN: Final = folded(
    rf"[-* ]*(?:(?:she|he|they|pt|patient|client|we) )?(?:(?:is|are|will be|will|to be|comes?|to come) )?"
    rf"(?:back|returns?|again|see (?:him|her|them)(?: again)?|next(?: visit)?)(?: here)? "
    rf"(?:(?:on|in|for|next|this|coming) ){{0,2}}(?:{_DAY}|\d{{1,2}}/\d{{1,2}}|tomorrow|"
    rf"(?:a|one|two|three|\d) (?:days?|weeks?)|week|month)[^,;.\n]{{0,16}}[,;] (?:and |then |when |where ){{1,2}}"
    rf"(?!.*\b(?:today|did|was|were)\b)"
)


def _titled(low: str, sentence: Sentence, start: int) -> str:
    """The status told by the title that the phrase stands under in its own sentence: "Pending: stairs, curbs"."""
    colon = max(low.rfind(": ", sentence.start, start), low.rfind(" - ", sentence.start, start))
    if colon < 0:
        return ""
    opening = max(low.rfind(mark, sentence.start, colon) for mark in ";|.([\n") + 1
    opening = max(opening, sentence.start)
    opening = max(opening + low.startswith(" ", opening), sentence.words)
    if low.startswith(_FORGOTTEN, opening) and any(word in low for word in _AMENDS):
        return ""  # left out of the note it amends, not out of the visit
    if low.startswith("last ", opening):
        return ""  # of a course of care that ends with this visit, unless a cue of the lexicon says otherwise
    return _title_of(low[opening:colon])


_FORGOTTEN: Final = ("omitted", "left out", "missed")
_AMENDS: Final = ("addend", "late entry", "amend")


def _title_of(words: str) -> str:
    title = _TITLE.fullmatch(words.strip(" -*>#["))
    return "" if title is None else _status(title)


_TITLE: Final = folded(
    r"(?:(?P<negated>(?:still |items? |things? )?(?:not (?:covered|treated|done|performed|trained|addressed|attempted|"
    r"tried|"
    r"reached|completed|included|started|tested|yet|today|this (?:time|visit|session)|on (?:the )?(?:program|list|"
    r"plan))"
    r"|omit(?:ted)?|defer(?:red|ring)?|held|hold(?:ing)?|on hold|skip(?:ped|s)?|excluded|declined|refused|"
    r"restrictions?|forbidden|"
    r"prohibited|off[- ]limits|cancell?ed|dropped|left out|withheld|avoid(?:ing)?|contraindicated|out for now|"
    r"missed)(?: (?:today|this (?:visit|date|session|time)|for now|until .{1,24}|per \w+|due to .{1,24}|d/t .{1,24}))?)"
    r"|(?P<planned>(?:pending|await(?:ing|s)?|outstanding|remaining|(?:still )?open|still to (?:do|come)|soon|later"
    r"|future|ahead|upcoming|coming|in line|to (?:add|try|trial|start|do|follow|come|introduce|begin|resume|cover|"
    r"progress|work on)|(?:set|booked|lined up|down|meant|intended) for (?:today|this|the)|tomorrow|n/?v|nxt|next|"
    r"for next (?:time|visit)|ideas|considering|proposed|planned|"
    rf"{_DAY})(?: (?:clearance|tx|treatments?|visits?|sessions?|next|up|time|week|focus|goals?|steps?|on|day|order|"
    r"approval))*)"
    r"|(?P<prior>(?:last|previous|previously|prior|earlier|past|old|before today|before|copied|from|at|on)"
    r"(?: (?:the|last|previous|prior|earlier|old|in|week|visits?|sessions?|notes?|tx|treatments?|time|admission|"
    r"eval\w*|"
    r"ie|soc|entry|month|day))*)"
    r"|(?P<home_program>(?:for )?(?:the )?(?:home|weekend|homework|home (?:plan|practice|work|sheet|program|exercises?|"
    r"ex|list)|hep|(?:(?:discharged?|transition(?:ed|s)?|d/?c) to )?(?:(?:her|his|an?|their) )?(?:own|gym|independent|"
    r"community|fitness|wellness) (?:[a-z]+ )?program(?:me)?)(?: (?:today|update[ds]?|reviewed?|given|issued|"
    r"provided|sent|"
    r"now|cont|continues?|plan|on|\d{1,2}/\d{1,2}(?:/\d{2,4})?))*)"
    r"|(?P<self_corrected>(?:strike|delete|disregard|error|entered in error|wrong|charted in error)))"
)


def _told_behind(low: str, sentence: Sentence, start: int, end: int, *, dosed: bool) -> str:
    """What a bare word or a predicate behind the phrase tells."""
    if (
        sentence.gates & _TAKEN_GATE
        and _TAKEN.search(low, max(sentence.start, start - _LONGEST_TAKEN), start)
        and _OUT.match(low, end, sentence.end)
    ):
        return "negated"
    bare = _BARE.match(low, end, sentence.end) if sentence.gates & _BARE_GATE else None
    if bare is not None:
        return "negated" if bare["nought"] or bare["gone"] else _status(bare)
    behind = None if dosed or not sentence.gates & _BEHIND_GATE else _BEHIND.match(low, end, sentence.end)
    return _status(behind) if behind is not None else ""


# Left or taken out: "left the stairs out", "cut jogging off".
_TAKEN: Final = folded(r"\b(?:(?:left|leave|leaving) (?:the |his |her )?|(?:put|putting|took|take|kept|keep|cut) )$")
_TAKEN_GATE: Final = gate(_TAKEN)
_LONGEST_TAKEN: Final = 13  # code points
_OUT: Final = folded(r"(?: \w+){0,2} (?:out|off)(?=$|[.,;)\n]| (?:today|of|until|because|for))")
# A bare word behind a colon, a dash or a bracket: "stairs: skip", "curbs (home)", "ramp - next"; or before the reason:
# "clams cut (snapping)".
_BARE: Final = folded(
    r"(?: [a-z]+){0,2} ?(?::|-{1,2}|\(|=|\||\.{2,}|,) ?(?:(?P<negated>skip(?:ped)?|omit(?:ted)?|hold|defer(?:red)?|"
    r"not yet|not today|"
    r"cancel(?:led|ed)?|dropped|x ?0|0x|off|no time(?: left)?|out of time)|(?P<planned>n/?v|next|later|pending|tb[da]|"
    r"plan(?:ned)?|to do|todo|future|another (?:day|time)|next time)|(?P<prior>last (?:visit|time|session|week)|lv|"
    r"prev|"
    r"yesterday)|(?P<home_program>home|hep|at home))(?= ?(?:[).,;|\n]|$)| (?:today|d/t|due|because|2/2|until|per|"
    r"for now)\b)"
    r"|(?P<nought> x ?0| 0 ?(?:x|reps|min))(?=$|[.,;)|\n])"
    r"|(?P<gone> (?:dropped|pulled|cut|removed|parked|shelved) \([a-z][a-z ,]{2,40}\))"
)
_BARE_GATE: Final = gate(_BARE)
_DOING: Final = (
    r"(?:done|performed|attempted|tried|trial(?:l)?ed|completed|started|begun|initiated|introduced|included|covered|"
    r"reached|repeated|practi[cs]ed|worked on|trained|addressed|resumed|added|undertaken|carried out|pursued)"
)
_WAS: Final = r"(?:(?:was|were|is|are|be|been|being|got|gets|had to be|has been|have been|will be|to be|also|still) )"
_ENDS: Final = (
    r"(?=$|[.,;)|\n]| (?:today|this|for (?:now|today|time)|due|d/t|because|2/2|until|till|per|secondary|as|so)\b)"
)
# In the words that follow the name of a task, up to the next comma or stop.
_BEHIND: Final = folded(
    r"(?:[^,;.|(\n:]{0,30}? |[ ]?[-=|:(,]{1,2} ?|[ ]?\.{2,} ?| )"
    r"(?:(?P<negated>"
    r"(?:was|were|is|are|has|have|had|did|does|do|could|can|would|will|should|may|must)(?:n't| ?not| never)\b"
    rf"(?: yet| be| been| to be| get| currently)* (?:{_DOING}|part of|on (?:the|today's|this)|possible|allowed|"
    r"permitted|cleared|happen|occur|take place|fit in|safe (?:yet|today|at this))\b|"
    r"(?:can't|cannot) (?:yet )?be \w+|"
    rf"(?:not|never) (?:yet )?(?:{_DOING}(?! before)|(?:opened|played|loaded|launched|touched|taken|brought|assigned|"
    rf"run|turned to|looked at|gone (?:over|into|through)|set up){_ENDS}|permitted|allowed|part of|on (?:the|today's|"
    rf"this) (?:list|"
    rf"program|plan|menu)|"
    r"begun|happened|came up)\b|"
    rf"(?:not|nothing) (?:yet|today|this (?:visit|time|date|session))(?=$|[.,;)|\n]| {_DOING})|"
    rf"{_WAS}{{0,2}}(?:abandoned|aborted|scrapped|shelved|excluded|called off|crossed (?:off|out)|vetoed|ruled out|"
    r"prohibited|forbidden|off limits|out of the question|impossible|taken off|set aside|bypassed|passed over)\b|"
    rf"(?:was|were|had to be|got|has been|been) (?:dropped|pulled|cut|removed|parked|left|skipped|cancell?ed|"
    rf"bumped|pushed back){_ENDS}|(?:was|were|got|been) rejected\b|(?:is |was )?restricted (?:by|per|until)\b|"
    rf"(?:parked|dropped|pulled|cut|removed|bumped|pushed|moved)(?= (?:from (?:today|the (?:list|program|plan))|"
    rf"until|till|for (?:time|now)|to (?:next|{_DAY})))|(?:dropped|cut) (?:today|this)|left (?:alone|out|off)\b|"
    rf"left (?:for|to) (?:next|another|a later|later|tomorrow)\b|cut short before\b|"
    r"(?:was |were )?(?:considered|discussed|offered|suggested|mentioned)(?: but| and|,|;)* (?:not|refused|declined|"
    r"rejected|pt|patient|she|he|no)\b|(?:was |were )?(?:only )?(?:discussed|talked (?:through|about|over))"
    r"(?: only)?(?=$|[.;)|\n])|"
    r"(?:is |are |was |were |still )*too (?:painful|risky|much|hard|difficult|early|soon|dangerous|unsafe|demanding|"
    r"advanced|unstable|challenging) (?:to (?:attempt|try|do|perform|start|begin)|for (?:now|today)|yet|at (?:this|"
    r"present)|today)|unsafe at\b|"
    rf"(?:was|were) (?:to be|supposed|meant|scheduled|due|intended|slated)\b[^.;]{{0,40}}?(?:[,;]| but| and) )"
    r"|(?P<planned>"
    rf"(?:(?:is|are|was|were|would|will|may|might|should|be|come|comes|to|goes) ){{0,2}}(?<!the )(?<!each )(?<!to )next"
    rf"(?: (?:visit|session|time|tx|week|step|up|on the list|in line))*(?=$|[.,;)|\n])|"
    r"(?:has to|have to|must|can|will|should) wait\b|waits (?:until|for|till|on)\b|wait until\b|waiting (?:for|on)\b|"
    rf"(?:still )?(?:pending|awaiting|await)\b|tb[da]\b|will (?:follow|come|resume)\b|(?:to|will) (?:follow|come)"
    rf"{_ENDS}|comes? later\b|"
    rf"(?:will|to|should|would|may|might) be (?:{_DOING}|trialed|progressed|next)\b|"
    rf"to (?:start|begin|resume) (?:when|once|by|in|after|at|week|wk|next|{_DAY})|"
    r"(?:in|at|on) (?:a |the |an? )?(?:later|future|another|upcoming)\b|in (?:the )?future\b|"
    rf"(?:is |are )?(?:expected|anticipated|slated|targeted|proposed|suggested|foreseen) (?:in|for|by|next|around|"
    rf"at)\b|"
    r"on the agenda\b|(?:was|were|had been) (?:(?:set(?: down)?|lined up|booked|put down|down) for (?:today|this "
    r"(?:visit|"
    r"session)|the (?:visit|session|day|slot))|on (?:the|today's|our|her|his) (?:list|plan|schedule|program))(?: for "
    rf"(?:today|this (?:visit|session)|the (?:visit|session|day)))?(?=[.,;)\n]|$)|on {_DAY}'s\b|"
    rf"(?:from|at|by|starting|after) (?:week|wk) ?\d|"
    r"(?:when|once|if|as soon as|after|until|till) [^,;.\n]{0,32}?\b(?:allows?|permits?|cleared|clears|ready|healed|"
    r"heals|improves|resolves|subsides|settles|stable|available|approves?|(?:is|are) (?:off|out|lifted|full|gone)|"
    r"comes off|removed|> ?\d))"
    r"|(?P<prior>"
    rf"(?:was|were|done|performed|practi[cs]ed|completed|tried|on|from) (?:on |last )?{_DAY}|"
    rf"(?:during|in) (?:the |her |his |an? )?(?:inpatient|hospital|acute|snf|prior|previous|earlier)\b|"
    r"(?:(?:is|was|were|are) )?(?:done|covered|handled|addressed) (?:by|with) (?:the )?(?:[a-z]+ )?(?:ot|pt|slp|st|"
    r"nursing|aides?|staff|rn|cna)\b|belongs? to (?:ot|pt|slp|st|speech)\b|by (?:ot|pt|slp|st|nursing), not\b|"
    r"(?:was |were )?(?:last )?(?:done|practi[cs]ed|performed) \d{1,2}/\d|"
    r"(?:was |were )?(?:last )?(?:done|practi[cs]ed|performed|tried|covered|completed|given) (?:at |on |in |during )?"
    r"(?:visit|session|week|tx) ?#?\d{1,2}\b(?! ?(?:of|/) ?\d)|"
    r"(?:was|were) (?:used|done|given|part of it|included|practi[cs]ed|needed) (?:up )?(?:to|until|till|through) "
    r"(?:visit|week|session) \d)"
    r"|(?P<home_program>(?:is |was |put |placed |listed |added )*(?:on|to|in) (?:the |her |his )?home\b|sent home\b)"
    r"|(?P<self_corrected>(?:was |were )?(?:entered|charted|documented|recorded|written|billed|typed|noted|listed) "
    r"(?:in error|by (?:mistake|error)|wrongly|erroneously)|should (?:have )?(?:read|sa(?:y|id))\b(?! ?\d)|"
    r"or rather\b))"
)
_BEHIND_GATE: Final = gate(_BEHIND)


def _status(match: re.Match[str]) -> str:
    """The status that the named group of a match stands for."""
    return "prior_visit" if match.lastgroup == "prior" else match.lastgroup or ""


def _of_a_day(low: str, sentence: Sentence, opening: int, end: int) -> str:
    """The phrase stands in one part with the name of another day: "Thursday we do stairs"."""
    border = _part_end(low, sentence, end)
    for day in _ANY_DAY.finditer(low, opening, border):
        lead = (day["lead"] or "").strip()
        if lead in _NOT_OTHER or day["tail"] or low[day.end() : day.end() + 3].strip(" ,.")[:1].isdigit():
            continue
        if lead == "for" and _CUES_FOR.search(low, opening, day.end("lead")):
            return ""
        if low[opening:border].count(" ") > _MOST_WORDS:
            continue
        return "prior_visit" if _DID.search(low, opening, border) else "planned"
    return ""


_ANY_DAY: Final = folded(
    rf"\b(?P<lead>(?:on|last|since|from|than|by|until|till|through|as on|every|each|for|next|this) )?"
    rf"{_DAY}(?P<tail>'s)?"
)
_ANY_DAY_GATE: Final = gate(_ANY_DAY)
_NOT_OTHER: Final = ("than", "as on", "since", "this", "by", "until", "till", "through")
_CUES_FOR: Final = folded(
    r"(?:cues?|cueing|prompts?|reminders?|help) for \Z"
)  # a day of the task: a pill box, a calendar
_MOST_WORDS: Final = 14  # in a longer part the name of a day may be of anything
_DID: Final = folded(r"\b(?:did|was|were|done|had|worked|practi[cs]ed|performed|completed|tried|went|walked|last)\b")


def find_left_out(low: str, lines: Sequence[tuple[int, int]]) -> tuple[Cell, ...]:
    """Lines of which a title above or a cell of their own tells that they were not done, as cells."""
    found: list[Cell] = []
    status = ""
    for (start, end), (following, _) in zip(lines, (*lines[1:], (len(low), 0)), strict=True):
        if status and _LISTED.match(low, start):
            found.append(Cell(start, end, _WHEN[status], start))
            continue
        status = ""
        if not 0 < end - start < _LONGEST_LINE:
            continue
        line = low[start:end]
        if _LISTED.match(low, following) and (":" in line[-2:] or end - start < _LONGEST_TITLE):
            status = "" if line.startswith("last ") and closes_care(low) else _title_of(line.rstrip(": \r"))
        elif ("|" in line or "  " in line or "\t" in line) and any(word in line for word in _CELL_WORDS):
            found += _row_left_out(line, start)
    return tuple(found)


_LISTED: Final = folded(r"[ \t]*(?:[-*>+]|\d{1,2}[.)]|\[ \]) ?[a-z]")
_LONGEST_LINE: Final = 160  # code points; a longer line is prose, no row and no title
_LONGEST_TITLE: Final = 30  # a title without a colon is no longer
_WHEN: Final = {
    "negated": "left",
    "planned": "ahead",
    "prior_visit": "then",
    "home_program": "home",
    "self_corrected": "struck",
}
# One of them stands in every such cell.
_CELL_WORDS: Final = (
    "not ",
    "defer",
    "held",
    "skip",
    "omit",
    "declin",
    "refus",
    "cancel",
    "dn",
    "hold",
    "withheld",
    "plan",
    "next",
    "to do",
    "to be",
    "pending",
    "future",
    "last ",
    "home",
    "hep",
)


def _row_left_out(line: str, start: int) -> list[Cell]:
    """What stands before the first cell of a row that tells so; the row begins at ``start``."""
    for cell, offset in split_cells(line)[1:]:
        told = _CELL.fullmatch(cell)
        if told is not None:
            return [Cell(start, start + offset, _WHEN[_status(told)], start)]
    return []


_WHY: Final = r"(?:(?: ?[,;(:-]| d/t| due| because| 2/2| per| until| for| today| this|,).{0,60})?"
_CELL: Final = folded(
    rf"(?P<negated>(?:was |were )?(?:not (?:done|performed|today|tried|attempted|completed|trained|tested|addressed)|"
    rf"deferred|held|skipped|omitted|declined|refused|cancell?ed|dnp|dnt|hold|on hold|withheld){_WHY})"
    rf"|(?P<planned>(?:planned|next(?: visit| session| time| tx)?|to do|to be (?:done|added|started)|pending|future)"
    rf"{_WHY})|(?P<prior>last (?:visit|session|time|week){_WHY})|(?P<home_program>(?:home(?: program| only)?|"
    rf"hep){_WHY})"
)
