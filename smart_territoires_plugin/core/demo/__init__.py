"""The fictitious region: coherent, seeded, and as messy as real files, to try the product on.

Every place, name, code and figure in it is invented.
"""

from __future__ import annotations

from .region import write_region

__all__ = ["write_region"]
