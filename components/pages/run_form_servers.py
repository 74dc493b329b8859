"""The part of the Run page's form about models behind servers: their addresses, and what stands there."""

import itertools
import logging
from collections.abc import Iterator
from typing import Any

import gradio as gr

from components.pages.run_plan import field_id, refusal_html, title_of
from components.who import viewer
from components.widgets.base import panel
from components.widgets.text import safe
from studio.core.engine import LOADS, Settings
from studio.core.errors import StudioError
from studio.core.run import Viewer
from studio.service import Studio
from studio.texts import Lang, t

log = logging.getLogger("studio.pages")
_DEFAULTS = Settings()


def server_fields(lang: Lang) -> dict[str, Any]:
    """The fields, by their names in `Form`."""
    panel(f'<p class="st-root st-label">{safe(t("run.settings.server", lang))}</p>')
    with gr.Column(elem_classes="st-with-note"):
        address: dict[str, Any] = {
            "servers_txt": gr.Textbox(
                label=t("run.servers", lang), info=t("run.servers.info", lang), elem_classes="st-wide",
                placeholder="http://127.0.0.1:8000/v1", elem_id=field_id("servers"),
            ),
            "servers_note": panel("", "servers.js", elem_id="servers-note"),
        }  # fmt: skip
    with gr.Row():
        fields: dict[str, Any] = {
            "key_env_txt": gr.Textbox(
                label=t("run.key_env", lang), info=t("run.key_env.info", lang), min_width=150,
                elem_id=field_id("key_env"),
            ),
            "concurrency_num": gr.Number(
                _DEFAULTS.concurrency, label=t("run.concurrency", lang), precision=0, min_width=150,
                elem_id=field_id("concurrency"),
            ),
            "load_dd": gr.Dropdown(
                list(LOADS), value=_DEFAULTS.load, label=t("run.load", lang), info=t("run.load.info", lang),
                min_width=240, elem_id=field_id("load"),
            ),
            "vllm_args_txt": gr.Textbox(
                label=t("run.vllm_args", lang), info=t("run.vllm_args.info", lang), elem_classes="st-wide",
                placeholder="--max-model-len 8192 -tp 2", elem_id=field_id("vllm_args"),
            ),
        }  # fmt: skip
    return {**address, **fields}


def wire_servers(studio: Studio, form: Any, shown: Any, lang: Lang) -> None:
    """An address → that it is being asked, then the models that stand there, the first of them picked, or why there are
    none, below the field; no address → the studio's own again."""
    turns = itertools.count()

    @shown
    def changed(
        request: gr.Request, servers: str | None, key_env: str | None, noted: str | None
    ) -> Iterator[tuple[Any, str]]:
        if not (servers or "").strip():
            yield offered(studio, "", key_env, viewer(studio, request), lang) if noted else (gr.skip(), "")
            return
        yield gr.skip(), asking_html(lang)
        try:
            yield offered(studio, servers, key_env, viewer(studio, request), lang)
        except StudioError as error:
            log.info("no models of servers: %s", error)
            yield gr.skip(), refusal_html(error, lang, next(turns))

    inputs = [form.servers_txt, form.key_env_txt, form.servers_note]
    for field in (form.servers_txt, form.key_env_txt):
        for event in (field.submit, field.blur):
            event(
                changed,
                inputs,
                [form.model_dd, form.servers_note],
                show_progress="hidden",
                api_visibility="private",
                trigger_mode="always_last",
            )


def asking_html(lang: Lang) -> str:
    """A server far away, or one that nobody answers for, takes seconds; an answer at once leaves no trace."""
    return f'<p class="st-root st-note st-asking" role="status">{safe(t("run.servers.asking", lang))}</p>'


def offered(
    studio: Studio, servers: str | None, key_env: str | None, who: Viewer, lang: Lang
) -> tuple[Any, str]:
    """The list of models, as an update of the field, and a note on who answers. Raises BadInput for what is no address
    or key, ModelError when nobody answers, NotAllowed for a visitor."""
    addresses = tuple((servers or "").split())
    if not addresses:
        own = [(title_of(info, lang), info.name) for info in studio.models()]
        return gr.update(choices=own, value=own[0][1] if own else None), ""
    found = studio.server_models(addresses, (key_env or "").strip(), who)
    names = list(dict.fromkeys(name for names in found.values() for name in names))
    told = t("run.servers.found", lang, n=len(found), of=len(addresses), models=", ".join(names))
    choices = [(name, name) for name in names]
    return gr.update(
        choices=choices, value=names[0] if names else None
    ), f'<p class="st-root st-note">{safe(told)}</p>'
