"""The algorithms as scripts and models know them: ids, parameters, help, and what they say when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QUrl

from smart_territoires_plugin.algorithms.provider import ALGORITHMS, Provider

# Scripts and models lean on these: names are never changed, only added to.
PARAMETERS = {
    "run_study": ["STUDY", "OUTPUT_FOLDER", "LANGUAGE", "LOAD_RESULTS", "SCHEDULER"],
    "compute_indicators": ["STUDY", "OUTPUT", "SCHEDULER"],
    "score_territories": ["INPUT", "CODE_FIELD", "STUDY", "OUTPUT"],
    "find_targets": ["STUDY", "INPUT", "LANGUAGE", "OUTPUT", "TARGETS"],
    "export_atlas": ["RESULTS", "CODES", "LANGUAGE", "OUTPUT"],
    "make_register": ["LANGUAGE", "OUTPUT"],
    "import_projects": ["REGISTER", "TABLE", "MAPPING", "SHEET", "SKIP_BAD", "LANGUAGE"],
    "choose_portfolio": ["RESULTS", "PLAN", "LANGUAGE", "OUTPUT_FOLDER", "CHOSEN"],
    "weigh_themes": ["MATRIX", "RESULTS", "STUDY", "LANGUAGE", "OUTPUT_FOLDER", "OUTPUT_STUDY"],
    "outreach_sheets": ["RESULTS", "CODES", "FILTER", "FIRST", "AUDIENCE", "LEVEL", "LANGUAGE", "OUTPUT_FOLDER"],
    "director_note": ["RESULTS", "LEVEL", "LANGUAGE", "OUTPUT"],
    "list_changes": ["BEFORE", "AFTER", "REGISTER", "LANGUAGE", "OUTPUT"],
    "freeze_thresholds": ["STUDY", "RESULTS", "LANGUAGE", "OUTPUT"],
    "compare_runs": ["BEFORE", "AFTER", "LANGUAGE", "OUTPUT"],
}
MANDATORY = {
    "run_study": {"STUDY", "OUTPUT_FOLDER"},
    "compute_indicators": {"STUDY", "OUTPUT"},
    "score_territories": {"INPUT", "CODE_FIELD", "STUDY", "OUTPUT"},
    "find_targets": {"STUDY", "OUTPUT"},
    "export_atlas": {"RESULTS", "OUTPUT"},
    "make_register": {"OUTPUT"},
    "import_projects": {"REGISTER", "TABLE"},
    "choose_portfolio": {"RESULTS", "PLAN", "OUTPUT_FOLDER"},
    "weigh_themes": {"MATRIX", "OUTPUT_FOLDER"},
    "outreach_sheets": {"RESULTS", "OUTPUT_FOLDER"},
    "director_note": {"RESULTS", "OUTPUT"},
    "list_changes": {"BEFORE", "AFTER", "OUTPUT"},
    "freeze_thresholds": {"STUDY", "RESULTS"},
    "compare_runs": {"BEFORE", "AFTER", "OUTPUT"},
}
OUTPUTS = {
    "run_study": {"OUTPUT_FOLDER", "TERRITORIES", "TARGETS"},
    "compute_indicators": {"OUTPUT"},
    "score_territories": {"OUTPUT"},
    "find_targets": {"OUTPUT", "TARGETS", "TARGET_COUNT"},
    "export_atlas": {"OUTPUT"},
    "make_register": {"OUTPUT"},
    "import_projects": {"PROJECTS", "IMPORTED_COUNT"},
    "choose_portfolio": {"OUTPUT_FOLDER", "CHOSEN", "PORTFOLIO", "CHOSEN_COUNT", "CHOSEN_CODES", "VALUE"},
    "weigh_themes": {"OUTPUT_FOLDER", "OUTPUT_STUDY", "RANKING"},
    "outreach_sheets": {"OUTPUT_FOLDER", "INDEX", "MAIL_MERGE", "SHEET_COUNT"},
    "director_note": {"OUTPUT"},
    "list_changes": {"OUTPUT", "SUMMARY", "PAIRS", "ENTERED", "LEFT"},
    "freeze_thresholds": {"OUTPUT", "READINESS_THRESHOLD", "ACTIVITY_THRESHOLD"},
    "compare_runs": {"OUTPUT"},
}
# Models keep the group beside the id; a person finds the algorithms by it.
GROUPS = {
    "study": ["run_study", "compute_indicators", "score_territories", "find_targets"],
    "register": ["make_register", "import_projects"],
    "outreach": ["export_atlas", "choose_portfolio", "weigh_themes", "outreach_sheets", "director_note"],
    "follow_up": ["list_changes", "freeze_thresholds", "compare_runs"],
}
# One of these pairs is among the tags of every algorithm: it is found in English and in French.
WORDS = {"targets": "cibles", "indicators": "indicateurs", "readiness": "potentiel", "themes": "thématiques"}


class Listener(QgsProcessingFeedback):
    """A feedback that keeps what it is told."""

    def __init__(self):
        super().__init__(False)
        self.errors, self.warnings, self.texts, self.infos = [], [], [], []

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushInfo(self, info):
        self.infos.append(info)

    def setProgressText(self, text):
        self.texts.append(text)


@pytest.fixture
def provider(qgis_app):
    provider = Provider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider("smart_territoires")


def created(name):
    (kind,) = (algorithm for algorithm in ALGORITHMS if name == algorithm.NAME)
    return kind().create()


@pytest.mark.parametrize("name", PARAMETERS)
def test_ids_and_parameters_stay(provider, name):
    algorithm = QgsApplication.processingRegistry().algorithmById(f"smart_territoires:{name}")
    definitions = algorithm.parameterDefinitions()
    assert [definition.name() for definition in definitions] == PARAMETERS[name]
    optional = Qgis.ProcessingParameterFlag.Optional
    assert {d.name() for d in definitions if not d.flags() & optional} == MANDATORY[name]
    assert {output.name() for output in algorithm.outputDefinitions()} == OUTPUTS[name]


def test_the_provider_holds_these_algorithms_and_no_other(provider):
    assert {algorithm.name() for algorithm in provider.algorithms()} == set(PARAMETERS)
    assert provider.id() == "smart_territoires"
    assert not provider.icon().isNull()
    assert Path(provider.svgIconPath()).is_file()


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_algorithm_and_parameter_has_help(provider, name):
    algorithm = QgsApplication.processingRegistry().algorithmById(f"smart_territoires:{name}")
    assert len(algorithm.shortHelpString()) > 150
    assert "<" not in algorithm.shortHelpString(), "the help is shown as HTML"
    assert algorithm.shortDescription()
    url = QUrl(algorithm.helpUrl())
    assert url.fragment() == name
    page = Path(url.toLocalFile()).read_text(encoding="utf-8")
    assert f'id="{name}"' in page
    assert f"<code>{name}</code>" in page or f"<code>smart_territoires:{name}</code>" in page
    for definition in algorithm.parameterDefinitions():
        assert definition.help().endswith("."), definition.name()
        assert definition.description()
        assert not definition.description().endswith(":")
    assert all(output.description() for output in algorithm.outputDefinitions())
    tags = set(algorithm.tags())
    assert any(english in tags and french in tags for english, french in WORDS.items())
    assert len(algorithm.tags()) == len(set(algorithm.tags()))


def test_the_algorithms_stand_in_groups(provider):
    found = {}
    for algorithm in provider.algorithms():
        found.setdefault(algorithm.groupId(), set()).add(algorithm.name())
        assert algorithm.group(), algorithm.name()
    assert found == {group: set(names) for group, names in GROUPS.items()}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_help_page_has_a_place_for_every_algorithm(monkeypatch, lang):
    monkeypatch.setattr("smart_territoires_plugin.algorithms.base.desktop_language", lambda: lang)
    for kind in ALGORITHMS:
        url = QUrl(kind().helpUrl())
        assert f"/{lang}/" in url.toLocalFile()
        assert f'id="{url.fragment()}"' in Path(url.toLocalFile()).read_text(encoding="utf-8")


def test_only_the_atlas_asks_for_the_main_thread():
    no_threading = Qgis.ProcessingAlgorithmFlag.NoThreading
    asking = [algorithm.NAME for algorithm in ALGORITHMS if algorithm().flags() & no_threading]
    assert asking == ["export_atlas"]


def test_language_is_advanced_and_optional():
    algorithm = created("run_study")
    definition = algorithm.parameterDefinition("LANGUAGE")
    assert definition.flags() & Qgis.ProcessingParameterFlag.Advanced
    assert definition.checkValueIsAcceptable(None)
    assert definition.checkValueIsAcceptable("fr")
    assert not definition.checkValueIsAcceptable("de")
    assert isinstance(definition, QgsProcessingParameterDefinition)


@pytest.mark.parametrize("name", ["run_study", "compute_indicators", "find_targets"])
def test_a_study_that_is_not_there_is_refused_before_anything_starts(tmp_path, name):
    parameters = {"STUDY": str(tmp_path / "no.yaml"), "OUTPUT_FOLDER": str(tmp_path), "OUTPUT": "memory:"}
    accepted, said = created(name).checkParameterValues(parameters, QgsProcessingContext())
    assert not accepted
    assert str(tmp_path / "no.yaml") in said


def test_a_folder_without_results_is_refused_before_any_page(tmp_path):
    parameters = {"RESULTS": str(tmp_path), "OUTPUT": str(tmp_path / "atlas.pdf")}
    accepted, said = created("export_atlas").checkParameterValues(parameters, QgsProcessingContext())
    assert not accepted
    assert str(tmp_path) in said


def test_what_is_missing_is_said_before_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(tmp_path / "nothing"))
    can, said = created("run_study").canExecute()
    assert not can
    assert str(tmp_path / "nothing") in said
    assert created("score_territories").canExecute()[0]
    assert created("export_atlas").canExecute()[0]


def run(name, parameters, listener):
    algorithm = created(name)
    return algorithm.run(parameters, QgsProcessingContext(), listener, catchExceptions=False)


def test_problems_are_pushed_one_line_each_and_the_last_sentence_raised(monkeypatch, fake_engine, study_file, tmp_path):
    engine = fake_engine(
        "say(event='progress', done=0.5, label='Half way')\n"
        "say(event='problem', severity='warning', where='a.csv', what='Doubtful.', fix='')\n"
        "say(event='problem', severity='error', where='study.yaml:2', what='Bad key.', fix='Remove it.')\n"
        "say(event='problem', severity='error', where='study.yaml:9', what='Bad\\nmethod.', fix='Choose.')\n"
        "sys.exit(2)"
    )
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine.path))
    listener = Listener()
    with pytest.raises(QgsProcessingException, match="2"):
        run("run_study", {"STUDY": str(study_file), "OUTPUT_FOLDER": str(tmp_path / "out")}, listener)
    assert listener.errors == ["study.yaml:2: Bad key. Remove it.", "study.yaml:9: Bad method. Choose."]
    assert listener.warnings == ["a.csv: Doubtful."]
    assert listener.texts == ["Half way"]
    assert listener.progress() == 50


@pytest.mark.parametrize(("name", "verb"), [("run_study", "run"), ("compute_indicators", "measure")])
@pytest.mark.parametrize("scheduler", ["", " tcp://10.0.0.1:8786 "])
def test_the_scheduler_reaches_the_engine(monkeypatch, fake_engine, study_file, tmp_path, name, verb, scheduler):
    """… and what the engine says it kept and computed reaches the person."""
    engine = fake_engine(
        "say(event='measures', kept=3, computed=['a'], label='3 measures kept, 1 computed: a.')\n"
        "say(event='problem', severity='error', where=' '.join(sys.argv[3:]), what='Read.', fix='')\n"
        "sys.exit(2)"
    )
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine.path))
    listener = Listener()
    given = {"STUDY": str(study_file), "OUTPUT_FOLDER": str(tmp_path / "out"), "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException):
        run(name, {**given, "SCHEDULER": scheduler}, listener)
    (said,) = listener.errors
    assert said.startswith(verb)
    assert ("--scheduler tcp://10.0.0.1:8786" in said) == bool(scheduler)
    assert ("--scheduler" in said) == bool(scheduler)
    assert listener.infos == ["3 measures kept, 1 computed: a."]


def test_a_missing_library_is_said_by_name(monkeypatch, fake_engine, study_file, tmp_path):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(fake_engine("", lacks=("rasterio",)).path))
    with pytest.raises(QgsProcessingException, match="rasterio"):
        run("compute_indicators", {"STUDY": str(study_file), "OUTPUT": "memory:"}, Listener())


def test_cancel_ends_the_engine_and_gives_no_output(monkeypatch, fake_engine, study_file, tmp_path):
    engine = fake_engine("say(event='progress', done=0.1, label='Begun')\nwhile True: time.sleep(0.1)")
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine.path))

    class Impatient(Listener):
        def setProgressText(self, text):
            self.cancel()

    results, _ = run("run_study", {"STUDY": str(study_file), "OUTPUT_FOLDER": str(tmp_path / "out")}, Impatient())
    assert "TERRITORIES" not in results


def test_find_targets_says_which_column_the_input_lacks(fake_engine, study_file, monkeypatch):
    from qgis.core import QgsProject, QgsVectorLayer

    monkeypatch.setenv("ST_ENGINE_PYTHON", str(fake_engine("sys.exit(9)").path))
    no_code_layer = QgsVectorLayer("Polygon?crs=EPSG:2154&field=insee:string", "no code", "memory")
    QgsProject.instance().addMapLayer(no_code_layer)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    parameters = {"STUDY": str(study_file), "INPUT": no_code_layer.id(), "OUTPUT": "memory:", "TARGETS": "memory:"}
    with pytest.raises(QgsProcessingException, match="code"):
        created("find_targets").run(parameters, context, Listener(), catchExceptions=False)
    QgsProject.instance().removeMapLayer(no_code_layer.id())
