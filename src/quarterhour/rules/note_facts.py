"""What rules may read of the visits' notes, as ``rules.facts`` has what they may read of the visits."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


#: No treatment, one, or one that only timed codes are for.
TREATMENTS = ("none", "some", "timed")


class NoteFacts(msgspec.Struct, frozen=True):
    """One row a visit whose note was read. Mappings are by name, each column as long as the table."""

    visit: IntArray
    line: IntArray
    grades: Mapping[str, IntArray]
    """by element of ``domain.reading.ELEMENTS``: position in ``GRADES`` (0 absent, 1 partial, 2 present)"""
    starts: Mapping[str, IntArray]
    """by element: where its first evidence begins, ABSENT where there is none"""
    ends: Mapping[str, IntArray]
    reasons: Mapping[str, IntArray]
    """by element: position of the reader's reason in ``Facts.reasons``"""
    performed: Mapping[str, IntArray]
    """by class of ``domain.reading.ACTIVITY_CLASSES``: how many were done today"""
    total_timed_minutes: IntArray
    total_treatment_minutes: IntArray
    begin: IntArray
    end: IntArray
    """clock times of the visit in the note, minutes after midnight"""
    service_minutes: IntArray
    """sum of the minutes of the performed timed services, ABSENT where one of them has none or there is none"""
    services: IntArray
    """how many services the note names as performed"""
    treatment: IntArray
    """position in ``TREATMENTS`` of what was done today, by the codes its work speaks for"""
    minutes_told: BoolArray
    """a number of minutes stands in the text, whatever of"""
    discipline: IntArray
    day: IntArray
    """the date the note calls that of the service, in full, ABSENT where it calls none so"""
    headed_day: IntArray
    headed_start: IntArray
    headed_end: IntArray
    """the day at the head of what was done, in full, and where it stands; ABSENT where the head tells none"""
    aide_start: IntArray
    aide_end: IntArray
    """where the note says that an aide gave a service, ABSENT where it does not"""
    untreated_start: IntArray
    untreated_end: IntArray
    """where the note says that its minutes take in time without treatment, ABSENT where it does not"""
    attended_minutes: IntArray
    """sum of the minutes of the performed services that need somebody throughout (one-on-one, constant attendance,
    group), which can share none; ABSENT where one of them has none or there is none"""
    units_billed: IntArray
    """timed units of the visit's lines, ABSENT where one is undecided"""
    units_allowed: IntArray
    """timed units the note's performed minutes support by the payer's method; ABSENT where a timed service of the lines
    or of the note has no minutes in the note, or the patient's day has other visits of the discipline"""
    units_stated: IntArray
    """timed units that the note's stated total of timed minutes makes by itself, ABSENT where none is stated"""
    group_start: IntArray
    group_end: IntArray
    """where the note says that several were treated at the same time, ABSENT where it does not"""
    one_on_one: BoolArray
    """the note says that one patient was treated at a time"""
    group_service: BoolArray
    """the note names a group service as performed"""
    signer: IntArray
    """row in ``policy.providers`` of who signed the note by its text or the record, a clinician before an assistant;
    ABSENT nobody, -2 nobody with a known credential"""
    signer_standing: IntArray
    """position in ``policy.providers.STANDINGS`` of who signed, ABSENT where no credential is known"""
    type: IntArray
    """position in ``NOTE_TYPES`` of what the record calls the note, ABSENT where it says nothing known"""
    repeated: IntArray
    """how many activities done today stand in the note more than once, in the same words"""


class NoteCodeFacts(msgspec.Struct, frozen=True):
    """One row a visit whose note was read and a code that its lines or its note's performed services have."""

    visit: IntArray
    line: IntArray
    """the first billed line of the code, ABSENT where it has none"""
    note: IntArray
    """row in ``NoteFacts``"""
    code: IntArray
    kind: IntArray
    in_total: BoolArray
    performed: BoolArray
    """the note names the service as performed"""
    mentioned: BoolArray
    """the note names the service, performed or not"""
    minutes: IntArray
    """performed minutes in the note, ABSENT where it gives none"""
    start: IntArray
    end: IntArray
    """where the note first names it (performed if it is), ABSENT where it does not"""
    recorded_minutes: IntArray
    """minutes of the record's lines, ABSENT where one has none or there is no line"""
    units: IntArray
    """units billed, 0 where the code has no line, ABSENT where undecided"""
    lines: IntArray
    classes: Mapping[str, IntArray]
    """by class: how many activities done today the note tells under this service"""
    contact: IntArray
    """position in ``policy.codes.CONTACTS``, ABSENT where the code is not known"""
    units_low: IntArray
    """fewest units any allowed allocation of the note's minutes gives the code, ABSENT as ``units_allowed`` is"""
    units_high: IntArray
    told: IntArray
    """how many activities of a class that speaks for some code are told under this service"""
    fitting: IntArray
    """how many of them are of a class this code is for; ABSENT where its content is not known (``policy.support``)"""
    fitting_in_note: IntArray
    """the same over all activities done today, wherever they are told"""
    better: IntArray
    """code that most of those told under it speak for, ABSENT where that is this one or there is none"""
    told_start: IntArray
    told_end: IntArray
    """the first of those told under it, ABSENT where there is none"""
    assistant_minutes: IntArray
    """minutes of the service that the note says were an assistant's, ABSENT where it gives none"""
    assistant_start: IntArray
    assistant_end: IntArray
    """where the note says that an assistant gave this service, or the visit where it speaks of no service by itself;
    ABSENT where it does neither"""
    assistant_by_service: BoolArray
    """the note says of single services which an assistant gave"""
    speaking_in_note: IntArray
    """how many activities done today, wherever they are told, are of a class that speaks for this code by itself;
    ABSENT where no class does"""


class NoteOverlapFacts(msgspec.Struct, frozen=True):
    """One row two billed services that clock times of the notes, not of the record, put into the same minutes; and two
    visits of a patient's day in different disciplines of which one's note tells of a co-treatment, unless both records
    have clock times, or the one visit where no other with a note is given.
    """

    visit: IntArray
    line: IntArray
    """the later of the two lines; of a co-treatment ABSENT"""
    other_line: IntArray
    """the other; of a co-treatment ABSENT"""
    note: IntArray
    joint: BoolArray
    """it is a co-treatment"""
    other_discipline: IntArray
    """of a co-treatment: 0 where no such visit is given"""
    told_twice: IntArray
    """minutes the two claim together beyond those their times hold, 0 for none; ABSENT where the times are not told"""
    start: IntArray
    end: IntArray
    """where the note names the service of ``line``, or tells of the co-treatment"""
    other_start: IntArray
    other_end: IntArray
    """where it names that of ``other_line``, ABSENT of a co-treatment"""


class NoteActivityFacts(msgspec.Struct, frozen=True):
    """One row an activity the note tells of."""

    visit: IntArray
    line: IntArray
    """the first billed line of the service it is told under, ABSENT where there is none"""
    note: IntArray
    kind: IntArray
    """position in ``domain.reading.ACTIVITY_CLASSES``"""
    status: IntArray
    """position in ``domain.reading.STATUSES`` (0 performed)"""
    code: IntArray
    """the service under which it is told, ABSENT where the note does not say"""
    start: IntArray
    end: IntArray
