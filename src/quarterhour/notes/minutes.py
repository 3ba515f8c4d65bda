"""Minutes of each service: numbers beside a label in one line, and ranges of clock times; table rows are read in
``tables``.

In each line labels and numbers are paired by what stands between them: "12 minutes of gait training", "gait training:
12 min", "gait training with walker, CGA, 12 min". The closest pairs are made first and each number is used once. A
bare number counts only where several labels are followed by one in the same way ("TE 15, TA 23"), or where it equals
the total stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.between import GLUE, LONGEST_ROW, OF, PLAIN_BEFORE, TASKED
from quarterhour.notes.clocks import Clock
from quarterhour.notes.document import Document
from quarterhour.notes.mentions import Mention
from quarterhour.notes.mode_columns import Cell, find_mode_rows
from quarterhour.notes.numbers import NUMBER, value_of
from quarterhour.notes.patterns import folded
from quarterhour.notes.repeats import without_repeats
from quarterhour.notes.services import EVALUATION, Label, Service, Told, left_out, service_of
from quarterhour.notes.spans import places, started
from quarterhour.notes.statements import Times
from quarterhour.notes.status import status_of
from quarterhour.notes.tables import Columns, Found, clock_of, is_row, row_minutes
from quarterhour.notes.terse import UNTREATED, terse_services
from quarterhour.notes.turns import for_each, in_turn
from quarterhour.notes.vouched import vouched_minutes

_MOST: Final = 240  # minutes of one service


def find_services(
    document: Document, labels: Sequence[Label], mentions: Sequence[Mention]
) -> tuple[list[Service], list[Label]]:
    """Services with minutes beside them, and the labels that have none yet."""
    services: list[Service] = []
    loose: list[Label] = []
    if not labels:
        return services, loose
    rows: dict[int, list[Label]] = {}
    for label in labels:
        rows.setdefault(document.line_at(label.start)[0], []).append(label)
    columns = Columns(document)
    modes = find_mode_rows(document.low, document.lines)
    for start, row in rows.items():
        if start in modes and len(row) == 1:
            services += _in_modes(document, row[0], modes[start])
        else:
            told, untold = _in_row(document, start, row, mentions, columns)
            services += told
            loose += untold
    services.extend(_across_lines(document, loose, {service.code for service in services}))
    return services, loose


def complete_services(document: Document, services: list[Service], loose: list[Label], times: Times) -> list[Service]:
    """Add terse bare numbers, services without minutes, and the minutes that a total settles; in order of place."""
    totals = times.total_timed, times.total_treatment
    services.extend(terse_services(document, services, loose, totals))
    while loose and any(totals) and (vouched := vouched_minutes(document, services, loose, totals)):
        for told in vouched:
            loose.remove(told.label)
            services.append(service_of(document, *told))
    _add_unstated(document, services, loose)
    services.sort(key=lambda service: service.start)
    kept = without_repeats(document, services, times.total_timed)
    _settle(document, kept, times)
    return kept


def _in_modes(document: Document, label: Label, cells: Sequence[Cell]) -> list[Service]:
    """A service for each mode of delivery it has minutes under; one that was left out where it has none."""
    if not cells:
        return [left_out(document, label)]
    return [service_of(document, label, cell.value, cell.start, cell.end) for cell in cells]


def _in_row(
    document: Document, start: int, row: list[Label], mentions: Sequence[Mention], columns: Columns
) -> tuple[list[Service], list[Label]]:
    """The services of the line that begins at ``start``, and the labels that have no minutes in it."""
    low = document.low
    end = max(document.line_at(start)[1], row[-1].sentence.end)  # a sentence may wrap
    clocks = list(started(document.clocks, start, end))
    inside = list(started(mentions, start, end))
    table = bool(clocks) and is_row(low[start:end])
    paired = _pair_row(document, row, inside, end)
    free = clocks  # those that no service before has told with its minutes: "15 minutes, 7:58-8:13: NMES"
    services: list[Service] = []
    loose: list[Label] = []
    for index, label in enumerate(row):
        found = paired.get(index)
        if found is None and len(row) == 1 and _EMPTY_ROW.match(low, label.end, end) is not None:
            services.append(left_out(document, label))
            continue
        if found is None and len(row) <= LONGEST_ROW:
            found = row_minutes(document, label, row, start, end, free, columns, bool(inside))
        if found is None:
            loose.append(label)
            continue
        service = service_of(document, label, *found)
        if clocks:
            service.clock = _own_clock(service, label, row, index, clocks, end, table=table)
            if index in paired and service.clock is not None:
                free = [clock for clock in free if clock != service.clock]
        services.append(service)
    return services, loose


# A row of a form or flow sheet with a dash or nothing where the minutes stand: the service was not done.
_EMPTY_ROW: Final = folded(
    r"(?: ?\((?:\d{5}|min)\)){0,2}(?:[ ]*[|\t][ ]*|[ ]{2,}|[ ]?:[ ]*)(?:\w+\t)?(?:0(?: ?min)?|-{1,2}|n/?a|none)"
    r"[ ]*(?:[|\t\r\n]|[ ]{2}|$)"
)


def _own_clock(
    service: Service, label: Label, row: list[Label], index: int, clocks: list[Clock], end: int, *, table: bool
) -> Clock | None:
    """The range of clock times of a service. One that differs from its minutes is its own only in a row of a table."""
    previous = row[index - 1].end if index else 0
    following = row[index + 1].start if index + 1 < len(row) else end
    clock = clock_of(label, clocks, (previous, following), clocks[0].start < row[0].start, table)
    if clock is None:
        return None
    return clock if clock.minutes == service.minutes or (table and len(row) == 1) else None


def _pair_row(document: Document, row: list[Label], mentions: list[Mention], line_end: int) -> dict[int, Found]:
    """Minutes for the labels of one line, by the index of the label."""
    low = document.low
    if not mentions:
        return {}
    turns = in_turn(document, row, mentions, line_end) or for_each(low, row, mentions)
    if turns is not None:
        return {index: _joined(label, mention) for index, (label, mention) in enumerate(zip(row, turns, strict=True))}
    paired: dict[int, Found] = {}
    taken: set[int] = set()
    for _, index, place in sorted(_candidates(document, row, mentions, line_end)):
        if index not in paired and place not in taken:
            taken.add(place)
            paired[index] = _joined(row[index], mentions[place])
    _join_packs(document, row, paired)
    return paired


def _joined(label: Label, mention: Mention) -> Found:
    return mention.value, min(label.start, mention.first), max(label.end, mention.end)


def _join_packs(document: Document, row: list[Label], paired: dict[int, Found]) -> None:
    """The pack is part of the stimulation that it is told with: "IFC + CP 15 min"."""
    low = document.low
    for index in [place for place in paired if place and row[place].code == _PACK]:
        before, label = row[index - 1], row[index]
        if index - 1 in paired or before.code not in document.lexicon.codes.stimulation:
            continue
        if _BESIDE.fullmatch(low, before.end, label.start) or _WITH.search(low, before.end, label.start):
            value, start, end = paired.pop(index)
            paired[index - 1] = (value, min(before.start, start), end)


_PACK: Final = "97010"  # a hot or cold pack
_WITH: Final = folded(r"\d ?(?:min(?:ute)?s?|') (?:with|w/|under) (?:a )?$")
_BESIDE: Final = folded(r"[ ,]*(?:[+&/,]|w/|with|and|c/?)[ ]*(?:[a-z]{1,5} )?")


def _candidates(
    document: Document, row: list[Label], mentions: list[Mention], line_end: int
) -> Iterator[tuple[float, int, int]]:
    """Which number can be minutes of which label: how far it is from that, index of the label, place of the number."""
    low = document.low
    opens = (
        mentions[0].first < row[0].start
        and mentions[0].unit != "form"  # its name stands before it: "OT minutes 22, SLP treatment minutes 23"
        and PLAIN_BEFORE.match(low, mentions[0].end, row[0].start) is not None
    )
    for index, label in enumerate(row):
        previous = row[index - 1].end if index else -1
        following = row[index + 1].start if index + 1 < len(row) else line_end + 1
        for place in places(mentions, previous, following):
            mention = mentions[place]
            cost = None
            if mention.end <= label.start:
                cost = _cost_before(low, label, mention, opens=opens)
            elif label.end <= mention.start and mention.usable:
                cost = _cost_after(document, row, label, mentions, place)
            if cost is not None:
                yield cost, index, place


# How far a number is from being the minutes of a label, by the way the two are told: the nearest pairs are made first.
_OF_IT: Final = 1.0  # "12 minutes of gait training"
_IN_BRACKETS: Final = 1.2  # "25 min crate lifts (TA)", "STM 10 min (97140)"
_OPENING: Final = 1.5  # "12 min gait training", in a line that opens so
_DIRECTLY_BEHIND: Final = 2.0  # "gait training: 12 min"
_OF_SHARE: Final = 2.5  # "the first 12 minutes gait training"
_DIRECTLY_BEFORE: Final = 3.0
_BEFORE_CODE: Final = 3.5  # "STM 10 min to the calf 97140"
_OF_MODALITY: Final = 4.0  # "ultrasound 1 MHz, 1.2 W/cm2 to the heel, 8 min"
_BRACKETED: Final = 4.5  # "gait training with walker (12 min)"
_CLOSING: Final = 5.0  # "gait training with walker, CGA, 12 min"; one more for each number between the two
_BY_X: Final = 5.5  # "gait training with walker x 12 min, CGA"
_IN_SENTENCE: Final = 6.0


def _cost_before(low: str, label: Label, mention: Mention, *, opens: bool) -> float | None:
    """How far a number before a label is from being its minutes; None when it cannot be. ``opens``: the line opens with
    a number directly before a label.
    """
    gap = label.start - mention.end
    if gap >= _FAR_BEFORE or _OWN_FIGURE.match(low, label.end):  # "24 min: 97116/12, 97530/12"
        return None
    border = mention.end
    if _UNITS_AHEAD.search(low, max(0, mention.first - 12), mention.first):
        border += low.startswith(")", border)  # "1 unit (23 min) of 97530"
    border += low.startswith(". of ", border)
    if mention.fits_after and (OF.match(low, border, label.start) or _led(low, label, mention)):
        return _OF_IT
    before = low[label.start - 1]
    if mention.usable and before == "(" and TASKED.match(low, mention.end, label.start):
        return _IN_BRACKETS
    if label.strong and mention.fits_after and _SHARE.search(low, max(0, mention.first - 14), label.start):
        return _OF_SHARE
    if not mention.usable:
        return None
    if label.numbered and _CODED.match(low, mention.end, label.start):
        return _IN_BRACKETS if before in "([" else _BEFORE_CODE
    if (mention.unit != "m" or gap < _NEXT) and PLAIN_BEFORE.match(low, border, label.start):
        return _OPENING if opens else _DIRECTLY_BEFORE
    return None


_FAR_BEFORE: Final = 60  # code points between a number and the label it leads to
_OWN_FIGURE: Final = folded(r" ?[=/] ?\d{1,2}(?![\d/']| ?min)")
_UNITS_AHEAD: Final = folded(r"\d ?u(?:nits?)? ?\($")
_SHARE: Final = folded(r"\bthe (?:first|last|final|remaining|other) \S+ min(?:ute)?s $")
# A code number behind the minutes: "Strengthening 15 min (97110)", "STM 10 min to the calf 97140".
_CODED: Final = folded(r" (?:(?:to|at|of|in|on|for|with|both) [^.;,:()\d]{2,40})?[(\[]?$")
_NEXT: Final = 5  # "25m of TE"


def _led(low: str, label: Label, mention: Mention) -> bool:
    """The minutes open the sentence, and a colon leads to the service: "First 15 min: ther ex"."""
    return (
        _LED.match(low, mention.end, label.start) is not None
        and low[label.sentence.start : mention.first].strip() in _OPENERS
    )


_LED: Final = folded(r": ?$")  # "First 15 min: ther ex"
_OPENERS: Final = frozenset({"", "first", "the first", "next", "the next", "then", "last", "the last", "final"})


def _cost_after(
    document: Document, row: list[Label], label: Label, mentions: list[Mention], place: int
) -> float | None:
    """How far a number after a label is from being its minutes; None when it cannot be."""
    low, mention, codes = document.low, mentions[place], document.lexicon.codes
    if _is_of_visit(low, row, label, mentions, place):
        return None
    size = mention.first - label.end
    if size < _NEAR_BEHIND and GLUE.match(low, label.end, mention.first):
        metres = mention.unit == "m" and label.code in codes.in_metres
        sure = not metres or any(other.unit == "m" for other in mentions if other is not mention)
        return _DIRECTLY_BEHIND if sure else None
    if mention.unit not in ("min", "form") or size > _FAR_BEHIND:
        return None
    alone = _alone(low, mention)
    if not alone and _STOP.search(low, label.end, mention.first):
        return None
    if label.code in codes.modality:
        return _OF_MODALITY
    between = [other for other in mentions[:place] if other.start >= label.end]
    return _cost_at_end(low, label, mention, len(between), alone=alone)


_NEAR_BEHIND: Final = 80  # code points of marks and words that tell nothing else between a label and its number
_FAR_BEHIND: Final = 260  # code points of what was done between a label and its number
_STOP: Final = folded(r"[.!?;](?=\s)")


def _is_of_visit(low: str, row: list[Label], label: Label, mentions: list[Mention], place: int) -> bool:
    """The number behind a label is the whole visit's: its words say so, or it closes a line of more services than
    numbers.
    """
    mention = mentions[place]
    if _OF_VISIT.search(low, label.end, mention.first):
        return True
    if len(row) == 1:
        return False
    if _SUM_AHEAD.search(low, label.end, mention.first):
        return True
    if len(mentions) >= len(row) or place < len(mentions) - 1:
        return False
    if _WHOLE.match(low, mention.end) or _TOTAL_AHEAD.search(low, label.end, mention.first):
        return True
    behind_all = place == 0 and label is row[-1]
    return behind_all and _BEHIND_ALL.search(low, label.end, mention.first) is not None


# Words that say of a number behind them that it is the whole visit's, not the service's before them.
_OF_VISIT: Final = folded(
    r"[.;|\n] ?(?:total|tot)\b|\b(?:length of|duration of|total (?:visit|session|treatment)|appointment)\b|\bvisit $"
)
_SUM_AHEAD: Final = folded(r"\d ?, ?(?:total|tot|sum)[ :=]*$")  # "ther ex 15, total 40 min"
# Words behind a number that make it the whole visit's, where there are fewer numbers than services.
_WHOLE: Final = folded(r" (?:total|tot|in all|altogether|all told|(?:were |was |of )?timed)\b")
_TOTAL_AHEAD: Final = folded(r"[ ,;](?:total|tot|sum)[ :=]*$")
# One number behind several services, with a stop or units between: the visit's. "TE, TA, MT. 45 min"
_BEHIND_ALL: Final = folded(r"[.;]\s|(?:x ?\d|\(\d\)|\d ?u(?:nits?)?)[).,; ]*$")


def _cost_at_end(low: str, label: Label, mention: Mention, between: int, *, alone: bool) -> float | None:
    """How far a number that closes what was done is from being the minutes of the label before; None when it closes
    nothing, or tells a part of the service. ``between`` numbers stand between the two.
    """
    gap = low[label.end : mention.first].rstrip()
    if _OWN_NUMBER.match(gap):
        return None
    units = _UNITS_BEHIND.match(low, mention.end)
    border = mention.end if units is None else units.end()
    closing = low[border : border + 2].strip()[:1]
    if closing == "," and gap.endswith(" x"):
        return _BY_X
    if alone:
        return _CLOSING
    if closing not in _ENDS and low[border : border + 1] not in ("\n", "\r"):
        return None
    if gap.endswith("("):
        return _BRACKETED
    if _COMPONENT.search(gap):
        return None
    if gap.endswith(_LEADS):
        return _CLOSING + between
    told = mention.value >= _LEAST_IN_SENTENCE and not between
    return _IN_SENTENCE if told and label.sentence.start <= mention.start < label.sentence.end else None


_OWN_NUMBER: Final = folded(r"[ :=x@-]{0,3}\d{2} ?\($")  # "TA 15 (45 min)": the label has its number, this one is a sum
# What may stand behind the minutes of a service before its line or its part of the line ends.
_UNITS_BEHIND: Final = folded(r"(?:[ ,;/=(]{1,3}(?:\d ?u(?:nits?)?\b|1:1|timed\b|direct\b|one[ -]on[ -]one\b)\)?)*")
_ENDS: Final = ("", ".", ";", ")", "|", "(", "-", ":")  # marks behind a number that closes what was done
_LEADS: Final = (",", "-", ";", ":", "|", "x", "=", ".", "for", "total")  # what leads to such a number
_LEAST_IN_SENTENCE: Final = 10  # minutes of a service where nothing but its sentence ties them to it
_COMPONENT: Final = folded(
    r"\b(?:nustep|bike|biking|treadmill|ube|elliptical|warm[- ]?up|ergometer|stepper|stretch\w*|"
    r"\d ?x|march\w*|walk\w*|stand\w*|sit\w*|pedal\w*|circuit|cycle|arm bike|heat|ice|pack)"
    r"(?: [a-z]+){0,2}[ ,]*(?:x |for |level \d |l\d |at |- |, )*$"
)


def _alone(low: str, mention: Mention) -> bool:
    """The number of minutes is a sentence by itself: "... tandem walk. 14 min"."""
    before = low[max(0, mention.first - 3) : mention.first].rstrip(" (")
    after = low[mention.end : mention.end + 1]
    return before.endswith((".", "!", "?")) and after in ("", ".", "\n", "\r", ")", ";")


def _across_lines(document: Document, labels: list[Label], counted: set[str]) -> list[Service]:
    """Labels with their minutes in a line of their own: in the next one, or below what was done under each."""
    low = document.low
    heads = {document.line_at(label.start)[0]: label for label in labels if label.strong or label.numbered}
    if not heads:
        return []
    found: list[Told] = []
    opened = 0
    next_line = False
    head: Label | None = None
    under = 0  # lines below the head
    for start, end in document.lines:
        label = heads.get(start)
        if label is not None:
            opens = _BEFORE_NAME.fullmatch(low, start, label.start) is not None
            head, under = (label if opens and label.code not in counted else None), 0
            opened += head is not None
            continue
        under += 1
        match = _TIME_LINE.match(low, start, end) if head is not None and under <= _BLOCK else None
        if head is None or match is None or not (match["named"] or match["unit"]):
            continue
        value = value_of(match[2]) or 0
        if not 0 < value <= _MOST:
            continue
        if match["unit"] or under == 1 or len(heads) > 1:
            found.append(Told(head, value, head.start, match.end()))
            next_line = under == 1
        head = None
    if len(found) == 1 and not ((opened == 1 or next_line) and found[0].end - found[0].label.end < _CLOSE):
        return []
    for told in found:
        labels.remove(told.label)
    return [service_of(document, *told) for told in found]


_BEFORE_NAME: Final = folded(
    r"[ \t*|>(\d.)-]*(?:(?:procedure|service|intervention|cpt|code|treatment)s?[ /]?){0,2}[ #:]*"
)
# A line that tells nothing but minutes: "Minutes: 15", "Time 15 min", "(15 min)".
_TIME_LINE: Final = folded(
    rf"[ \t]*[*(\[>=@-]*[ ]?(?P<named>(?:time|minutes|duration|"
    rf"min)[ :=]+)?(?:x ?)?({NUMBER})"
    r"(?P<unit>[ -]?(?:min(?:ute)?s?\b|'))?[.)\]]*(?:[ ,;(/=|-]{1,4}\d ?u(?:nits?)?\b[.)]*)?(?: (?:timed|direct|1:1))?"
    r"[ \t]*\r?$"
)
_BLOCK: Final = 10  # so many lines under a service may tell what was done before its minutes are told
_CLOSE: Final = 80  # one service alone has its minutes no further behind it


def _add_unstated(document: Document, services: list[Service], labels: list[Label]) -> None:
    """Services named as treatment without minutes; they count for completeness and stay visible with ``minutes``
    None.
    """
    if document.summary:
        return
    low, codes = document.low, document.lexicon.codes
    counted = {service.code for service in services}
    stated = any(service.minutes is not None for service in services)
    for place, label in enumerate(labels):
        if label.code in counted or label.sentence.section in UNTREATED:
            continue
        if stated and label.sentence.section in ("header", "diagnosis") and not label.numbered:
            continue  # what the patient is treated for: "R BKA, prosthetic training"
        modality = label.code in codes.modality
        evaluated = label.code == EVALUATION and label.sentence.section == "treatment"
        if not (evaluated or (label.numbered and not modality) or _is_treatment(document, labels, place)):
            continue
        service = service_of(document, label, None, label.start, label.end)
        if modality and _ENDED.match(low, label.end):
            service.status = "negated"
        if service.status == "negated" and not evaluated:
            services.append(service)
        elif service.status == PERFORMED and (label.numbered or _is_introduced(low, label)):
            counted.add(label.code)
            services.append(service)


_ENDED: Final = folded(r" (?:(?:was|were|has been) )?(?:stopped|discontinued|dropped|ended|d/?c'?d)\b")


def _is_treatment(document: Document, labels: list[Label], place: int) -> bool:
    """The label names a treatment that is billed, by itself or by how it stands, or says that it was left out."""
    label, codes = labels[place], document.lexicon.codes
    if label.code not in codes.timed and label.code not in codes.untimed:
        return False
    return (
        label.strong
        or label.numbered
        or label.code in codes.stimulation
        or _is_headed(document.low, label)
        or _is_listed(document, labels, place)
        or _is_left_out(document, label)
    )


def _is_headed(low: str, label: Label) -> bool:
    """What was done follows the word, or it is in full: "manual: mobs to L4", "gait training"."""
    words = low[label.start : label.end]
    return words == "gait training" or (words != "gait" and low.startswith(":", label.end))


def _is_listed(document: Document, labels: list[Label], place: int) -> bool:
    """An everyday word stands as a service in a list of services: "therapeutic activities, self care, and gait", or
    with another abbreviation: "TA, TE".
    """
    low, label = document.low, labels[place]
    before = labels[place - 1] if place else None
    after = labels[place + 1] if place + 1 < len(labels) else None
    short = document.text[label.start : label.end].isupper()
    return (
        before is not None and (before.strong or short) and _JOIN.fullmatch(low, before.end, label.start) is not None
    ) or (after is not None and (after.strong or short) and _JOIN.fullmatch(low, label.end, after.start) is not None)


_JOIN: Final = folded(r"(?:,| and|, and| ?/| \+| &) ?")


def _is_left_out(document: Document, label: Label) -> bool:
    """An everyday word, too, names a service where it was left out: "no manual today"."""
    if not document.low.startswith(_THIS_VISIT, label.end):
        return False
    return status_of(document, label.sentence, label.start, label.end) == "negated"


_THIS_VISIT: Final = (" today", " this visit", " this date")


def _is_introduced(low: str, label: Label) -> bool:
    """The label opens a line or a list, or a word before it tells that it was given."""
    return _NAMED.search(low, max(0, label.start - 40), label.start) is not None


_NAMED: Final = folded(
    r"(?:^|\[x\] ?|\(x\) ?|[☒☑] ?|[\n;.|:•*,(-][ \t]*|\d[.)] |\b(?:performed|provided|included|consisted of|received|"
    r"completed|and|with|did|then|of|for|(?:participated|engaged|instructed|trained|seen|treated) in|seen for|"
    r"utili[sz](?:ed|ing)|us(?:ed|ing)|employ(?:ed|ing)|comprising|through|via|today|skilled)[: ]+)"
    r"(?:(?:[a-z-]+(?:ic|al|ive|ful|i[sz]ed)|graded|advanced|structured|targeted|focused) )?$"
)


def _settle(document: Document, services: Sequence[Service], times: Times) -> None:
    """The one service performed, where its minutes are not told, takes those that the note states in all."""
    done = [service for service in services if service.status == PERFORMED]
    if len(done) != 1 or done[0].minutes is not None or done[0].code == EVALUATION:
        return
    codes = document.lexicon.codes
    settled = None
    if done[0].code in codes.timed:
        settled = times.total_timed
    elif done[0].code in codes.speaks_for and not times.spanned:
        settled = times.total_treatment
    if settled:
        done[0].minutes, done[0].derived = settled, True
