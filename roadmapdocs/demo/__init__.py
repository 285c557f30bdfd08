"""The made-up office: a fictional district that fills every page with something true to show."""
