"""The form of the Run page: what its fields ask for, and what it says about a model and a choice of tasks."""

from pathlib import Path

import gradio as gr
import pytest

from components.pages.run_form import Form, build_form, chosen_tasks, model_note, plan_note, spec_of
from components.widgets.picker import picked
from studio.core.engine import Settings
from studio.core.task import TaskInfo
from studio.engines.scripted import ScriptedEngine
from tests.support import scripted_studio

DEFAULTS = {
    "model": "embedded", "tasks": picked(["A"], None), "limit": None, "extra_tasks": "", "max_new_tokens": None,
    "batch_size": None, "temperature": None, "top_p": None, "seed": None, "frames": None, "image_side": None,
    "history": None, "media": None,
    "dtype": None, "device": None, "judge": None, "revision": None,
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
        }
    )
    expected = Settings(
        max_new_tokens=7, batch_size=3, temperature=0.5, top_p=0.9, seed=0, frames=4, image_max_side=448, history=0,
        media="null", dtype="float32", device="cpu",
    )  # fmt: skip
    assert spec.settings == expected and (spec.limit, spec.judge, spec.revision) == (5, "x/judge", "v1")


@pytest.mark.parametrize("sent", [None, {}, {"tasks": None}, "A", ["A"], {"tasks": [1, {"a": 2}]}])
def test_a_browsers_value_of_the_task_cards_may_be_anything(sent):
    assert chosen_tasks(sent, " /one \n\n/two\n/one") == ("/one", "/two")


def test_the_inputs_stand_in_the_order_of_spec_of(studio):
    with gr.Blocks(analytics_enabled=False):
        form = build_form(studio, "ru")
    names = [name.rsplit("_", 1)[0] for name in list(Form.__dataclass_fields__)[: len(form.inputs)]]
    assert (
        names == list(DEFAULTS) and form.inputs[0] is form.model_dd and form.inputs[-1] is form.revision_txt
    )


def test_the_demo_suite_is_ticked_so_that_start_is_all_that_is_needed(studio):
    with gr.Blocks(analytics_enabled=False):
        form = build_form(studio, "ru")
    demo = [info.name for info in studio.tasks() if info.suite == "demo"]
    assert form.tasks_picker.value == picked(demo, None) and form.model_dd.value == "embedded"
    assert all(f'value="{name}"' in form.tasks_picker.props["cards"] for name in demo)


@pytest.mark.parametrize(
    ("chosen", "limit", "said"),
    [
        (["A", "B"], 20, "2\N{NO-BREAK SPACE}задачи, всего 25\N{NO-BREAK SPACE}вопросов."),
        (["A"], None, "1\N{NO-BREAK SPACE}задача, всего 60\N{NO-BREAK SPACE}вопросов."),
        (["A"], 0, "1\N{NO-BREAK SPACE}задача, всего 60\N{NO-BREAK SPACE}вопросов."),
        ([], 20, "Выберите хотя бы одну задачу."),
    ],
)
def test_the_plan_is_told_in_words(chosen, limit, said):
    assert said in plan_note([task("A", 60), task("B", 5)], picked(chosen, None), limit, "ru")


def test_a_model_of_which_nothing_is_known_yet_is_said_to_be_so(studio):
    assert "при загрузке" in model_note(studio, "somebody/large", "ru")
    assert "once it is loaded" in model_note(studio, "<b>", "en")
