"""Where shipped files are: ``resources/`` beside the package in a checkout, inside it in the packaged plugin."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder.

    Parameters
    ----------
    *parts : str
        Path below the root of the plugin, for example ``"resources", "styles", "fr"``.

    Raises
    ------
    FileNotFoundError
        If the installation is incomplete.

    Examples
    --------
    >>> resource("resources", "study.schema.json").name
    'study.schema.json'
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))


def version() -> str:
    """Return the version of the product, from its ``metadata.txt``."""
    for line in resource("metadata.txt").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "version":
            return value.strip()
    raise ValueError("metadata.txt has no version")
