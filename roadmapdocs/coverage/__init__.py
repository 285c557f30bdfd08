"""Which item of the roadmap is proved by which document, and what is missing or late."""
