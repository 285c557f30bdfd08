"""Shapes of what REST takes and gives, as marshmallow schemas: OpenAPI is made of them."""
