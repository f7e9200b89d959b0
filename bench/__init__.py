"""Our methods timed beside others; ``python -m bench`` writes ``docs/benchmarks.md``."""
