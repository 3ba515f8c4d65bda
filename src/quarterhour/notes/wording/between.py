"""What may stand between a service and its minutes: marks, units, modifiers, and words that tell nothing else."""

from __future__ import annotations

from typing import Final

from quarterhour.notes.wording.patterns import folded

_ONE: Final = (
    r"(?:\(?(?:97|92)\d{3}[^)\n\d]{0,8}\)?|\([^)\n]{0,44}\)|x|for|about|approximately|approx|"
    r"again|roughly|lasted|lasting|was|were|took|came|comes|ran|totall?ed|made up|filled|time|today|"
    r"minutes|mins?|x ?\d(?= ?\()|performed|completed|"
    r"provided|given|done|corrected|amended|changed|should (?:read|be)|another|of|on|the|a|an|total|in|pta?|ot|cota|"
    r"ota|slp|one[ -]on[ -]one|"
    r"1:1|one[ -]to[ -]one|individual|direct|to|at|from|attended|unattended|constant|"
    r"(?:t12 |p1 )?\d{1,4}[:.]?\d{0,2} ?(?:am|pm|a|p)? ?(?:-|to|until) ?\d{1,2}[:.]?\d{2} ?(?:am|"
    r"pm|a|p)?|\(?\d ?u(?:nits?)?\)?|units?|-?(?:gp|go|gn|kx|cq|co|59|x[eups])|training|treatment|"
    r"therapy|"
    r"exercises?|activit(?:y|ies)|techniques?|re-?ed(?:ucation)?|management|session|work|timed|skilled|then|and|"
    r"(?:qty|quantity|units?)[ :=]{1,2}\d|cpt|code|hcpcs)"
)
_JOINS: Final = r"[ \t,:.()\[\]|=@~*+/_>☑☒✓✔-]*"
GLUE: Final = folded(rf"{_JOINS}(?:{_ONE}{_JOINS}){{0,8}}$")
OF: Final = folded(
    r"[ ,]*(?:[a-z]+ )?(?:(?:(?:we|he|she|i|they|patient|client) )?(?:worked (?:on|at|in)|did|performed|practi[cs]ed|"
    r"completed|received|had)|of|on|for|doing|with|were|was|went (?:to|into)|devoted to|working "
    r"on|in|to|spent (?:on|in|with|doing)|(?:was |were )?(?:billed|charged|coded) (?:as|under))(?: the| a| her| his|"
    r" skilled| direct| one-on-one|"
    r" 1:1| some| more)* $"
)
_PLAIN: Final = r"[ ,:|=>\t-]*"
PLAIN_BEFORE: Final = folded(
    rf"(?:/|\.(?= ?[-:|=]))?{_PLAIN}(?:\([^)\n]{{0,40}}\){_PLAIN})?(?:(?:of|each|skilled|direct|1:1|one-on-one|"
    rf"individual|"
    rf"cpt|code)(?:[ ,:|=>\t-]+|$)|(?:total|timed) |\d ?u(?:nits?)?\b{_PLAIN})*$"
)
# What was done between the minutes and the service in brackets: "25 min crate lifts and stairs (TA)".
TASKED: Final = folded(r" [^.;:()\d]{2,60}\($")
# Work by a machine or a dose in minutes is a part of a service: "bike 8 min".
PART: Final = folded(
    r"\b(?:nustep|bike|biking|treadmill|ube|elliptical|warm[- ]?up|ergometer|stepper|cycle|pedal\w*|march\w*|walk\w*|"
    r"stand\w*|sit\w*|circuit|pack|stretch\w*|held|hold|level \d|l\d|\d x)[ ,]*(?:for |x |at |\()?$"
)
#: A figure without a unit directly behind a service, which is its own: "TA 23,", "TE (15)", "97530/12".
OWN_FIGURE: Final = folded(
    r" ?(?:[=/:-] ?)?(?:[(\[](?:[5-9]|[1-9]\d)[)\]]|(?:[5-9]|[1-9]\d)(?=[ ]?(?:[,;)+|/\n\r]|$|\.(?!\d))))(?! ?/?\d)"
)
#: So many services stand in a line at most; a line of more tells no visit.
LONGEST_ROW: Final = 40
