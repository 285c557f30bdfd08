"""The Russian language as pure functions: deadlines, letters, names."""
