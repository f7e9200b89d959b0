"""Write the shipped example models (``resources/models/<lang>/*.model3``) as QGIS's own model designer saves them.

Run with a Python that has QGIS: ``/usr/bin/python3 scripts/make_models.py [OUTPUT_FOLDER]``. The same inputs give the
same bytes, so a difference in git is a difference in the models. QGIS makes the names of a model's outputs from what
they are called on screen, so these are one word each.
"""

from __future__ import annotations

import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qgis.analysis import QgsNativeAlgorithms  # noqa: E402
from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
)
from qgis.PyQt.QtCore import QPointF, QSizeF  # noqa: E402

from smart_territoires_plugin.algorithms.provider import Provider  # noqa: E402

LANGUAGES = ("fr", "en")
Source = QgsProcessingModelChildParameterSource
# Where boxes stand in the designer: inputs in the left column, steps from top to bottom in the second.
COLUMN, ROW = 330.0, 140.0
# Wide and high enough for two lines of text.
BOX = QSizeF(240.0, 46.0)

TEXTS = {
    "prepare_and_find_targets": {
        "fr": {
            "name": "Préparer une couche et trouver les cibles",
            "help": "Répare les géométries d’une couche telle que livrée et fond ses objets, l’écrit là où l’étude la "
            "lit, mesure les indicateurs et trouve les cibles. Remplacez la préparation par la vôtre.",
            "STUDY": "Fichier d’étude",
            "LAYER": "Couche telle que livrée",
            "FIELDS": "Champs à garder distincts",
            "FIX": "Réparer les géométries",
            "DISSOLVE": "Fondre",
            "MEASURE": "Calculer les indicateurs, une fois la couche écrite",
            "FIND": "Trouver les cibles",
            "PREPARED": "Préparée",
            "TERRITORIES": "Territoires",
            "TARGETS": "Cibles",
        },
        "en": {
            "name": "Prepare a layer and find targets",
            "help": "Repairs the geometries of a layer as it was delivered and dissolves its features, writes it where "
            "the study reads it, measures the indicators and finds the targets. Put your own preparation in place of "
            "this one.",
            "STUDY": "Study file",
            "LAYER": "Layer as delivered",
            "FIELDS": "Fields to keep apart",
            "FIX": "Fix geometries",
            "DISSOLVE": "Dissolve",
            "MEASURE": "Compute indicators, once the layer is written",
            "FIND": "Find targets",
            "PREPARED": "Prepared",
            "TERRITORIES": "Territories",
            "TARGETS": "Targets",
        },
    },
    "study_to_sheets": {
        "fr": {
            "name": "De l’étude aux fiches",
            "help": "Exécute une étude, choisit qui appeler d’abord selon un plan, et écrit les fiches de prise de "
            "contact de ceux qui sont retenus.",
            "STUDY": "Fichier d’étude",
            "PLAN": "Plan",
            "RUN": "Exécuter l’étude",
            "CHOOSE": "Choisir un portefeuille",
            "SHEETS": "Fiches de ceux qui sont retenus",
            "RESULTS": "Résultats",
            "PORTFOLIO": "Portefeuille",
            "CHOSEN": "Retenus",
            "PAGES": "Fiches",
        },
        "en": {
            "name": "From study to sheets",
            "help": "Runs a study, chooses who to call first by a plan, and writes the outreach sheets of those "
            "chosen.",
            "STUDY": "Study file",
            "PLAN": "Plan",
            "RUN": "Run study",
            "CHOOSE": "Choose portfolio",
            "SHEETS": "Sheets of those chosen",
            "RESULTS": "Results",
            "PORTFOLIO": "Portfolio",
            "CHOSEN": "Chosen",
            "PAGES": "Sheets",
        },
    },
}


def prepare_and_find_targets(texts: dict[str, str]) -> QgsProcessingModelAlgorithm:
    """Return the model: a layer repaired and dissolved by QGIS, then indicators and targets."""
    model = started(texts)
    layer = QgsProcessingParameterFeatureSource("LAYER", texts["LAYER"], [QgsProcessing.SourceType.TypeVectorPolygon])
    add_input(model, layer)
    fields = QgsProcessingParameterField(
        "FIELDS", texts["FIELDS"], parentLayerParameterName="LAYER", allowMultiple=True, optional=True
    )
    add_input(model, fields)
    add_input(model, QgsProcessingParameterFile("STUDY", texts["STUDY"], fileFilter="YAML (*.yaml *.yml)"))
    add_step(
        model, "fix", "native:fixgeometries", texts["FIX"],
        {"INPUT": Source.fromModelParameter("LAYER"), "METHOD": Source.fromStaticValue(1)},
    )  # fmt: skip
    add_step(
        model, "dissolve", "native:dissolve", texts["DISSOLVE"],
        {"INPUT": Source.fromChildOutput("fix", "OUTPUT"), "FIELD": Source.fromModelParameter("FIELDS")},
        {"PREPARED": ("OUTPUT", texts["PREPARED"])},
    )  # fmt: skip
    # The study reads the prepared layer by its path, so no arrow says that it comes first.
    add_step(
        model, "measure", "smart_territoires:compute_indicators", texts["MEASURE"],
        {"STUDY": Source.fromModelParameter("STUDY")}, after="dissolve",
    )  # fmt: skip
    add_step(
        model, "find", "smart_territoires:find_targets", texts["FIND"],
        {"STUDY": Source.fromModelParameter("STUDY"), "INPUT": Source.fromChildOutput("measure", "OUTPUT")},
        {"TERRITORIES": ("OUTPUT", texts["TERRITORIES"]), "TARGETS": ("TARGETS", texts["TARGETS"])},
    )  # fmt: skip
    return model


def study_to_sheets(texts: dict[str, str]) -> QgsProcessingModelAlgorithm:
    """Return the model: a run, who to call first within the means, and the sheets of these."""
    model = started(texts)
    add_input(model, QgsProcessingParameterFile("STUDY", texts["STUDY"], fileFilter="YAML (*.yaml *.yml)"))
    add_input(model, QgsProcessingParameterFile("PLAN", texts["PLAN"], fileFilter="YAML (*.yaml *.yml)"))
    add_step(
        model, "run", "smart_territoires:run_study", texts["RUN"],
        {"STUDY": Source.fromModelParameter("STUDY"), "LOAD_RESULTS": Source.fromStaticValue(False)},
        {"RESULTS": ("OUTPUT_FOLDER", texts["RESULTS"])},
    )  # fmt: skip
    results = Source.fromChildOutput("run", "OUTPUT_FOLDER")
    add_step(
        model, "choose", "smart_territoires:choose_portfolio", texts["CHOOSE"],
        {"RESULTS": results, "PLAN": Source.fromModelParameter("PLAN")},
        {"PORTFOLIO": ("OUTPUT_FOLDER", texts["PORTFOLIO"]), "CHOSEN": ("CHOSEN", texts["CHOSEN"])},
    )  # fmt: skip
    add_step(
        model, "sheets", "smart_territoires:outreach_sheets", texts["SHEETS"],
        {"RESULTS": results, "CODES": Source.fromChildOutput("choose", "CHOSEN_CODES"),
         "AUDIENCE": Source.fromStaticValue("internal")},
        {"PAGES": ("OUTPUT_FOLDER", texts["PAGES"])},
    )  # fmt: skip
    return model


MODELS = {"prepare_and_find_targets": prepare_and_find_targets, "study_to_sheets": study_to_sheets}


def started(texts: dict[str, str]) -> QgsProcessingModelAlgorithm:
    """Return an empty model with its name and help."""
    model = QgsProcessingModelAlgorithm(texts["name"], "Smart Territoires")
    model.setHelpContent({"ALG_DESC": texts["help"], "ALG_CREATOR": "Smart Territoires", "ALG_VERSION": "1"})
    return model


def add_input(model: QgsProcessingModelAlgorithm, parameter: QgsProcessingParameterDefinition) -> None:
    """Add an input below those that are there."""
    component = QgsProcessingModelParameter(parameter.name())
    component.setSize(BOX)
    component.setPosition(QPointF(COLUMN * 0.5, ROW * (len(model.parameterComponents()) + 0.5)))
    if isinstance(parameter, QgsProcessingParameterField):
        parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
    model.addModelParameter(parameter, component)


def add_step(
    model: QgsProcessingModelAlgorithm,
    identifier: str,
    algorithm: str,
    label: str,
    sources: dict[str, Source],
    outputs: dict[str, tuple[str, str]] | None = None,
    after: str = "",
) -> None:
    """Add a step below those that are there, with the outputs of it that are outputs of the model."""
    step = QgsProcessingModelChildAlgorithm(algorithm)
    step.setChildId(identifier)
    step.setDescription(label)
    row = len(model.childAlgorithms()) + 0.5
    step.setSize(BOX)
    step.setPosition(QPointF(COLUMN * 1.5, ROW * row))
    for name, source in sources.items():
        step.addParameterSources(name, [source])
    if after:
        step.setDependencies([QgsProcessingModelChildDependency(after)])
    made = {}
    for number, (name, (of_child, description)) in enumerate((outputs or {}).items()):
        output = QgsProcessingModelOutput(name, description)
        output.setChildId(identifier)
        output.setChildOutputName(of_child)
        output.setSize(BOX)
        output.setPosition(QPointF(COLUMN * 2.5, ROW * (row + 0.5 * number)))
        made[name] = output
    step.setModelOutputs(made)
    model.addChildAlgorithm(step)


def write_models(folder: Path) -> list[Path]:
    """Write every model in both languages; the algorithms that they chain must be registered."""
    written = []
    for lang in LANGUAGES:
        (folder / lang).mkdir(parents=True, exist_ok=True)
        for name, make in MODELS.items():
            model = make(TEXTS[name][lang])
            valid, said = model.validate()
            if not valid:
                raise ValueError(f"{name}: {said}")
            path = folder / lang / f"{name}.model3"
            if not model.toFile(str(path)):
                raise OSError(f"{path} cannot be written")
            path.write_text(in_order(path.read_text(encoding="utf-8")), encoding="utf-8")
            written.append(path)
    return written


def in_order(document: str) -> str:
    """Return XML with the attributes of each element in the order of their names: Qt writes them in any order."""
    root = ElementTree.fromstring(document)
    for element in root.iter():
        attributes = sorted(element.attrib.items())
        element.attrib.clear()
        element.attrib.update(attributes)
    return f"<!DOCTYPE model>\n{ElementTree.tostring(root, encoding='unicode')}\n"


def main() -> None:
    """Write the models into the folder given, ``resources/models`` by default."""
    application = QgsApplication([], False)
    application.initQgis()
    registry = QgsApplication.processingRegistry()
    registry.addProvider(QgsNativeAlgorithms(registry))
    registry.addProvider(Provider())
    for path in write_models(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "models"):
        print(path)
    application.exitQgis()


if __name__ == "__main__":
    main()
