"""What is timed on: synthetic layers and rasters, drawn from a seed into ``build/bench``."""
