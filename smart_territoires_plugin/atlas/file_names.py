"""File names made of place names: safe on every system, recognisable by a person."""

from __future__ import annotations

import re
import unicodedata

NAME_LENGTH = 60


def file_part(words: str, length: int = NAME_LENGTH) -> str:
    """Return ASCII letters, digits and single hyphens, in lower case.

    Examples
    --------
    >>> file_part("L'Haÿ-les-Roses / <b>Sud</b>")
    'l-hay-les-roses-b-sud-b'
    >>> file_part("مدينة")
    ''
    """
    spelled = words.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


def target_file_name(code: str, name: str, departement: str | None = None) -> str:
    """Return the file name of a target's page.

    Examples
    --------
    >>> target_file_name("99001", "Val-Fictif", "98")
    'dep_98_val-fictif_99001.pdf'
    >>> target_file_name("A/1", "Val-Fictif")
    'val-fictif_a-1.pdf'
    """
    parts = ["dep", file_part(str(departement), 20)] if departement and file_part(str(departement)) else []
    parts += [part for part in (file_part(name), file_part(str(code), 30)) if part]
    return "_".join(parts or ["target"]) + ".pdf"


def distinct(names: list) -> list:
    """Return the names, with a number added where two would be the same file.

    Examples
    --------
    >>> distinct(["a.pdf", "a.pdf", "b.pdf"])
    ['a.pdf', 'a-2.pdf', 'b.pdf']
    """
    seen: set = set()
    result = []
    for name in names:
        candidate, number = name, 1
        while candidate in seen:
            number += 1
            candidate = f"{name[: -len('.pdf')]}-{number}.pdf"
        seen.add(candidate)
        result.append(candidate)
    return result
