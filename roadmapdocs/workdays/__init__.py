"""Working days of the office: the official calendar of Russia and the office's own exceptions from it."""
