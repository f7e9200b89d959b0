"""Invented names: syllables that sound French, places that do not exist."""

from __future__ import annotations

import numpy as np


def _words(text: str) -> tuple[str, ...]:
    """Cut a line of words."""
    return tuple(text.split())


CITY = "Chimère-la-Grande"
DEPARTEMENTS = ("Haute-Hypothésie", "Basse-Hypothésie", "Monts-d'Hypothésie", "Val-d'Hypothésie")

_FIRST = _words(
    "Vozi Brelu Ostru Quenva Tarvo Mirlo Guzi Chabro Lunvi Drevo Fanvi Jolmo Narvu Pluvi Rozmi Selvu Zéli Autru "
    "Épivo Orgui Cormu Belvo Harzi Yvolu Ternu Gravu Sidro Blavi Crozu Moulva Trémi Iglo Puyzi Clavu Rimbo Dozu"
)
_LAST = _words("mont court ville zac gnolles vrey zon bourg fontaine champs rieux vanges tois lieu dières zelles")
_SAINTS = _words(
    "Quillembaud Ozibert Trévolin Nolbert Zéphaud Guvin Ablerin Cordulphe Isimond Jaugard Mélifort Pontolin "
    "Rubévert Vindric Wilgaud Obrézin Fulcorin Tancrelin"
)
_RIVERS = _words(
    "Ostrelle Vuzanne Brélaize Quermeuse Timance Orlisse Zenvre Galoire Duvinette Mourvelle Sarpisse Ivrotte "
    "Chalvire Norbise Fizelle Tréguisse Louvranche Aubroise Cerlande Pimotte Védrolle Juvaisse Rachelonne Hermotte "
    "Balvière Coudrisse Estaize Flavence Grimelle Haudrive Lisorde Mérouze Noustre Perdaine Quissonne Rovandre "
    "Soulbise Torvenne Ulmette Vabreuse Zorisse Ambrouze Drévine Fontisse"
)
_VOWELS = "AEÉIOUYH"


def of_place(name: str) -> str:
    """Return the name after the French « de », elided where needed.

    Examples
    --------
    >>> of_place("Ostrumont"), of_place("Brelucourt")
    ("d'Ostrumont", 'de Brelucourt')
    """
    return f"d'{name}" if name[0] in _VOWELS else f"de {name}"


def river_names(rng: np.random.Generator, count: int) -> list[str]:
    """Draw `count` different river names; past the list, brooks are numbered."""
    drawn = [str(name) for name in rng.permutation(_RIVERS)]
    return [drawn[i] if i < len(drawn) else f"Ruisseau fictif {i + 1}" for i in range(count)]


def commune_names(rng: np.random.Generator, near_river: list[str | None]) -> list[str]:
    """Draw one name per commune, all different.

    Parameters
    ----------
    rng : Generator
    near_river : list of str or None
        The river that runs beside the commune; some of these communes carry its name.

    Returns
    -------
    list of str, in the order of `near_river`
    """
    plain = [first + last for first in _FIRST for last in _LAST]
    plain = [str(name) for name in rng.permutation(plain)]
    saints = [f"Saint-{name}" for name in rng.permutation(_SAINTS)]
    names: list[str] = []
    for river in near_river:
        base = saints.pop() if saints and rng.random() < 0.09 else plain.pop()
        if river in _RIVERS and rng.random() < 0.4:
            base += f"-sur-{river}"
        elif rng.random() < 0.06:
            base += str(rng.choice(["-la-Forêt", "-le-Petit", "-les-Hêtres", "-en-Plaine", "-l'Étang"]))
        names.append(base)
    return names
