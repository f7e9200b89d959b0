"""Processing algorithm *Score territories*: ready indicators in, scores out, without leaving QGIS."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np
from qgis.core import (
    NULL,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)
from qgis.PyQt.QtCore import QMetaType

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import STUDY, Algorithm
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import Cancelled
from smart_territoires_plugin.core.scoring import score_table
from smart_territoires_plugin.core.study import Study, read_study

INPUT = "INPUT"
CODE_FIELD = "CODE_FIELD"
OUTPUT = "OUTPUT"
SCORED_ROLES = ("stake", "success_factor")


class ScoreTerritories(Algorithm):
    """From indicators to scores by theme, axes and readiness."""

    NAME = "score_territories"
    GROUP = groups.STUDY
    TAGS = (
        "score", "composite indicator", "index", "normalisation", "weights", "aggregation", "readiness", "stakes",
        "indicateur composite", "indice", "pondération", "agrégation", "potentiel", "enjeux",
    )  # fmt: skip
    NEEDS_ENGINE = False

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Score territories")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Scores territories whose indicators are ready: normalises, weighs and aggregates them as the study "
            "says.\n\n"
            "The output is the input layer with score_THEME (stakes), axis_AXIS, readiness and data_coverage "
            "(share of the weighted indicators that were there, 0–1). A score that cannot be had is empty.\n\n"
            "The sources of the study are not read, and nothing outside QGIS is needed.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Scores stakes and readiness from columns that hold the indicators.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add(
            QgsProcessingParameterFeatureSource(
                INPUT, translate("SmartTerritoires", "Indicators"), [QgsProcessing.SourceType.TypeVector]
            ),
            translate(
                "SmartTerritoires", "One feature per territory, with columns named by the ids of the indicators."
            ),
        )
        self.add(
            QgsProcessingParameterField(
                CODE_FIELD,
                translate("SmartTerritoires", "Column of the codes"),
                defaultValue="code",
                parentLayerParameterName=INPUT,
            ),
            translate("SmartTerritoires", "Column that identifies each territory; no code may appear twice."),
        )
        self.add_study()
        self.add(
            QgsProcessingParameterFeatureSink(OUTPUT, translate("SmartTerritoires", "Scores")),
            translate("SmartTerritoires", "The input layer with its scores."),
        )

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the columns, score them, write them beside the input's own."""
        source = self.parameterAsSource(parameters, INPUT, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, INPUT))
        study = read_study(self.given_path(parameters, STUDY, context), needs_schema=False)
        code_field = self.parameterAsString(parameters, CODE_FIELD, context)
        columns = _needed_columns(study, source.fields().names())
        features = []
        for feature in source.getFeatures():
            if feedback.isCanceled():
                raise Cancelled
            features.append(feature)
        codes = [str(feature[code_field]) for feature in features]
        _refuse_repeated(codes)
        values = {name: np.array([number(feature[name], name) for feature in features]) for name in columns}
        groups = {
            group.name: np.array([str(feature[f"group_{group.name}"]) for feature in features])
            for group in study.groups
            if f"group_{group.name}" in source.fields().names()
        }
        _refuse_missing_group(study, groups)
        scores = score_table(study, values, groups)
        replaced = [name for name in source.fields().names() if name in scores]
        if replaced:
            feedback.pushWarning(
                translate("SmartTerritoires", "Columns of the input that are computed anew: {columns}.").format(
                    columns=", ".join(replaced)
                )
            )
        kept = [index for index, name in enumerate(source.fields().names()) if name not in scores]
        fields = QgsFields()
        for index in kept:
            fields.append(source.fields()[index])
        for name in scores:
            fields.append(QgsField(name, QMetaType.Type.Double))
        sink, identifier = self.parameterAsSink(
            parameters, OUTPUT, context, fields, source.wkbType(), source.sourceCrs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, OUTPUT))
        for row, feature in enumerate(features):
            scored = QgsFeature(fields)
            scored.setGeometry(feature.geometry())
            own = feature.attributes()
            scored.setAttributes(
                [own[index] for index in kept] + [_attribute(column[row]) for column in scores.values()]
            )
            if not sink.addFeature(scored, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, OUTPUT))
        return {OUTPUT: identifier}


def number(value: Any, column: str) -> float:
    """Return a cell as a number, not-a-number where it is empty.

    Raises
    ------
    QgsProcessingException
        If it holds something else.
    """
    if value is None or value == NULL or value == "":
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise QgsProcessingException(
            translate("SmartTerritoires", "The column “{column}” holds “{value}”, which is not a number.").format(
                column=column, value=value
            )
        ) from error


def _needed_columns(study: Study, present: Sequence[str]) -> list[str]:
    """Return the indicators that are scored; all of them must be columns."""
    needed = [indicator.id for indicator in study.indicators if indicator.role in SCORED_ROLES]
    if not needed:
        raise QgsProcessingException(
            translate(
                "SmartTerritoires", "The study has neither stakes nor success factors: there is nothing to score."
            )
        )
    missing = [name for name in needed if name not in present]
    if missing:
        raise QgsProcessingException(
            translate(
                "SmartTerritoires",
                "The input layer lacks columns that the study scores: {columns}. Compute them with “Compute "
                "indicators”, or take these indicators out of the study.",
            ).format(columns=", ".join(missing))
        )
    return needed


def _refuse_missing_group(study: Study, groups: Mapping[str, np.ndarray]) -> None:
    """Refuse to complete values by group where the input does not say the groups."""
    needed = study.scoring.missing.parameters.get("group")
    if needed and needed not in groups:
        raise QgsProcessingException(
            translate(
                "SmartTerritoires",
                "The study completes missing values by group: the input layer needs the column {column}.",
            ).format(column=f"group_{needed}")
        )


def _refuse_repeated(codes: Sequence[str]) -> None:
    """Refuse a code that stands for two territories."""
    seen: set[str] = set()
    repeated = sorted({code for code in codes if code in seen or seen.add(code)})
    if repeated:
        raise QgsProcessingException(
            translate("SmartTerritoires", "Codes that appear more than once: {codes}.").format(
                codes=", ".join(repeated[:10])
            )
        )


def _attribute(value: float) -> Optional[float]:
    """Return a score as an attribute, empty where it is missing."""
    return None if math.isnan(value) else float(value)
