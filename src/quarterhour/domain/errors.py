"""The error all rooms' errors are of, and those of the field's words.

    QuarterhourError
    ├── DomainError
    │   ├── BadMoney        an amount that is not a decimal with at most two places
    │   ├── BadClock        a time of day that is not HH:MM
    │   ├── BadCode         a procedure code that is not five letters or digits
    │   └── BadModifier     a modifier that is not two letters or digits
    ├── InterchangeError    ``interchange.errors``
    ├── PolicyError         ``policy.errors``
    └── WorkflowError       ``workflows.errors``

Those of the field's words are ``ValueError``s, so a reader of an outside format can add the place and go on.
"""


class QuarterhourError(Exception):
    """Whatever this package refuses, in words that hold nothing of a patient; its kinds say what is wrong."""


class DomainError(QuarterhourError, ValueError):
    """A word of the field that does not have the form it must have."""


class BadMoney(DomainError):
    """An amount that is not a decimal with at most two places."""


class BadClock(DomainError):
    """A time of day that is not HH:MM on a 24-hour clock."""


class BadCode(DomainError):
    """A procedure code that is not five letters or digits."""


class BadModifier(DomainError):
    """A modifier that is not two letters or digits."""
