"""The form of the Run page: what its fields ask for, and what it says about a model and a choice of tasks."""

from pathlib import Path

import gradio as gr
import pytest

from components.errors import shown
from components.pages.run_form import Form, build_form, chosen_tasks, spec_for, spec_of, wire_form
from components.pages.run_plan import Plan, field_of, model_note, plan_note, plan_of
from components.widgets.picker import picked
from studio.core.engine import Settings
from studio.core.errors import BadInput, ModelError, TaskError
from studio.core.run import OWNER, RunSpec, Viewer
from studio.core.task import TaskInfo
from studio.engines.scripted import ScriptedEngine
from tests.components.pages_by_hand import built, handler, request, words
from tests.support import scripted_studio, write_task

DEFAULTS = {
    "model": "embedded", "tasks": picked(["A"], None), "limit": None, "extra_tasks": "", "max_new_tokens": None,
    "batch_size": None, "temperature": None, "top_p": None, "seed": None, "frames": None, "image_side": None,
    "history": None, "media": None,
    "dtype": None, "device": None, "judge": None, "revision": None,
    "servers": None, "key_env": None, "concurrency": None, "load": None, "vllm_args": None, "reuse": None,
}  # fmt: skip


@pytest.fixture
def studio(tmp_path: Path):
    studio = scripted_studio(tmp_path / "home", ScriptedEngine({}))
    yield studio
    studio.close()


def task(name: str, size: int) -> TaskInfo:
    return TaskInfo(name, {"ru": name}, "image", "short", "public", "CC0", {"test": size, "shots": 10})


def test_emptied_fields_mean_the_defaults():
    spec = spec_of(**DEFAULTS)
    assert (
        spec.settings == Settings() and spec.limit is None and spec.judge == "auto" and spec.revision is None
    )


def test_every_field_reaches_the_run():
    spec = spec_of(
        **DEFAULTS
        | {"limit": 5, "max_new_tokens": 7, "batch_size": 3, "temperature": 0.5, "top_p": 0.9, "seed": 0}
        | {
            "frames": 4,
            "history": 0,
            "media": "null",
            "image_side": 448,
            "dtype": "float32",
            "device": "cpu",
            "judge": " x/judge ",
            "revision": "v1",
            "servers": "gpu:8000 http://gpu2/v1",
            "key_env": " MY_KEY ",
            "concurrency": 64,
            "load": "files",
            "reuse": True,
        }
    )
    expected = Settings(
        max_new_tokens=7, batch_size=3, temperature=0.5, top_p=0.9, seed=0, frames=4, image_max_side=448, history=0,
        media="null", dtype="float32", device="cpu", concurrency=64, load="files",
    )  # fmt: skip
    assert spec.settings == expected and (spec.limit, spec.judge, spec.revision) == (5, "x/judge", "v1")
    assert (spec.servers, spec.key_env) == (("gpu:8000", "http://gpu2/v1"), "MY_KEY")
    assert spec.reuse and not spec_of(**DEFAULTS).reuse


@pytest.mark.parametrize("sent", [None, {}, {"tasks": None}, "A", ["A"], {"tasks": [1, {"a": 2}]}])
def test_a_browsers_value_of_the_task_cards_may_be_anything(sent):
    assert chosen_tasks(sent, " /one \n\n/two\n/one") == ("/one", "/two")


def test_the_inputs_stand_in_the_order_of_spec_of(studio):
    with gr.Blocks(analytics_enabled=False):
        form = build_form(studio, "ru")
    names = [name.rsplit("_", 1)[0] for name in list(Form.__dataclass_fields__)[: len(form.inputs)]]
    assert names == list(DEFAULTS) and form.inputs[0] is form.model_dd and form.inputs[-1] is form.reuse_chk


def test_the_demo_suite_is_ticked_so_that_start_is_all_that_is_needed(studio):
    with gr.Blocks(analytics_enabled=False):
        form = build_form(studio, "ru")
    demo = [info.name for info in studio.tasks() if info.suite == "demo"]
    assert form.tasks_picker.value == picked(demo, None) and form.model_dd.value == "embedded"
    assert all(f'value="{name}"' in form.tasks_picker.props["cards"] for name in demo)


@pytest.mark.parametrize(
    ("chosen", "limit", "said"),
    [
        ("AB", 20, "2\N{NO-BREAK SPACE}задачи, всего 25\N{NO-BREAK SPACE}вопросов."),
        ("A", None, "1\N{NO-BREAK SPACE}задача, всего 60\N{NO-BREAK SPACE}вопросов."),
        ("A", 0, "1\N{NO-BREAK SPACE}задача, всего 60\N{NO-BREAK SPACE}вопросов."),
        ("", 20, "Выберите хотя бы одну задачу."),
    ],
)
def test_the_plan_is_told_in_words(chosen, limit, said):
    known = {"A": task("A", 60), "B": task("B", 5)}
    plan = Plan(tuple(known[name] for name in chosen), (), 256)
    assert said in (told := plan_note(plan, limit, 1024, "ru"))
    assert ("В ответе до 1024 токенов." in told) is bool(chosen)


def test_a_number_of_questions_below_zero_is_no_plan():
    told = plan_note(Plan((task("A", 60),), (), 256), -3, 1024, "ru")
    assert "не бывает меньше нуля, а здесь -3" in told and "всего" not in told


def test_a_model_of_which_nothing_is_known_yet_is_said_to_be_so(studio):
    assert "при загрузке" in model_note(studio, "somebody/large", "ru")
    assert "once it is loaded" in model_note(studio, "<b>", "en")


# the length of an answer


@pytest.fixture
def page(studio) -> gr.Blocks:
    def form(page: gr.Blocks, studio, lang) -> None:
        wire_form(studio, build_form(studio, lang), shown(lang), lang)

    return built(form, studio)


def planned(page: gr.Blocks, tasks: list[str], extra: str, tokens: float | None, suggested: int, who=None):
    """After a choice: the new tokens (None: as they are), those suggested, the words, whether Start is on."""
    found = handler(page, "planned")(who or request(), picked(tasks, None), extra, 20, tokens, suggested)
    values = list(found.values())
    now = values[0] if isinstance(values[0], int) else None
    return now, values[1], values[2], values[3]["interactive"]


DEMO, MERA = Settings().max_new_tokens, 1024


def test_the_length_of_an_answer_follows_the_tasks(page):
    now, suggested, told, _ = planned(page, ["ruDemoMotion"], "ruCLEVR", DEMO, DEMO)
    assert (now, suggested) == (MERA, MERA) and "В ответе до 1024 токенов." in told
    now, suggested, told, _ = planned(page, ["ruDemoMotion"], "", MERA, MERA)
    assert (now, suggested) == (DEMO, DEMO) and "В ответе до 256 токенов." in told


def test_a_length_that_a_person_typed_stays(page):
    now, suggested, told, _ = planned(page, [], "ruCLEVR", 64, DEMO)
    assert now is None and suggested == MERA and "В ответе до 64 токенов." in told


def test_an_emptied_length_is_filled_again(page):
    assert planned(page, ["ruDemoMotion"], "", None, DEMO)[0] == DEMO


def test_the_command_line_and_the_page_ask_for_the_same(studio, page):
    for names in (["ruDemoMotion"], ["ruCLEVR"], ["ruDemoMotion", "ruTiE-Image"]):
        assert plan_of(studio, names, OWNER).tokens == studio.generation(names).max_new_tokens
    emptied = {**DEFAULTS, "tasks": picked([], None), "extra_tasks": "ruCLEVR"}
    assert spec_for(studio, list(emptied.values())).settings.max_new_tokens == MERA
    typed = emptied | {"max_new_tokens": 64}
    assert spec_for(studio, list(typed.values())).settings.max_new_tokens == 64


def test_with_no_task_there_is_nothing_to_start_and_the_reason_is_said(page):
    *_, told, ready = planned(page, [], " \n", DEMO, DEMO)
    assert not ready and "Выберите хотя бы одну задачу." in told
    *_, told, ready = planned(page, [], "ruclevr", DEMO, DEMO)
    assert ready and "1\N{NO-BREAK SPACE}задача, всего 20" in told


def test_a_name_that_leads_nowhere_is_said_while_it_is_typed(page):
    *_, told, ready = planned(page, ["ruDemoMotion"], "ruCLEWR", DEMO, DEMO)
    assert "Такой задачи нет: ruCLEWR. 1\N{NO-BREAK SPACE}задача" in told and ready


def test_a_task_that_is_ticked_and_typed_as_a_folder_is_one_task(studio, tmp_path):
    folder = str(write_task(tmp_path / "Things", ["да"]))
    studio.wait(studio.start(RunSpec("our/model", (folder,))), timeout_s=60)
    plan = plan_of(studio, ["Things", folder], OWNER)
    assert [task.name for task in plan.tasks] == ["Things"] and not plan.unknown


def test_a_visitors_path_is_not_looked_up(studio, page, tmp_path):
    folder = str(write_task(tmp_path / "Things", ["a"]))
    assert [task.name for task in plan_of(studio, [folder], OWNER).tasks] == ["Things"]
    assert plan_of(studio, [folder, "ruDemoMotion"], Viewer()).unknown == (folder,)
    told = planned(page, [], folder, DEMO, DEMO, request(host="203.0.113.7"))[2]
    assert "Такой задачи нет" in words(told)


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (BadInput("out_of_bounds", name="max_new_tokens", value=0, low=1, high=2), "max_new_tokens"),
        (BadInput("out_of_bounds", name="image_max_side", value=0, low=1, high=2), "image_side"),
        (BadInput("no_tasks"), "tasks"),
        (TaskError("unknown_task", name="x", known=""), "extra_tasks"),
        (ModelError("unknown_model", name="x"), "model"),
        (BadInput("resize_conflict"), ""),
    ],
)
def test_a_refusal_knows_the_field_that_it_is_about(error, field):
    assert field_of(error) == field
