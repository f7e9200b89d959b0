"""Wording: the same in both languages, complete for every code that the core uses, and typeset as French is."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.messages import (
    LANGUAGES,
    PROBLEMS,
    TEXTS,
    number,
    problem_lines,
    problem_record,
    text,
)
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.targeting.segments import SEGMENTS

PACKAGE = Path(__file__).resolve().parents[2] / "smart_territoires_plugin"
CORE = PACKAGE / "core"
NO_BREAK, NARROW = "\u00a0", "\u202f"
SUFFIXED = {"segment": ("", ".meaning", ".action")}


def placeholders(wording: str) -> set[str]:
    """Names that a wording fills in."""
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name is not None}


def wordings(lang: str) -> dict[str, str]:
    """Every text of a language by a code of its own: labels, sentences, and both halves of each problem."""
    halves = {f"{code}#{half}": words[half] for code, words in PROBLEMS[lang].items() for half in (0, 1)}
    return {**TEXTS[lang], **halves}


# ── the two languages beside one another


def test_both_languages_have_the_same_codes():
    assert LANGUAGES == ("fr", "en")
    assert wordings("fr").keys() == wordings("en").keys()


@pytest.mark.parametrize("code", sorted(wordings("en")))
def test_both_languages_fill_in_the_same(code):
    french, english = placeholders(wordings("fr")[code]), placeholders(wordings("en")[code])
    assert french == english
    assert all(name.isidentifier() for name in french)


def test_every_problem_says_what_is_wrong_and_what_to_do():
    for lang in LANGUAGES:
        for code, (what, fix) in PROBLEMS[lang].items():
            assert what.strip() and fix.strip(), code
            # The reason that another program gives ends its own sentence.
            assert what[-1] in ".)" or what.endswith("{reason}"), (lang, code)
            assert fix[-1] in ".)", (lang, code)
            assert "\n" not in what + fix, (lang, code)


# ── every code that the core uses has its wording


def calls(name: str) -> Iterator[tuple[ast.Call, Path]]:
    """Calls of a function by its name, anywhere in the core."""
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield node, path


def constants(node: ast.AST) -> list[str]:
    """The texts that an expression may be: itself, or either branch of a condition; none if it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return []


def patterns(node: ast.AST) -> list[str]:
    """The beginnings of the texts that an f-string may be."""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return [str(node.values[0].value)]
    return []


def assigned(path: Path, name: str) -> list[str]:
    """The texts that a name is set to somewhere in a file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            found += constants(node.value)
    return found


def used(name: str, position: int) -> tuple[dict[str, str], set[str]]:
    """Codes given to a function at a position, with the file that uses each; and the beginnings of computed ones."""
    codes, beginnings = {}, set()
    for node, path in calls(name):
        if len(node.args) <= position:
            continue
        argument = node.args[position]
        found = constants(argument)
        if isinstance(argument, ast.Name):
            found = assigned(path, argument.id)
        codes.update(dict.fromkeys(found, path.name))
        beginnings.update(patterns(argument))
    return codes, beginnings


def test_every_problem_that_is_raised_has_its_wording():
    codes, beginnings = used("Problem", 0)
    assert len(codes) > 40, "the walk finds the problems"
    unknown = {code: place for code, place in codes.items() if code not in PROBLEMS["en"]}
    assert not unknown
    assert not beginnings, "problem codes are written out"


def test_every_problem_is_given_what_its_wording_fills_in():
    """Where the values are written out beside the code, none that the wording needs may be absent."""
    wrong = []
    for node, path in calls("Problem"):
        if not (node.args and constants(node.args[0])):
            continue
        values = node.args[2] if len(node.args) > 2 else None
        if values is None and not any(word.arg == "values" for word in node.keywords):
            given_names: set[str] = set()
        elif isinstance(values, ast.Dict) and all(isinstance(key, ast.Constant) for key in values.keys):
            given_names = {key.value for key in values.keys}
        else:
            continue
        for code in constants(node.args[0]):
            needed = placeholders("".join(PROBLEMS["en"][code]))
            if needed - given_names:
                wrong.append(f"{path.name}:{node.lineno} {code} lacks {needed - given_names}")
    assert not wrong, "\n".join(wrong)


def test_every_quality_check_has_its_wording():
    codes = {**used("QualityRecord", 1)[0], **used("record", 1)[0]}
    assert len(codes) > 20, "the walk finds the checks"
    beginnings = used("QualityRecord", 1)[1] | used("record", 1)[1]
    unknown = {code: place for code, place in codes.items() if f"quality.{code}" not in TEXTS["en"]}
    assert not unknown
    for beginning in beginnings:
        assert any(code.startswith(f"quality.{beginning}") for code in TEXTS["en"]), beginning


def test_every_text_that_is_asked_for_is_there():
    codes, beginnings = used("text", 0)
    known = TEXTS["en"]
    said = {f"annex.{code}" for code in used("say", 0)[0]}
    assert len(codes) > 30 and said, "the walk finds the texts"
    assert {code: place for code, place in codes.items() if code not in known} == {}
    assert said <= set(known)
    for beginning in beginnings:
        assert any(code.startswith(beginning) for code in known), beginning


def reasons_for_gaps() -> set[str]:
    """Codes that may stand in the column ``reason``: what ``np.where`` puts where there is no plain value."""
    found: set[str] = set()
    files = [*(CORE / "measures").glob("*.py"), CORE / "given.py", CORE / "results" / "frames.py"]
    for path in [*files, *(CORE / "sources" / name for name in ("cells.py", "keyed.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "where" and len(node.args) == 3:
                found.update(code for argument in node.args[1:] for code in constants(argument))
            if isinstance(node, ast.Assign) and "reasons" in ast.unparse(node.targets[0]):
                parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                found.update(code for part in parts for code in constants(part))
    return found - {"", "repaired", "missing", "imputed", "treated"}


def test_every_reason_for_a_gap_has_its_wording():
    codes = reasons_for_gaps()
    assert {"no_population", "no_geometry", "withheld", "not_searched", "constant"} <= codes, (
        "the walk finds the reasons"
    )
    assert {code for code in codes if f"gap.{code}" not in TEXTS["en"]} == set()


def test_segments_statuses_and_flags_have_their_wording():
    for code in SEGMENTS:
        assert all(f"segment.{code}{suffix}" in TEXTS["en"] for suffix in SUFFIXED["segment"])
    for family, codes in {
        "stability": ("core", "probable", "debatable"),
        "activity_status": ("documented", "searched_none_found", "not_searched"),
        "flag": ("imputed", "treated", "repaired", "missing"),
        "outcome": ("R", "W", "M"),
        "status": ("observed", "synthetic", "proxy"),
        "notice": ("fictitious", "synthetic", "proxy"),
        "role": ("stake", "success_factor", "activity"),
        "axis": ("innovation", "partnership", "data", "inclusion"),
        "step": ("sources", "measures", "scoring", "targeting", "results"),
    }.items():
        assert [code for code in codes if f"{family}.{code}" not in TEXTS["fr"]] == []


# ── typography

# What only looks like a sign of punctuation: a path or an address, a place to fill in, a value of the study file.
_QUOTED = re.compile(rf"«{NO_BREAK}[^»]*{NO_BREAK}»")
_FIELD = re.compile(r"\{[^{}]*\}")


def bad_typography(wording: str) -> list[str]:
    """What a French typesetter would object to."""
    bare = _FIELD.sub("x", wording.replace("{{", "").replace("}}", ""))
    wrong = []
    # Outside a quoted piece of a file, which keeps the file's own writing.
    outside = _QUOTED.sub("x", bare)
    if re.search(r"[  ][;:?!%»]", outside.replace(NO_BREAK, "_").replace(NARROW, "_")):
        wrong.append("plain space before a sign")
    if re.search(rf"[^\s{NO_BREAK}{NARROW}:?!/»][;?!»%](?!\w)", outside) or re.search(
        rf"[^\s{NO_BREAK}{NARROW}]:(?=\s|$)", outside
    ):
        wrong.append("no space before a sign")
    if "« " in bare or re.search(rf"«[^{NO_BREAK}{NARROW}]", bare):
        wrong.append("no no-break space after «")
    if '"' in bare or re.search(r"(?<!\w)'|'(?!\w)", bare):
        wrong.append("straight quotes")
    if "'" in outside:
        wrong.append("straight apostrophe")
    if "..." in outside:
        wrong.append("three dots instead of …")
    if "“" in bare or "”" in bare:
        wrong.append("English quotes")
    return wrong


@pytest.mark.parametrize("code", sorted(wordings("fr")))
def test_french_is_typeset_as_french(code):
    assert bad_typography(wordings("fr")[code]) == []


@pytest.mark.parametrize(
    "wording",
    [
        "Attention !",
        "Attention!",
        "50 %",
        "50%",
        "« mot »",
        "«mot»",
        "un: deux",
        "un : deux",
        'le "mot"',
        "l'eau",
        "Fin...",
    ],
)
def test_the_typographer_can_object(wording):
    assert bad_typography(wording)


@pytest.mark.parametrize(
    "wording",
    ["Attention\u00a0!", "50\u00a0%", "«\u00a0clé: valeur\u00a0»", "un\u00a0: deux", "l’eau", "voir https://x.org"],
)
def test_the_typographer_lets_good_french_pass(wording):
    assert bad_typography(wording) == []


def test_english_uses_no_french_typography():
    for code, wording in wordings("en").items():
        assert not re.search(rf"[{NO_BREAK}{NARROW}«»]", wording), code


# ── numbers


finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)


def read_back(written: str, lang: str) -> float:
    """A number as its reader understands it."""
    if lang == "fr":
        return float(written.replace(NARROW, "").replace(",", "."))
    return float(written.replace(",", ""))


@given(finite, st.sampled_from(LANGUAGES), st.integers(0, 6))
@example(-0.04, "fr", 1)
@example(999.5, "en", 0)
def test_a_number_is_read_back_within_its_last_digit(value, lang, digits):
    written = number(value, lang, digits)
    assert abs(read_back(written, lang) - value) <= 0.5 * 10**-digits * (1 + 1e-9) + abs(value) * 1e-15
    assert not re.fullmatch(r"-0([.,]0*)?", written), "no negative zero"


@given(finite, st.sampled_from(LANGUAGES))
def test_a_number_has_the_signs_of_its_language(value, lang):
    written = number(value, lang)
    pattern = {"fr": rf"-?\d{{1,3}}({NARROW}\d{{3}})*(,\d{{1,2}})?", "en": r"-?\d{1,3}(,\d{3})*(\.\d{1,2})?"}[lang]
    assert re.fullmatch(pattern, written)
    assert " " not in written, "it does not break at the end of a line"


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_whole_numbers_have_no_decimals(value, lang):
    assert read_back(number(value, lang), lang) == value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_number_is_a_dash(lang):
    assert number(float("nan"), lang) == number(None, lang) == "–"


@pytest.mark.parametrize(("value", "written"), [(float("inf"), "∞"), (float("-inf"), "-∞")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_infinite_number_is_written_as_such(value, written, lang):
    assert number(value, lang) == number(value, lang, 2) == written


def test_a_unit_stays_beside_its_number():
    assert with_unit(12, "%", "fr") == f"12{NO_BREAK}%"
    assert with_unit(12, "%", "en") == "12%"
    assert with_unit(1234.0, "MWh", "en") == f"1,234{NO_BREAK}MWh"
    assert with_unit(3, "", "fr") == "3"


# ── problems as lines


def test_a_problem_is_one_line_in_either_language():
    problem = Problem("source.unreadable", "flood (a.gpkg)", {"reason": "first\nsecond"})
    for lang in LANGUAGES:
        (line,) = problem_lines([problem], lang)
        assert "\n" not in line and line.startswith("flood (a.gpkg)") and "first second" in line
    assert f"flood (a.gpkg){NO_BREAK}: " in problem_lines([problem], "fr")[0]
    assert problem_record(problem, "en").keys() == {"severity", "where", "what", "fix"}


def test_braces_in_values_are_text():
    problem = Problem("source.no_field", "{x}", {"field": "{code}", "known": "{0} %s {{"})
    assert "{code}" in problem_lines([problem], "en")[0]


def test_text_fills_in_any_value():
    assert "{name}" in text("explain.title", "fr", name="{name}", code="1", segment="x")
