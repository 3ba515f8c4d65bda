"""Visits and claims to FHIR R4 resources, a file a kind of resource."""
