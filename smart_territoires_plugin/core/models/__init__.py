"""Models that need scipy: what activity to expect of a territory."""
