"""Why not this one: the first rule that fails, and sentences from which the territory's own values are read back."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import TEXTS
from smart_territoires_plugin.core.results.evidence import read_manifest, read_territories
from smart_territoires_plugin.core.results.explanation import explain, why_not_listed
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.core.targeting.why_not import (
    RULES,
    Published,
    digits_apart,
    published,
    why_not,
    why_not_sentences,
)

ROOT = Path(__file__).resolve().parents[2]
IDF = ROOT / "tests" / "studies" / "idf" / "study.yaml"
DATA = ROOT.parent / "shared" / "data"
LANGUAGES = ("fr", "en")
NUMBER = {"fr": r"-?\d{1,3}(?:\u202f\d{3})*(?:,\d+)?", "en": r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?"}
RULE_OF = {
    "insufficient_data": "insufficient_data",
    "raise_awareness": "readiness_low",
    "support": "readiness_low",
    "verify": "activity_unknown",
    "showcase": "activity_high",
}


def run(study: Path, out: Path) -> Path:
    assert main(["run", str(study), "--out", str(out), "--lang", "fr"]) == 0
    return out


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("why")
    assert main(["demo", str(folder / "demo")]) == 0
    study = folder / "demo" / "study.yaml"
    text = study.read_text(encoding="utf-8").replace("draws: 1000", "draws: 20")
    study.write_text(text, encoding="utf-8")
    return run(study, folder / "out")


@pytest.fixture(scope="module")
def idf(tmp_path_factory) -> Path:
    if not DATA.is_dir():
        pytest.skip("shared/data is absent")
    folder = tmp_path_factory.mktemp("idf")
    study = folder / "study.yaml"
    text = IDF.read_text(encoding="utf-8").replace("draws: 1000", "draws: 20")
    text = text.replace("../../../..", str(ROOT.parent)).replace("path: layers", f"path: {IDF.parent / 'layers'}")
    study.write_text(text, encoding="utf-8")
    return run(study, folder / "out")


def pattern(code: str, lang: str) -> re.Pattern:
    """A wording as what reads its values back."""
    parts = []
    for plain, name, _, _ in string.Formatter().parse(TEXTS[lang][code]):
        parts.append(re.escape(plain))
        if name is not None:
            again = any(f"(?P<{name}>" in part for part in parts)
            parts.append(f"(?P={name})" if again else f"(?P<{name}>.+?)")
    return re.compile("".join(parts))


def read(written: str, lang: str) -> float:
    found = re.match(NUMBER[lang], written)[0]
    return float(found.replace("\u202f", "").replace(",", ".") if lang == "fr" else found.replace(",", ""))


def close(written: str, lang: str, value: str | float) -> bool:
    """Whether a number is what was written, to its last digit."""
    mark = "," if lang == "fr" else "."
    digits = len(re.match(NUMBER[lang], written)[0].rpartition(mark)[2]) if mark in written else 0
    return abs(read(written, lang) - float(value)) <= 0.5 * 10**-digits + 1e-9


def check_sentences(folder: Path) -> dict[str, int]:
    """Read the first sentence of every territory back in both languages; return how often each rule was met."""
    rows, manifest = read_territories(folder), read_manifest(folder)
    found = published(rows, manifest)
    shortlist = manifest["study"]["shortlist"]
    last = next(row for row in rows.values() if row["target_rank"] == str(shortlist))
    met: dict[str, int] = {}
    for code, row in rows.items():
        answer = why_not(found, code)
        listed = row["target_rank"] and int(row["target_rank"]) <= shortlist
        assert answer.rule == RULE_OF.get(row["segment"], "listed" if listed else "beyond_shortlist")
        met[answer.rule] = met.get(answer.rule, 0) + 1
        for lang in LANGUAGES:
            sentence = why_not_sentences(answer, lang)[0]
            said = said_in(sentence, answer.rule, lang)
            assert said["name"] == row["name"]
            if answer.rule == "readiness_low":
                limit = manifest["method"]["readiness_threshold"]
                assert close(said["readiness"], lang, row["readiness"]) and close(said["threshold"], lang, limit)
                one, two, short = (read(said[name], lang) for name in ("readiness", "threshold", "short"))
                assert short == pytest.approx(two - one) and short > 0
            elif answer.rule == "activity_high":
                limit = manifest["method"]["activity_threshold"]
                assert read(said["projects"], lang) == float(row["activity_count"])
                assert close(said["activity"], lang, row["activity"]) and close(said["threshold"], lang, limit)
                assert read(said["activity"], lang) > read(said["threshold"], lang)
            elif answer.rule == "beyond_shortlist":
                assert read(said["rank"], lang) == int(row["target_rank"])
                assert close(said["priority"], lang, row["priority"]) and read(said["shortlist"], lang) == shortlist
                assert said["last_name"] == last["name"] and read(said["last_rank"], lang) == shortlist
                assert close(said["last_priority"], lang, last["priority"])
                assert read(said["last_priority"], lang) > read(said["priority"], lang)
            elif answer.rule == "listed":
                assert read(said["place"], lang) == int(row["target_rank"]) and read(said["called"], lang) == shortlist
    return met


def said_in(sentence: str, rule: str, lang: str) -> dict[str, str]:
    codes = [code for code in TEXTS[lang] if code.startswith(f"lists.why.{rule}")]
    for code in sorted(codes, key=lambda one: -TEXTS[lang][one].count("{")):
        found = pattern(code, lang).fullmatch(sentence)
        if found:
            return found.groupdict()
    raise AssertionError(sentence)


def test_every_sentence_of_the_demo_carries_the_territorys_own_values(demo):
    met = check_sentences(demo)
    assert {"readiness_low", "activity_unknown", "activity_high", "beyond_shortlist", "listed"} <= set(met)


def test_every_sentence_of_the_real_communes_carries_their_own_values(idf):
    met = check_sentences(idf)
    assert sum(met.values()) == 1276 and met["listed"] == 50


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explain_says_it_and_the_answer_alone_adds_the_smallest_change(demo, lang):
    rows = read_territories(demo)
    seen = set()
    for code, row in rows.items():
        if row["segment"] in seen:
            continue
        seen.add(row["segment"])
        said = why_not_listed(demo, code, lang)
        answer = why_not(published(rows, read_manifest(demo)), code)
        assert said[0] == why_not_sentences(answer, lang)[0]
        assert said[0] in explain(demo, code, lang).splitlines()[:4]
        if row["segment"] in ("raise_awareness", "support"):
            assert pattern("lists.why.change", lang).fullmatch(said[1]) or said[1] == TEXTS[lang]["lists.why.no_change"]
            change = re.search(r"(?<=: ).*(?=\.$)", said[1])[0].strip()
            assert change in explain(demo, code, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_code_is_said_to_be_unknown(demo, lang):
    assert why_not_listed(demo, "99999", lang) == [TEXTS[lang]["lists.why.unknown_code"].format(code="99999")]


# ── rules and decisions on synthetic rows


def synthetic_rows(*kinds):
    rows, rank = {}, 0
    for place, kind in enumerate(kinds):
        code = f"c{place}"
        row = {"code": code, "name": f"Lieu {code}", "segment": kind, "readiness": "40", "activity_count": "3"}
        row.update(activity="4.5", priority="", target_rank="")
        if kind == "engage":
            rank += 1
            row.update(target_rank=str(rank), priority=f"{90 - rank}")
        rows[code] = row
    return rows


def said_of(rows, decisions=(), shortlist=1):
    return Published(rows, decisions, shortlist, 50.0, 3.0)


def decision(code, action, date="2026-01-01"):
    return Decision(code, action, "vu en réunion", "Chef de projet", date)


def test_decisions_come_before_rules_where_they_bring_in_and_after_them_where_they_keep_out():
    rows = synthetic_rows("engage", "engage", "engage", "showcase", "verify")
    found = said_of(rows, (decision("c0", "exclude"), decision("c3", "add"), decision("c4", "exclude")))
    assert [why_not(found, code).rule for code in rows] == [
        "excluded", "listed", "beyond_shortlist", "listed", "activity_unknown",
    ]  # fmt: skip
    assert why_not(found, "c2").values["last_rank"] == 2
    for lang in LANGUAGES:
        said = why_not_sentences(why_not(found, "c0"), lang)
        assert len(said) == 2 and all(word in said[1] for word in ("vu en réunion", "Chef de projet", "2026-01-01"))


def test_where_a_person_chose_all_who_are_called_no_last_one_is_told():
    found = said_of(synthetic_rows("engage", "engage", "showcase"), (decision("c2", "pin"),))
    answer = why_not(found, "c0")
    assert answer.rule == "beyond_shortlist" and answer.values["last_priority"] is None
    assert "None" not in " ".join(why_not_sentences(answer, "fr"))


def test_readiness_at_the_threshold_and_a_hair_below_it_are_told_apart():
    rows = synthetic_rows("raise_awareness", "support", "insufficient_data", "")
    rows["c0"]["readiness"], rows["c1"]["readiness"] = "50", "49.9996"
    found = said_of(rows)
    assert "50.0 is exactly" in why_not_sentences(why_not(found, "c0"), "en")[0]
    said = why_not_sentences(why_not(found, "c1"), "en")[0]
    assert "49.9996" in said and "50.0000" in said and "0.0004" in said
    lacking = why_not_sentences(why_not(found, "c2", ("Fibre", "Tiers-lieux")), "fr")[0]
    assert "Fibre, Tiers-lieux" in lacking
    assert why_not(found, "c3").rule == "no_readiness"


@given(st.lists(st.sampled_from([*RULE_OF, "engage"]), min_size=1, max_size=8), st.integers(1, 4))
def test_each_has_one_rule_and_the_list_is_as_long_as_asked(kinds, shortlist):
    rows = synthetic_rows(*kinds)
    found = said_of(rows, shortlist=shortlist)
    rules = [why_not(found, code).rule for code in rows]
    assert set(rules) <= {*RULES, "listed"}
    assert rules.count("listed") == min(shortlist, kinds.count("engage"))
    for lang in LANGUAGES:
        assert all(why_not_sentences(why_not(found, code), lang)[0] for code in rows)


@given(st.floats(0, 100), st.floats(0, 100))
def test_numbers_that_differ_are_written_apart(one, other):
    digits = digits_apart(one, other)
    assert 1 <= digits <= 9
    if abs(one - other) > 1e-8:
        assert f"{one:.{digits}f}" != f"{other:.{digits}f}"
