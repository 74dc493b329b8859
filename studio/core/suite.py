"""What a suite states about each of its tasks before anything is loaded: metrics, sizes, people's scores, doubts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from studio.core.content import Modality
from studio.core.task import AnswerType, Split

Access = Literal["public", "private"]
Metric = Literal["em", "js", "group_em", "group_js", "intent_em", "slot_f1"]
# What an answer looks like. `letter_or_text` is told apart sample by sample.
AnswerForm = Literal[
    "letter", "word_or_number", "free_text", "number_or_formula", "letter_or_text", "intent_and_slots"
]
GoldForm = Literal["string", "list", "json"]  # a list: any of its strings is right
# What samples of a task have in common, so that their scores lean on one another.
Cluster = Literal["medium", "group_id", "dialogue"]
PromptVariant = Literal["base", "ruHHH", "ruTiE", "ruSLUn"]


@dataclass(frozen=True)
class Subset:
    """A part of a task with scores of its own, weighted by its size: a domain, or the whole task.

    `name` is unique in the suite; `config` is its configuration on the hub (None: the dataset's only one).
    """

    name: str
    config: str | None
    title: Mapping[str, str]
    sizes: Mapping[Split, int]


@dataclass(frozen=True)
class HumanFigure:
    """A published score of people, in [0, 1]. `source` says where it stands; `who` is `crowd`, `expert`, or empty where
    the source does not say; `metric` is `unnamed` where it does not say that."""

    value: float
    metric: Metric | Literal["unnamed"]
    source: str
    who: Literal["crowd", "expert", ""] = ""


@dataclass(frozen=True)
class Agreement:
    """How far annotators agreed, in percent (the coefficient is not named in the source). `n` answers, None: all."""

    percent: float
    who: Literal["crowd", "expert"]
    n: int | None = None


@dataclass(frozen=True)
class Doubt:
    """Two sources disagree about a fact: `kept` is what the studio uses, `other` what `source` says instead."""

    field: str
    kept: str
    other: str
    source: str


@dataclass(frozen=True)
class Generation:
    """How to generate for a task unless told otherwise; `frames` of a clip for tasks with video."""

    max_new_tokens: int
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    frames: int | None = None


@dataclass(frozen=True)
class SuiteTask:
    """One task of a suite, as its card in the studio states it.

    `name` is the name in published tables. `hub` is a dataset's id, `revision` what is asked of it (a branch or a
    commit). `media`, `texts` and `options` are keys of a record's inputs in order, media first; `optional` are those
    that a record may lack. `metrics` are the two whose mean is the task's score. `groups` names the samples that
    are not independent; of a dialogue `group_size` is the number of turns. `aliases` are other names of the task:
    of the harness, of old uploads, misspelt ones that stand in published documents. `submission` is the name of its
    file in an archive for the site.
    """

    name: str
    title: Mapping[str, str]
    modality: Modality
    access: Access
    answer_type: AnswerType
    answer_form: AnswerForm
    gold: GoldForm
    hub: str
    revision: str
    licence: str
    submission: str
    harness: str
    subsets: tuple[Subset, ...]
    media: tuple[str, ...]
    texts: tuple[str, ...]
    options: tuple[str, ...]
    optional: frozenset[str]
    metrics: tuple[Metric, Metric]
    groups: Cluster
    generation: Generation
    prompts: PromptVariant
    instructions: int
    skills: tuple[str, ...]
    human: tuple[HumanFigure, ...]
    agreement: tuple[Agreement, ...]
    group_size: int | None = None
    aliases: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = field(default_factory=tuple)

    @property
    def sizes(self) -> dict[Split, int]:
        """Records per split, over all subsets."""
        splits: tuple[Split, ...] = ("test", "shots")
        return {split: sum(subset.sizes[split] for subset in self.subsets) for split in splits}

    def subset_sources(self) -> dict[str, str]:
        """References to the hub by the names of the subsets: `hub:owner/name[:config]@revision`."""
        return {subset.name: self._reference(subset) for subset in self.subsets}

    def _reference(self, subset: Subset) -> str:
        config = f":{subset.config}" if subset.config else ""
        return f"hub:{self.hub}{config}@{self.revision}"
