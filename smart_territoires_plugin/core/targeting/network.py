"""The network of a study: who is linked to whom, and which exchange groups that suggests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.exchange_groups import exchange_groups, members_of
from smart_territoires_plugin.core.targeting.peer_words import Compared, compared_by
from smart_territoires_plugin.core.targeting.peers import applicant_links, described_links, likeness, peer_links
from smart_territoires_plugin.core.targeting.target import Targeting


@dataclass(frozen=True)
class Network:
    """What links the territories of a study.

    Parameters
    ----------
    links : DataFrame
        ``row``, ``peer_row``, ``kind``, ``theme``, ``likeness_pct``, ``did``: the shortlist by rank, what was given
        besides, then unsuccessful applicants.
    groups : DataFrame
        ``group``, ``theme``, ``code``, ``role``, ``name``.
    compared : Compared
        For the sentences of ``peer_words``.
    """

    links: pd.DataFrame
    groups: pd.DataFrame
    compared: Compared


def find_network(
    study: Study,
    territories: Territories,
    scores: Scores,
    targeting: Targeting,
    lang: str,
    projects: pd.DataFrame | None = None,
    applications: pd.DataFrame | None = None,
    showcases: pd.DataFrame | None = None,
) -> Network:
    """Link the shortlist and unsuccessful applicants to their peers, and suggest exchange groups.

    Parameters
    ----------
    lang : {"fr", "en"}
        Of the names of the groups.
    projects, applications : DataFrame, optional
        Of the register, with ``row``; without them nothing is told of what peers did, and nobody applied.
    showcases : DataFrame, optional
        Further links: ``row``, ``peer_row``, ``kind``, ``theme``.
    """
    size = len(territories)
    coordinates = likeness(scores.normalised[:, scores.usable], territories.population)
    theme, rank = targeting.columns["recommended_theme"], targeting.columns["target_rank"]
    listed = np.flatnonzero(rank <= study.targeting.shortlist)
    listed = listed[np.argsort(rank[listed], kind="stable")]
    place = {code: row for row, code in enumerate(territories.codes)}
    peers = np.array([place.get(code, -1) for code in targeting.columns["peer_code"][listed]], dtype=int)
    links = [peer_links(listed, peers, theme)]
    if showcases is not None:
        links.append(showcases)
    active = targeting.standing.high
    if applications is not None:
        group = territories.groups.get(study.targeting.elsewhere or "", np.full(size, "", dtype=object))
        found = applicant_links(applications, active, targeting.by_theme, coordinates, group, territories.codes)
        links.append(found)
    whole = described_links(_stacked(links), coordinates, projects)
    active_on = {name: active & (counts > 0) for name, counts in targeting.by_theme.items()}
    names = {one.id: one.name[lang] for one in study.themes}
    groups = exchange_groups(
        members_of(listed, theme, whole, active_on),
        territories.codes,
        territories.names,
        territories.population,
        points_in(territories.geometry),
        names,
        lang,
    )
    return Network(whole, groups, compared_by(scores, territories.population))


def _stacked(links: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in links if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else links[0]


def points_in(geometry: np.ndarray) -> np.ndarray:
    """Return a point in each territory, shape (n_territories, 2), in metres; NaN where there is no geometry."""
    import shapely

    points = np.full((len(geometry), 2), np.nan)
    there = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    points[there] = shapely.get_coordinates(shapely.point_on_surface(geometry[there]))
    return points
