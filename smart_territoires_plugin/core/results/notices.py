"""What results say of their data, in the reader's language: tables carry it in English."""

from __future__ import annotations

from smart_territoires_plugin.core.messages import text

_CODES = ("fictitious", "synthetic", "proxy")


def notice_in(notice: str, lang: str) -> str:
    """Return the notice of a table in a language; empty where all data are observed.

    Examples
    --------
    >>> notice_in("Proxy, not smart activity", "fr") == text("notice.proxy", "fr"), notice_in("", "fr")
    (True, '')
    """
    separator = "\u00a0; " if lang == "fr" else "; "
    return separator.join(text(f"notice.{code}", lang) for code in _CODES if text(f"notice.{code}", "en") in notice)
