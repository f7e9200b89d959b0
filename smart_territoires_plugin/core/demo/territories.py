"""Communes without gap or overlap, their population, and the groups they nest in."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from scipy.stats import norm

from .names import CITY, DEPARTEMENTS, commune_names, of_place
from .shapes import Bend, make_bend
from .terrain import CRS, Terrain

N_COMMUNES = 300
N_EPCI_PER_DEPARTEMENT = 5
MEDIAN_POPULATION = 480
SMALL_COMMUNE = 2_000  # 85 % of French communes have fewer inhabitants (Sénat, report r23-693)
SMALL_COMMUNE_SHARE = 0.85
CITY_POPULATION = 92_000
FICTITIOUS = "fictif / fictitious"


@dataclass(frozen=True)
class Territories:
    """The communes (one row each, in the order of their codes), their hearts and who touches whom.

    Attributes
    ----------
    communes : GeoDataFrame
    hearts : ndarray, shape (n, 2)
        Where the church and the town hall stand, in metres of the CRS.
    neighbours : tuple of tuple of int
        For each commune the rows of those with which it shares an edge.
    """

    communes: gpd.GeoDataFrame
    hearts: np.ndarray
    neighbours: tuple[tuple[int, ...], ...]

    @property
    def population(self) -> np.ndarray:
        """Inhabitants of each commune, shape (n,)."""
        return self.communes["population"].to_numpy()

    @property
    def towns(self) -> np.ndarray:
        """Rows of the fifteen most populated communes, the city first."""
        return np.argsort(-self.population, kind="stable")[:15]


def make_territories(terrain: Terrain, rng: np.random.Generator) -> Territories:
    """Draw the communes, people them, group them and name them."""
    cells, hearts = _cells(terrain, rng)
    neighbours = _neighbours(cells)
    population = _population(terrain, hearts, rng)
    departement, epci = _groups(hearts, neighbours, population)

    river_near = [_river_beside(terrain, shapely.Point(heart)) for heart in hearts]
    names = np.array(commune_names(rng, river_near), dtype=object)
    names[int(population.argmax())] = CITY

    # As in the official code, numbers follow the alphabet within each département.
    order = np.array(sorted(range(len(cells)), key=lambda i: (departement[i], names[i])))
    row_of = np.argsort(order)
    codes = _codes(departement[order])
    frame = gpd.GeoDataFrame(
        {
            "code_insee": codes,
            "nom": names[order],
            "population": population[order],
            "superficie_ha": (shapely.area(cells) / 1e4).round(1)[order],
            "code_departement": [f"{each + 1:03d}" for each in departement[order]],
            "nom_departement": [DEPARTEMENTS[each] for each in departement[order]],
            "siren_epci": [f"000{each // 5 + 1:03d}{each % 5 + 1:03d}" for each in epci[order]],
            "nom_epci": _epci_names(names, population, epci)[order],
            "mention": FICTITIOUS,
        },
        geometry=cells[order],
        crs=CRS,
    )
    return Territories(frame, hearts[order], tuple(tuple(sorted(int(row_of[j]) for j in neighbours[i])) for i in order))


def _cells(terrain: Terrain, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Cut the region into cells whose shared edges are the same points on both sides."""
    low, high = terrain.outline.bounds[:2], terrain.outline.bounds[2:]
    lowland = np.quantile(terrain.relief_m, 0.35)
    seeds: list[np.ndarray] = []
    while len(seeds) < N_COMMUNES:
        point = rng.uniform(low, high)
        height_m = terrain.grid.sample(terrain.relief_m, point[:1], point[1:])[0]
        if rng.random() < (1.0 if height_m < lowland else 0.6) and terrain.outline.contains(shapely.Point(point)):
            seeds.append(point)
    points = np.array(seeds)
    for _ in range(2):  # two rounds of Lloyd's relaxation: no slivers, yet no honeycomb either
        clipped = shapely.intersection(_voronoi(points, terrain.outline), terrain.outline)
        points = shapely.get_coordinates(shapely.centroid(clipped))

    edges = shapely.get_parts(shapely.boundary(_voronoi(points, terrain.outline)))
    # One noded set of lines: every edge exists once, so both sides get the same vertices whatever is done to it.
    lines = shapely.line_merge(shapely.union_all([*edges, terrain.outline.exterior], grid_size=1.0))
    lines = shapely.segmentize(shapely.get_parts(lines), 180)
    faces = shapely.get_parts(shapely.polygonize(lines))
    inside = shapely.point_on_surface(faces)
    faces = faces[shapely.contains(terrain.outline, inside)]
    places = shapely.get_coordinates(shapely.point_on_surface(faces))
    owner = ((places[:, None, :] - points[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)

    waves = [(9_000, 420), (3_600, 190), (1_500, 70)]
    for strength in (1.0, 0.7, 0.4, 0.0):
        bend = make_bend(np.random.default_rng(rng.integers(2**32)), [(length, strength * a) for length, a in waves])
        bent = shapely.transform(faces, _rounded(bend))
        if shapely.is_valid(bent).all() and shapely.coverage_is_valid(bent):
            break
    cells = np.array([shapely.union_all(bent[owner == i]) for i in range(len(points))], dtype=object)
    hearts = bend(points)
    at_home = shapely.contains(cells, shapely.points(hearts))
    hearts[~at_home] = shapely.get_coordinates(shapely.point_on_surface(cells[~at_home]))
    return cells, hearts


def _voronoi(points: np.ndarray, outline: shapely.Polygon) -> np.ndarray:
    """Voronoi cells in the order of the points, well beyond the outline."""
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=outline.buffer(20_000), ordered=True)
    return np.asarray(shapely.get_parts(cells))


def _rounded(bend: Bend) -> Bend:
    """Bend, then round to a decimetre."""
    return lambda points: bend(points).round(1)


def _neighbours(cells: np.ndarray) -> list[list[int]]:
    """Communes that share an edge (a corner is not enough to walk through)."""
    neighbours: list[list[int]] = [[] for _ in cells]
    left, right = shapely.STRtree(cells).query(cells, predicate="touches")
    shared_m = shapely.length(shapely.intersection(shapely.boundary(cells[left]), shapely.boundary(cells[right])))
    for i, j, length_m in zip(left, right, shared_m, strict=True):
        if length_m > 50:
            neighbours[int(i)].append(int(j))
    return [sorted(each) for each in neighbours]


def _population(terrain: Terrain, hearts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Log-normal population: the city where water and lowland meet, towns apart from one another, then the rest."""
    n = len(hearts)
    x, y = hearts.T
    height_m = terrain.grid.sample(terrain.relief_m, x, y)
    river_m = shapely.distance(shapely.points(hearts), shapely.union_all(terrain.rivers.geometry.to_numpy()))
    centre = shapely.get_coordinates(terrain.outline.centroid)[0]
    off_centre = np.hypot(*(hearts - centre).T) / 37_000
    appeal = -_standard(height_m) - 0.5 * _standard(np.sqrt(river_m)) + 0.5 * rng.standard_normal(n)

    towns = [int(np.argmax(appeal - 3 * off_centre))]
    for apart_m in (15_000, 11_000, 7_000):
        for i in np.argsort(-(appeal - 0.8 * off_centre)):
            if len(towns) < 15 and np.hypot(*(hearts[towns] - hearts[i]).T).min() > apart_m:
                towns.append(int(i))
    to_city_m = np.hypot(*(hearts - hearts[towns[0]]).T)
    to_town_m = np.array([np.hypot(*(hearts[towns] - heart).T).min() for heart in hearts])
    appeal = appeal + 4 * np.exp(-to_city_m / 7_000) + 1.2 * np.exp(-to_town_m / 4_000)
    rest = [int(i) for i in np.argsort(-(appeal + 0.8 * rng.standard_normal(n))) if i not in towns]

    sigma = np.log(SMALL_COMMUNE / MEDIAN_POPULATION) / norm.ppf(SMALL_COMMUNE_SHARE)
    share = 1 - (np.arange(n) + rng.uniform(0.3, 0.7, n)) / n
    sizes = np.maximum(np.exp(np.log(MEDIAN_POPULATION) + sigma * norm.ppf(share)).round(), 24).astype(int)
    sizes[0] = round(CITY_POPULATION * rng.uniform(0.93, 1.07))
    population = np.empty(n, dtype=np.int64)
    population[[*towns, *rest]] = sizes
    return population


def _standard(values: np.ndarray) -> np.ndarray:
    """Centre on 0 with standard deviation 1."""
    return (values - values.mean()) / values.std()


def _groups(hearts: np.ndarray, neighbours: list[list[int]], population: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Grow 4 départements, then 5 EPCI within each; each grows only into neighbours, so each is in one piece."""
    everyone = np.arange(len(hearts))
    middle = hearts.mean(axis=0)
    corners = middle + 20_000 * np.array([[-1, 1], [1, 1], [1, -1], [-1, -1]])
    seeds = [int(np.hypot(*(hearts - corner).T).argmin()) for corner in corners]
    departement = _grow(everyone, seeds, hearts, neighbours)

    epci = np.full(len(hearts), -1)
    for number in range(len(DEPARTEMENTS)):
        members = everyone[departement == number]
        centres = [int(members[population[members].argmax()])]
        while len(centres) < N_EPCI_PER_DEPARTEMENT:
            apart_m = np.min([np.hypot(*(hearts[members] - hearts[i]).T) for i in centres], axis=0)
            centres.append(int(members[apart_m.argmax()]))
        epci[members] = N_EPCI_PER_DEPARTEMENT * number + _grow(members, centres, hearts, neighbours)[members]
    return departement, epci


def _grow(members: np.ndarray, seeds: list[int], hearts: np.ndarray, neighbours: list[list[int]]) -> np.ndarray:
    """Share the members out between the seeds: the smallest group takes its nearest free neighbour, in turn."""
    group = np.full(len(hearts), -1)
    free = set(members.tolist())
    sizes = [0] * len(seeds)
    fringes: list[set[int]] = [{seed} for seed in seeds]
    while free:
        open_groups = [k for k in range(len(seeds)) if fringes[k] & free]
        k = min(open_groups, key=lambda each: (sizes[each], each))
        chosen = min(fringes[k] & free, key=lambda i: (np.hypot(*(hearts[i] - hearts[seeds[k]])), i))
        group[chosen] = k
        sizes[k] += 1
        free.discard(chosen)
        fringes[k] |= set(neighbours[chosen])
    return group


def _river_beside(terrain: Terrain, heart: shapely.Point) -> str | None:
    """Name of the river within 1.5 km, if any."""
    distance_m = terrain.rivers.distance(heart)
    return str(terrain.rivers["nom"].iloc[int(distance_m.argmin())]) if distance_m.min() < 1_500 else None


def _codes(departement: np.ndarray) -> list[str]:
    """Five characters, from 00101 on: no French code begins with 00, and a spreadsheet strips both zeros."""
    codes = []
    counts = dict.fromkeys(range(len(DEPARTEMENTS)), 0)
    for each in departement.tolist():
        counts[each] += 1
        codes.append(f"{each + 1:03d}{counts[each]:02d}")
    return codes


def _epci_names(names: np.ndarray, population: np.ndarray, epci: np.ndarray) -> np.ndarray:
    """Name each EPCI after its most populated commune."""
    named = np.empty(len(names), dtype=object)
    for number in np.unique(epci):
        members = np.flatnonzero(epci == number)
        capital = str(names[members[population[members].argmax()]]).split("-sur-")[0]
        kind = "CA" if population[members].sum() > 50_000 else "CC"
        named[members] = f"{kind} fictive {of_place(capital)}"
    return named
