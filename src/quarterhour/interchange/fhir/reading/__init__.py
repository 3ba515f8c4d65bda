"""FHIR R4 resources to the records of visits and claims, a file a kind of resource."""
