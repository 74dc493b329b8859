"""`experiment`: each of the three by one command, as a table and as one object."""

from studio.core.content import media_of


def seeing(request):
    """Right where it sees a picture; «да» where it does not."""
    if not media_of(request.message):
        return "да"
    return ["кот", "пёс", "3", "да"][request.key - 1]


def test_text_only_makes_both_runs_and_compares_them(line, task):
    line.answer = seeing
    done = line.on(
        "experiment", "text-only", "--model", "our/model", "--task", str(task), "--json", "--quiet"
    )
    assert done.code == 0
    told = done.json
    assert (told["mark"], told["run"]["model"], told["mismatches"]) == ("em", "our/model", [])
    assert told["total"]["full"]["mean"] == 1.0 and told["total"]["blind"]["mean"] == 0.25
    assert told["total"]["change"] == {"both": 1, "lost": 3, "gained": 0, "neither": 0}
    listed = line.on("experiment", "list", "--json").json
    assert [(each["base"], each["media"]) for each in listed["trials"]] == [(told["base"]["run"], "none")]


def test_beside_a_run_that_is_there_only_the_other_is_made(line, task):
    base = line.on("run", "--model", "our/model", "--task", str(task), "--json", "--quiet").json["run"]
    done = line.on("experiment", "null-media", "--run", base, "--quiet")
    assert done.code == 0 and "пустые медиа" in done.out and base in done.out
    assert len(line.on("runs", "--json").json["runs"]) == 2
    again = line.on("experiment", "null-media", "--run", base, "--quiet", "--metric", "js")
    assert again.code == 0 and len(line.on("runs", "--json").json["runs"]) == 2


def test_the_finding_is_told_in_a_sentence_as_on_the_page(line, task):
    line.answer = seeing
    words = ("experiment", "text-only", "--model", "our/model", "--task", str(task), "--quiet")
    assert "С медиа модель набирает 100 %, по одному тексту — 25 %." in line.on(*words).out
    assert "With media the model scores 100%, by the text alone 25%." in line.on(*words, "--lang", "en").out
    assert line.on(*words, "--json").json["said"].startswith("С медиа модель набирает 100")


def test_a_run_and_a_model_together_or_neither_are_refused(line, task):
    for words in ((), ("--run", "r1", "--model", "our/model")):
        done = line.on("experiment", "text-only", *words, "--json")
        assert done.code == 2 and done.json["error"]["code"] == "trial_run_or_model"


def test_a_judge_is_tried_kept_and_opened_again(line, task):
    done = line.on("experiment", "judge", "--task", str(task), "--json", "--quiet")
    assert done.code == 0
    found = done.json["calibration"]
    assert (found["state"], found["label"]) == ("done", "rule@r1") and found["done"] == found["total"] > 40
    assert {each["kind"] for each in found["kinds"]} >= {"gold", "refusal", "final_wrong", "command_ru"}
    asked = line.judge.asked
    opened = line.on("experiment", "judge", "--open", found["id"], "--kind", "hedge", "--json").json
    assert opened["calibration"] == found and line.judge.asked == asked
    assert [each["verdict"] for each in opened["answers"]] == [0] * len(opened["answers"])


def test_the_tables_are_in_the_readers_language(line, task):
    russian = line.on("experiment", "judge", "--task", str(task), "--quiet").out
    assert "судья прав" in russian and "Обычные ошибки признаны ошибками" in russian
    english = line.on("experiment", "judge", "--task", str(task), "--quiet", "--lang", "en").out
    assert "judge right" in english and "Usual mistakes found wrong" in english


def test_a_runs_score_is_corrected_beside_the_calibration(line, task):
    run = line.on("run", "--model", "our/model", "--task", str(task), "--json", "--quiet").json["run"]
    done = line.on("experiment", "judge", "--task", str(task), "--run", run, "--json", "--quiet")
    (score,) = done.json["corrected"]["scores"]
    assert score["answer_type"] == "short" and score["raw"]["scored"] == 4
    assert (score["usual"]["mean"] is None) == bool(score["usual"]["reason"])


def test_without_experiments_the_list_says_so(line):
    assert "Экспериментов пока нет" in line.on("experiment", "list").out
