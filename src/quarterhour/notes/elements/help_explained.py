"""Why help was needed, told by what this patient does or has: "verbal cues needed as pt twists on the knee", "needs
cueing because of right neglect". What happened while help was given is no reason, nor what any patient has.
"""

from __future__ import annotations

from typing import Final

from quarterhour.notes.page.clauses import Sentence
from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded


def explains_help(low: str, sentence: Sentence) -> bool:
    """The sentence tells why help was needed, by something of this patient."""
    return sentence.gates & _GATE != 0 and _EXPLAINED.search(low, sentence.words, sentence.end) is not None


_HELP: Final = (
    r"(?:(?:verbal |tactile |visual |manual |constant |frequent |repeated |close |hands-on |physical )*"
    r"(?:cue(?:s|ing)?|"
    r"cuing|vcs?|tcs?|prompt(?:s|ing)?|reminders?|assist(?:ance)?|guard(?:ing)?|supervision|sba|cga|redirection|"
    r"facilitation|blocking|hand[- ]over[- ]hand|help|(?:min|mod|max)(?:imal|erate|imum)?(?: a\b| assist\w*)))"
)
_WHY: Final = r"(?:because(?: of)?|b/c|bc|since|as|due to|d/t|secondary to|2/2)"
_FOR: Final = r"(?:(?:for|to|with|at|on|during) [^.;,\n]{2,40}? )?"
_WHO: Final = r"(?:she|he|they|pt|patient|client|resident|student|child)"
_PART: Final = (
    r"(?:(?:the|her|his|their|l|r|left|right|operated|affected|hemiparetic) ){0,2}(?:knees?|hips?|ankles?|foot|feet|"
    r"heels?|toes?|legs?|arms?|hands?|fingers?|thumb|wrist|elbow|shoulders?|scapula|trunk|pelvis|head|neck|jaw|tongue|eyes?)"
)
# What every patient of therapy has or does: none of this one.
_OF_ANY: Final = (
    r"(?:is|was|are|were|has|had|have|can|could|may|will|needs?|needed|requires?|required|reports?|reported|feels?|felt|"
    r"fatigues?|fatigued|tires?|tired|wants?|wanted|asks?|asked|tolerate[sd]?|complain\w*|presents?|demonstrates?|lacks?|"
    r"remains?|continues?|progress\w*|improve[sd]?|also|still)"
)
_DEFICIT: Final = (
    r"(?:(?:the|her|his|their|l|r|left|right|severe|mild|moderate|marked|dense|motor|visual|hemi) ?){0,3}(?:neglect|"
    r"inattention|impulsiv\w*|aprax\w*|aphas\w*|atax\w*|hemianop\w*|field cut|spastic\w*|clonus|(?:extensor |flexor )?"
    r"(?:tone|lag|synergy)|tremor|retropulsion|lateropulsion|pusher \w+|freezing|foot drop|drop foot|buckling|"
    r"hyperextension|"
    r"recurvatum|subluxation|valgus|trendelenburg|perseverat\w*|disinhibition|orthostat\w*|dyskinesia|"
    r"(?:sternal|hip|spinal|weight[- ]bearing) precautions|(?:short[- ]term |poor )?(?:memory loss|recall)|"
    r"numb\w*|absent sensation|no feeling)"
)
_CAUSE: Final = (
    rf"(?:{_WHO} (?!{_OF_ANY}\b)[a-z]{{3,}} [a-z]|{_WHO} (?:cannot|can't|could not|couldn't) (?:feel|see|hear|find|"
    rf"sense|tell)\b|{_PART} (?!is\b|was\b|are\b|were\b|pain|weak|strength|rom)[a-z]{{3,}}s?\b|{_DEFICIT}\b)"
)
_NEEDED: Final = r"(?:(?:is|are|was|were|still) )?(?:needed|required|necessary|given|provided)"
_NEEDS: Final = r"(?:needs|needed|needing|requires|required|requiring|received|given)"
_EXPLAINED: Final = folded(
    rf"\b{_HELP} {_FOR}{_NEEDED} {_FOR}{_WHY} {_CAUSE}|\b{_NEEDS} (?:[a-z/]+ ){{0,2}}?{_HELP} {_FOR}{_WHY} {_CAUSE}"
)
_GATE: Final = gate(_EXPLAINED)
