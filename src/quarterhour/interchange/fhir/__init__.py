"""FHIR R4 in and out: bundles and resources to visits and claims, and back."""
