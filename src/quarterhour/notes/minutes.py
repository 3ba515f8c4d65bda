"""Minutes of each service: numbers beside a label in one line, and ranges of clock times; table rows are read in
``tables``.

In each line labels and numbers are paired by what stands between them: "12 minutes of gait training", "gait training:
12 min", "gait training with walker, CGA, 12 min". The closest pairs are made first and each number is used once. A
bare number counts only where several labels are followed by one in the same way ("TE 15, TA 23"), or where it equals
the total stated.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from quarterhour.notes.services import MOVED, Label, Service, service_of
from quarterhour.notes.spans import places, started
from quarterhour.notes.statements import Times
from quarterhour.notes.status import status_of
from quarterhour.notes.tables import Columns, clock_of, row_minutes
from quarterhour.notes.terse import UNTREATED, terse_services
from quarterhour.notes.turns import for_each, in_turn
from quarterhour.notes.vouched import vouched_minutes

_LED: Final = folded(r": ?$")  # "First 15 min: ther ex"
# A code number behind the minutes: "Strengthening 15 min (97110)", "STM 10 min to the calf 97140".
_CODED: Final = folded(r" (?:(?:to|at|of|in|on|for|with|both) [^.;,:()\d]{2,40})?[(\[]?$")
_SHARE: Final = folded(r"\bthe (?:first|last|final|remaining|other) \S+ min(?:ute)?s $")
_OWN_NUMBER: Final = folded(r"[ :=x@-]{0,3}\d{2} ?\($")  # "TA 15 (45 min)": the label has its number, this one is a sum
_OWN_FIGURE: Final = folded(r" ?[=/] ?\d{1,2}(?![\d/']| ?min)")
_STOP: Final = folded(r"[.!?;](?=\s)")
# Words that say of a number behind them that it is the whole visit's, not the service's before them.
_OF_VISIT: Final = folded(
    r"[.;|\n] ?(?:total|tot)\b|\b(?:length of|duration of|total (?:visit|session|treatment)|appointment)\b|\bvisit $"
)
_SUM_AHEAD: Final = folded(r"\d ?, ?(?:total|tot|sum)[ :=]*$")  # "ther ex 15, total 40 min"
_COMPONENT: Final = folded(
    r"\b(?:nustep|bike|biking|treadmill|ube|elliptical|warm[- ]?up|ergometer|stepper|stretch\w*|"
    r"\d ?x|march\w*|walk\w*|stand\w*|sit\w*|pedal\w*|circuit|cycle|arm bike|heat|ice|pack)"
    r"(?: [a-z]+){0,2}[ ,]*(?:x |for |level \d |l\d |at |- |, )*$"
)


def find_services(
    document: Document, labels: Sequence[Label], mentions: Sequence[Mention]
) -> tuple[list[Service], list[Label]]:
    """Services with minutes beside them, and the labels that have none yet."""
    low = document.low
    services: list[Service] = []
    loose: list[Label] = []
    by_line: dict[int, list[Label]] = {}
    for label in labels:
        by_line.setdefault(low.rfind("\n", 0, label.start) + 1, []).append(label)
    columns = Columns(document) if labels else None
    modes = find_mode_rows(low, document.lines) if labels else {}
    for start, row in by_line.items():
        if start in modes and len(row) == 1:
            services.extend(_in_modes(document, row[0], modes[start]))
            continue
        end = low.find("\n", start)
        end = max(len(low) if end < 0 else end, row[-1].sentence.end)  # a sentence may wrap
        clocks = list(started(document.clocks, start, end))
        inside = list(started(mentions, start, end))
        table = bool(clocks) and _is_row(low[start:end])
        paired = _pair_row(document, row, inside, end)
        free = clocks  # those that no service before has told with its minutes: "15 minutes, 7:58-8:13: NMES"
        for index, label in enumerate(row):
            found = paired.get(index)
            if found is None and len(row) == 1 and _EMPTY_ROW.match(low, label.end, end) is not None:
                left_out = service_of(document, label, None, label.start, label.end)
                left_out.status = "negated"
                services.append(left_out)
                continue
            if found is None and columns is not None and len(row) <= LONGEST_ROW:
                found = row_minutes(document, label, row, start, end, free, columns, bool(inside))
            if found is None:
                loose.append(label)
            else:
                service = service_of(document, label, *found)
                if clocks:
                    service.clock = _own_clock(service, label, row, index, clocks, end, table=table)
                    if index in paired and service.clock is not None:
                        free = [clock for clock in free if clock != service.clock]
                services.append(service)
    services.extend(_across_lines(document, loose, {service.code for service in services}))
    return services, loose


def _in_modes(document: Document, label: Label, cells: Sequence[Cell]) -> list[Service]:
    """A service for each mode of delivery it has minutes under; one that was left out where it has none."""
    if cells:
        return [service_of(document, label, cell.value, cell.start, cell.end) for cell in cells]
    left_out = service_of(document, label, None, label.start, label.end)
    left_out.status = "negated"
    return [left_out]


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


def _is_row(line: str) -> bool:
    """The line is laid out as the row of a table."""
    return "|" in line or "  " in line.strip() or "\t" in line


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
    done = [service for service in kept if service.status == PERFORMED]
    if len(done) == 1 and done[0].minutes is None and done[0].code != "evaluation":
        codes = document.lexicon.codes
        stated = None if times.spanned or done[0].code not in codes.speaks_for else times.total_treatment
        settled = times.total_timed if done[0].code in codes.timed else stated
        if settled:
            done[0].minutes, done[0].derived = settled, True
    return kept


def _pair_row(
    document: Document, row: list[Label], mentions: list[Mention], line_end: int
) -> dict[int, tuple[int, int, int]]:
    """Minutes for the labels of one line: index of the label to (minutes, start, end)."""
    low = document.low
    candidates: list[tuple[float, int, int]] = []
    if not mentions:
        return {}
    turns = in_turn(low, row, mentions, line_end) or for_each(low, row, mentions)
    if turns is not None:
        return {index: _joined(label, mention) for index, (label, mention) in enumerate(zip(row, turns, strict=True))}
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
            if mention.end <= label.start and label.start - mention.end < 60:
                if _OWN_FIGURE.match(low, label.end):
                    continue  # "24 min: 97116/12, 97530/12"
                border = mention.end
                if _UNITS_AHEAD.search(low, max(0, mention.first - 12), mention.first):
                    border += low.startswith(")", border)  # "1 unit (23 min) of 97530"
                border += low.startswith(". of ", border)
                if mention.fits_after and (OF.match(low, border, label.start) or _led(low, label, mention)):
                    candidates.append((1.0, index, place))
                elif mention.usable and low[label.start - 1] == "(" and TASKED.match(low, mention.end, label.start):
                    candidates.append((1.2, index, place))
                elif (
                    label.strong and mention.fits_after and _SHARE.search(low, max(0, mention.first - 14), label.start)
                ):
                    candidates.append((2.5, index, place))
                elif label.numbered and mention.usable and _CODED.match(low, mention.end, label.start):
                    candidates.append((1.2 if low[label.start - 1] in "([" else 3.5, index, place))
                elif (
                    mention.usable
                    and PLAIN_BEFORE.match(low, border, label.start)
                    and (mention.unit != "m" or label.start - mention.end < _NEXT)
                ):
                    candidates.append((1.5 if opens else 3.0, index, place))
            elif label.end <= mention.start and mention.usable:
                cost = _cost_after(document, row, label, mentions, place)
                if cost is not None:
                    candidates.append((cost, index, place))
    candidates.sort()
    paired: dict[int, tuple[int, int, int]] = {}
    taken: set[int] = set()
    for _, index, place in candidates:
        if index in paired or place in taken:
            continue
        taken.add(place)
        paired[index] = _joined(row[index], mentions[place])
    for index in [place for place in paired if place and row[place].code == "97010"]:
        before, label = row[index - 1], row[index]
        if index - 1 in paired or before.code not in _STIMULATION:
            continue
        if _BESIDE.fullmatch(low, before.end, label.start) or _WITH.search(low, before.end, label.start):
            # "IFC + CP 15 min": the pack is part of the stimulation
            value, start, end = paired.pop(index)
            paired[index - 1] = (value, min(before.start, start), end)
    return paired


def _joined(label: Label, mention: Mention) -> tuple[int, int, int]:
    return mention.value, min(label.start, mention.first), max(label.end, mention.end)


_UNITS_AHEAD: Final = folded(r"\d ?u(?:nits?)? ?\($")
_NEXT: Final = 5  # "25m of TE"
_STIMULATION: Final = frozenset({"G0283", "97032", "97014", "97035"})
_WITH: Final = folded(r"\d ?(?:min(?:ute)?s?|') (?:with|w/|under) (?:a )?$")
_BESIDE: Final = folded(r"[ ,]*(?:[+&/,]|w/|with|and|c/?)[ ]*(?:[a-z]{1,5} )?")


# One number behind several services, with a stop or units between: the visit's. "TE, TA, MT. 45 min"
_BEHIND_ALL: Final = folded(r"[.;]\s|(?:x ?\d|\(\d\)|\d ?u(?:nits?)?)[).,; ]*$")
_TOTAL_AHEAD: Final = folded(r"[ ,;](?:total|tot|sum)[ :=]*$")
# Words behind a number that make it the whole visit's, where there are fewer numbers than services.
_WHOLE: Final = folded(r" (?:total|tot|in all|altogether|all told|(?:were |was |of )?timed)\b")


def _led(low: str, label: Label, mention: Mention) -> bool:
    """The minutes open the sentence, and a colon leads to the service: "First 15 min: ther ex"."""
    return (
        _LED.match(low, mention.end, label.start) is not None
        and low[label.sentence.start : mention.first].strip() in _OPENERS
    )


_OPENERS: Final = frozenset({"", "first", "the first", "next", "the next", "then", "last", "the last", "final"})


def _cost_after(
    document: Document, row: list[Label], label: Label, mentions: list[Mention], place: int
) -> float | None:
    """How far a number after a label is from being its minutes; None when it cannot be."""
    low, mention = document.low, mentions[place]
    size = mention.first - label.end
    if _OF_VISIT.search(low, label.end, mention.first) or (
        len(row) > 1 and _SUM_AHEAD.search(low, label.end, mention.first)
    ):
        return None
    if len(row) > 1 and len(mentions) < len(row) and place == len(mentions) - 1:
        if _WHOLE.match(low, mention.end) or _TOTAL_AHEAD.search(low, label.end, mention.first):
            return None
        if place == 0 and label is row[-1] and _BEHIND_ALL.search(low, label.end, mention.first):
            return None
    if size < 80 and GLUE.match(low, label.end, mention.first):
        metres = mention.unit == "m" and label.code in MOVED
        return None if metres and not any(other.unit == "m" for other in mentions if other is not mention) else 2.0
    if mention.unit not in ("min", "form"):
        return None
    if size > 260 or (_STOP.search(low, label.end, mention.first) and not _alone(document, mention)):
        return None
    if label.code in document.lexicon.codes.modality:
        return 4.0
    gap = low[label.end : mention.first].rstrip()
    if _OWN_NUMBER.match(gap):
        return None
    between = [other for other in mentions[:place] if other.start >= label.end]
    behind = _UNITS_BEHIND.match(low, mention.end)
    border = mention.end if behind is None else behind.end()
    closing = low[border : border + 2].strip()[:1]
    if closing == "," and gap.endswith(" x"):
        return 5.5
    ends = closing in ("", ".", ";", ")", "|", "(", "-", ":") or low[border : border + 1] in ("\n", "\r")
    if _alone(document, mention):
        return 5.0
    if not ends or (_COMPONENT.search(gap) and not gap.endswith("(")):
        return None
    if gap.endswith("("):
        return 4.5
    if gap.endswith((",", "-", ";", ":", "|", "x", "=", ".", "for", "total")):
        return 5.0 + len(between)
    return (
        6.0
        if mention.value >= 10 and not between and label.sentence.start <= mention.start < label.sentence.end
        else None
    )


# What may stand behind the minutes of a service before its line or its part of the line ends.
_UNITS_BEHIND: Final = folded(r"(?:[ ,;/=(]{1,3}(?:\d ?u(?:nits?)?\b|1:1|timed\b|direct\b|one[ -]on[ -]one\b)\)?)*")


def _alone(document: Document, mention: Mention) -> bool:
    """The number of minutes is a sentence by itself: "... tandem walk. 14 min"."""
    low = document.low
    before = low[max(0, mention.first - 3) : mention.first].rstrip(" (")
    after = low[mention.end : mention.end + 1]
    return before.endswith((".", "!", "?")) and after in ("", ".", "\n", "\r", ")", ";")


# A row of a form or flow sheet with a dash or nothing where the minutes stand: the service was not done.
_EMPTY_ROW: Final = folded(
    r"(?: ?\((?:\d{5}|min)\)){0,2}(?:[ ]*[|\t][ ]*|[ ]{2,}|[ ]?:[ ]*)(?:\w+\t)?(?:0(?: ?min)?|-{1,2}|n/?a|none)"
    r"[ ]*(?:[|\t\r\n]|[ ]{2}|$)"
)
# A line that tells nothing but minutes: "Minutes: 15", "Time 15 min", "(15 min)".
_TIME_LINE: Final = folded(
    rf"[ \t]*[*(\[>=@-]*[ ]?(?P<named>(?:time|minutes|duration|"
    rf"min)[ :=]+)?(?:x ?)?({NUMBER})"
    r"(?P<unit>[ -]?(?:min(?:ute)?s?\b|'))?[.)\]]*(?:[ ,;(/=|-]{1,4}\d ?u(?:nits?)?\b[.)]*)?(?: (?:timed|direct|1:1))?"
    r"[ \t]*\r?$"
)
_BEFORE_NAME: Final = folded(
    r"[ \t*|>(\d.)-]*(?:(?:procedure|service|intervention|cpt|code|treatment)s?[ /]?){0,2}[ #:]*"
)
_CLOSE: Final = 80  # one service alone has its minutes no further behind it
_BLOCK: Final = 10  # so many lines under a service may tell what was done before its minutes are told


def _across_lines(document: Document, labels: list[Label], counted: set[str]) -> list[Service]:
    """Labels with their minutes in a line of their own: in the next one, or below what was done under each."""
    low = document.low
    heads = {low.rfind("\n", 0, label.start) + 1: label for label in labels if label.strong or label.numbered}
    found: list[tuple[Label, int, int]] = []
    told = 0
    next_line = False
    if not heads:
        return []
    open_label: Label | None = None
    under = 0
    for start, end in document.lines:
        label = heads.get(start)
        if label is not None:
            opens = _BEFORE_NAME.fullmatch(low, start, label.start) is not None
            open_label, under = (label if opens and label.code not in counted else None), 0
            told += open_label is not None
            continue
        under += 1
        if open_label is None or under > _BLOCK:
            continue
        match = _TIME_LINE.match(low, start, end)
        value = value_of(match[2]) if match is not None and (match["named"] or match["unit"]) else None
        if match is not None and value is not None and 0 < value <= 240:
            if (under == 1 and match["named"]) or (match["named"] and len(heads) > 1) or match["unit"]:
                found.append((open_label, value, match.end()))
                next_line = under == 1
            open_label = None
    if len(found) < 2 and not (found and (told == 1 or next_line) and found[0][2] - found[0][0].end < _CLOSE):
        return []
    for label, _, _ in found:
        labels.remove(label)
    return [service_of(document, label, value, label.start, end) for label, value, end in found]


_NAMED: Final = folded(
    r"(?:^|\[x\] ?|\(x\) ?|[☒☑] ?|[\n;.|:•*,(-][ \t]*|\d[.)] |\b(?:performed|provided|included|consisted of|received|"
    r"completed|and|with|did|then|of|for|(?:participated|engaged|instructed|trained|seen|treated) in|seen for|"
    r"utili[sz](?:ed|ing)|us(?:ed|ing)|employ(?:ed|ing)|comprising|through|via|today|skilled)[: ]+)"
    r"(?:(?:[a-z-]+(?:ic|al|ive|ful|i[sz]ed)|graded|advanced|structured|targeted|focused) )?$"
)


_JOIN: Final = folded(r"(?:,| and|, and| ?/| \+| &) ?")


def _listed(document: Document, labels: list[Label], place: int) -> bool:
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


_ENDED: Final = folded(r" (?:(?:was|were|has been) )?(?:stopped|discontinued|dropped|ended|d/?c'?d)\b")
_THIS_VISIT: Final = (" today", " this visit", " this date")


def _add_unstated(document: Document, services: list[Service], labels: list[Label]) -> None:
    """Services named as treatment without minutes; they count for completeness and stay visible with ``minutes``
    None.
    """
    low = document.low
    counted = {service.code for service in services}
    stated = any(service.minutes is not None for service in services)
    codes = document.lexicon.codes
    for place, label in enumerate(labels):
        if label.code in counted or label.sentence.section in UNTREATED or document.summary:
            continue
        if stated and label.sentence.section in ("header", "diagnosis") and not label.numbered:
            continue  # what the patient is treated for: "R BKA, prosthetic training"
        strong = (
            label.strong
            or label.numbered
            or (low[label.end : label.end + 1] == ":" and low[label.start : label.end] != "gait")
            or low[label.start : label.end] == "gait training"
            or label.code in ("G0283", "97032", "97035")
            or _listed(document, labels, place)
        )
        billed = label.code in codes.timed or label.code in ("92507", "92526", "97150", "92508")
        evaluated = label.code == "evaluation" and label.sentence.section == "treatment"
        # "no manual today": of an everyday word, too, it is said that the service was left out
        strong = strong or (
            low.startswith(_THIS_VISIT, label.end)
            and status_of(document, label.sentence, label.start, label.end) == "negated"
        )
        if not ((strong and billed) or evaluated or (label.numbered and label.code not in codes.modality)):
            continue
        service = service_of(document, label, None, label.start, label.end)
        if label.code in codes.modality and _ENDED.match(low, label.end):
            service.status = "negated"
        if service.status == "negated" and not evaluated:
            services.append(service)
            continue
        if not _NAMED.search(low, max(0, label.start - 40), label.start) and not label.numbered:
            continue
        if service.status == PERFORMED:
            counted.add(label.code)
            services.append(service)
