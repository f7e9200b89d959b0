"""The table for mail merge: a row per territory, a field per column, for LibreOffice or Word."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from smart_territoires_plugin.core.outreach.material import Material
from smart_territoires_plugin.core.outreach.subject import Subject, named_values

PUBLIC_FIELDS = (
    "code", "name", "place", "population", "theme", "stake", "argument", "strengths", "levers", "peer_name",
    "peer_code", "peer_sentence", "cofunding", "call_title", "call", "page", "notice",
)  # fmt: skip
INTERNAL_FIELDS = (
    *PUBLIC_FIELDS[:-2], "segment", "target_rank", "rank_low", "rank_high", "stability", "activity_sentence", "change",
    "contact_role", *PUBLIC_FIELDS[-2:],
)  # fmt: skip
_WHOLE = ("target_rank", "rank_low", "rank_high")


def mail_merge(material: Material, pages: Iterable[tuple[str, Subject]], lang: str, audience: str) -> pd.DataFrame:
    """Return one row per territory.

    Parameters
    ----------
    pages : iterable of (str, Subject)
        File name of each sheet, and whom it is about.
    audience : {"internal", "public"}

    Returns
    -------
    DataFrame
        ``PUBLIC_FIELDS`` or ``INTERNAL_FIELDS``; numbers as numbers, texts on one line.
    """
    fields = INTERNAL_FIELDS if audience == "internal" else PUBLIC_FIELDS
    lines = [_line(material, file, subject, lang) for file, subject in pages]
    frame = pd.DataFrame(lines, columns=[*INTERNAL_FIELDS])[list(fields)]
    for name in ("population", "stake"):
        frame[name] = pd.to_numeric(frame[name])
    for name in _WHOLE:
        if name in frame:
            frame[name] = pd.to_numeric(frame[name]).astype("Int64")
    return frame


def _line(material: Material, file: str, subject: Subject, lang: str) -> dict[str, object]:
    row = material.rows[subject.code]
    stake = row.get(f"score_{subject.theme_id}", "")
    return {
        "code": subject.code,
        "name": subject.name,
        "place": subject.place,
        "population": subject.population,
        "theme": subject.theme,
        "stake": float(stake) if stake else None,
        "argument": subject.argument,
        "strengths": named_values(subject.strengths, lang, len(subject.strengths)),
        "levers": named_values(subject.levers, lang, len(subject.levers)),
        "peer_name": subject.peer,
        "peer_code": subject.peer_code,
        "peer_sentence": subject.peer_sentence,
        "cofunding": subject.cofunding,
        "call_title": subject.call_title,
        "call": subject.call,
        **{name: row[name] for name in ("segment", "stability")},
        **{name: int(row[name]) if row[name] else None for name in _WHOLE},
        "activity_sentence": subject.activity,
        "change": subject.change,
        "contact_role": subject.contact_role,
        "page": file,
        "notice": "; ".join(material.notices(lang)),
    }
