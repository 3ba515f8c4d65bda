"""Visit records as JSON: one object, a list, ``{"visits": [...]}``, or one object a line."""

from quarterhour.interchange.visit_json.reader import Reading, ReadVisit, read, read_values
from quarterhour.interchange.visit_json.words import shown_pointer

__all__ = ["ReadVisit", "Reading", "read", "read_values", "shown_pointer"]
