"""Failures grouped by a model of texts: it is asked about each text once; where it fails nothing takes its place."""

import pytest

from studio.core.embedding import WORDS, EmbedderInfo
from studio.core.errors import ModelError, NotAllowed
from studio.core.reasons import GroupingSpec
from studio.core.run import RunSpec, Viewer
from tests.support import scripted_studio, write_task

# Two kinds of answers that share neither pattern nor letters with each other, nor words among themselves.
BEASTS = ["выдра", "песец", "сурок", "тапир"]
TREES = ["осина", "ольха", "ясень", "сосна"]
N = 24


class ByMeaning:
    """Knows beasts from trees."""

    def __init__(self) -> None:
        self.info = EmbedderInfo("our/texts", "r1", "hub")
        self.asked: list[str] = []
        self.closed = 0
        self.fails = False

    def vectors(self, texts):
        if self.fails:
            raise ModelError("embedder_failed", model="our/texts", detail="NaN")
        self.asked += texts
        for place in reversed(range(len(texts))):
            beast = any(word in texts[place] for word in BEASTS)
            yield place, (1.0, 0.1) if beast else (0.1, 1.0)

    def close(self):
        self.closed += 1


@pytest.fixture
def embedder():
    return ByMeaning()


@pytest.fixture
def studio(tmp_path, embedder):
    said = [*BEASTS, *TREES]
    opened = {"our/texts": lambda: embedder}
    studio = scripted_studio(
        tmp_path,
        lambda asked: said[(asked.key - 1) % 8],
        data=tmp_path / "data",
        embedder=lambda name: opened[name](),
    )
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path):
    run = studio.start(RunSpec("our/model", (str(write_task(tmp_path / "Things", ["12345"] * N)),)))
    studio.wait(run, timeout_s=30)
    return run


def finals(found):
    return sorted(sorted({failure.final for failure in group.failures}) for group in found.groups)


def test_what_means_the_same_is_one_group(studio, run, embedder):
    found = studio.reasons.of([run], "em:0", embed="our/texts")
    assert finals(found) == sorted([sorted(BEASTS), sorted(TREES)])
    assert finals(studio.reasons.of([run], "em:0")) != finals(found), "pieces of words do not know it"
    assert sorted(embedder.asked) == sorted([*BEASTS, *TREES]), "each text once, though three answers say it"
    assert embedder.closed == 1


def test_how_far_it_is_is_told(studio, run):
    heard = []
    studio.reasons.of([run], "em:0", embed="our/texts", tell=lambda *told: heard.append(told))
    assert ("embed", 8, 8) in heard and ("group", 0, N) in heard
    assert heard == sorted(heard, key=lambda told: (["read", "embed", "group"].index(told[0]), told[1]))


def test_a_kept_grouping_says_by_what_it_was_made(studio, run):
    studio.reasons.start(GroupingSpec((run,), "em:0", embed="our/texts"))
    kept = studio.reasons.jobs.wait((run,)).kept
    assert studio.reasons.groups.kept(kept).spec.embed == "our/texts"
    studio.reasons.start(GroupingSpec((run,), "em:0"))
    studio.reasons.jobs.wait((run,))
    assert studio.reasons.groups.kept(kept).spec.embed == WORDS


def test_where_the_model_fails_the_former_groups_stand_and_nothing_takes_its_place(studio, run, embedder):
    studio.reasons.start(GroupingSpec((run,), "em:0", embed="our/texts"))
    kept = studio.reasons.jobs.wait((run,)).kept
    before = studio.reasons.groups.kept(kept)
    embedder.fails = True
    studio.reasons.start(GroupingSpec((run,), "em:0", embed="our/texts"))
    state = studio.reasons.jobs.wait((run,))
    assert (state.problem.code, state.kept) == ("embedder_failed", 0)
    assert studio.reasons.groups.kept(kept) == before and embedder.closed == 2
    with pytest.raises(ModelError, match="embedder_failed"):
        studio.reasons.of([run], "em:0", embed="our/texts")


def test_vectors_that_are_missing_or_of_several_lengths_are_refused(studio, run, embedder, monkeypatch):
    monkeypatch.setattr(embedder, "vectors", lambda texts: iter([(0, (1.0,)), (1, (1.0, 2.0))]))
    with pytest.raises(ModelError, match="embedder_failed"):
        studio.reasons.of([run], "em:0", embed="our/texts")
    monkeypatch.setattr(embedder, "vectors", lambda texts: iter([(0, (1.0,))]))
    with pytest.raises(ModelError, match="embedder_failed"):
        studio.reasons.of([run], "em:0", embed="our/texts")


def test_only_the_owner_chooses_the_model(studio, run):
    visitor = Viewer("visitor", browser="theirs")
    with pytest.raises(NotAllowed, match="visitor_embedder"):
        studio.reasons.of([run], "em:0", embed="http://10.0.0.1/v1", viewer=visitor)
    assert studio.reasons.of([run], "em:0", embed=WORDS, viewer=visitor).n == N
    studio.reasons.embed = "our/texts"  # as STUDIO_EMBED says
    assert len(studio.reasons.of([run], "em:0", viewer=visitor).groups) == 2
