"""The app as a whole: one Blocks, every page in two languages, the header above each."""

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from components.accounts import blocks_of
from components.doors import Doors, declared, guard
from components.downloads import routes
from components.importing import import_routes
from components.joining import joining_routes
from components.links import PAGES, PageKey, path
from components.medium import medium_routes
from components.nowhere import not_found
from components.owner import owner_routes
from components.pages.annotate import build_annotate_page
from components.pages.compare import build_compare_page
from components.pages.experiments import build_experiments_page
from components.pages.health import build_health_page
from components.pages.inspect import build_inspect_page
from components.pages.leaderboard import build_leaderboard_page
from components.pages.organise import build_organise_page
from components.pages.prompts import build_prompts_page
from components.pages.reasons import build_reasons_page
from components.pages.run import build_run_page
from components.pages.runs import build_runs_page
from components.pages.signed import header_functions
from components.pages.submission import build_submission_page
from components.pages.whatif import build_whatif_page
from components.project_downloads import project_routes
from components.submitting import submission_routes
from components.theme import ASSETS, CSS_PATHS, theme
from components.widgets.header import FOR_PEOPLE, header_html
from studio.service import Studio
from studio.texts import LANGS, Lang, t

Builder = Callable[[gr.Blocks, Studio, Lang], None]
BUILDERS: Mapping[PageKey, Builder] = {
    "run": build_run_page,
    "inspect": build_inspect_page,
    "annotate": build_annotate_page,
    "organise": build_organise_page,
    "runs": build_runs_page,
    "leaderboard": build_leaderboard_page,
    "experiments": build_experiments_page,
    "submission": build_submission_page,
    "whatif": build_whatif_page,
    "compare": build_compare_page,
    "health": build_health_page,
    "prompts": build_prompts_page,
    "reasons": build_reasons_page,
}


def build_app(studio: Studio, builders: Mapping[PageKey, Builder] = BUILDERS) -> gr.Blocks:
    """The pages on their paths, Russian at the root and English beside it."""
    demo = blocks_of(studio.settings)(
        title=t("app.title"), analytics_enabled=False, delete_cache=(3600, 86400), fill_width=True
    )
    places = [(key, lang) for lang in LANGS for key in PAGES]
    for key, lang in places:
        if path(key, lang):
            demo.route(t(f"nav.{key}", lang), path(key, lang), show_in_navbar=False)
    # `with demo.route(…)` for each page would build Gradio's whole web app again at every exit (0.2 s of work each):
    # the routes come first and one `with` holds all pages, told apart by what `route` itself sets.
    with demo:
        for key, lang in places:
            demo.current_page = path(key, lang)
            header(key, lang, studio)
            builders[key](demo, studio, lang)
    guard(demo, studio)
    return demo.queue(default_concurrency_limit=20, max_size=200, api_open=False)


def launch_settings(studio: Studio) -> dict[str, Any]:
    """How the app is served, everywhere: nothing recorded in the visitor's browser, no telemetry page, no raw errors,
    no file by its path. `run_history` and `enable_monitoring` are on by default in Gradio 6."""
    return {
        "theme": theme(),
        "css_paths": CSS_PATHS,
        "app_kwargs": {
            "routes": declared(
                [
                    *routes(studio),
                    *medium_routes(studio),
                    *project_routes(studio),
                    *owner_routes(studio),
                    *joining_routes(studio),
                    *submission_routes(studio),
                    *import_routes(studio),
                ]
            ),
            "middleware": [Middleware(Doors, studio=studio)],
            "exception_handlers": {404: not_found},
        },
        "ssr_mode": False,
        "run_history": False,
        "enable_monitoring": False,
        "mcp_server": False,
        "pwa": False,
        "share": False,
        "footer_links": [],
        "show_error": False,
        "max_file_size": "5mb",
        "state_session_capacity": 500,
        "allowed_paths": [],
        "blocked_paths": [str(studio.settings.db), str(studio.settings.data)],
    }


def header(current: PageKey, lang: Lang, studio: Studio) -> gr.HTML:
    """Name, links, language and theme. Its script also tells the document its language and title."""
    keyed = bool(studio.settings.owner_key)
    return gr.HTML(
        header_html(current, lang, keyed=keyed),
        js_on_load=(ASSETS / "header.js").read_text("utf-8"),
        apply_default_css=False,
        server_functions=header_functions(studio, lang) if keyed or current in FOR_PEOPLE else None,
        page_lang=lang,
        error_title=t("error.title", lang),
        page_title=f"{t(f'nav.{current}', lang)} · {t('app.title', lang)}",
    )
