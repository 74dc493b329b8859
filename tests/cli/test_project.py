"""`project`: a human baseline from a terminal, from its plan to its runs."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from studio.core.project import ProjectSpec, Submission
from studio.texts import t
from tests.cli.baseline import answered, made
from tests.cli.conftest import GOLDS, Line
from tests.support import write_task

RIGHT = GOLDS  # кот, пёс, 3, да


def test_a_plan_tells_what_would_be_asked_and_makes_nothing(line: Line, task: Path) -> None:
    done = line.on(
        "project", "plan", "--task", str(task), "--overlap", "3", "--size", "2", "--stratify", "kind"
    )
    assert done.code == 0 and "ответов нужно 6" in done.out and "чётный: 1 / 2" in done.out
    told = line.on("project", "plan", "--task", str(task), "--json").json["plan"]
    assert (told["answers"], told["by_purpose"]) == (20, {"work": 4})
    assert line.on("project", "list", "--json").json["projects"] == []


def test_a_project_takes_every_setting_and_shows_it(line: Line, task: Path, tmp_path: Path) -> None:
    (tmp_path / "how.md").write_text("Отвечайте одним словом.", encoding="utf-8")
    (tmp_path / "authors.csv").write_text("1,p1\n3,p2\n", encoding="utf-8")
    words = [
        "--title", "Знатоки", "--level", "expert", "--overlap", "3", "--controls", "0,25", "--repeats", "0.1",
        "--training", "0", "--pass-mark", "0.5", "--item-limit", "60", "--lease", "600", "--joining", "anyone",
        "--opens", "2026-11-01", "--closes", "2026-12-01T18:00", "--pay", "450", "--currency", "EUR", "--seed", "7",
        "--authors", str(tmp_path / "authors.csv"), "--instructions", str(tmp_path / "how.md"),
    ]  # fmt: skip
    made = line.on("project", "new", "--task", str(task), *words, "--json").json
    spec = ProjectSpec(**made["project"]["spec"])
    given = {name: getattr(spec, name) for name in ProjectSpec.__dataclass_fields__}
    of_the_task = {"training", "dialogue"}  # the task alone says what a dialogue is
    assert all(given[name] != getattr(ProjectSpec("", ""), name) for name in given.keys() - of_the_task)
    shown = line.on("project", "show", made["project"]["id"])
    assert "Отвечайте одним словом." in shown.out and "оплата часа: 450" in shown.out
    assert "черновик" in shown.out and "конец: 2026-12-01 18:00" in shown.out
    items = line.on("project", "show", made["project"]["id"], "--json").json["items"]
    assert [item["author"] for item in items] == ["p1", "", "p2", ""]


def test_a_plan_tells_hours_and_cost_of_a_guess(line: Line, task: Path) -> None:
    words = ("--task", str(task), "--overlap", "3", "--pay", "600", "--guess", "30")
    done = line.on("project", "plan", *words)
    assert "часов работы около 0,1, это 60 RUB, если на ответ уходит 30 с" in done.out
    assert "повторов не будет" in done.out, "four questions are too few for one"
    told = line.on("project", "plan", *words, "--json").json
    assert (told["hours"], told["cost"], told["currency"]) == (pytest.approx(0.1), pytest.approx(60), "RUB")
    assert line.on("project", "plan", "--task", str(task), "--json").json["cost"] is None


def test_what_comes_next_leaves_out_instructions_that_are_there(
    line: Line, task: Path, tmp_path: Path
) -> None:
    (tmp_path / "how.md").write_text("Отвечайте одним словом.", encoding="utf-8")
    bare = line.on("project", "new", "--task", str(task))
    assert "project instruct" in bare.err
    told = line.on("project", "new", "--task", str(task), "--instructions", str(tmp_path / "how.md"))
    assert (
        "project instruct" not in told.err and "Инструкция записана" in told.err and "invite new" in told.err
    )


def test_the_help_tells_the_defaults_as_they_are(line: Line) -> None:
    usual = ProjectSpec("", "")
    for name in ("overlap", "controls", "repeats", "training", "pass_mark", "currency", "seed"):
        told = str(getattr(usual, name))
        assert f"({told})" in t(f"cli.option.project_{name}", "en")
    assert f"({usual.lease_s:.0f})" in t("cli.option.project_lease", "en")


def test_what_is_not_named_stays_when_a_project_is_changed(line: Line, task: Path) -> None:
    project = made(line, task, "--item-limit", "60", "--pay", "450")
    changed = line.on("project", "change", project, "--overlap", "4", "--item-limit", "none", "--json").json
    spec = changed["project"]["spec"]
    assert (spec["overlap"], spec["item_limit_s"], spec["pay_per_hour"]) == (4, None, 450.0)
    assert changed["before"]["overlap"] == 2
    assert line.on("project", "change", project).code == 2


def test_instructions_are_written_in_versions(line: Line, task: Path) -> None:
    project = made(line, task)
    assert "Инструкции пока нет" in line.on("project", "instruct", project).err
    line.on("project", "instruct", project, "--text", "Первая.")
    told = line.on("project", "instruct", project, "--text", "Вторая.", "--json").json["instructions"]
    assert [(each["version"], each["text"]) for each in told] == [(1, "Первая."), (2, "Вторая.")]
    assert "версия 2" in line.on("project", "instruct", project).out


def test_a_project_is_opened_paused_and_closed(line: Line, task: Path) -> None:
    project = made(line, task)
    assert "Позовите" in line.on("project", "open", project).err
    refused = line.on("project", "close", project)
    assert refused.code == 2 and "показывает эталоны" in refused.err and "--yes" in refused.err
    states = [
        line.on("project", *words, "--json").json["project"]["state"]
        for words in (("pause", project), ("close", project, "--yes"), ("open", project))
    ]
    assert states == ["paused", "closed", "open"]
    assert "новые ответы уже не независимы" in line.on("project", "open", project).err
    assert "Эталон был открыт с 20" in line.on("project", "board", project).out
    listed = line.on("project", "list")
    assert project in listed.out and "открыт" in listed.out


def test_a_board_tells_progress_people_agreement_and_cost(line: Line, task: Path) -> None:
    project = made(line, task, "--pay", "600")
    people = answered(line, project, {"Аня": RIGHT, "Боря": ["кот", "кит", "—", "да"]})
    done = line.on("project", "board", project)
    assert "Ответов в счёте 7 из 8" in done.out and "вопросов готово 3 из 4" in done.out and "Аня" in done.out
    assert "Часов работы 0,01, это 8,00 RUB" in done.out
    board = line.on("project", "board", project, "--json").json["board"]
    assert [each["person"] for each in board["people"]] == people
    assert board["agreement"]["raw"]["value"] == pytest.approx(2 / 3)


def test_whom_the_training_stopped_stands_on_the_board_and_is_admitted(line: Line, task: Path) -> None:
    project = made(line, task, "--training", "1", "--size", "3")
    studio = line.opened()
    who = studio.workplaces.named(project, "Вера")
    asked = studio.workplaces.standing(who, project).question
    assert asked is not None
    late = Submission(asked.item, 1, "skip", "c1", reason="time")
    studio.workplaces.submit(who, project, late)
    studio.close()
    board = line.on("project", "board", project)
    assert "0 из 1, не пройдено" in board.out
    (vera,) = line.on("project", "board", project, "--json").json["board"]["people"]
    assert vera["training"] == {
        "answered": 1, "of": 1, "right": 0, "mark": 0.8, "last": None, "admitted": False, "failed": True,
    }  # fmt: skip
    done = line.on("project", "admit", project, vera["person"], "--json").json
    assert done["training"]["admitted"] and not done["training"]["failed"]
    assert "0 из 1, допущен" in line.on("project", "board", project).out
    assert line.on("annotate", "--project", project, "--name", "Вера", "--json").json["question"]
    told = line.on("journal", "show", "--project", project, "--kind", "admitted", "--json").json
    assert len(told["records"]) == 1


def test_an_agreement_that_is_undefined_says_why(line: Line, task: Path) -> None:
    project = made(line, task)
    assert "ни у одного вопроса нет двух ответов" in line.on("project", "board", project).out
    answered(line, project, {"Аня": ["да"] * 4, "Боря": ["да"] * 4})
    assert "все ответы одинаковы" in line.on("project", "board", project).out


def test_hard_questions_are_listed_and_a_reviewer_has_the_last_word(line: Line, task: Path) -> None:
    project = made(line, task)
    assert "Спорных вопросов нет" in line.on("project", "hard", project).err
    answered(line, project, {"Аня": RIGHT, "Боря": ["кот", "кит", "—", "да"]})
    said = line.on("project", "hard", project).out
    assert "пес × 1, кит × 1" in said and "неоднозначно × 1" in said
    assert line.on("project", "adjudicate", project, "2", "пёс").code == 0
    hard = {each["item"]: each for each in line.on("project", "hard", project, "--json").json["hard"]}
    assert hard[2]["adjudicated"] == "пёс"
    line.on("project", "adjudicate", project, "2", "--undo")
    assert line.on("project", "hard", project, "--json").json["hard"][1]["adjudicated"] is None
    assert line.on("project", "adjudicate", project, "2").code == 2


def test_answers_are_listed_with_all_that_is_known_of_them(line: Line, task: Path) -> None:
    project = made(line, task)
    anya, _ = answered(line, project, {"Аня": RIGHT, "Боря": ["кот", "кит", "—", "да"]})
    told = line.on("project", "answers", project, "--person", anya, "--json").json
    assert told["total"] == 4 and {each["comment"] for each in told["answers"]} >= {"о вопросе 1"}
    assert all(each["active_s"] == 6.0 and each["counts"] and each["stands"] for each in told["answers"])
    said = line.on("project", "answers", project, "--item", "3").out
    assert "(неоднозначно)" in said and "не в счёт" in said
    assert "Показано 1 из 8." in line.on("project", "answers", project, "--limit", "1").out


def test_what_an_exclusion_would_do_is_told_before_it_is_done_and_it_is_undone(
    line: Line, task: Path
) -> None:
    project = made(line, task, overlap=3)
    wrong = ["х"] * 4
    people = answered(line, project, {"Аня": RIGHT, "Боря": wrong, "Вова": wrong})
    effect = line.on("project", "exclude", project, people[1], "--dry-run", "--json").json
    assert effect["done"] is False and (effect["effect"]["lost"], effect["effect"]["below"]) == (
        4,
        [1, 2, 3, 4],
    )
    assert effect["effect"]["em_before"]["mean"] == 0.0 and effect["effect"]["before"]["counts"] == {
        "votes": 4
    }
    assert effect["effect"]["after"]["counts"] == {"tied": 4} and len(effect["effect"]["changed"]) == 4
    board = line.on("project", "board", project, "--json").json["board"]
    assert board["people"][1]["excluded_at"] is None, "looking changes nothing"
    done = line.on("project", "exclude", project, people[1], "--reason", "мимо")
    assert "Ответов, которые выйдут из счёта: 4" in done.out and "исключён" in done.err
    assert "и так исключён" in line.on("project", "exclude", project, people[1]).err
    back = line.on("project", "readmit", project, people[1], "--json").json["effect"]
    assert (back["lost"], back["gained"], back["after"]["counts"]) == (0, 4, {"votes": 4})


def test_late_answers_take_the_places_of_an_excluded_persons(line: Line, task: Path) -> None:
    project = made(line, task, overlap=3)
    people = answered(line, project, {"Аня": RIGHT, "Боря": RIGHT, "Вова": ["х"] * 4})
    line.on("project", "change", project, "--overlap", "2")
    effect = line.on("project", "exclude", project, people[0], "--dry-run", "--json").json["effect"]
    assert (effect["lost"], effect["gained"], effect["below"]) == (4, 4, [])
    assert effect["after"]["counts"] == {"tied": 4}
    line.on("project", "exclude", project, people[0])
    now = line.on("project", "baseline", project, "--json").json["baseline"]
    assert (now["counts"], now["items"]) == (effect["after"]["counts"], effect["after"]["items"])


def test_a_baseline_says_whether_it_is_valid(line: Line, task: Path) -> None:
    project = made(line, task)
    people = answered(line, project, {"Аня": RIGHT, "Боря": ["кот", "кит", "4", "да"]})
    done = line.on("project", "baseline", project)
    assert done.code == 1 and "не годится" in done.err and "доля 0,500, порог 0,200" in done.out
    assert line.on("project", "baseline", project, "--threshold", "0.5").code == 0
    alone = line.on("project", "baseline", project, "--without", people[1], "--json").json["baseline"]
    assert [item["text"] for item in alone["items"]] == RIGHT and alone["valid"] is True
    assert line.on("project", "baseline", project, "--method", "dawid_skene").code == 2


def test_a_retired_question_is_in_no_baseline_until_it_is_back(line: Line, task: Path) -> None:
    project = made(line, task)
    answered(line, project, {"Аня": RIGHT, "Боря": RIGHT})

    def items() -> list[int]:
        return [
            each["item"]
            for each in line.on("project", "baseline", project, "--json").json["baseline"]["items"]
        ]

    assert line.on("project", "retire", project, "2").code == 0 and items() == [1, 3, 4]
    assert line.on("project", "retire", project, "2", "--undo").code == 0 and items() == [1, 2, 3, 4]


def test_people_become_runs_with_em_and_judge(line: Line, task: Path) -> None:
    project = made(line, task)
    answered(line, project, {"Аня": RIGHT, "Боря": ["кот", "кит", "3", "да"]})
    made_runs = line.on("project", "runs", project, "--judge", "rule", "--json").json["runs"]
    assert [run["total"]["em"] for run in made_runs[2:]] == [1.0, 0.75]
    assert all(run["total"]["js_scored"] > 0 for run in made_runs)
    assert {run["id"] for run in line.on("runs", "--json").json["runs"]} == {run["run"] for run in made_runs}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "b0"], "Проекта «b0» нет"),
        (["new", "--task", "нечто"], "нечто"),
        (["new", "--task", "{task}", "--overlap", "0"], "целое число не меньше 1"),
        (["new", "--task", "{task}", "--controls", "2"], "число от 0 до 0,5"),
        (["new", "--task", "{task}", "--opens", "завтра"], "а дано «завтра»"),
        (["new", "--task", "{task}", "--opens", "2026-12-01", "--closes", "2026-11-01"], "closes_at"),
        (["plan", "--task", "{task}", "--stratify", "цвет"], "Категории «цвет» в задаче нет"),
        (["plan", "--task", "{task}", "--authors", "нет.csv"], "нет.csv"),
        (["plan", "--task", "{task}", "--authors", "{strange}"], "например «99»"),
        (["plan", "--task", "{task}", "--authors", "{broken}"], "нужен CSV"),
        (["exclude", "{project}", "p0"], "Человека «p0» здесь нет"),
        (["adjudicate", "{project}", "99", "да"], "Вопроса 99"),
        (["answers", "{project}", "--item", "99"], "Вопроса 99"),
        (["runs", "{project}"], "ещё никто не ответил"),
    ],
)
def test_what_cannot_be_done_is_said(
    line: Line, task: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    (tmp_path / "strange.csv").write_text("99,p1\n", encoding="utf-8")
    (tmp_path / "broken.csv").write_text("a,b,c\n", encoding="utf-8")
    named = {
        "task": str(task), "strange": str(tmp_path / "strange.csv"), "broken": str(tmp_path / "broken.csv"),
        "project": made(line, task),
    }  # fmt: skip
    done = line.on("project", *(re.sub(r"\{(\w+)\}", lambda found: named[found[1]], word) for word in words))
    assert done.code == 2 and said in done.err and done.out == ""


def test_refusals_come_as_json_too(line: Line) -> None:
    done = line.on("project", "board", "b0", "--json")
    assert done.code == 2 and json.loads(done.out)["error"]["code"] == "unknown_project"


def test_a_project_of_dialogues_says_in_which_order_it_asks(line: Line, tmp_path: Path) -> None:
    task = write_task(tmp_path / "talk", ["да"] * 6)
    (task / "dataset_meta.json").write_text('{"dialogue_turns": 3}', encoding="utf-8")
    project = made(line, task)
    assert "порядок вопросов: диалогами" in line.on("project", "show", project).out


def test_questions_are_taken_from_where_the_task_lies_now(line: Line, task: Path) -> None:
    project = made(line, task)
    with sqlite3.connect(line.db) as file:  # as on a disk where the database was made anew
        file.execute("UPDATE project_items SET sample_id = NULL")
    file.close()
    (task.parent / "moved").mkdir()
    moved = task.rename(task.parent / "moved" / task.name)
    done = line.on("project", "bind", project, "--task", str(moved), "--json")
    assert done.code == 0 and done.json["missing"] == 0
    other = write_task(task.parent / "Другая", ["1"])
    refused = line.on("project", "bind", project, "--task", str(other))
    assert refused.code == 2 and "Другая" in refused.err


def test_one_person_stands_beside_the_majority_of_the_others(line: Line, task: Path) -> None:
    project = made(line, task)
    answered(line, project, {"Аня": RIGHT, "Боря": RIGHT})
    assert "Один человек против большинства остальных: 1,000" in line.on("project", "baseline", project).out
