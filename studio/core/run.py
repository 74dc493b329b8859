"""A run: what was asked (`RunSpec`), where it stands, and the views that pages and the command line read.

Views are values computed from rows of the store; nothing here is kept as the only copy. Times are
seconds since the epoch (UTC); durations are seconds; shares are in [0, 1].
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from studio.core.content import Given, Modality
from studio.core.crossing import Crossing
from studio.core.engine import Load, Recalled, Settings, Silence
from studio.core.errors import Problem
from studio.core.judge import NO_JUDGE, JudgeCall
from studio.core.logs import LogView
from studio.core.outcome import Estimate, Score
from studio.core.task import AnswerType, Gold, Split

RunKind = Literal[
    "model", "human", "imported"
]  # asked here; answered by a person; read from another tool's log
RunState = Literal["queued", "running", "done", "cancelled", "interrupted", "failed"]
Phase = Literal["queued", "loading", "answering", "finishing", "idle"]

# A sample's place in the table EM x judge; the last three have no place in it and are counted beside it.
Cell = Literal["both", "em_only", "js_only", "neither", "unscored", "failed", "pending"]
CELLS: tuple[Cell, ...] = ("both", "em_only", "js_only", "neither", "unscored", "failed", "pending")

# How a sample is marked in a list: by its cell, or by what EM says where no judge was asked.
Mark = Cell | Literal["em_right", "em_wrong"]
MARKS: tuple[Mark, ...] = (*CELLS, "em_right", "em_wrong")


def cell_of(em: float | None, js: float | None) -> Cell:
    """The cell of an answered sample: `unscored` unless both scores are there; a score counts as right from 0.5."""
    if em is None or js is None:
        return "unscored"
    if em >= 0.5:
        return "both" if js >= 0.5 else "em_only"
    return "js_only" if js >= 0.5 else "neither"


def mark_of(cell: Cell, em: float | None, judged: bool) -> Mark:
    """`judged`: a judge was asked, whatever came of it."""
    if cell != "unscored" or em is None or judged:
        return cell
    return "em_right" if em >= 0.5 else "em_wrong"


@dataclass(frozen=True)
class RunSpec:
    """What was asked. `tasks` are names, the suite name `demo`, or paths of task folders; `limit` is per task.

    With `servers` (base URLs such as `http://127.0.0.1:8000/v1`) the model is asked over HTTP, by the name that the
    servers know. `key_env` names the environment variable that holds their key; the key itself is kept nowhere.
    A model `vllm:NAME` is served by a vLLM that the studio starts itself, with `vllm_args` as further options.
    `base` is the run beside which this one was made without the media ("": none).
    With `reuse` a question that was put to the same model before, in the same words, media and settings, is not put
    again: the answer is taken from the run that has it. With `crossed` some questions of each task are put, each in
    every prompt of its task.
    """

    model: str
    tasks: tuple[str, ...]
    limit: int | None = None
    split: Split = "test"
    revision: str | None = None
    judge: str = "auto"
    profile: str = "studio"
    settings: Settings = Settings()
    title: str = ""
    servers: tuple[str, ...] = ()
    key_env: str = ""
    vllm_args: str = ""
    base: str = ""
    reuse: bool = False
    crossed: Crossing | None = None

    def to_json(self) -> dict[str, Any]:
        lists = {"tasks": list(self.tasks), "servers": list(self.servers)}
        return {**asdict(self), **lists, "settings": self.settings.to_json()}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "RunSpec":
        settings = dict(data.get("settings") or {})
        settings["stop"] = tuple(settings.get("stop") or ())
        rest = {key: value for key, value in data.items() if key not in _OPENED}
        servers, crossed = tuple(data.get("servers") or ()), Crossing.from_json(data.get("crossed"))
        tasks = tuple(data["tasks"])
        return RunSpec(tasks=tasks, settings=Settings(**settings), servers=servers, crossed=crossed, **rest)


_OPENED = frozenset({"settings", "tasks", "servers", "crossed"})  # what `from_json` opens itself


@dataclass(frozen=True)
class Resumption:
    """What is otherwise when a run goes on: who is asked and how, never what is asked; None is as before.

    `model` is another way to the same model (`vllm:NAME`, or the name that servers know). With another judge all
    answers are judged anew: one run has one judge.
    """

    judge: str | None = None
    model: str | None = None
    servers: tuple[str, ...] | None = None
    key_env: str | None = None
    vllm_args: str | None = None
    concurrency: int | None = None
    batch_size: int | None = None
    load: Load | None = None
    device: str | None = None
    dtype: str | None = None

    def applied(self, spec: RunSpec) -> RunSpec:
        """The spec that goes on."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        settings = {name: value for name, value in given.items() if name in Settings.__dataclass_fields__}
        rest = {name: value for name, value in given.items() if name not in settings}
        return replace(spec, settings=replace(spec.settings, **settings), **rest)


AS_BEFORE = Resumption()


@dataclass(frozen=True)
class TaskScore:
    """Scores of one task of a run, or of all of them (`task` = "" is the total over samples).

    `em` and `js` are the task's two metrics, which for some of MERA's tasks are others (`metrics` names them: EM and
    JS of groups, intents and slots); errors are clustered by what samples share. `final` is MERA's task score, the mean
    of the two taken per sample, so that its interval keeps their covariance.
    """

    task: str
    title: Mapping[str, str]
    modality: Given | None
    planned: int
    em: Estimate
    js: Estimate
    final: Estimate
    truncated: int = 0
    chance: float | None = None
    metrics: tuple[str, str] = ("em", "js")


@dataclass(frozen=True)
class RunView:
    """A run as a line of the Runs page. `judge` is name@revision; `resolved` what was really opened; `recalled` counts
    the answers that were taken from earlier runs."""

    id: str
    kind: RunKind
    state: RunState
    title: str
    model: str
    revision: str
    judge: str
    tasks: tuple[str, ...]
    created_at: float
    started_at: float | None
    finished_at: float | None
    planned: int
    answered: int
    failed: int
    truncated: int
    seconds: float
    em: Estimate
    js: Estimate
    spec: RunSpec
    resolved: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    em_version: str = ""  # of Exact Match: `studio-2`, or `studio-2+NAME` once it was scored anew
    unjudged: int = 0  # answers that the judge did not or could not judge, though they have gold
    silence: Problem | None = None  # why it could not, of one of them
    recalled: int = 0

    @property
    def pending(self) -> int:
        return max(0, self.planned - self.answered - self.failed)

    @property
    def own_rules(self) -> bool:
        """EM is by other rules than the studio's: a kept version of them, a published profile."""
        return "+" in self.em_version or self.spec.profile != RunSpec.profile

    @property
    def lacks_judge(self) -> bool:
        """EM is known and nobody asked a judge: a run under `--judge none`, a log as it came."""
        asked = self.judge or self.js.scored or self.js.unscored
        return self.state not in {"running", "queued"} and not asked and self.em.mean is not None

    @property
    def awaits_judge_alone(self) -> bool:
        """Everything is answered and what can be resumed is the judge."""
        return self.resumable and self.planned == self.answered > 0

    @property
    def paused(self) -> bool:
        """Whether it waits for something (`problem` says for what); other interrupted runs have no reason."""
        return self.state == "interrupted" and self.problem is not None

    @property
    def resumable(self) -> bool:
        """A run that is not going on and has something to be asked again or judged. Nobody can be asked about a log or
        a person's answers: of those only the judge."""
        if self.state in {"running", "queued"}:
            return False
        unasked = self.kind == "model" and (self.answered < self.planned or self.planned == 0)
        return unasked or self.unjudged > 0

    @property
    def unfinished(self) -> bool:
        """Whether going on as before has something to do: a question without an answer, an answer that the run's own
        judge has not judged."""
        unjudged = self.unjudged > 0 and self.spec.judge != NO_JUDGE
        return self.resumable and (self.answered < self.planned or unjudged)

    @property
    def tool(self) -> str:
        """The tool whose log the run was read from; empty for a run of our own."""
        log = self.resolved.get("log") if self.kind == "imported" else None
        return str(log.get("tool", "")) if isinstance(log, Mapping) else ""


@dataclass(frozen=True)
class StripItem:
    """A finished sample in the strip of the Run page. `number` is its 1-based place in the run. `em` is None where EM
    is not known or not to be seen; `judged`: a judge was asked about it."""

    sample_id: int
    number: int
    task: str
    cell: Cell
    truncated: bool = False
    em: float | None = None
    judged: bool = False

    @property
    def mark(self) -> Mark:
        return mark_of(self.cell, self.em, self.judged)


@dataclass(frozen=True)
class MediaView:
    """A medium that a browser can open. `file` is a name inside the published media folder (hashed, no meaning);
    `problem` instead of a file when it cannot be shown. `note`: {"width":…, "height":…,
    "duration_s":…, "sample_rate":…}."""

    modality: Modality
    key: str
    file: str | None
    note: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None


@dataclass(frozen=True)
class EarlierTurn:
    """A turn of a dialogue that the model was shown before a question: what was asked, with its media, and what the
    model answered. `answer` None: it is not this viewer's to see."""

    sample_id: int
    number: int
    key: str
    question: str
    answer: str | None
    media: tuple[MediaView, ...]


@dataclass(frozen=True)
class SampleCard:
    """Everything about one sample in one run. When `gold_hidden`, gold, scores' details and judge calls are withheld
    (None / empty) because the viewer may not see them. `log` is there for imported runs alone."""

    run_id: str
    sample_id: int
    number: int
    task: str
    task_title: Mapping[str, str]
    key: str
    modality: Given
    answer_type: AnswerType
    media: tuple[MediaView, ...]
    question: str
    prompt: str
    options: Mapping[str, str]
    categories: Mapping[str, str]
    prompt_id: int | None
    gold: Gold | None
    gold_hidden: bool
    cell: Cell
    answer: str | None
    finish_reason: str | None
    em: Score | None
    js: Score | None
    judge: str
    calls: tuple[JudgeCall, ...] = ()
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    ttft_s: float | None = None
    latency_s: float | None = None
    attempt: int = 0
    media_note: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    log: LogView | None = None
    recalled: Recalled | None = None
    earlier: tuple[EarlierTurn, ...] = ()  # turns of its dialogue that came with the question, in order
    sealed: bool = False  # scores are withheld until the reviewer who looks has labelled the answer

    @property
    def not_in_log(self) -> tuple[str, ...]:
        """What the log of an imported sample did not say, as names of texts `logs.part.<name>`."""
        if self.log is None:
            return ()
        named = any(view.problem and view.problem.code == "media_not_in_log" for view in self.media)
        parts = {
            "question": bool(self.question), "prompt": bool(self.prompt), "gold": self.gold is not None,
            "media": not named, "tokens": self.completion_tokens is not None or self.answer is None,
            "time": self.latency_s is not None or self.answer is None,
            "finish": self.finish_reason is not None or self.answer is None,
        }  # fmt: skip
        return tuple(name for name, there in parts.items() if not there)


@dataclass(frozen=True)
class Live:
    """A run as it goes on. `current` is the sample whose answer is arriving; `text` its answer so far.

    `strip` holds the latest finished samples (newest last). `rate` is samples per second; `eta_s` seconds left.
    """

    run: RunView
    phase: Phase
    done: int
    rate: float | None
    eta_s: float | None
    current: SampleCard | None
    text: str
    strip: tuple[StripItem, ...]
    scores: tuple[TaskScore, ...]  # per task, the total last
    opening: str = ""  # while the model is loaded: what is happening, in the words of whoever loads it
    silence: Silence = field(default_factory=Silence)  # of the model's servers
    judge_silence: Silence = field(default_factory=Silence)  # of the judge's

    @property
    def judged(self) -> int | None:
        """How many answers the judge has seen while the run waits for it alone; None at any other time."""
        if self.phase != "finishing" or not self.scores or self.run.spec.judge == NO_JUDGE:
            return None
        return self.scores[-1].js.scored + self.scores[-1].js.unscored


@dataclass(frozen=True)
class SampleFilter:
    """Which samples of a run: every given part must hold. `text` is looked for in question, gold and answer
    (case-insensitive, Cyrillic too); `category` is `key=value`; `where` is a text of the filter language
    (`studio.query`), and may name the order in which the samples follow; `draw` is the number of a random part drawn
    for labelling, which stands in its random order; `unlabelled_by` leaves what this reviewer has not labelled."""

    task: str = ""
    cell: str = ""  # a Cell, or "disagree" (em_only + js_only), or "truncated"
    text: str = ""
    category: str = ""
    where: str = ""
    label: str = ""  # a verdict of people, "unlabelled", or "labelled"
    draw: int = 0
    unlabelled_by: str = ""


@dataclass(frozen=True)
class SampleRow:
    """A line of the queue on Inspect. `number` is its place in the run, `index` (0-based) in the filtered queue. `em`
    is None where EM is not known or not to be seen; `judged`: a judge was asked about the answer."""

    sample_id: int
    number: int
    index: int
    task: str
    key: str
    question: str
    answer: str
    cell: Cell
    probability: float | None
    truncated: bool
    human: str = ""  # what people say of the answer: right, wrong, unsure, bad; "hidden" from this reviewer
    em: float | None = None
    judged: bool = False
    sealed: bool = False  # as a card's

    @property
    def mark(self) -> Mark:
        return mark_of(self.cell, self.em, self.judged)


@dataclass(frozen=True)
class Queue:
    """A page of filtered samples; `total` counts all of the filter's samples."""

    rows: tuple[SampleRow, ...]
    total: int
    offset: int


@dataclass(frozen=True)
class Neighbours:
    """Where a sample stands in a filtered queue; None: nothing on that side, or it is not in the queue."""

    index: int | None
    total: int
    previous: int | None
    following: int | None


@dataclass(frozen=True)
class Confusion:
    """EM x judge of one task (`task` = "" is all). Counts by cell; shares are of the four scored cells.

    `em_right` and `em_wrong` count the answers that EM scored and no judge was asked about: they are in no cell of the
    four, yet half of their story is known.
    """

    task: str
    title: Mapping[str, str]
    counts: Mapping[Cell, int]
    em_right: int = 0
    em_wrong: int = 0

    @property
    def scored(self) -> int:
        return sum(self.counts.get(cell, 0) for cell in CELLS[:4])

    def share(self, cell: Cell) -> float | None:
        return self.counts.get(cell, 0) / self.scored if self.scored else None


@dataclass(frozen=True)
class Viewer:
    """Who asks. `owner` sees everything, `visitor` the gold of public tasks only, and neither that of a task which
    `studio.service.people.blinding` keeps from whoever is answering it. `browser` is the mark of the browser (never its
    secret): a visitor steers the runs that bear it.

    With a `reviewer` (a name; "" for one who has not told it yet) whoever looks is to label, blind to others: in runs
    that they may label, filters, counts and lists tell what people say of an answer only where this reviewer has said
    something of it. None: the labels of all are seen. `sealed` names the reviewer who is told the scores of an answer
    only beside an own label; None: they are told. `person` is the id of whoever is signed in, "" for nobody."""

    role: Literal["owner", "visitor"] = "visitor"
    browser: str = ""
    reviewer: str | None = None
    person: str = ""
    sealed: str | None = None


OWNER = Viewer("owner")  # whoever can run commands or code here can open the file
