"""French wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "outcomes.jenks_zeros": (
        "les seuils naturels (jenks) n’ont pas de sens ici\u00a0: {zeros} des {known} valeurs connues sont nulles.",
        "Utilisez «\u00a0quantile\u00a0», ou donnez le seuil en nombre.",
    ),
    "outcomes.jenks_few_values": (
        "les seuils naturels (jenks) en {classes} classes demandent au moins 2 classes et autant de valeurs distinctes\u00a0; il y en a {distinct}.",
        "Demandez moins de classes, utilisez «\u00a0quantile\u00a0», ou donnez le seuil en nombre.",
    ),
}
