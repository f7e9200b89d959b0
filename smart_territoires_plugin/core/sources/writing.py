"""How names are compared: without case, accents and surrounding space."""

from __future__ import annotations

import unicodedata


def plain(name: str) -> str:
    """Return a name without case, accents and surrounding space.

    Examples
    --------
    >>> plain(" Région")
    'region'
    """
    decomposed = unicodedata.normalize("NFKD", name.strip().lstrip("\ufeff"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
