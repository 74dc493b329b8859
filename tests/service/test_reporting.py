"""Reports: what is counted in them, which samples are shown, what is withheld, and how they keep to their size."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.label import NewLabel
from studio.core.places import judge_named, last_name, unplaced
from studio.core.report import ReportAsked
from studio.core.rules import Rules
from studio.core.run import CELLS, RunSpec, SampleFilter
from studio.report.page_setup import unlike
from studio.service.report_picks import picked
from studio.store.scored import Standing
from tests.people import finished, kept_from
from tests.support import scripted_studio, write_task

GOLDS = ["кот", "пёс", "да", "нет"] * 5
SECRET = "тайный-эталон"
HOSTILE = "<script>document.title='взлом'</script><img src=x onerror=alert(1)> {gold} тут"


def answer(asked) -> str:
    """In turn: right by both, by the judge only (with markup in it), and twice by none."""
    gold = GOLDS[(asked.key - 1) % len(GOLDS)]
    return [f"ОТВЕТ {gold}", HOSTILE.format(gold=gold), "не знаю", "ОТВЕТ 7"][(asked.key - 1) % 4]


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path / "home", answer, data=tmp_path / "no-demo")
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    tasks = (str(write_task(tmp_path / "A", GOLDS)), str(write_task(tmp_path / "B", GOLDS[:8], blue=60)))
    return done(studio, RunSpec("our/model", tasks))


def done(studio, spec: RunSpec) -> str:
    run = studio.start(spec)
    studio.wait(run, timeout_s=30)
    return run


def html(made) -> str:
    return made.html.decode()


def test_the_report_counts_what_the_pages_count(studio, run):
    report = studio.reports.make(ReportAsked((run,)), "ru").report
    (found,) = report.runs
    for cells, confusion in zip(found.cells, studio.confusions(run), strict=True):
        assert cells.task == confusion.task
        assert {cell: cells.counts.get(cell, 0) for cell in CELLS} == {
            cell: confusion.counts.get(cell, 0) for cell in CELLS
        }
        for cell, share in cells.shares.items():
            assert share.mean == pytest.approx(confusion.share(cell))
            assert share.low <= share.mean <= share.high
    assert found.scores == studio.scores(run)


def test_every_disagreement_is_shown_once_and_no_more_than_asked(studio, run):
    whole = studio.reports.make(ReportAsked((run,)), "ru").report
    n = studio.queue(run, SampleFilter(cell="disagree")).total
    assert (len(whole.items), whole.found) == (n, n) and n == 7
    assert {item.card.cell for item in whole.items} == {"js_only"}
    assert len({item.card.sample_id for item in whole.items}) == n
    some = studio.reports.make(ReportAsked((run,), top=3), "ru").report
    assert (len(some.items), some.found) == (3, n)
    assert [item.card.task for item in some.items] == ["A", "B", "A"], "tasks take turns"


def test_a_filter_shows_its_samples_in_its_own_order(studio, run):
    where = "cell:neither,both -task:B order:-number"
    report = studio.reports.make(ReportAsked((run,), top=4, where=where), "ru").report
    shown = [item.card.number for item in report.items]
    rows = studio.queue(run, SampleFilter(where=where)).rows
    assert shown == [row.number for row in rows[:4]] and report.found == len(rows) == 15
    with pytest.raises(StudioError):
        studio.reports.make(ReportAsked((run,), where="task:("), "ru")


def test_the_surest_of_each_task_come_first():
    lines = [
        Standing(1, 11, 1, "js_only", 0.6), Standing(2, 12, 1, "em_only", 0.01), Standing(3, 13, 2, "js_only", 0.9),
        Standing(4, 14, 1, "js_only", None), Standing(5, 15, 2, "both", 0.99),
    ]  # fmt: skip
    wanted = {"r": {1: 0, 2: 0, 3: 0, 4: 0}}
    picks, found = picked({"r": lines}, {"r": {}}, wanted, 10, in_turn=True)
    assert ([pick.samples["r"] for pick in picks], found) == ([12, 13, 11, 14], 4)
    ranked, _ = picked({"r": lines}, {"r": {}}, {"r": {4: 0, 1: 1}}, 10, in_turn=False)
    assert [pick.samples["r"] for pick in ranked] == [14, 11]


def test_a_question_of_two_runs_stands_once_with_both_answers(studio, run, tmp_path):
    other = done(studio, RunSpec("other/model", (str(tmp_path / "A"),), limit=4))
    report = studio.reports.make(ReportAsked((run, other)), "ru").report
    shared = [item for item in report.items if all(item.cards)]
    assert len(shared) == 1, "of A the other run has four questions, one of which EM and the judge differ on"
    left, right = shared[0].cards
    assert left.key == right.key and left.question == right.question
    assert "Этого вопроса в прогоне нет" in html(studio.reports.make(ReportAsked((run, other)), "ru"))


def test_a_run_that_was_scored_anew_is_told_by_the_rules_that_score_it_now(studio, run, tmp_path):
    other = done(studio, RunSpec("other/model", (str(tmp_path / "A"), str(tmp_path / "B"))))
    alike = studio.reports.make(ReportAsked((run, other)), "ru")
    assert html(alike).count("studio-2</td>") == 2 and "exact match" not in unlike(alike.report, "ru")
    studio.rescoring.save("мягкие", Rules(contains=True))
    studio.rescoring.rescore(run, "мягкие")
    studio.rescoring.wait(run)
    made = studio.reports.make(ReportAsked((run, other)), "ru")
    assert "<td>studio-2+мягкие</td><td>studio-2</td>" in html(made)
    assert "правила exact match" in unlike(made.report, "ru")


def test_nothing_of_a_private_task_but_its_scores(studio, run, tmp_path):
    folder = write_task(tmp_path / "Closed", [*GOLDS[:4], SECRET], access="private")
    closed = done(studio, RunSpec("our/model", (str(folder), str(tmp_path / "B"))))
    made = studio.reports.make(ReportAsked((closed,)), "ru")
    assert made.report.withheld == ("Closed",)
    assert {item.card.task for item in made.report.items} == {"B"}
    assert made.report.found == 2, "those of the private task are not even counted among what could be shown"
    text = html(made)
    assert SECRET not in text and "Закрытые задачи: Closed" in text
    assert text.count("data:image/jpeg") == 2
    (found,) = made.report.runs
    assert [score.task for score in found.scores] == ["Closed", "B", ""], "its scores are there"


def test_the_file_says_nothing_of_the_machine(studio, run, tmp_path):
    told = html(studio.reports.make(ReportAsked((run,)), "en"))
    assert str(tmp_path) not in told and "/tmp" not in told


def test_a_run_is_told_without_addresses_options_and_folders(studio, run):
    view = studio.run(run)
    spec = replace(
        view.spec, model="/home/me/models/ours", servers=("http://10.0.0.7:8000/v1",), key_env="MY_KEY",
        vllm_args="--api-key secret", tasks=("/home/me/data/A",),
    )  # fmt: skip
    resolved = {
        "engine": {"engine": "vllm", "model": "/home/me/models/ours", "device": "http://10.0.0.7:8000/v1"}
    }
    told = repr(unplaced(replace(view, model=spec.model, spec=spec, resolved=resolved)))
    for private in ("10.0.0.7", "MY_KEY", "secret", "/home/me"):
        assert private not in told
    assert "ours" in told and "vllm" in told


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("/home/me/models/ours", "ours"),
        ("C:\\models\\ours", "ours"),
        ("~/ours", "ours"),
        ("owner/name", "owner/name"),
    ],
)
def test_a_folder_is_named_by_its_last_part(given, shown):
    assert last_name(given) == shown


def test_a_judge_is_named_without_its_address():
    assert judge_named("llm:http://10.0.0.7:8000/v1#Qwen/Qwen3@abc") == "llm:#Qwen/Qwen3@abc"
    assert judge_named("embedded@12ab") == "embedded@12ab"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_nothing_in_the_file_can_run_or_fetch(studio, run, lang):
    text = html(studio.reports.make(ReportAsked((run,)), lang))
    bare = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "&lt;script&gt;" in bare, "the hostile answer is there to be read"
    assert not re.search(r"<script|<iframe|<object|<link|javascript:", bare, re.IGNORECASE)
    assert not re.search(r"<[^>]*\s(on\w+|style)=", bare), "no handlers, no styles beside the sheet"
    sources = re.findall(r'(?:src|href)="([^"]{0,30})', bare)
    assert sources and all(each.startswith(("data:image/jpeg;base64,", "#")) for each in sources)


def test_labels_of_people_and_the_corrected_score_are_in_it(studio, run):
    bare = html(studio.reports.make(ReportAsked((run,)), "ru"))
    assert "Меток людей в этом прогоне нет" in bare and "С поправкой" not in bare
    for cell, verdict in (("both", "right"), ("js_only", "wrong"), ("neither", "wrong")):
        for row in studio.queue(run, SampleFilter(cell=cell)).rows:
            studio.labels.label(run, row.sample_id, NewLabel("Анна", verdict))
    made = studio.reports.make(ReportAsked((run,)), "ru")
    (found,) = made.report.runs
    assert found.people.labelled == 28
    assert found.corrected == studio.health.of(run).scores
    assert "С поправкой" in html(made)


def test_the_file_keeps_to_its_size_and_says_what_it_left_out(studio, tmp_path):
    import numpy as np
    from PIL import Image

    folder = write_task(tmp_path / "Large", ["пёс"] * 12)
    noise = np.random.default_rng(1)
    for number in range(12):
        pixels = noise.integers(0, 256, (600, 600, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"samples/{number:04}.png")
    run = done(studio, RunSpec("our/model", (str(folder),)))
    found = studio.queue(run, SampleFilter(cell="disagree")).total
    whole = studio.reports.make(ReportAsked((run,)), "ru")
    assert (whole.report.dropped, whole.report.shrunk) == (0, False) and found > 0
    less = studio.reports.make(ReportAsked((run,), size=len(whole.html) - 50_000), "ru")
    assert less.report.shrunk and less.report.dropped == 0 and "уменьшены" in html(less)
    least = studio.reports.make(ReportAsked((run,), size=200_000, where="", top=30), "ru")
    assert len(least.html) <= 200_000 and len(less.html) < len(whole.html)
    assert least.report.shown + least.report.dropped == found


def test_without_samples_it_is_scores_alone(studio, run):
    made = studio.reports.make(ReportAsked((run,), top=0), "ru")
    assert made.report.items == () and "data:image" not in html(made)


def test_a_file_that_is_gone_does_not_stop_the_report(studio, run):
    for file in studio.media_dir.glob("*.png"):
        file.unlink()
    for folder in {medium for medium in studio.media_dir.parent.parent.glob("[AB]/samples")}:
        for file in folder.glob("*.png"):
            file.unlink()
    made = studio.reports.make(ReportAsked((run,)), "ru")
    assert made.report.shown == 0 and "Файл не удалось прочитать" in html(made)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"runs": ()}, "report_runs"),
        ({"top": -1}, "out_of_bounds"),
        ({"top": 501}, "out_of_bounds"),
        ({"size": 10}, "out_of_bounds"),
        ({"runs": ("r-none",)}, "unknown_run"),
    ],
)
def test_what_cannot_be_reported_is_refused(studio, run, changes, code):
    with pytest.raises(BadInput) as refused:
        studio.reports.make(ReportAsked(**{"runs": (run,), **changes}), "ru")
    assert refused.value.problem.code == code


def test_progress_is_told(studio, run):
    said: list[tuple[str, int, int]] = []
    studio.reports.make(ReportAsked((run,)), "ru", on_progress=lambda *told: said.append(told))
    assert said[0] == ("counting", 0, 1)
    assert [done for phase, done, total in said if phase == "media" and total == 7] == list(range(7))


def test_a_report_is_made_in_the_background_and_fetched_by_its_secret(studio, run):
    job = studio.reports.begin(ReportAsked((run,)), "en")
    end = time.monotonic() + 30
    while studio.reports.job(job).phase not in {"done", "failed"} and time.monotonic() < end:
        pass
    state = studio.reports.job(job)
    assert state.phase == "done" and state.name == f"mera-studio-{run}.html"
    assert studio.reports.file(job).stat().st_size == state.size
    with pytest.raises(BadInput):
        studio.reports.file("другой")


def test_whoever_annotates_a_task_gets_nothing_of_it(studio, run, tmp_path):
    person = finished(studio, "Вера", str(tmp_path / "A"), ["кот"] * 100)
    who = kept_from(studio, "Анна", str(tmp_path / "A"))
    report = studio.reports.make(ReportAsked((run,)), "ru", who).report
    assert report.withheld == ("A",) and {item.card.task for item in report.items} == {"B"}
    with pytest.raises(NotAllowed):
        studio.reports.make(ReportAsked((person,)), "ru", who)


def test_the_file_has_the_colours_of_the_pages():
    """The report carries a sheet of its own; a colour changed on the pages and forgotten here would show."""
    root = Path(__file__).parent.parent.parent
    own = (root / "studio" / "report" / "report.css").read_text("utf-8")
    pages = (root / "components" / "assets" / "studio.css").read_text("utf-8")
    blocks = {
        "light": (own[: own.index("@media")], pages[: pages.index(".dark {")]),
        "dark": (own[own.index("@media") : own.index("* {")], pages[pages.index(".dark {") :]),
    }
    for ours, theirs in blocks.values():
        told = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", ours))
        assert len(told) > 15
        for name, colour in told.items():
            known = re.search(rf"--st-(?:c-)?{name}: (#[0-9a-f]{{6}})", theirs)
            assert known and known[1] == colour, name
