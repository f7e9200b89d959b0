"""Contacts made: the table of the register, the last contact of each territory, and the list of calls to make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.register.snapshot import snapshot
from smart_territoires_plugin.core.study import Source

TABLE = "contacts_made"
# No column holds a person: a role calls, and a territory answers.
COLUMNS = ("code", "date", "caller_role", "next_action", "due", "outcome", "proposed_theme")
CONFIRMED, DECLINED, UNKNOWN = "interest_confirmed", "declined", "unknown"
_DATES = ("date", "due")


def read_contacts(path: Path) -> pd.DataFrame:
    """Return the contacts of a register, dates as ``YYYY-MM-DD`` and '' where empty.

    Raises
    ------
    SourceError
        If the file cannot be read or has no such table, or the table no code or date.
    """
    import pyogrio

    path = Path(path)
    if not path.is_file():
        raise SourceError(Problem("outcomes.no_register", str(path), {"reason": "–"}))
    try:
        # QGIS may have it open: a copy is read, and nothing is written beside it.
        with snapshot(Source(path.stem, path)) as copy:
            names = [str(name) for name, _ in pyogrio.list_layers(copy.path)]
            if TABLE not in names:
                raise SourceError(Problem("outcomes.no_contacts", str(path), {"table": TABLE}))
            frame = pyogrio.read_dataframe(copy.path, layer=TABLE, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise SourceError(Problem("outcomes.no_register", str(path), {"reason": str(error)})) from error
    return contacts_frame(frame, str(path))


def contacts_frame(frame: pd.DataFrame, where: str = TABLE) -> pd.DataFrame:
    """Return contacts as the rest of this package takes them: texts, and ``randomised`` as a bool.

    Raises
    ------
    SourceError
        If ``code`` or ``date`` is missing, or a date is none.
    """
    missing = [name for name in ("code", "date") if name not in frame]
    if missing:
        raise SourceError(Problem("outcomes.contacts_lack", where, {"columns": ", ".join(missing)}))
    made = pd.DataFrame(index=range(len(frame)))
    problems = []
    for name in COLUMNS:
        given = frame[name] if name in frame else pd.Series([""] * len(frame))
        texts = given.astype(object).where(given.notna().to_numpy(), "").astype(str).str.strip().to_numpy()
        if name in _DATES:
            parsed = pd.to_datetime(pd.Series(texts), errors="coerce", format="ISO8601")
            wrong = (texts != "") & parsed.isna().to_numpy() | ((texts == "") & (name == "date"))
            for row in np.flatnonzero(wrong):
                values = {"row": int(row) + 1, "column": name, "value": texts[row]}
                problems.append(Problem("outcomes.contact_date", where, values))
            texts = parsed.dt.strftime("%Y-%m-%d").astype(object).where(parsed.notna(), "").to_numpy()
        made[name] = texts
    made["outcome"] = made["outcome"].replace("", UNKNOWN)
    given = frame["randomised"] if "randomised" in frame else pd.Series([False] * len(frame))
    made["randomised"] = given.astype(str).str.lower().isin(["true", "1", "1.0"]).to_numpy()
    if problems:
        raise SourceError(*problems)
    return made


def last_contacts(contacts: pd.DataFrame, until: str = "") -> pd.DataFrame:
    """Return the last contact of each territory up to a day (``YYYY-MM-DD``, included; '' for all), by code.

    Interest that was confirmed once stays so: a later call without an outcome does not undo it.
    """
    some = contacts[contacts["date"] <= until] if until else contacts
    ordered = some.sort_values("date", kind="stable")
    last = ordered.drop_duplicates("code", keep="last").set_index("code").sort_index()
    told = ordered[ordered["outcome"] != UNKNOWN].groupby("code")["outcome"].last()
    last["outcome"] = told.reindex(last.index).fillna(UNKNOWN)
    return last


def call_list(targets: pd.DataFrame, contacts: pd.DataFrame, today: str) -> pd.DataFrame:
    """Return what was agreed with each target, and what is overdue.

    Parameters
    ----------
    targets : DataFrame
        With ``code``; its order stays.
    contacts : DataFrame
        Of ``contacts_frame``.
    today : str
        ``YYYY-MM-DD``.

    Returns
    -------
    DataFrame
        ``code``, ``called_before`` (bool), ``last_contact``, ``caller_role``, ``next_action``, ``due``, ``outcome``,
        ``proposed_theme``, and ``overdue``: an action is due before today and the territory has not declined. Texts
        are '' where nobody called.

    Examples
    --------
    >>> made = contacts_frame(pd.DataFrame({"code": ["a"], "date": ["2026-01-05"], "due": ["2026-02-01"]}))
    >>> call_list(pd.DataFrame({"code": ["b", "a"]}), made, "2026-03-01")[["called_before", "overdue"]].values.tolist()
    [[False, False], [True, True]]
    """
    codes = targets["code"].astype(str).to_numpy()
    last = last_contacts(contacts, today).reindex(codes)
    made = pd.DataFrame({"code": codes, "called_before": last["date"].notna().to_numpy()})
    made["last_contact"] = last["date"].fillna("").to_numpy()
    for name in COLUMNS[2:]:
        made[name] = last[name].fillna("").to_numpy()
    due = made["due"].to_numpy(dtype=object)
    made["overdue"] = (due != "") & (due < today) & (made["outcome"] != DECLINED).to_numpy()
    return made
