"""The look: a Gradio theme made of our tokens, and the style sheet that carries them.

Tokens (`--st-*`) live in `assets/studio.css`, light and dark; the theme points Gradio's own variables at them, so
that a number field and a card of ours are made of the same colours.
"""

from pathlib import Path

import gradio as gr

ASSETS = Path(__file__).parent / "assets"
CSS_PATHS = [
    ASSETS / f"{name}.css"
    for name in (
        "studio",
        "widgets",
        "pages",
        "pace",
        "media",
        "evidence",
        "bench",
        "health",
        "inspect",
        "compare",
        "prompts",
        "labels",
        "reasons",
        "whatif",
        "annotate",
        "organise",
        "answer_form",
        "leaderboard",
        "submission",
        "report",
        "experiments",
    )
]
SYSTEM_FONTS = [
    "ui-sans-serif",
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "sans-serif",
]
SYSTEM_MONO = ["ui-monospace", "SFMono-Regular", "Cascadia Mono", "Menlo", "Consolas", "monospace"]

_BOTH = {
    "body_background_fill": "var(--st-bg)",
    "body_text_color": "var(--st-ink)",
    "body_text_color_subdued": "var(--st-ink-2)",
    "background_fill_primary": "var(--st-surface)",
    "background_fill_secondary": "var(--st-surface-2)",
    "border_color_primary": "var(--st-line)",
    "border_color_accent": "var(--st-accent)",
    "color_accent_soft": "var(--st-accent-soft)",
    "link_text_color": "var(--st-accent)",
    "link_text_color_hover": "var(--st-accent-strong)",
    "link_text_color_visited": "var(--st-accent)",
    "block_background_fill": "var(--st-surface)",
    "block_border_color": "var(--st-line)",
    "block_label_background_fill": "var(--st-surface)",
    "block_label_text_color": "var(--st-ink-2)",
    "block_title_text_color": "var(--st-ink)",
    "block_info_text_color": "var(--st-ink-2)",
    "panel_background_fill": "var(--st-surface)",
    "panel_border_color": "var(--st-line)",
    "input_background_fill": "var(--st-field)",
    "input_background_fill_focus": "var(--st-field)",
    "input_border_color": "var(--st-line-strong)",
    "input_border_color_focus": "var(--st-accent)",
    "input_placeholder_color": "var(--st-ink-3)",
    "button_primary_background_fill": "var(--st-accent)",
    "button_primary_background_fill_hover": "var(--st-accent-strong)",
    "button_primary_border_color": "transparent",
    "button_primary_text_color": "var(--st-on-accent)",
    "button_primary_text_color_hover": "var(--st-on-accent)",
    "button_secondary_background_fill": "var(--st-surface)",
    "button_secondary_background_fill_hover": "var(--st-surface-2)",
    "button_secondary_border_color": "var(--st-line-strong)",
    "button_secondary_text_color": "var(--st-ink)",
    "button_secondary_text_color_hover": "var(--st-ink)",
    "button_cancel_background_fill": "var(--st-surface)",
    "button_cancel_background_fill_hover": "var(--st-bad-soft)",
    "button_cancel_border_color": "var(--st-bad)",
    "button_cancel_text_color": "var(--st-bad)",
    "button_cancel_text_color_hover": "var(--st-bad)",
    "checkbox_background_color": "var(--st-field)",
    "checkbox_background_color_selected": "var(--st-accent)",
    "checkbox_border_color": "var(--st-line-strong)",
    "checkbox_border_color_selected": "var(--st-accent)",
    "checkbox_label_background_fill": "var(--st-surface)",
    "checkbox_label_background_fill_hover": "var(--st-surface-2)",
    "checkbox_label_background_fill_selected": "var(--st-accent-soft)",
    "checkbox_label_text_color": "var(--st-ink)",
    "checkbox_label_text_color_selected": "var(--st-ink)",
    "slider_color": "var(--st-accent)",
    "error_background_fill": "var(--st-bad-soft)",
    "error_border_color": "var(--st-bad)",
    "error_text_color": "var(--st-bad)",
    "loader_color": "var(--st-accent)",
    "table_border_color": "var(--st-line)",
    "table_even_background_fill": "var(--st-surface)",
    "table_odd_background_fill": "var(--st-surface-2)",
    "table_text_color": "var(--st-ink)",
    "stat_background_fill": "var(--st-accent-soft)",
}
_ONCE = {
    "block_radius": "var(--st-radius)",
    "block_shadow": "none",
    "block_border_width": "1px",
    "block_label_text_weight": "500",
    "block_title_text_weight": "600",
    "block_title_text_size": "0.9375rem",
    "block_padding": "14px",
    "container_radius": "var(--st-radius)",
    "input_radius": "var(--st-radius-s)",
    "input_border_width": "1px",
    "input_shadow": "none",
    "input_shadow_focus": "0 0 0 3px var(--st-accent-soft)",
    "input_text_size": "1rem",
    "button_large_radius": "var(--st-radius-s)",
    "button_medium_radius": "var(--st-radius-s)",
    "button_small_radius": "var(--st-radius-s)",
    "button_large_text_weight": "600",
    "button_medium_text_weight": "500",
    "button_transition": "background-color 120ms, border-color 120ms",
    "button_primary_shadow": "none",
    "button_secondary_shadow": "none",
    "layout_gap": "16px",
    "form_gap_width": "0px",
}


def theme() -> gr.themes.Base:
    """The studio's theme; light and dark differ in the tokens alone."""
    base = gr.themes.Base(
        primary_hue="cyan",
        neutral_hue="stone",
        text_size=gr.themes.sizes.text_md,
        font=SYSTEM_FONTS,
        font_mono=SYSTEM_MONO,
    )
    return base.set(**_ONCE, **_BOTH, **{f"{name}_dark": value for name, value in _BOTH.items()})
