"""The layer ``peers``: a line from each target, and from each other territory of the network, to its peer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely


def peers_frame(
    territories: pd.DataFrame,
    geometry: np.ndarray,
    shortlist: int,
    links: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return one row per link of the network, and the line between the two territories.

    Parameters
    ----------
    territories : DataFrame
        The table of the results, in the order of ``geometry``.
    geometry : ndarray of geometries, shape (n_territories,)
        None where there is none; a link to or from there has no line and is left out.
    shortlist : int
        How many targets have a line, where ``links`` are not given.
    links : DataFrame, optional
        ``row``, ``peer_row``, ``kind`` (peer, showcase, applicant), ``theme``, ``likeness_pct``, ``did``, as
        ``targeting.peers.described_links`` makes them; by default the shortlist's peers, of which no more is told.
    groups : DataFrame, optional
        The exchange groups: ``group``, ``theme``, ``code``.

    Returns
    -------
    frame : DataFrame
        ``code``, ``name``, ``peer_code``, ``peer_name``, ``kind``, ``recommended_theme`` (the one the two have to speak
        about), ``distance_m``, ``likeness_pct`` (share of all other territories that are less alike), ``did``,
        ``exchange_group``, ``notice``, in the order of the links.
    lines : ndarray of LineString
        From a point in the territory to one in its peer.
    """
    if links is None:
        links = shortlist_links(territories, shortlist)
    start, end = (links[name].to_numpy(dtype=int) for name in ("row", "peer_row"))
    there = ~(shapely.is_missing(geometry[start]) | shapely.is_missing(geometry[end]))
    links, start, end = links[there], start[there], end[there]
    points = shapely.point_on_surface(geometry)
    pairs = np.stack([shapely.get_coordinates(points[start]), shapely.get_coordinates(points[end])], axis=1)
    lines = shapely.linestrings(pairs) if len(pairs) else np.array([], dtype=object)
    codes, names = territories["code"].to_numpy(dtype=object), territories["name"].to_numpy(dtype=object)
    theme = links["theme"].to_numpy(dtype=object)
    frame = pd.DataFrame(
        {
            "code": codes[start],
            "name": names[start],
            "peer_code": codes[end],
            "peer_name": names[end],
            "kind": links["kind"].to_numpy(dtype=object),
            "recommended_theme": theme,
            "distance_m": shapely.length(lines),
            "likeness_pct": links["likeness_pct"].to_numpy(dtype=float),
            "did": links["did"].to_numpy(dtype=object),
            "exchange_group": _group_of(codes[start], theme, groups),
            "notice": territories["notice"].to_numpy(dtype=object)[start],
        }
    )
    return frame, lines


def shortlist_links(territories: pd.DataFrame, shortlist: int) -> pd.DataFrame:
    """Return the links of the shortlist to the peers that the table names, in the order of its ranks.

    Returns
    -------
    DataFrame
        ``row``, ``peer_row``, ``kind``, ``theme``, ``likeness_pct`` (NaN), ``did`` ('').
    """
    listed = territories["target_rank"].le(shortlist).fillna(False).to_numpy(dtype=bool)
    rows = np.flatnonzero(listed & (territories["peer_code"] != "").to_numpy(dtype=bool))
    rows = rows[np.argsort(territories["target_rank"].to_numpy(dtype=float, na_value=np.nan)[rows], kind="stable")]
    place = pd.Series(np.arange(len(territories)), index=territories["code"])
    return pd.DataFrame(
        {
            "row": rows,
            "peer_row": place[territories["peer_code"].iloc[rows]].to_numpy(dtype=int),
            "kind": "peer",
            "theme": territories["recommended_theme"].to_numpy(dtype=object)[rows],
            "likeness_pct": np.nan,
            "did": "",
        }
    )


def _group_of(codes: np.ndarray, theme: np.ndarray, groups: pd.DataFrame | None) -> np.ndarray:
    """Return the exchange group of each territory on a theme; '' where it has none."""
    if groups is None:
        return np.full(len(codes), "", dtype=object)
    known = dict(zip(zip(groups["theme"], groups["code"], strict=True), groups["group"], strict=True))
    return np.array([known.get(pair, "") for pair in zip(theme, codes, strict=True)], dtype=object)
