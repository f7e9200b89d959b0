"""What became of a list: who entered and left and why, who was called, and whether those who were moved more."""
