"""The cards of MERA Multi's 18 tasks against the published facts, written down here a second time by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.errors import TaskError
from studio.core.suite import HumanFigure, SuiteTask
from studio.tasks import suite_task, suite_tasks
from studio.tasks.mera import cards
from studio.tasks.mera.cards import read_card

PAPER = "arXiv 2511.15552v3, Table 2"
META = "dataset_meta.json"

# name | harness | hub (after MERA-evaluation/) | access | test | shots | media | texts | options | answer | licence
FACTS = """
ruCommonVQA         | rucommonvqa         | ruCommonVQA         | public  | 3015 | 10  | image | question | - | word_or_number | CC-BY-4.0
ruCLEVR             | ruclevr             | ruCLEVR             | public  | 1148 | 10  | image | question | - | word_or_number | CC-BY-4.0
WEIRD               | weird               | WEIRD               | public  | 814  | 10  | image | question | b | letter | CC-BY-4.0
ruNaturalScienceVQA | runaturalsciencevqa | ruNaturalScienceVQA | public  | 363  | 40  | image | context question | d | letter | CC-BY-SA-4.0
LabTabVQA           | labtabvqa           | LabTabVQA           | private | 339  | 10  | image | question | g | letter | MERA_private
RealVQA             | realvqa             | RealVQA             | private | 773  | 10  | image | question | - | free_text | MERA_private
ruHHH-Image         | ruhhh_image         | ruHHH-Image         | private | 595  | 10  | image | question | b | letter | MERA_private
ruMathVQA           | rumathvqa           | ruMathVQA           | private | 502  | 93  | image | annotation | - | number_or_formula | MERA_private
ruTiE-Image         | rutie_vision_gen    | ruTiE-Image         | private | 1500 | 10  | image | question | d | letter | MERA_private
SchoolScienceVQA    | schoolsciencevqa    | SchoolScienceVQA    | private | 4227 | 70  | image | context question | d | letter | MERA_private
UniScienceVQA       | unisciencevqa       | UniScienceVQA       | private | 7432 | 987 | image | question annotation | j | letter_or_text | MERA_private
ruEnvAQA            | ruenvaqa            | ruEnvAQA            | public  | 596  | 10  | audio | question | d | letter | CC BY-NC 4.0
RuSLUn              | ruslun              | ruSLUn              | public  | 741  | 10  | audio | question annotation | - | intent_and_slots | CC-BY-4.0
AQUARIA             | aquaria             | AQUARIA             | private | 738  | 10  | audio_1 audio_2 | question | d | letter | MERA_private
ruTiE-Audio         | rutie_audio_gen     | ruTiE-Audio         | private | 1500 | 10  | audio |  | d | letter | MERA_private
CommonVideoQA       | commonvideoqa       | CommonVideoQA       | public  | 1200 | 10  | video | question | d | letter | CC-BY-4.0
RealVideoQA         | realvideoqa         | RealVideoQA         | private | 671  | 10  | video | question | d | letter | MERA_private
ruHHH-Video         | ruhhh_video         | ruHHH-Video         | private | 911  | 12  | video | question | b | letter | MERA_private
"""  # noqa: E501 - a table

DOMAINS = """
ruNaturalScienceVQA: biology 57/10, chemistry 67/10, earth_science 41/10, physics 198/10
SchoolScienceVQA: biology 691/10, chemistry 532/10, earth_science 592/10, physics 590/10, economics 390/10,
 history_all 691/10, history_ru 741/10
UniScienceVQA: Applied_Sciences 605/80, Business 1031/139, Cultural_Studies 1436/191,
 Fundamental_Sciences 1866/247, Health_and_Medicine 1904/252, Social_Sciences 590/78
"""

# paper's figure | repository's: who (c crowd, e expert) and metric where they differ from plain EM | agreement, percent
HUMAN = """
AQUARIA             | .98          | .9766                        | 93.9
ruEnvAQA            | .95          | .9497                        | 89.5
RuSLUn              | .90          | .9069 intent_em, .305 slot_f1| 81.1
ruTiE-Audio         | .75          | .446                         | 81.0
ruCLEVR             | .96          | .9608                        | 93.4
ruCommonVQA         | .84          | .818                         | 79.2
ruNaturalScienceVQA | .99 e        | .938 c, .9876 e              | 90.4 96.7
WEIRD               | .85          | .8464                        | 90.8
LabTabVQA           | .91          | .9086                        | 87.9
RealVQA             | .63          | .5834                        | 69.7
ruHHH-Image         | .89 group_em | .9529, .893 group_em         | 90.3
ruMathVQA           | .95          | .9311 c, .9462 e             | 85.0 83.1
ruTiE-Image         | .77          | .552                         | 85.3
SchoolScienceVQA    | .82          | .4804 c, .8222 e             | 67.6 81.2
UniScienceVQA       | .13 c        | .1259                        | 45.2
CommonVideoQA       | .96          | .9575                        | 92.4
RealVideoQA         | .96          | .9583                        | 92.2
ruHHH-Video         | .84 group_em | .9385, .8442 group_em        | 91.3
"""

SKILLS = {"ruCommonVQA": 14, "ruCLEVR": 5, "WEIRD": 5, "ruNaturalScienceVQA": 6, "LabTabVQA": 1, "RealVQA": 20,
          "ruHHH-Image": 10, "ruMathVQA": 6, "ruTiE-Image": 10, "SchoolScienceVQA": 8, "UniScienceVQA": 8,
          "ruEnvAQA": 10, "RuSLUn": 3, "AQUARIA": 20, "ruTiE-Audio": 13, "CommonVideoQA": 18, "RealVideoQA": 18,
          "ruHHH-Video": 15}  # fmt: skip

INSTRUCTIONS = {10: "AQUARIA LabTabVQA RealVQA WEIRD ruEnvAQA ruMathVQA RuSLUn ruTiE-Audio", 14: "SchoolScienceVQA",
                19: "ruCLEVR ruCommonVQA", 21: "ruNaturalScienceVQA", 29: "ruTiE-Image UniScienceVQA",
                30: "CommonVideoQA RealVideoQA", 60: "ruHHH-Image ruHHH-Video"}  # fmt: skip


def lines(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def task(name: str) -> SuiteTask:
    found = suite_task(name)
    assert found is not None
    return found


def test_there_are_eighteen_tasks_eleven_of_pictures_four_of_sounds_three_of_clips() -> None:
    names = [row[0] for row in lines(FACTS)]
    assert sorted(names) == sorted(task.name for task in suite_tasks()) and len(names) == 18
    kinds = [task.modality for task in suite_tasks()]
    assert kinds == ["image"] * 11 + ["audio"] * 4 + ["video"] * 3
    assert sum(task.access == "public" for task in suite_tasks()) == 7


@pytest.mark.parametrize("row", lines(FACTS), ids=lambda row: row[0])
def test_a_card_says_what_is_published(row: list[str]) -> None:
    name, harness, hub, access, test, shots, media, texts, options, form, licence = row
    card = task(name)
    assert (card.name, card.harness, card.hub) == (name, harness, f"MERA-evaluation/{hub}")
    assert (card.access, card.licence, card.answer_form) == (access, licence, form)
    assert card.sizes == {"test": int(test), "shots": int(shots)}
    assert (list(card.media), list(card.texts)) == (media.split(), texts.split())
    letters = (
        "" if options == "-" else "abcdefghij"["abcdefghij".index("a") : "abcdefghij".index(options) + 1]
    )
    assert list(card.options) == [f"option_{letter}" for letter in letters]
    assert card.modality == media.split()[0].removesuffix("_1")
    assert card.answer_type == ("letter" if form == "letter" else "short")
    assert card.gold == {"ruCommonVQA": "list", "RuSLUn": "json"}.get(name, "string")


@pytest.mark.parametrize("row", lines(FACTS), ids=lambda row: row[0])
def test_a_card_names_the_metrics_of_its_task_and_what_holds_its_samples_together(row: list[str]) -> None:
    card = task(row[0])
    special = {"ruHHH-Image": ("group_em", "group_js"), "RuSLUn": ("intent_em", "slot_f1")}
    special["ruHHH-Video"] = special["ruHHH-Image"]
    assert card.metrics == special.get(card.name, ("em", "js"))
    groups = {"ruHHH": ("group_id", None), "ruTiE": ("dialogue", 500)}
    assert (card.groups, card.group_size) == groups.get(card.name.partition("-")[0], ("medium", None))


@pytest.mark.parametrize("row", lines(HUMAN), ids=lambda row: row[0])
def test_both_figures_of_people_are_kept_and_named(row: list[str]) -> None:
    card = task(row[0])
    assert [figure for figure in card.human if figure.source == PAPER] == [figure_of(row[1], PAPER)]
    assert [figure for figure in card.human if figure.source == META] == [
        figure_of(said, META) for said in row[2].split(",")
    ]
    assert [agreement.percent for agreement in card.agreement] == [float(value) for value in row[3].split()]


def figure_of(said: str, source: str) -> HumanFigure:
    value, *words = said.split()
    who = {"c": "crowd", "e": "expert"}.get(words[0] if words else "", "")
    metric = next((word for word in words if "_" in word), "unnamed" if source == PAPER else "em")
    return HumanFigure(float(value), metric, source, who)  # type: ignore[arg-type]


@pytest.mark.parametrize("line", DOMAINS.replace("\n ", " ").strip().splitlines())
def test_domains_are_subsets_with_sizes_of_their_own(line: str) -> None:
    name, _, listed = line.partition(": ")
    subsets = {
        subset.config: f"{subset.sizes['test']}/{subset.sizes['shots']}" for subset in task(name).subsets
    }
    assert subsets == dict(domain.split() for domain in listed.split(","))
    assert [subset.name for subset in task(name).subsets] == [f"{name}_{config}" for config in subsets]


def test_a_task_without_domains_is_its_own_only_subset() -> None:
    whole = [task for task in suite_tasks() if f"{task.name}:" not in DOMAINS]
    assert len(whole) == 15
    assert all([subset.name for subset in task.subsets] == [task.name] for task in whole)
    assert task("ruCLEVR").subset_sources() == {"ruCLEVR": "hub:MERA-evaluation/ruCLEVR@main"}
    assert task("ruNaturalScienceVQA").subset_sources()["ruNaturalScienceVQA_physics"] == (
        "hub:MERA-evaluation/ruNaturalScienceVQA:physics@main"
    )


@pytest.mark.parametrize("card", suite_tasks(), ids=lambda card: card.name)
def test_skills_and_instructions_are_counted_as_published_and_listed_once(card: SuiteTask) -> None:
    assert len(set(card.skills)) == len(card.skills) == SKILLS[card.name]
    assert card.name in INSTRUCTIONS[card.instructions].split()
    assert card.prompts == {"ruHHH": "ruHHH", "ruTiE": "ruTiE", "RuSLUn": "ruSLUn"}.get(
        card.name.partition("-")[0], "base"
    )


@pytest.mark.parametrize("card", suite_tasks(), ids=lambda card: card.name)
def test_an_answer_is_never_cut_at_a_blank_line_or_before_reasoning_ends(card: SuiteTask) -> None:
    """The harness stops at a blank line and at 256 tokens, and so cuts reasoning before the word ОТВЕТ."""
    assert card.generation.stop == () and card.generation.temperature == 0
    assert card.generation.max_new_tokens >= (256 if card.prompts in {"ruTiE", "ruSLUn"} else 1024)
    assert (card.generation.frames or 2) > 1  # one frame of a clip is its first


@pytest.mark.parametrize(
    ("name", "said"),
    [("RuSLUn", "private"), ("CommonVideoQA", "907"), ("ruHHH-Image", "is not listed"), ("ruTiE-Image", "Б")],
)
def test_where_sources_disagree_the_other_side_is_kept(name: str, said: str) -> None:
    assert any(said in doubt.other for doubt in task(name).doubts)


# As they stand in the harness, in the README (misspelt), in upload notebooks, in a submission, on the hub.
@pytest.mark.parametrize(
    ("said", "name"),
    [("ruclevr", "ruCLEVR"), ("RUCLEVR", "ruCLEVR"), ("rutie_vision_gen", "ruTiE-Image"),
     ("rutie_vision", "ruTiE-Image"), ("rutie_vision_default", "ruTiE-Image"), ("rutie_audio", "ruTiE-Audio"),
     ("rutie_audio_gen", "ruTiE-Audio"), ("uniscienceqa", "UniScienceVQA"), ("ruhhh_image", "ruHHH-Image"),
     ("ruHHH_Video", "ruHHH-Video"), ("ruTiE_Image", "ruTiE-Image"), ("ruTiE_vision", "ruTiE-Image"),
     ("ruslun", "RuSLUn"), ("ruSLUn", "RuSLUn"), ("MERA-evaluation/WEIRD", "WEIRD"),
     ("ruVQA_public", "ruCommonVQA"), ("NaturalScienceQA", "ruNaturalScienceVQA"), ("LabTab", "LabTabVQA"),
     ("ruVQA_reason", "RealVQA"), ("ruSciQA", "SchoolScienceVQA"), ("ruMuTau", "UniScienceVQA"),
     ("AudioPublic", "ruEnvAQA"), ("schoolsciencevqa_history_all", "SchoolScienceVQA"),
     ("unisciencevqa_applied_sciences", "UniScienceVQA"), ("uniscienceqa_business", "UniScienceVQA"),
     ("MERA-evaluation/ruNaturalScienceVQA:physics", "ruNaturalScienceVQA")],
)  # fmt: skip
def test_every_name_that_the_original_uses_is_understood(said: str, name: str) -> None:
    assert task(said).name == name


def test_no_name_means_two_tasks() -> None:
    named = [name for card in suite_tasks() for name in cards.names_of(card)]
    assert len(named) == len(set(named))
    assert suite_task("котики") is None and suite_task("biology") is None


CARD = (Path(cards.__file__).parent / "WEIRD.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lambda text: text.replace('harness = "weird"\n', ""), "harness is missing"),
        (lambda text: 'colour = "red"\n' + text, "unknown: colour"),
        (lambda text: text.replace('"image"\n', '"smell"\n'), "none of image"),
        (lambda text: text.replace("test = 814", 'test = "many"'), "wrong kind"),
        (lambda text: text.replace('["em", "js"]', '["em"]'), "metrics"),
        (lambda text: text.replace("optional = []", 'optional = ["option_z"]'), "option_z"),
        (lambda text: text + "=", "at line"),
    ],
    ids=["a key missing", "a key unknown", "a word unknown", "a wrong kind", "a metric missing", "no such input",
         "no TOML"],
)  # fmt: skip
def test_a_broken_card_names_its_file_and_fault(
    tmp_path: Path, broken: Callable[[str], str], reason: str
) -> None:
    (tmp_path / "WEIRD.toml").write_text(broken(CARD), encoding="utf-8")
    with pytest.raises(TaskError, match="suite_card_broken") as caught:
        read_card(tmp_path / "WEIRD.toml")
    assert caught.value.problem.values["file"] == "WEIRD.toml"
    assert reason in str(caught.value.problem.values["reason"])
