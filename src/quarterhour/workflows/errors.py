"""Errors of the workflows room.

    WorkflowError
    ├── AnotherOne      resources that are not of the patient or encounter a hook's context names (``hooks``)
    ├── BadRequest      asked in a way that cannot be answered: a malformed code, minutes below zero, no such method
    ├── CannotClaim     visits that make no claim: they differ in what a claim has once, or a charge is missing
    ├── NotSent         resources that were not sent, without which nothing can be said (``hooks``)
    ├── Stopped         a long run that cannot go on; what it finished is kept
    └── UnknownCode     a well-formed procedure code of which nothing is known

What policy does not know (``policy.errors``) passes through as it is.
"""

from quarterhour.domain.errors import QuarterhourError


class WorkflowError(QuarterhourError, ValueError):
    """Something about what was asked."""


class BadRequest(WorkflowError):
    """Asked in a way that cannot be answered."""


class CannotClaim(WorkflowError):
    """Visits that make no claim. ``message`` says why without naming the visit, ``number`` which of them it is."""

    def __init__(self, message: str, number: int | None = None, visit_id: str | None = None) -> None:
        """``number`` counts from 1; people know a visit by its id, where it has one."""
        named = visit_id or number
        super().__init__(f"visit {named}: {message}" if named else message)
        self.message = message
        self.number = number
        self.visit_id = visit_id


class Stopped(WorkflowError):
    """A long run that cannot go on."""


class UnknownCode(WorkflowError):
    """A procedure code of which nothing is known."""

    def __init__(self, code: str) -> None:
        """``code`` is well formed."""
        super().__init__(f"code {code} is not among the therapy codes that are known")
        self.code = code
