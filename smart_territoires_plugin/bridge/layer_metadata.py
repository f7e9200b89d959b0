"""Metadata of the layers of a results folder: abstract, licence, date, attribution, and what must be said."""

from __future__ import annotations

from qgis.core import Qgis, QgsLayerMetadata, QgsMapLayer
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from smart_territoires_plugin.bridge.manifest import ResultsDescription
from smart_territoires_plugin.core.messages import text


def describe_layer(layer: QgsMapLayer, title: str, description: ResultsDescription, lang: str) -> None:
    """Write into a layer where it comes from and what must be known before it is used.

    Parameters
    ----------
    layer : QgsMapLayer
        A layer of the results.
    title : str
        What the layer shows.
    description : ResultsDescription
        What the results folder says about itself.
    lang : {"fr", "en"}
        Language of the reader.
    """
    metadata = QgsLayerMetadata(layer.metadata())
    metadata.setTitle(f"{title} – {description.name}")
    metadata.setAbstract("\n".join(_abstract(description, lang)))
    metadata.setLanguage("FRE" if lang == "fr" else "ENG")
    metadata.setLicenses(_distinct(description, "licence"))
    metadata.setRights(_distinct(description, "attribution"))
    date = QDate.fromString(description.date, Qt.DateFormat.ISODate)
    if date.isValid():
        metadata.setDateTime(Qgis.MetadataDateType.Created, QDateTime(date, QTime(0, 0)))
    metadata.setCrs(layer.crs())
    layer.setMetadata(metadata)
    attribution = "; ".join([*notices(description, lang), *_distinct(description, "attribution")])
    layer.serverProperties().setAttribution(attribution)


def notices(description: ResultsDescription, lang: str) -> list[str]:
    """Return what every output of this study must say."""
    return [text(f"notice.{code}", lang) for code in description.notices]


def _abstract(description: ResultsDescription, lang: str) -> list[str]:
    """Return the lines of the abstract: notices first, then each source with its date."""
    lines = notices(description, lang)
    lines.append(text("layer.abstract", lang, study=description.name))
    if description.date:
        lines.append(text("atlas.footer.date", lang, date=description.date))
    for key, source in description.sources.items():
        facts = [str(source[name]) for name in ("attribution", "date", "licence") if source.get(name)]
        if source.get("status") in ("synthetic", "proxy"):
            facts.append(text(f"status.{source['status']}", lang))
        lines.append(f"– {key}: {', '.join(facts)}" if facts else f"– {key}")
    return lines


def _distinct(description: ResultsDescription, name: str) -> list[str]:
    """Return each value of a property of the sources once, in their order."""
    return list(dict.fromkeys(str(source[name]) for source in description.sources.values() if source.get(name)))
