"""The Processing provider: each algorithm declares, converts, makes one call and writes."""
