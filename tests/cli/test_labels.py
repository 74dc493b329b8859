"""`label`, `labels`, `draw`, `criteria`: labelling from a terminal, counts, files."""

from pathlib import Path

import pytest

from tests.cli.conftest import Line


@pytest.fixture
def run(line: Line, task: Path) -> str:
    found: str = line.on("run", "--model", "our/model", "--task", str(task), "--json").json["run"]
    return found


def label(line: Line, run: str, *words: str) -> dict:
    done = line.on("label", run, *words, "--json")
    assert done.code == 0, done.err
    return done.json


def test_a_label_is_kept_and_its_reviewer_sees_the_others_then(line: Line, run: str) -> None:
    first = label(
        line, run, "2", "wrong", "--reviewer", "Борис", "--note", "не то", "--tag", "цвет", "формат"
    )
    assert (first["label"]["verdict"], first["label"]["tags"], first["others"]) == (
        "wrong",
        ["цвет", "формат"],
        [],
    )
    second = label(line, run, "2", "right", "--reviewer", "Анна")
    assert [other["reviewer"] for other in second["others"]] == ["Борис"] and second["human"] == "unsure"
    said = line.on("label", run, "2", "wrong", "--reviewer", "Анна").out
    assert "№ 2: неверно (Анна)" in said and "Борис: неверно" in said and "вместе: неверно" in said


def test_the_systems_user_labels_where_nobody_is_named(
    line: Line, run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "vera")
    assert label(line, run, "1", "right")["label"]["reviewer"] == "vera"


def test_undo_takes_the_last_label_back(line: Line, run: str) -> None:
    label(line, run, "1", "right", "--reviewer", "Анна")
    label(line, run, "3", "bad", "--reviewer", "Анна")
    assert label(line, run, "--undo", "--reviewer", "Анна")["undone"] == 3
    assert "№ 1" in line.on("label", run, "--undo", "--reviewer", "Анна").err
    assert label(line, run, "--undo", "--reviewer", "Анна")["undone"] is None
    assert line.on("labels", run, "--json").json["labels"] == []


def test_scores_are_shown_to_a_labeller_after_the_label(line: Line, run: str) -> None:
    eyes = ("--reviewer", "Анна", "--hide-scores")
    before = line.on("show", run, "2", *eyes)
    assert "Оценки скрыты" in before.out and "Exact Match" not in before.out and "пёс" in before.out
    told = line.on("show", run, "2", *eyes, "--json").json
    assert (told["sealed"], told["em"], told["js"], told["calls"]) == (True, None, None, [])
    rows = line.on("queue", run, *eyes, "--json").json["samples"]
    assert {(row["cell"], row["em"], row["probability"]) for row in rows} == {("unscored", None, None)}
    refused = line.on("queue", run, "--cell", "js_only", *eyes)
    assert refused.code == 2 and "Оценки скрыты" in refused.err
    label(line, run, "2", "right", "--reviewer", "Анна")
    assert "Exact Match" in line.on("show", run, "2", *eyes).out
    rows = line.on("queue", run, *eyes, "--json").json["samples"]
    assert [row["number"] for row in rows if not row["sealed"]] == [2]


def test_labels_are_counted_with_em_and_judge(line: Line, run: str) -> None:
    for number, verdict in (("1", "right"), ("2", "right"), ("4", "wrong")):
        label(line, run, number, verdict, "--reviewer", "Анна", "--tag", "а")
    told = line.on("labels", run, "--json").json
    assert told["total"]["counts"]["both"] == {"right": 1, "wrong": 1, "unsure": 0, "bad": 0, "unlabelled": 0}
    assert told["total"]["eight"]["011"]["mean"] == pytest.approx(1 / 3) and told["tags"] == {"а": 3}
    assert [each["number"] for each in told["labels"]] == [1, 2, 4]
    out = line.on("labels", run, "--limit", "2").out
    assert "50 % [9–91]" in out and "Показано меток: 2 из 3." in out
    assert "prompt" not in out and line.on("labels", run, "--by", "prompt").out.startswith("промпт")


def test_labels_and_health_tell_how_many_were_given_with_scores_hidden(line: Line, run: str) -> None:
    label(line, run, "1", "right", "--reviewer", "Анна", "--hide-scores")
    label(line, run, "2", "right", "--reviewer", "Анна")
    assert [each["sealed"] for each in line.on("labels", run, "--json").json["labels"]] == [True, False]
    assert "Поставлено, пока оценки были скрыты: меток 1 из 2." in line.on("health", run).out


def test_a_run_without_labels_says_how_to_give_one(line: Line, run: str) -> None:
    done = line.on("labels", run)
    assert f"python -m studio label {run} 1 right" in done.err and done.code == 0


def test_labels_leave_as_a_file_and_come_back(line: Line, run: str, tmp_path: Path) -> None:
    label(line, run, "1", "right", "--reviewer", "Анна", "--note", "=СУММ(A1)")
    file = tmp_path / "labels.csv"
    assert line.on("labels", run, "--out", str(file), "--json").json["labels"] == 1
    assert "'=СУММ(A1)" in file.read_text(encoding="utf-8")
    label(line, run, "--undo", "--reviewer", "Анна")
    assert line.on("labels", run, "--read", str(file), "--json").json["added"] == 1
    assert line.on("labels", run, "--json").json["labels"][0]["note"] == "=СУММ(A1)"
    assert line.on("labels", run, "--read", str(file), "--out", str(file)).code == 2


def test_a_file_with_labels_of_other_answers_is_trouble(line: Line, run: str, tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(
        "task,sample,reviewer,verdict,answer\nAnimals,1,Анна,right,0000\nAnimals,99,Анна,right,\n", "utf-8"
    )
    done = line.on("labels", run, "--read", str(file))
    assert done.code == 1 and "Не добавлено: 1 (ответ модели другой), 1" in done.out


def test_a_draw_is_made_and_listed(line: Line, run: str) -> None:
    made = line.on("draw", run, "3", "--seed", "7", "--json").json["draw"]
    assert (made["number"], made["size"], made["frame"], made["whole"]) == (1, 3, 4, True)
    said = line.on("draw", run, "1", "--cell", "js_only", "--by-task")
    assert "Выборка 2: 1 из 1 ответов, прошедших отбор" in said.out and "Animals: 1 / 1" in said.out
    assert f"inspect?run={run}&draw=2" in said.err
    assert "Просили 99, а ответов всего" in line.on("draw", run, "99", "--cell", "js_only", "--json").err
    worded = line.on("draw", run, "9", "--where", "em:1", "--json").json["draw"]
    assert (worded["size"], worded["whole"], worded["filter"]) == (2, False, {"where": "em:1"})
    assert [each["number"] for each in line.on("labels", run, "--json").json["draws"]] == [1, 2, 3, 4]


def test_criteria_are_written_shown_and_numbered(line: Line, run: str, tmp_path: Path) -> None:
    assert "Критериев пока нет" in line.on("criteria").err
    assert "версия 1" in line.on("criteria", "--text", "Смысл тот же.").out
    (tmp_path / "c.md").write_text("Строже.", encoding="utf-8")
    told = line.on("criteria", "--file", str(tmp_path / "c.md"), "--json").json["criteria"]
    assert [(each["version"], each["text"]) for each in told] == [(2, "Строже."), (1, "Смысл тот же.")]
    assert label(line, run, "1", "right", "--reviewer", "Анна")["label"]["criteria"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["label", "1"], "назовите номер вопроса и вердикт"),
        (["label", "1", "может"], "может"),
        (["label", "99", "right"], "99"),
        (["label", "1", "right", "--reviewer", ""], "нужно имя"),
        (["label", "--undo", "--reviewer", " "], "нужно имя"),
        (["labels", "--by", "colour"], "colour"),
        (["draw", "0"], "целое число не меньше 1"),
        (["criteria", "--file", "нет.md"], "нет.md"),
    ],
)
def test_what_cannot_be_done_is_said(line: Line, run: str, words: list[str], said: str) -> None:
    named = [words[0], *([run] if words[0] != "criteria" else []), *words[1:]]
    done = line.on(*named)
    assert done.code == 2 and said in done.err and done.out == ""


def test_one_looks_at_everyones_labels_or_with_a_reviewers_eyes_and_is_told_which(
    line: Line, run: str
) -> None:
    label(line, run, "1", "wrong", "--reviewer", "Борис")
    label(line, run, "2", "wrong", "--reviewer", "Борис")
    label(line, run, "2", "wrong", "--reviewer", "Анна")

    def found(*words: str) -> tuple[list[str], list[str]]:
        everyones, blind = (
            line.on("queue", run, "--where", "human:wrong", "--json", *words, *eyes)
            for eyes in ((), ("--reviewer", "Анна"))
        )
        assert "всех рецензентов" in everyones.err and "рецензента Анна" in blind.err
        return everyones.json["samples"], blind.json["samples"]

    everyones, blind = found()
    assert [[row["number"] for row in rows] for rows in (everyones, blind)] == [[1, 2], [2]]
    rows = line.on("queue", run, "--reviewer", "Анна", "--json")
    assert [row["human"] for row in rows.json["samples"][:2]] == ["hidden", "wrong"] and not rows.err
    counted = line.on("confusion", run, "--where", "human:wrong", "--reviewer", "Анна", "--json").json[
        "total"
    ]
    assert sum(counted[cell] for cell in ("both", "em_only", "js_only", "neither")) == 1
    assert line.on("show", run, "2", "--where", "human:wrong", "--reviewer", "Анна").code == 2
