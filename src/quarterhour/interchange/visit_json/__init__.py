"""Visit records as JSON: one object, a list, ``{"visits": [...]}``, or one object a line."""

from quarterhour.interchange.visit_json.reader import Reading, ReadVisit, read, read_values

__all__ = ["ReadVisit", "Reading", "read", "read_values"]
