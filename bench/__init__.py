"""Our methods timed beside others on the fictitious region; ``python -m bench`` writes ``docs/benchmarks.md``."""
