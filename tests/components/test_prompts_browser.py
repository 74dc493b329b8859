"""Prompts in a real browser: the score and the task are in the address, cells lead to samples, the button to a run."""

import pytest

from studio.core.crossing import Crossing
from tests.components.serving import serving
from tests.crossing import write_prompted
from tests.service.test_prompt_scores import moody, steady
from tests.two_models import ran, studio_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    home = tmp_path_factory.mktemp("prompts")
    studio = studio_of(home / "home", {"our/steady": steady, "our/moody": moody})
    folder = write_prompted(home / "Things")
    ran(studio, "our/moody", folder)
    ran(studio, "our/steady", folder, crossed=Crossing(6))
    yield studio
    studio.close()


def test_a_run_is_walked_from_its_prompts_to_one_sample_and_to_a_crossed_run(studio, browser_page) -> None:
    wide, plain = (run.id for run in studio.runs())
    with serving(studio) as url:
        page = browser_page
        page.goto(url + f"prompts?run={wide}")
        page.wait_for_selector(".pr-grid")
        page.click('[data-mark="js"]')
        page.wait_for_url("**mark=js**")
        page.wait_for_selector('[data-mark="js"][aria-pressed="true"]')
        sample = page.get_attribute(".pr-row [data-sample]", "data-sample")
        page.click(".pr-row [data-sample]")
        page.wait_for_url(f"**sample={sample}**")
        page.go_back()
        page.wait_for_selector(".pr-grid")
        page.goto(url + f"prompts?run={plain}")
        page.wait_for_selector(".pr-ask select")
        page.select_option(".pr-ask select", "10")
        page.click(".pr-ask button")
        page.wait_for_url("**run=r**")
        page.wait_for_selector("[data-run]")
        (newest, *_) = studio.runs()
        assert newest.spec.crossed == Crossing(10) and newest.id in page.url
