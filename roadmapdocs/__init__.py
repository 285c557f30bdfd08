"""The document and roadmap registry of an office: which roadmap item is proved by which document."""
