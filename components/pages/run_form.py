"""The form of the Run page: widgets that make a `RunSpec`, and the words that explain what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import gradio as gr

from components.pages.run_form_servers import server_fields, wire_servers
from components.pages.run_plan import field_id, model_note, plan_note, plan_of, takes_of, title_of
from components.who import viewer
from components.widgets.base import fold, panel
from components.widgets.picker import Picked, picked, picker
from components.widgets.text import safe
from studio.core.content import MEDIA_USES, MediaUse
from studio.core.engine import Load, Settings
from studio.core.run import OWNER, RunSpec
from studio.service import Studio
from studio.texts import CATALOGUE, Lang, t

DEFAULT_LIMIT = 20
_TOKENS = 4  # the place of `max_new_tokens` among the inputs
_DEFAULTS = Settings()


@dataclass(frozen=True)
class Form:
    """The widgets, in the order in which `spec_of` takes their values."""

    model_dd: gr.Dropdown
    tasks_picker: gr.HTML
    limit_num: gr.Number
    extra_tasks_txt: gr.Textbox
    max_new_tokens_num: gr.Number
    batch_size_num: gr.Number
    temperature_num: gr.Number
    top_p_num: gr.Number
    seed_num: gr.Number
    frames_num: gr.Number
    image_side_num: gr.Number
    history_num: gr.Number
    media_dd: gr.Dropdown
    dtype_dd: gr.Dropdown
    device_dd: gr.Dropdown
    judge_dd: gr.Dropdown
    revision_txt: gr.Textbox
    servers_txt: gr.Textbox
    key_env_txt: gr.Textbox
    concurrency_num: gr.Number
    load_dd: gr.Dropdown
    vllm_args_txt: gr.Textbox
    reuse_chk: gr.Checkbox
    # not inputs: words, the button, and the length of an answer that was last suggested
    model_note: gr.HTML
    plan_note: gr.HTML
    start_btn: gr.Button
    refused: gr.HTML
    suggested: gr.State
    servers_note: gr.HTML

    @property
    def inputs(self) -> list[Any]:
        return [getattr(self, name) for name in list(self.__dataclass_fields__)[:23]]


def build_form(studio: Studio, lang: Lang) -> Form:
    """Draws the form; the suite that ships with the studio is ticked, so that Start is all that is needed."""
    tasks = studio.tasks()
    demo = [task.name for task in tasks if task.suite == "demo"] or [task.name for task in tasks[:1]]
    widgets: dict[str, Any] = {}
    with gr.Row(elem_classes="st-form", equal_height=False):
        with gr.Column(scale=7, min_width=320):
            widgets["tasks_picker"] = picker(tasks, demo, lang)
            with fold(t("run.settings", lang), "settings", elem_classes=["st-settings"]):
                widgets |= _answer_fields(lang) | _media_fields(lang) | _where_fields(studio, lang)
                widgets |= server_fields(lang)
        with gr.Column(scale=4, min_width=300), gr.Column(elem_classes="st-side"):
            widgets |= _main_fields(studio, demo, lang)
    return Form(**widgets)


def spec_of(
    model: str | None,
    tasks: Picked | None,
    limit: float | None,
    extra_tasks: str | None,
    max_new_tokens: float | None,
    batch_size: float | None,
    temperature: float | None,
    top_p: float | None,
    seed: float | None,
    frames: float | None,
    image_side: float | None,
    history: float | None,
    media: str | None,
    dtype: str | None,
    device: str | None,
    judge: str | None,
    revision: str | None,
    servers: str | None = None,
    key_env: str | None = None,
    concurrency: float | None = None,
    load: str | None = None,
    vllm_args: str | None = None,
    reuse: bool | None = None,
) -> RunSpec:
    """What the form asks for; an emptied field (the browser may send 0 for it) means its default.

    `Studio.start` checks that it makes sense.
    """
    settings = Settings(
        max_new_tokens=_whole(max_new_tokens, _DEFAULTS.max_new_tokens),
        temperature=_DEFAULTS.temperature if temperature is None else float(temperature),
        top_p=_DEFAULTS.top_p if top_p is None else float(top_p),
        seed=_whole(seed, _DEFAULTS.seed),
        batch_size=_whole(batch_size, _DEFAULTS.batch_size),
        dtype=dtype or _DEFAULTS.dtype,
        device=device or _DEFAULTS.device,
        frames=_whole(frames, _DEFAULTS.frames),
        image_max_side=int(image_side) if image_side else None,
        history=_DEFAULTS.history if history is None else max(0, int(history)),
        media=cast(MediaUse, media or _DEFAULTS.media),  # an unknown one is refused by `Studio.start`
        concurrency=_whole(concurrency, _DEFAULTS.concurrency),
        load=cast(Load, load or _DEFAULTS.load),
    )
    return RunSpec(
        model=(model or "").strip(),
        tasks=chosen_tasks(tasks, extra_tasks),
        limit=int(limit) if limit else None,
        revision=(revision or "").strip() or None,
        judge=(judge or "").strip() or "auto",
        settings=settings,
        servers=tuple((servers or "").split()),
        key_env=(key_env or "").strip(),
        vllm_args=(vllm_args or "").strip(),
        reuse=bool(reuse),
    )


def chosen_tasks(tasks: Picked | None, extra: str | None) -> tuple[str, ...]:
    """Ticked tasks and the folders typed below them, each once. A browser's value is not trusted to be well formed."""
    ticked = tasks.get("tasks") if isinstance(tasks, dict) else None
    names = [name for name in ticked or [] if isinstance(name, str)]
    folders = [line.strip() for line in (extra or "").splitlines() if line.strip()]
    return tuple(dict.fromkeys([*names, *folders]))


def wire_form(studio: Studio, form: Form, shown: Any, lang: Lang) -> None:
    """Model, media → what it takes and which tasks are off; tasks, limit, tokens → the plan in words, and whether
    there is anything to start. The length of an answer follows the tasks until a person types another."""

    @shown
    def model_changed(model: str | None, media: str | None, chosen: Picked | None) -> tuple[str, Picked]:
        names = chosen_tasks(chosen, None)
        takes = None if media == "none" else takes_of(studio, model)  # without media any model can be asked
        return model_note(studio, model, lang), picked(names, takes)

    @shown
    def planned(
        request: gr.Request,
        chosen: Picked | None,
        extra: str | None,
        limit: float | None,
        tokens: float | None,
        suggested: int,
    ) -> dict[Any, Any]:
        names = chosen_tasks(chosen, extra)
        plan = plan_of(studio, names, viewer(studio, request))
        now = plan.tokens if tokens is None or tokens == suggested else int(tokens)
        return {
            form.max_new_tokens_num: gr.skip() if now == tokens else now,
            form.suggested: plan.tokens,
            form.plan_note: plan_note(plan, limit, now, lang),
            form.start_btn: gr.update(interactive=bool(names)),
        }

    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "always_last",
    }
    for widget in (form.model_dd, form.media_dd):
        widget.change(
            model_changed,
            [form.model_dd, form.media_dd, form.tasks_picker],
            [form.model_note, form.tasks_picker],
            **quiet,
        )
    wire_servers(studio, form, shown, lang)
    sources = [form.tasks_picker, form.extra_tasks_txt, form.limit_num, form.max_new_tokens_num]
    outputs = [form.max_new_tokens_num, form.suggested, form.plan_note, form.start_btn]
    # A number half typed is not a number yet: of the tokens only what is left in the field counts.
    for listen in (*(source.change for source in sources[:3]), form.max_new_tokens_num.blur):
        listen(planned, [*sources, form.suggested], outputs, **quiet)


def spec_for(studio: Studio, values: Sequence[Any]) -> RunSpec:
    """What the form asks for; the length of an answer, where its field was emptied, is the tasks' own."""
    spec = spec_of(*values)
    if values[_TOKENS] is not None:
        return spec
    tokens = studio.generation(spec.tasks).max_new_tokens
    return replace(spec, settings=replace(spec.settings, max_new_tokens=tokens))


def _main_fields(studio: Studio, ticked: Sequence[str], lang: Lang) -> dict[str, Any]:
    models = studio.models()
    first = models[0].name if models else None
    choices = [(title_of(info, lang), info.name) for info in models]
    model_dd = gr.Dropdown(
        choices, value=first, label=t("run.model", lang), info=t("run.model.info", lang),
        allow_custom_value=True, filterable=True, elem_id="model",
    )  # fmt: skip
    note = panel(model_note(studio, first, lang))
    limit_num = gr.Number(
        DEFAULT_LIMIT, label=t("run.limit", lang), info=t("run.limit.info", lang), precision=0,
        elem_id="limit",
    )  # fmt: skip
    start_btn = gr.Button(t("run.start", lang), variant="primary", size="lg", elem_id="start")
    plan = plan_of(studio, ticked, OWNER)
    words = panel(plan_note(plan, DEFAULT_LIMIT, plan.tokens, lang))
    return {
        "model_dd": model_dd,
        "model_note": note,
        "limit_num": limit_num,
        "start_btn": start_btn,
        "plan_note": words,
        "refused": panel("", "refusal.js"),
        "suggested": gr.State(plan.tokens),
    }


def _answer_fields(lang: Lang) -> dict[str, Any]:
    panel(_title(t("run.settings.generation", lang)))
    with gr.Row():
        return {
            "max_new_tokens_num": _number("max_new_tokens", _DEFAULTS.max_new_tokens, lang),
            "temperature_num": _number("temperature", _DEFAULTS.temperature, lang, step=0.1),
            "top_p_num": _number("top_p", _DEFAULTS.top_p, lang, step=0.05),
            "seed_num": _number("seed", _DEFAULTS.seed, lang),
            "batch_size_num": _number("batch_size", _DEFAULTS.batch_size, lang),
            "reuse_chk": gr.Checkbox(
                False, label=t("run.reuse", lang), info=t("run.reuse.info", lang), elem_classes="st-wide",
                elem_id=field_id("reuse"),
            ),
        }  # fmt: skip


def _media_fields(lang: Lang) -> dict[str, Any]:
    panel(_title(t("run.settings.media", lang)))
    with gr.Row():
        fields: dict[str, Any] = {
            "frames_num": _number("frames", _DEFAULTS.frames, lang),
            "image_side_num": _number("image_side", 0, lang),
            "history_num": _number("history", _DEFAULTS.history, lang),
            "media_dd": gr.Dropdown(
                [(t(f"run.media.{use}", lang), use) for use in MEDIA_USES],
                value=_DEFAULTS.media,
                label=t("run.media", lang),
                min_width=150,
                elem_id="media",
            ),
        }
        fields["extra_tasks_txt"] = gr.Textbox(
            label=t("run.extra_tasks", lang),
            info=t("run.extra_tasks.info", lang),
            lines=2,
            elem_classes="st-wide",
            elem_id=field_id("extra_tasks"),
        )
    return fields


def _where_fields(studio: Studio, lang: Lang) -> dict[str, Any]:
    panel(_title(t("run.settings.where", lang)))
    judges = [
        (t(key, lang) if (key := f"run.judge.{name}") in CATALOGUE else name, name)
        for name in studio.judges()
    ]
    with gr.Row():
        return {
            "judge_dd": gr.Dropdown(
                judges, value="auto", label=t("run.judge", lang), allow_custom_value=True
            ),
            "revision_txt": gr.Textbox(label=t("run.revision", lang), info=t("run.revision.info", lang)),
            "dtype_dd": gr.Dropdown(
                ["auto", "float32", "bfloat16", "float16"], value=_DEFAULTS.dtype, label=t("run.dtype", lang)
            ),
            "device_dd": gr.Dropdown(
                ["auto", "cpu", "cuda", "mps"], value=_DEFAULTS.device, label=t("run.device", lang)
            ),
        }


def _number(key: str, value: float | None, lang: Lang, *, step: float = 1) -> gr.Number:
    """A number without bounds of Gradio's: its refusals are English, ours (`Studio.start`) name the field."""
    info = t(f"run.{key}.info", lang) if f"run.{key}.info" in _INFOS else None
    return gr.Number(
        value, label=t(f"run.{key}", lang), info=info, step=step, precision=0 if step == 1 else None,
        min_width=150, elem_id=field_id(key),
    )  # fmt: skip


_INFOS = {"run.max_new_tokens.info", "run.temperature.info", "run.image_side.info", "run.history.info"}


def _whole(value: float | None, default: int) -> int:
    return default if value is None else int(value)


def _title(text: str) -> str:
    return f'<p class="st-root st-label">{safe(text)}</p>'
