"""Groups as a study names them: one, or several of which the first that a territory has counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def group_names(asked: str) -> tuple[str, ...]:
    """Return the groups that are named, in order.

    Examples
    --------
    >>> group_names("ept, epci")
    ('ept', 'epci')
    """
    return tuple(name.strip() for name in asked.split(",") if name.strip())


def group_values(groups: Mapping[str, np.ndarray], asked: str | None, size: int) -> np.ndarray:
    """Return the group of each territory, '' where it has none.

    Parameters
    ----------
    groups : mapping of str to ndarray of str, shape (n_territories,)
    asked : str, optional
        Such as ``epci`` or ``ept, epci``; a group that is not there is passed over.

    Examples
    --------
    >>> groups = {"ept": np.array(["T1", ""]), "epci": np.array(["MGP", "CA"])}
    >>> group_values(groups, "ept, epci", 2).tolist()
    ['T1', 'CA']
    """
    values = np.full(size, "", dtype=object)
    for name in group_names(asked or ""):
        if name in groups:
            values = np.where(values == "", groups[name], values).astype(object)
    return values
