"""Colours can be read by everyone: WCAG 2.2 AA contrast of every pair of text and surface, in both themes."""

import re
from itertools import pairwise, product
from pathlib import Path

import pytest

from components.theme import ASSETS, CSS_PATHS, theme

SHEET = (ASSETS / "studio.css").read_text("utf-8")
SURFACES = ("bg", "surface", "surface-2", "field")
TONES = ("good", "bad", "warn", "info", "accent", "quiet")
CELLS = ("both", "em_only", "js_only", "neither", "unscored", "failed")


def tokens(selector: str) -> dict[str, str]:
    block = SHEET.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--st-([\w-]+):\s*(#[0-9a-f]{6})", block))


THEMES = {"light": tokens(".st-light"), "dark": tokens("\n.dark")}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, str]]:
    text = product(("ink", "ink-2", "ink-3", "accent", "bad"), SURFACES)
    chips = ((tone, f"{tone}-soft") for tone in TONES)
    return [
        (name, *pair)
        for name in THEMES
        for pair in (*text, *chips, ("on-accent", "accent"), ("on-accent", "accent-strong"))
    ]


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("name", "text", "surface"), pairs())
def test_text_has_contrast(name, text, surface):
    colours = THEMES[name]
    assert contrast(colours[text], colours[surface]) >= 4.5


@pytest.mark.parametrize(("name", "cell"), list(product(THEMES, CELLS)))
def test_the_sign_on_a_square_can_be_read(name, cell):
    """Bold signs on squares of 24 px: the bar for graphics, 3:1, against the sign's colour in the style sheet."""
    sign = "#11161a" if (name, cell) == ("dark", "failed") else "#ffffff"
    assert contrast(THEMES[name][f"c-{cell}"], sign) >= 3


STEPS = [f"h{step}" for step in range(8)]


@pytest.mark.parametrize(("name", "step"), list(product(THEMES, STEPS)))
def test_a_number_can_be_read_on_every_step_of_the_scale(name, step):
    assert contrast(THEMES[name]["ink"], THEMES[name][step]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_the_scale_is_one_hue_that_only_grows_away_from_the_page(name):
    """Lightness alone tells the value, so the colour-blind and a printer read it too."""
    lights = [luminance(THEMES[name][step]) for step in STEPS]
    assert lights == sorted(lights, reverse=name == "light")
    assert all(contrast(THEMES[name][a], THEMES[name][b]) >= 1.08 for a, b in pairwise(STEPS))
    assert contrast(THEMES[name][STEPS[0]], THEMES[name][STEPS[-1]]) >= 2


def test_both_themes_have_the_same_colours():
    assert THEMES["light"].keys() == THEMES["dark"].keys()


@pytest.mark.parametrize("path", CSS_PATHS, ids=lambda path: Path(path).name)
def test_no_rule_inside_a_media_query_begins_where_gradio_would_make_it_match_nothing(path):
    """Gradio puts `.gradio-container … .contain` before every selector there and drops the rule as it was written."""
    sheet = re.sub(r"/\*.*?\*/", "", Path(path).read_text("utf-8"), flags=re.S)
    inside = "".join(re.findall(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", sheet))
    selectors = re.findall(r"([^{}]+)\{", inside)
    assert [
        one
        for one in selectors
        if re.search(r"gradio-container|(?<![\w.-])(?:body|html)\b|:root|\.dark\b", one)
    ] == []


def test_every_token_that_is_used_exists():
    scripts = "".join(script.read_text("utf-8") for script in ASSETS.glob("*.js"))
    set_by_scripts = set(re.findall(r"setProperty\('(--st-[\w-]+)'", scripts))
    known = set(re.findall(r"--st-[\w-]+(?=:)", SHEET)) | {"--st-tone"} | set_by_scripts
    used = {
        token for path in CSS_PATHS for token in re.findall(r"var\((--st-[\w-]+)", path.read_text("utf-8"))
    }
    assert used <= known


def test_the_theme_of_gradio_is_made_of_our_tokens():
    made = theme()
    assert (
        made.button_primary_background_fill == made.button_primary_background_fill_dark == "var(--st-accent)"
    )
    assert "googleapis" not in str(made._stylesheets), "fonts come from the system, not from the network"


def test_every_sheet_is_there():
    assert all(Path(path).is_file() for path in CSS_PATHS)
    assert CSS_PATHS[0].name == "studio.css"
