"""`whatif`, `scorers`, `rescore` on the command line."""

import pytest

from studio.core.rules import SWITCHES


@pytest.fixture
def run(line, task):
    return line.on("run", "--model", "our/model", "--task", str(task), "--json", "--quiet").json["run"]


def test_what_if_tells_before_and_after_and_changes_nothing(line, run):
    done = line.on("whatif", run, "--on", "contains", "--json")
    total = done.json["what_if"]["total"]
    assert (total["em"]["before"]["mean"], total["em"]["after"]["mean"]) == (0.5, 0.75)
    (changed,) = done.json["what_if"]["changed"]
    assert (changed["number"], changed["by"], changed["before"], changed["after"]) == (
        2,
        ["contains"],
        "js_only",
        "both",
    )
    assert line.on("runs", run, "--json").json["em_version"] == "studio-2"


def test_what_if_in_words_names_the_rule_and_the_sample(line, run):
    said = line.on("whatif", run, "--on", "contains").out
    assert "Правило «Эталон внутри ответа» само: +1 / −0" in said
    assert "0,500 → 0,750" in said and "Это пёс сидит тут." in said


def test_the_judges_threshold_and_texts(line, run):
    total = line.on("whatif", run, "--threshold", "0,95", "--json").json["what_if"]["total"]
    assert (total["js"]["lost"], total["em"]["gained"]) == (3, 0)
    assert line.on("whatif", run, "--variant", "whole").code == 2


def test_rules_come_by_name_as_json_and_as_switches(line, run):
    line.on("scorers", "--save", "внутри", "--on", "contains")
    by_name = line.on("whatif", run, "--rules", "внутри", "--json").json["what_if"]["total"]
    by_json = line.on("whatif", run, "--rules", '{"contains": true}', "--json").json["what_if"]["total"]
    assert by_name == by_json and by_name["em"]["gained"] == 1
    for words, code in [(("--rules", "{nonsense"), "rules_not_json"), (("--rules", "нет"), "unknown_scorer"),
                        (("--off", "nonsense"), "unknown_rule")]:  # fmt: skip
        assert line.on("whatif", run, *words, "--json").json["error"]["code"] == code


def test_the_switches_are_listed_with_what_each_turns(line, run):
    found = line.on("whatif", run, "--switches", "--json").json["switches"]
    assert {*SWITCHES, "tolerance"} == {switch["name"] for switch in found}
    (contains,) = [switch for switch in found if switch["name"] == "contains"]
    assert (contains["on"], contains["turned"]["gained"]) == (False, 1)
    assert "Эталон внутри ответа" in line.on("whatif", run, "--switches").out


def test_an_empty_name_of_a_version_is_refused_and_not_passed_over(line):
    saved, deleted = line.on("scorers", "--save", "", "--on", "endings"), line.on("scorers", "--delete", "")
    assert saved.code == deleted.code == 2 and saved.out == deleted.out == ""
    assert "не годится в имя версии" in saved.err and "Версии «» нет" in deleted.err


def test_a_run_is_scored_anew_by_a_kept_version_and_switched_back(line, run):
    assert "Сохранённых версий нет" in line.on("scorers").err
    line.on("scorers", "--save", "внутри", "--on", "contains")
    done = line.on("rescore", run, "--scorer", "внутри")
    assert done.code == 0 and "studio-2+внутри" in done.out
    assert line.on("runs", run, "--json").json["em_version"] == "studio-2+внутри"
    assert "studio-2+внутри" in line.on("runs", run).out
    (row,) = [each for each in line.on("runs").out.splitlines() if run in each]
    assert "studio-2+внутри" in row, "the list says by which rules a score is"
    assert line.on("scorers", "--json").json["scorers"][0]["runs"] == [run]
    assert line.on("scorers", "--delete", "внутри").code == 2
    assert line.on("rescore", run, "--scorer", "own", "--json").json["em_version"] == "studio-2"
    assert line.on("scorers", "--delete", "внутри", "--json").json == {"scorers": []}
