"""The register of projects: its tables, the file that holds them, and how it is filled and read."""
