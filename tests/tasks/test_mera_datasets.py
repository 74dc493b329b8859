"""Every one of MERA Multi's 18 tasks, from a copy with the hub's features: found by name, loaded, run, scored."""

from pathlib import Path

import pytest

from studio.core.content import media_of, text_of
from studio.core.engine import Request
from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.core.task import Sample
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from studio.tasks import Catalogue, suite_tasks
from tests.support import RuleJudge, ScriptedEngine
from tests.tasks.mera_copies import COPIES, PRIVATE, N, medium, records, write_copy

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries under `datasets`

# One name of each task that is not its own.
SAID = {"ruCommonVQA": "rucommonvqa", "ruTiE-Image": "rutie_vision_gen", "UniScienceVQA": "uniscienceqa",
        "ruHHH-Image": "ruHHH_Image", "RuSLUn": "ruslun", "ruTiE-Audio": "rutie_audio"}  # fmt: skip


@pytest.fixture(params=["parquet", "saved"])
def loaded(request, tmp_path):
    """Loads a split of a copy through the catalogue, by the task's name; the samples of all its domains."""

    def load(name: str, split: str = "test") -> list[Sample]:
        write_copy(tmp_path / "mera", name, form=request.param)
        catalogue = Catalogue({}, [tmp_path / "mera"], cache=tmp_path / "cache")
        infos = catalogue.resolve(SAID.get(name, name.lower()))
        assert all(info.suite == "mera" and not info.source.startswith("hub:") for info in infos)
        assert {info.access for info in infos} == {"private" if name in PRIVATE else "public"}
        assert sum(info.sizes["test"] for info in infos) == N * max(1, len(COPIES[name].configs))
        return [sample for info in infos for sample in catalogue.load(info, split)]

    return load


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_found_by_name_and_its_records_are_ready_to_be_asked(loaded, name):
    samples = loaded(name)
    copy = COPIES[name]
    assert [sample.problem for sample in samples] == [None] * N * max(1, len(copy.configs))
    for sample, record in zip(samples, [*records(name, "test")] * max(1, len(copy.configs)), strict=True):
        assert sample.id == str(record["meta"]["id"])
        assert "None" not in sample.prompt and "{" not in sample.prompt
        assert not sample.prompt.startswith("\n")
        assert list(sample.options.values()) == [
            text for key, text in record["inputs"].items() if key.startswith("option_") and text is not None
        ]
        there = [key for key in copy.keys if record["inputs"][key] is not None]
        assert [m.key for m in media_of(sample.message)] == there == [m.key for m in sample.media]
        assert [m.path.read_bytes() for m in sample.media] == [medium(key) for key in there]


@pytest.mark.parametrize("split", ["test", "shots"])
@pytest.mark.parametrize("name", COPIES)
def test_gold_is_there_but_for_the_test_sets_of_private_tasks(loaded, name, split):
    gold = COPIES[name].gold
    expected = tuple(gold) if isinstance(gold, list) else gold
    hidden = split == "test" and name in PRIVATE
    assert {sample.gold for sample in loaded(name, split)} == {None if hidden else expected}


def test_a_record_without_a_picture_is_asked_without_one(loaded):
    with_picture, without, bare = loaded("ruTiE-Image")
    assert with_picture.modalities == ("image",) and without.modalities == bare.modalities == ()
    assert "<image>" not in without.prompt and "question 1?" in without.prompt
    assert "Вопрос" not in bare.prompt.splitlines()[0] and "A. вариант 0" in bare.prompt


def test_one_sound_or_two_stand_in_their_places_and_keep_their_24_bits(loaded):
    from studio.media import load_audio

    one, _, two = loaded("AQUARIA")
    assert [m.key for m in one.media] == ["audio_1"] and [m.key for m in two.media] == ["audio_1", "audio_2"]
    assert text_of(two.message).count("<audio>") == 2
    note = load_audio(two.media[0].path, rate=48_000).note
    assert (note["sample_rate"], note["sent_rate"], note["channels"]) == (48_000, 48_000, 1)
    import soundfile

    assert soundfile.info(str(two.media[0].path)).subtype == "PCM_24"


@pytest.mark.parametrize("name", COPIES)
def test_the_prompts_number_is_recovered_from_the_instruction(loaded, name):
    """Without a picture to count, prompts 6 and 10 of ruTiE look alike: then there is no number."""
    expected = [5, None, 7] if name == "ruTiE-Image" else [5, 6, 7]
    assert [sample.prompt_id for sample in loaded(name)[:N]] == expected


def test_categories_and_group_ids_come_along(loaded):
    first, *_ = loaded("ruHHH-Image")
    assert first.meta["group_id"] == 7
    assert first.categories["category"] == "categories.category"


def test_question_types_beside_categories_are_categories_too(loaded):
    first, *_ = loaded("ruCLEVR")
    assert first.categories == {"question_type": "question_type"}


# --- the whole suite ----------------------------------------------------------------------------------------


def answer(request: Request) -> str:
    return "Рассуждаю.\n\nОТВЕТ A"


@pytest.fixture
def studio(tmp_path):
    for name in COPIES:
        write_copy(tmp_path / "mera", name)
    settings = Settings(home=tmp_path, db=tmp_path / "studio.sqlite", tasks=(tmp_path / "mera",))
    engine, judge = ScriptedEngine(answer), RuleJudge()
    opened = Studio(settings, Store(settings.db), engine=lambda spec: engine, judge=lambda name: judge)
    yield opened
    opened.close()


def test_all_eighteen_run_by_the_suites_name_and_what_has_no_gold_is_unscored_and_never_wrong(studio: Studio):
    view = studio.wait(studio.start(RunSpec("embedded", ("mera",))), timeout_s=120)
    names = [subset.name for task in suite_tasks() for subset in task.subsets]
    assert (view.state, view.failed, view.answered) == ("done", 0, len(names) * N)
    scores = {score.task: score for score in studio.scores(view.id) if score.task}
    assert list(scores) == names
    private = {subset.name for task in suite_tasks() if task.access == "private" for subset in task.subsets}
    for name, score in scores.items():
        assert score.em.failed == 0 and score.em.n == N
        assert (score.em.mean is None) == (name in private), name
    assert scores["WEIRD"].em.mean == 1.0 and scores["ruCLEVR"].em.mean == 0.0
    assert scores["WEIRD"].chance == 0.5 and scores["CommonVideoQA"].chance == 0.25


def test_domains_are_found_by_name_and_a_copy_by_its_folder(studio: Studio, tmp_path: Path):
    assert [info.name for info in studio.find_tasks(["unisciencevqa_applied_sciences"])] == [
        "UniScienceVQA_Applied_Sciences"
    ]
    assert len(studio.find_tasks(["unisciencevqa", "UniScienceVQA_Business"])) == 6
    assert [info.name for info in studio.find_tasks([str(tmp_path / "mera" / "WEIRD")])] == ["WEIRD"]


@pytest.mark.slow
def test_all_eighteen_are_answered_by_the_embedded_model_and_judged_by_the_embedded_judge(tmp_path: Path):
    for name in COPIES:
        write_copy(tmp_path / "mera", name)
    home = Settings(home=tmp_path, db=tmp_path / "studio.sqlite", tasks=(tmp_path / "mera",))
    studio = Studio.open(home)
    spec = RunSpec("embedded", ("mera",), judge="embedded", settings=Generation(max_new_tokens=24, history=2))
    view = studio.wait(studio.start(spec), timeout_s=300)
    problems = {studio.card(view.id, row.sample_id).problem for row in studio.queue(view.id, limit=200).rows}
    scores = {score.task: score for score in studio.scores(view.id) if score.task}
    studio.close()
    assert (view.state, view.failed, problems) == ("done", 0, {None})
    for task in suite_tasks():
        for subset in task.subsets:
            js = scores[subset.name].js
            expected = (0, N) if task.access == "private" else (N, 0)
            assert (js.scored, js.unscored) == expected, subset.name
