"""A studio with something on every page: two models over pictures, sounds and a clip, labels of two people, a draw, a
check of the judge. Who is right where is known beforehand; addresses of all pages come from here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from components.links import PAGES, PageKey, path
from studio.core.engine import Request
from studio.core.engine import Settings as Generation
from studio.core.label import NewLabel
from studio.core.reasons import GroupingSpec
from studio.core.run import SampleFilter
from studio.core.trials import CalibrationSpec
from studio.service import Studio
from studio.texts import LANGS, Lang
from tests.components.serving import write_sound_task
from tests.support import SeeingEngine, write_media_task, write_task
from tests.two_models import ran, studio_of

CLIP = Path(__file__).parent.parent.parent / "data" / "demo" / "ruDemoMotion" / "samples" / "video0001.mp4"
GOLDS = ["кот", "пёс", "красный шар", "12,5", "да", "нет"] * 6
# A model's ways to answer, in turn. The judge of these tests knows no gold of two words: there EM is right alone.
WAYS = ("ОТВЕТ: {}", "ОТВЕТ: {}", "Думаю, {} это", "не знаю", "Это что-то вроде")
SMALL = Generation(image_max_side=512)
NOTES = {"wrong": ("ответ не о том", ("тема",)), "unsure": ("не видно на картинке", ("качество",))}


class Bench(NamedTuple):
    """Ids of what is there."""

    run: str
    other: str
    calibration: str

    def address(self, page: PageKey, lang: Lang) -> str:
        """Where a page shows something of it, under the studio's root. A page that nobody thought of gets the run."""
        asked = QUERIES.get(page, lambda bench: f"run={bench.run}")(self)
        return f"{path(page, lang)}?{asked}"


QUERIES: Mapping[PageKey, Callable[[Bench], str]] = {
    "run": lambda bench: "",
    "annotate": lambda bench: "task=Things",
    "runs": lambda bench: "",
    "leaderboard": lambda bench: "",
    "experiments": lambda bench: f"calibration={bench.calibration}",
    "submission": lambda bench: f"runs={bench.run}",
    "compare": lambda bench: f"runs={bench.run},{bench.other}",
}
ADDRESSED: tuple[tuple[PageKey, Lang], ...] = tuple((page, lang) for page in PAGES for lang in LANGS)


def answering(shift: int) -> Callable[[Request], str]:
    """A model's rule: which way it answers goes round, from `shift` on."""
    return lambda asked: WAYS[(asked.key + shift) % len(WAYS)].format(GOLDS[(asked.key - 1) % len(GOLDS)])


def whole_bench(home: Path) -> tuple[Studio, Bench]:
    """The studio, for the caller to close, and what is in it."""
    models = {f"our/{name}": SeeingEngine(answering(shift)) for shift, name in enumerate(("one", "two"))}
    studio = studio_of(home / "home", models)
    Image.effect_noise((1600, 1200), 40).save(home / "large.png")  # larger than a model is shown
    things = write_task(home / "Things", GOLDS)
    seen = write_media_task(home / "Clips", {"video": [CLIP], "image": [home / "large.png"]})
    tasks = (things, write_sound_task(home / "Sounds", 2), seen, write_task(home / "WEIRD", GOLDS[:4]))
    run, other = (ran(studio, model, *tasks, settings=SMALL) for model in models)
    label_some(studio, run)
    studio.reasons.start(GroupingSpec((run, other)))
    studio.reasons.jobs.wait((run, other))
    calibration = studio.calibrate(CalibrationSpec((str(things),)))
    studio.wait_calibration(calibration, timeout_s=60)
    return studio, Bench(run, other, calibration)


def label_some(studio: Studio, run: str) -> None:
    """All but two of a draw of thirty by one person, every third of them by another who differs now and then."""
    drawn = studio.labels.draw(run, 30, seed=5)
    rows = studio.queue(run, SampleFilter(draw=drawn.number), limit=28).rows
    for place, row in enumerate(rows):
        verdict = "unsure" if place % 9 == 8 else "wrong" if row.cell == "neither" else "right"
        note, tags = NOTES.get(verdict, ("", ()))
        studio.labels.label(run, row.sample_id, NewLabel("Анна", verdict, note, tags))
        if place % 3 == 0:
            studio.labels.label(run, row.sample_id, NewLabel("Борис", "wrong" if place % 6 else verdict))
