"""REST: resources of the registry as JSON, described by OpenAPI 3.1, below ``/api/v1``."""
