"""What logs tell beside the answers: settings that are mixed, a limit left on, answers that are of another run."""

import json
from typing import Any

import pytest

from tests.submission.conftest import DATE, Check, audio, codes, docs, found, logs, results, samples

LATER = "2026-11-21T10-00-00.5"


def mixed(**changes: Any) -> dict[str, Any]:
    """Logs where one task was run a day later, with other settings."""
    files = audio()
    made = logs(files)
    made[f"samples_aquaria_{LATER}.jsonl"] = made.pop(f"samples_aquaria_{DATE}.jsonl")
    made[f"results_{LATER}.json"] = results(**changes)
    return made


@pytest.mark.parametrize(
    ("changes", "code", "error"),
    [
        ({"model_name": "other"}, "mixed_models", True),
        ({"config": {"model_args": "pretrained=other"}}, "mixed_models", True),
        ({"config": {"model_args": "pretrained=m,dtype=float16"}}, "mixed_settings", True),
        ({"config": {"model_args": "device_map=auto,pretrained=m,batch_size=4"}}, "", False),
        ({"config": {"model_args": {"pretrained": "m"}}}, "", False),
        ({"config": {"gen_kwargs": {"temperature": 0.7}}}, "mixed_settings", True),
        ({"config": {"random_seed": 7}}, "mixed_settings", True),
        ({"system_instruction": "Отвечай кратко"}, "", False),
        ({"lm_eval_version": "0.4.3"}, "mixed_tools", False),
        ({}, "", False),
    ],
)
def test_settings_that_differ_between_tasks_are_found(
    check: Check, changes: dict[str, Any], code: str, error: bool
) -> None:
    report = check(audio(), mixed(**changes))
    assert report.fit is not error
    assert codes(report) == ({code} if code else set())
    if code:
        assert any("AQUARIA" in place for place in found(report, code).places)


def test_a_system_prompt_of_one_task_only_is_found_where_both_state_it(check: Check) -> None:
    made = mixed(system_instruction="Отвечай кратко")
    made[f"results_{DATE}.json"]["system_instruction"] = None
    assert found(check(audio(), made), "mixed_settings").values == {"setting": "system_instruction"}


def test_frames_differ_between_pictures_and_sounds_without_harm(check: Check) -> None:
    report = check(audio(), mixed(studio={"frames": 4, "temperature": 0.0}))
    assert report.fit
    made = mixed(studio={"frames": 4, "temperature": 0.5})
    made[f"results_{DATE}.json"]["studio"] = {"frames": 8, "temperature": 0.0}
    assert found(check(audio(), made), "mixed_settings").values == {"setting": "studio.temperature"}


def test_only_the_newest_log_of_a_task_counts(check: Check) -> None:
    files = audio()
    made = logs(files)
    made["samples_aquaria_2026-11-01T10-00-00.jsonl"] = samples(docs(3, text="B"))
    made["results_2026-11-01T10-00-00.json"] = results(model_name="old", config={"limit": 3})
    assert check(files, made).fit


def test_a_limit_left_on_is_an_error_where_records_are_missing(check: Check) -> None:
    files = audio()
    del files["AQUARIA.json"]["data"]["test"][10:]
    report = check(files, logs(files, config={"limit": 10}))
    assert (found(report, "limit_on", "AQUARIA").severity, found(report, "limit_on", "AQUARIA").n) == (
        "error",
        10,
    )
    assert found(report, "limit_on", "ruEnvAQA").severity == "warning"


def test_a_limit_above_the_size_of_every_task_does_no_harm(check: Check) -> None:
    files = audio()
    report = check(files, logs(files, config={"limit": 5000.0}))
    assert report.fit and codes(report) == {"limit_on"}


def test_answers_changed_after_the_run_are_found(check: Check) -> None:
    files = audio()
    made = logs(files)
    files["AQUARIA.json"]["data"]["test"][4]["outputs"] = "B"
    defect = found(check(files, made), "logs_disagree")
    assert (defect.task, defect.n, defect.places) == ("AQUARIA", 1, ("id 15",))


def test_a_part_that_lacks_records_is_named(check: Check) -> None:
    sizes = {"biology": 57, "chemistry": 67, "earth_science": 41, "physics": 198}
    parts = {name: docs(n) for name, n in sizes.items()}
    del parts["physics"][-2:]
    files = {"ruNaturalScienceVQA.json": {"data": {"test": [doc for part in parts.values() for doc in part]}}}
    made = {f"samples_runaturalsciencevqa_{name}_{DATE}.jsonl": samples(part) for name, part in parts.items()}
    report = check(files, {**made, f"results_{DATE}.json": results()}, partial=True)
    defect = found(report, "subset_short")
    assert (defect.n, defect.places) == (2, ("ruNaturalScienceVQA_physics",))
    assert found(report, "no_id").n == 2
    del made[f"samples_runaturalsciencevqa_biology_{DATE}.jsonl"]
    assert found(check(files, made, partial=True), "logs_no_task").places == ("ruNaturalScienceVQA_biology",)


def test_turns_without_an_id_are_known_by_their_place_in_the_dialogue(check: Check) -> None:
    files = audio()
    made = logs(files)
    lines = [
        {
            "doc_id": n,
            "doc": {"meta": {"question_id": n % 500, "dialog_id": n // 500}},
            "filtered_resps": [["A"]],
        }
        for n in range(1500)
    ]
    made[f"samples_rutie_audio_gen_{DATE}.jsonl"] = "\n".join(json.dumps(line) for line in lines)
    assert check(files, made).fit
    lines[600]["filtered_resps"] = [["B"]]
    made[f"samples_rutie_audio_gen_{DATE}.jsonl"] = "\n".join(json.dumps(line) for line in lines)
    assert found(check(files, made), "logs_disagree").places == ("id 611",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda made: made.pop(f"samples_aquaria_{DATE}.jsonl"), "logs_no_task"),
        (lambda made: made.update({f"samples_aquaria_{DATE}.jsonl": '{"doc": '}), "logs_unreadable"),
        (lambda made: made.update({f"samples_aquaria_{DATE}.jsonl": "[1]"}), "logs_unreadable"),
        (lambda made: made.update({f"results_{DATE}.json": "[]"}), "logs_unreadable"),
        (lambda made: made.pop(f"results_{DATE}.json"), "no_settings"),
        (lambda made: made[f"results_{DATE}.json"].update({"n-shot": {"aquaria": 2}}), "shots_on"),
        (
            lambda made: made.update({f"samples_aquaria_{DATE}.jsonl": samples(docs(738), "A")}),
            "private_gold",
        ),
    ],
)
def test_faults_of_logs_are_told_and_do_not_make_an_archive_unfit(
    check: Check, change: Any, code: str
) -> None:
    files = audio()
    made = logs(files)
    change(made)
    report = check(files, made)
    assert report.fit and code in codes(report)


def test_history_of_a_dialogue_is_not_taken_for_shots(check: Check) -> None:
    files = audio()
    report = check(files, logs(files, **{"n-shot": {"rutie_audio_gen": 5, "aquaria": 0}}))
    assert codes(report) == set()


def test_an_archive_without_logs_or_with_broken_ones_says_so(check: Check) -> None:
    assert codes(check(audio())) == {"no_logs"}
    report = check({**audio(), "logs_public.zip": b"no zip"})
    assert codes(report) == {"logs_unreadable", "logs_no_task"} and not report.settings_known
