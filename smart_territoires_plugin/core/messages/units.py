"""Units in words: the product's own in the reader's language, those of a study as declared."""

from __future__ import annotations

from smart_territoires_plugin.core.messages import TEXTS


def text_unit(unit: str, lang: str) -> str:
    """Return a unit of the product's own in a language; a study's own units stay as declared.

    Examples
    --------
    >>> text_unit("m²", "fr"), text_unit("bottles", "fr")
    ('m²', 'bottles')
    """
    return TEXTS[lang].get(f"unit.{unit}", unit)
