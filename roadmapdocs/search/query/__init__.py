"""What people type, read into words and conditions; and into a plan for engines."""
