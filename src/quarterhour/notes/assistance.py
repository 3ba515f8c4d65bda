"""Levels of assistance and cues given in this visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from quarterhour.notes.clauses import Sentence
from quarterhour.notes.cue_lists import listed_cues
from quarterhour.notes.cue_shapes import shaped_cues
from quarterhour.notes.document import Document
from quarterhour.notes.help_columns import columned_help
from quarterhour.notes.lexicon import BIT, Hit
from quarterhour.notes.patterns import folded, written
from quarterhour.notes.status import PERFORMED, status_of

_ASSIST, _CUE, _COMPARE, _GOAL, _HELP = BIT["assist"], BIT["cue"], BIT["compare"], BIT["goal"], BIT["help"]
_LEVELS: Final = _ASSIST | _CUE
_SKIPPED: Final = frozenset({"goals", "plan", "history", "home_program", "subjective", "signature", "diagnosis"})
_RETOLD: Final = frozenset({"assessment", "progress", "rationale", "response"})
_GG: Final = folded(
    r"\bgg (?=0?[1-6]\b(?!\d))0?([1-6])|\bgg ?0?\d{3}[a-z]{0,2}\d?\b[^.;\n]{0,50}?(?<![\d.])0?([1-6])(?![\d%:]|\.\d|/| ?(?:x|ft|min|"
    r"lb|in)\b)(?:[ ,]*\([a-z/ -]+\))?"
)
_GG_AFTER: Final = folded(r" ?(?:->|→) ?0?([1-6])\b")  # "02 → 03": the later one is today's
_ASPIRED: Final = folded(r" ?(?:or (?:better|higher)|by \d|is (?:the )?(?:stg|ltg|goal))")
_GG_NEXT: Final = folded(r"[,;] ?(?:then |and )?0([1-6]) \([a-z/ -]+\)")
_NOT_PATIENT: Final = folded(
    r"(?:pta|cota|assistant|student|line of sight) (?:the )?(?:\w+ )?$|(?:home (?:exercise )?program|"
    r"hep|exercise)[ :]+$"
)
_NOT_LEVEL_AFTER: Final = folded(
    r" (?:home (?:exercise )?program|hep|living|of (?:a |the )?(?:pt|ot|slp|therapist)|"
    r"side|variable|joint|night|day|week|session|visit|in (?:his|her) (?:hep|home program)|with (?:hep|home program|"
    r"home exercise)"
    r"|evaluation)\b"
)
_NO: Final = folded(
    r"\b(?:no|without|w/o|zero|0|never needs?|did not (?:need|require)|didn't need|not need|"
    r"needed no|needing no|free of)(?: \w+){0,3} $|\bno (?:more than|further) $"
)
_CUE_BEFORE: Final = folded(
    r"(?:\b(?:the|external|skilled|self|self-|type of|this|that|which|each|same|sound|any|visual|"
    r"cue|auditory) |[-])$"
)
_CUE_AFTER: Final = folded(
    r" (?:phrase|type|went (?:out|down|up)|were (?:dropped|removed|withdrawn|moved|changed|kept)|was (?:dropped|removed|withdrawn|kept)|stays|again|easy|was changed|faded|card|fading|dependen|hierarchy|moved|for \w+ faded)"
)
_QUANTITY: Final = folded(
    r"(?:(?<!x )(?<!\d)\b(?:\d{1,2}|\d{1,3}%|one|two|three|four|five|six|seven|eight|a|occasional|intermittent|"
    r"min(?:imal)?|mod(?:erate)?|max(?:imal)?|frequent|constant|consistent|repeated|few|several|"
    r"rare|initial) ){1,2}$"
)


class Assistance(msgspec.Struct, frozen=True, gc=False):
    """A level or cue at [start, end); ``tied`` when the words around tell the task or the amount."""

    level: str
    start: int
    end: int
    status: str
    tied: bool
    sentence: Sentence


def find_assistance(document: Document) -> list[Assistance]:
    """Levels and cues in order, with the status of each; only performed ones count."""
    low = document.low
    found: list[Assistance] = []
    if "gg" in low:
        found.extend(_section_gg(document))
    if document.mask & _LEVELS:
        covered = [(item.start, item.end) for item in found]
        for sentence in document.sentences:
            if not sentence.mask & _LEVELS:
                continue
            for hit in sentence.hits:
                if hit.mask & _LEVELS and not any(start <= hit.start < end for start, end in covered):
                    item = _level(document, sentence, hit)
                    if item is not None:
                        found.append(item)
            if sentence.mask & _CUE:
                found.extend(_listed(document, sentence))
            found.extend(_goes_on(document, sentence))
    for match in _LETTER.finditer(document.text):
        place, border = match.span(1)
        if any(item.start <= place < item.end for item in found):
            continue
        lead = _LETTER_BEFORE[match.lastgroup or ""]
        if not lead.search(document.text, max(0, place - 8), place):
            continue
        holder = _holding(document, place)
        with_all = low.startswith((" with ", " w/"), border) and match.lastgroup == "opens"
        if holder is not None and (holder.mask & _TASK or with_all) and holder.section not in _SKIPPED:
            level = "independent" if low[place] == "i" else "supervision"
            found.append(Assistance(level, place, border, status_of(document, holder, place, border), True, holder))
    for match in _TICKED.finditer(low) if "☒" in low or "x)" in low or "x]" in low else ():
        holder = _holding(document, match.start())
        if holder is not None and not any(item.start <= match.start(1) < item.end for item in found):
            tied = bool(holder.mask & _TASK)
            found.append(Assistance(_TICKED_LEVELS[match[1]], *match.span(1), PERFORMED, tied, holder))
    for match in _HEADED.finditer(low) if "assist" in low or "loa" in low else ():
        holder = _holding(document, match.start())
        if holder is not None and not any(item.start < match.end(1) and match.start(1) < item.end for item in found):
            level = _TICKED_LEVELS.get(match[1]) or _HEADED_LEVELS[match[1][:3]]
            status = status_of(document, holder, *match.span(1))
            if holder.section not in _SKIPPED:
                found.append(Assistance(level, *match.span(1), status, bool(holder.mask & _TASK), holder))
    for cue in (*columned_help(low, document.lines), *shaped_cues(low)):
        holder = _holding(document, cue.start)
        if (
            holder is not None
            and holder.section not in _SKIPPED
            and not holder.mask & (_GOAL | BIT["boilerplate"])
            and not any(item.start < cue.end and cue.start < item.end and item.status != "uncertain" for item in found)
        ):
            status = status_of(document, holder, cue.start, cue.end)
            found.append(Assistance(cue.level, cue.start, cue.end, status, True, holder))
    found.sort(key=lambda item: item.start)
    return [
        item
        for place, item in enumerate(found)
        if not place or item.start >= found[place - 1].end or item.level != found[place - 1].level
    ]


_TASK: Final = BIT["activity"] | BIT["function"]
# A letter for a level: "gait I.", "I with lifts", "labels I 5/6". One set of characters comes first: the search stops
# nowhere else. What follows says what has to stand before.
_LETTER: Final = written(
    r"([ISs](?:(?<=[Ss])up|(?<=S)UP|(?<=[IS])))"
    r"(?:(?P<ends>(?!\. [A-Z][a-z]+,? (?:PT|OT|SLP|CO|DPT|CCC|MS|MA))(?=[;,.)]|[ \t]*(?:\r?\n|$)|[ ]{2,}|\t))|(?P<opens>(?= (?:with|w/|for|in|on) ?[a-z]))|"
    r"(?P<scored>(?= \d/\d)))"
)
_LETTER_BEFORE: Final = {
    "ends": written(r"(?:[a-z)]|\d ?(?:ft|feet|m),?|[a-z]:) $(?<!and )(?<!so )(?<!that )(?<!Type )(?<!type )(?<!as )"),
    "opens": written(r"(?:^|\n|[.;:,] )$"),
    "scored": written(r"[a-z] $"),
}
# A level or a kind of cue ticked on a form: "(x)MIN", "☒ verbal".
_TICKED: Final = folded(
    r"(?:☒|☑|\[x\]|\(x\)) ?(mod i|i|s|sba|sup|cga|min|mod|max|dep|total|verbal|tactile|visual)\b(?! a)"
)
_TICKED_LEVELS: Final = {
    "i": "independent",
    "mod i": "modified_independent",
    "s": "supervision",
    "sup": "supervision",
    "sba": "standby",
    "cga": "contact_guard",
    "min": "minimal",
    "mod": "moderate",
    "max": "maximal",
    "dep": "dependent",
    "total": "total",
    "verbal": "verbal_cues",
    "tactile": "tactile_cues",
    "visual": "visual_cues",
}
# The level behind its label on a form: "Assist level: Min", "assist needed - mod (50%)".
_HEADED: Final = folded(
    r"\b(?:assist(?:ance)?(?: level| needed| required| provided| given)?|level of assist(?:ance)?|loa) ?[:=-]{1,2} ?"
    r"(mod i|ind\w*|sba|sup\w*|cga|min\w*|mod\w*|max\w*|dep\w*|total|standby|contact\w*|[is])(?![\w/])(?! ?(?:a|"
    r"assist\w*|guard\w*)\b)"
)
_HEADED_LEVELS: Final = {
    "ind": "independent",
    "sup": "supervision",
    "min": "minimal",
    "mod": "moderate",
    "max": "maximal",
    "dep": "dependent",
    "sta": "standby",
    "con": "contact_guard",
}


# "Moderate help the first time and minimal by the third": the later level stands without its word.
_BARE_LEVEL: Final = folded(
    r"(?:[,;]|\b(?:and|then|to|but)) (?P<level>min|mod|max)(?:imal|erate|imum)? (?:(?:by|on|for|at|in|after) (?:the )?|the )"
    r"(?:first|second|third|fourth|fifth|sixth|last|next|rest|end|final|other|remaining|\d)"
)
_BARE_NAMES: Final = {"min": "minimal", "mod": "moderate", "max": "maximal"}


def _goes_on(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    """Levels that go on from one told in full before them in the sentence."""
    if sentence.section in _SKIPPED:
        return
    told = next((hit for hit in sentence.hits if hit.mask & (_ASSIST | _HELP)), None)
    for match in _BARE_LEVEL.finditer(document.low, told.end, sentence.end) if told is not None else ():
        status = status_of(document, sentence, *match.span("level"))
        yield Assistance(_BARE_NAMES[match["level"]], match.start("level"), match.end(), status, True, sentence)


def _listed(document: Document, sentence: Sentence) -> Iterator[Assistance]:
    if sentence.section in _SKIPPED or sentence.mask & BIT["boilerplate"]:
        return
    for cue in listed_cues(document.low, sentence):
        before = document.low[max(sentence.start, cue.start - 44) : cue.start]
        if _NO.search(before) is None:
            status = status_of(document, sentence, cue.start, cue.end)
            if status == PERFORMED and _SKILLED.search(before) and not sentence.has_number:
                status = "uncertain"
            tied = cue.counted or bool(sentence.mask & _TASK)
            yield Assistance(cue.level, cue.start, cue.end, status, tied, sentence)


_CRITERION: Final = folded(
    r"[^.;\n]{0,60}?\bby (?:\d{1,2}/\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|discharge|d/c)"
)


def _level(document: Document, sentence: Sentence, hit: Hit) -> Assistance | None:
    low = document.low
    level = hit.values.get("assist") or hit.values["cue"]
    before = low[max(sentence.start, hit.start - 44) : hit.start]
    if level == "supervision" and low.startswith(" by ", hit.end):
        return None
    if "\n" in low[hit.start : hit.end] and low[hit.start - 2 : hit.start - 1].isdigit():
        return None  # "29 min", and the assessment below it: "A: ..."
    if _NOT_LEVEL_AFTER.match(low, hit.end) or _NOT_PATIENT.search(before) or _ITEM_LETTER.match(low, hit.start):
        return None
    if low.startswith(("a x", "ax"), hit.start) and before.endswith(("min ", "mod ", "max ", "min-", "mod-", "max-")):
        return None  # "Mod A x 2": the hit before holds it
    if low[hit.end - 2 : hit.end] == "tc" and _FIGURE_AFTER.match(low, hit.end):
        return None  # "TC 40": timed codes
    if "  " in low[hit.start : hit.end] or "\t" in low[hit.start : hit.end]:
        return None  # headings of two columns: "MIN   ASSIST"
    if level == "setup" and (_SET_UP.search(before) or low.startswith(":", hit.end)):
        return None
    if _CRITERION.match(low, hit.end):
        return None  # what a goal asks for: "no help, by 12/03"
    start, end = hit.start, hit.end
    quantity = _QUANTITY.search(before)
    if quantity is not None:
        start = hit.start - len(quantity[0])
    if "cue" in hit.values:
        if _NO.search(before) or _WITHDRAWN.match(low, hit.end):
            return None
        if level == "cues":
            if (_CUE_BEFORE.search(before) and not _NAMED_CUE.search(before)) or _CUE_AFTER.match(low, hit.end):
                return None
            counted = _COUNT_AFTER.match(low, hit.end, sentence.end)
            if counted is None and _LABEL_AFTER.match(low, hit.end):
                return None
            word = low[hit.start : hit.end]
            if counted is not None:
                end = counted.end()
            if (
                word in ("cue", "cues", "cueing", "cuing", "cued")
                and (quantity is not None or counted is not None or _ASKED.match(low, hit.end))
            ) or ((counted or quantity) is not None and word in _SPOKEN):
                level = "verbal_cues"
        if level == "cues" and _NAMED_CUE.search(before):
            level = "verbal_cues"
        told = quantity is not None or end > hit.end or _GIVEN.search(before) or _GIVEN_AFTER.match(low, hit.end)
        if level == "cues" and not told:
            return Assistance(level, start, end, "uncertain", False, sentence)
    elif (_NO.search(before) and level != "independent") or (
        level == "supervision" and _CLINICIAN.match(low, hit.end, hit.end + 24)
    ):
        return None
    status = status_of(document, sentence, hit.start, hit.end)
    if status == PERFORMED and (
        before.endswith("(was ")
        or (
            (
                _AT_START.match(low, hit.end, sentence.end) is not None
                or (
                    _FROM_START.search(before) is not None
                    and not any(other.mask & _LEVELS for other in sentence.hits if other.end <= hit.start)
                )
            )
            and _BY_NOW.search(low, hit.end, sentence.end) is not None
        )
    ):
        status = "prior_visit"
    if status == PERFORMED and "cue" in hit.values and _COUNT_WAS.match(low, end, sentence.end):
        status = "uncertain"
    if status == PERFORMED and _SKILLED.search(before) and not sentence.has_number:
        status = "uncertain"
    if sentence.section in _SKIPPED and status == PERFORMED:
        status = "planned" if sentence.section in ("goals", "plan") else "prior_visit"
    if status == PERFORMED and sentence.mask & _GOAL and _in_goal(document, sentence, hit):
        status = "planned"
    if status == PERFORMED and level in ("independent", "modified_independent"):
        told_before = _FUTURE.search(before)
        if told_before is not None and not _BECAME.search(before):
            status = "planned"
    if status == PERFORMED and (
        ((before.endswith("from ") or document.summary) and _TO_LEVEL.match(low, hit.end))
        or _DAY_AFTER.match(low, hit.end)
    ):
        status = "prior_visit"
    if status == PERFORMED and sentence.mask & BIT["boilerplate"] and not sentence.has_number:
        status = "uncertain"
    if (
        status == PERFORMED
        and sentence.section == "note"
        and sentence.mask & _COMPARE
        and _EARLIER.match(low, hit.end, sentence.end)
    ):
        status = "uncertain"
    if status == PERFORMED and low.endswith(("->", "-> "), 0, start) and not _IN_VISIT.match(low, hit.end):
        status = "uncertain"
    if (
        status == PERFORMED
        and end == hit.end
        and sentence.section in _RETOLD
        and (sentence.mask & _COMPARE or sentence.dates)
    ):
        status = "prior_visit" if _WAS.search(before) else "uncertain"
    return Assistance(level, start, end, status, _tied(document, sentence, hit, quantity is not None, level), sentence)


# "mod A at start, SBA now": the earlier state of a course of treatment.
_AT_START: Final = folded(r"[^.;,\n]{0,20} at (?:the )?(?:start|baseline|first|soc|eval\w*|admission)\b")
_FROM_START: Final = folded(r"\bat (?:the )?(?:start|baseline|first|soc|eval\w*|admission),? (?:\w+ ){0,3}$")
_BY_NOW: Final = folded(r"\b(?:now|today|currently|at discharge|at present)\b")
_SKILLED: Final = folded(r"\bskilled (?:[a-z/]+,? (?:and )?){0,4}$")
_WITHDRAWN: Final = folded(r" went (?:out|down|away)\b")
# A count beside that of another day tells the progress: "4 cues, was 9".
_COUNT_WAS: Final = folded(r",? \(?(?:was|were|down from|up from) \d")
_IN_VISIT: Final = folded(
    r" (?:by|on|at) (?:the )?(?:trial|rep|set|lap|try|last|final|end|third|second|fourth|fifth|\d)"
)
# A cue without kind or amount was given where the words say so; else the note only speaks of cues.
_GIVEN: Final = folded(
    r"\b(?:with|w/|c/?|need(?:s|ed|ing)?|requir(?:es|ed|ing)|given|gave|provided|received|using|min|mod|max|some|and|"
    r"per|plus) $"
)
# What was said: "a one word cue", "nose-over-toes cue".
_ASKED: Final = folded(r" (?:(?:were |was )?(?:needed|given|required|provided) )?(?:to|for|x ?\d)\b")
_NAMED_CUE: Final = folded(
    r"(?:\b(?:one|two|three|single|\d)[- ](?:word|step|phrase) |[a-z]+-[a-z]+(?:-[a-z]+)+ |[\"'] )$"
)
_GIVEN_AFTER: Final = folded(r" (?:were |was )?(?:given|needed|required|provided|prn|used|as needed|to|for|x)\b")
_FIGURE_AFTER: Final = folded(r"s? ?[:=]? ?\d{2}\b")
# What was set up was no task of the patient's: "environment set up", "equipment was set up".
_SET_UP: Final = folded(
    r"\b(?:environment|room|area|station|space|equipment|gym|field|course|circuit|rails?|cones|mats?|steps|table|hurdles|"
    r"boxes|shelves|targets|chairs) (?:was |is |were )?$"
)
_SPOKEN: Final = frozenset({"prompt", "prompts", "prompting", "reminder", "reminders"})
# A letter of an item of Section GG: "Wheel 150 ft (S)   01   06".
_ITEM_LETTER: Final = folded(r"\([a-s]\)[ \t|]{2,}\d\d\b")
_COUNT_AFTER: Final = folded(r" ?[:=]? ?(?:x ?)?\d{1,2}x?\b(?! ?%)")
_LABEL_AFTER: Final = folded(r"[ ]*(?:-{1,2} (?=\d* ?[a-z]+al\b)|:|\t|[ ]{2,}|\r?\n|$)")
_BECAME: Final = folded(r"\b(?:then|now|finally|and) (?:was|were) $")
_TO_LEVEL: Final = folded(r"[^.;,\n]{0,16} to (?:mod|min|cga|sba|sup|ind|contact|stand|close|distant|set|i\b)")
_DAY_AFTER: Final = folded(r" ?\(?(?:on )?(?:1[0-2]|[6-9])/(?:[0-3]?\d)\b(?! (?:trials|reps|times|attempts|opp))")
_CLINICIAN: Final = folded(r" (?:of|by|from) (?:the )?(?:pt|ot|slp|therapist|physical|occupational)")
_FUTURE: Final = folded(
    r"\b(?:will|goal|become|to be|return to|achieve|until|wants to|able to be|expected|bring|"
    r"target|for return to|prior level|was|were|previously|plof)\b[^.;]*$"
)
_EARLIER: Final = folded(r"[^.;]{0,20}, (?:was|were|had been) ")
_WAS: Final = folded(r"\b(?:was|were|needed|required|had been|from)\b[^,;]*$")
_GOAL_WORD: Final = folded(
    r"\b(?:goals?|stg|ltg|stgs|ltgs|[gm]\d|aim)\b ?#?\d?[^.;\n]{0,6}[:(-]|\b(?:stg|ltg) ?#?\d|"
    r"\bby \d{1,2}/\d|\bgoal\b"
)


def _in_goal(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """The level stands in the wording of a goal, not in what was done."""
    if (
        document.low.startswith(("ltg ", "stg ", "goal "), sentence.start)
        and " - " not in document.low[sentence.start : hit.start]
    ):
        return True
    opening = _GOAL_WORD.search(document.low, sentence.start, hit.start)
    return opening is not None


_CONTENT: Final = folded(r"[a-z]{3,}|\d")


def _tied(document: Document, sentence: Sentence, hit: Hit, counted: bool, level: str) -> bool:
    """A task or an amount stands with the level: other words of the sentence, or for an unspecified cue a number."""
    low = document.low
    if sentence.mask & BIT["boilerplate"]:
        return False
    if level == "cues":
        return counted
    if not sentence.mask & _TASK and (
        sentence.mask & BIT["stock_response"] or _BOXES.search(low, sentence.start, sentence.end)
    ):
        return False
    return (
        counted
        or _CONTENT.search(low, max(sentence.start, hit.start - 80), hit.start) is not None
        or _CONTENT.search(low, hit.end, min(sentence.end, hit.end + 80)) is not None
    )


_BOXES: Final = folded(r"\[[ x]\]|\([ x]\)|[☐☒☑]")


_GG_CELL: Final = folded(r"0([1-6])[ |]*")
# Rows of Section GG end their names with the letter of the item: "Sit to stand (D)".
_GG_ITEM: Final = folded(r"\([a-s]{1,2}\d?\)|\bgg ?0?\d{3}")


def _section_gg(document: Document) -> list[Assistance]:
    found: list[Assistance] = []
    low = document.low
    for cell in document.cells:
        score = _GG_CELL.fullmatch(low, cell.start, cell.end)
        if score is not None and _GG_ITEM.search(low, cell.row, cell.start):
            holder = _holding(document, cell.start)
            if holder is not None:
                status = cell.status or PERFORMED
                found.append(Assistance(f"GG_0{score[1]}", cell.start, cell.end, status, True, holder))
    for match in _GG.finditer(low):
        sentence = _holding(document, match.start())
        if sentence is None or sentence.section in _SKIPPED:
            continue
        if _ASPIRED.match(low, match.end(), sentence.end) or _CRITERION.match(low, match.end(), sentence.end):
            continue
        arrow = _GG_AFTER.match(low, match.end())
        found.append(
            Assistance(
                f"GG_0{arrow[1] if arrow is not None else match[1] or match[2]}",
                match.start(),
                match.end(),
                status_of(document, sentence, match.start(), match.end()),
                True,
                sentence,
            )
        )
        following = _GG_NEXT.search(low, match.end(), min(sentence.end, match.end() + 50))
        if following is not None:
            start = following.start(1) - 1
            found.append(Assistance(f"GG_0{following[1]}", start, following.end(), PERFORMED, True, sentence))
    return found


def _holding(document: Document, place: int) -> Sentence | None:
    for sentence in document.sentences:
        if sentence.start <= place < sentence.end:
            return sentence
    return None
