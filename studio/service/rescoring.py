"""«What if»: a run's scores under other rules or another threshold, out of stored text; and rules kept as versions."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import studio.core.rules
import studio.judges.again
import studio.metrics
import studio.store.rescored
from studio.access import may_change
from studio.core.errors import BadInput, NotAllowed
from studio.core.rules import DEFAULT_RULES, OWN, STAGES, TOLERANCE, Rules, Scorer
from studio.core.run import OWNER, Viewer
from studio.core.task import Gold, digest
from studio.core.whatif import ChangedSample, Rescoring, ScorerVersion, Switch, Turned, WhatIf, WhatIfAsked
from studio.judges.again import VARIANTS, Calls, StoredCall
from studio.metrics import PROFILES
from studio.metrics.endings import dictionary_version
from studio.metrics.examples import EXAMPLES
from studio.metrics.first_pass import FirstPass
from studio.service.changed import Changed, read, said
from studio.service.desk import Desk
from studio.service.kept import Kept, Part, code_of
from studio.service.looking import Looking
from studio.service.measures import Measures
from studio.service.rescoring_jobs import RescoringJobs
from studio.service.scorers import Scorers, label_of
from studio.service.whatif import Bench, Verdicts, changed_places
from studio.store import Store
from studio.store.rescored import StoredRow, StoredText

KEPT = 2  # runs in memory; of one with long answers 100 MB
EXCERPT = 160
MOST_ROWS = 500
A_TOLERANCE = 0.01  # what turning `tolerance` on is counted at


class _Key(NamedTuple):
    run: str
    stamp: str
    hidden: frozenset[str]


class WhatIfs:
    """Asks nobody and, but for `rescore`, writes nothing."""

    def __init__(
        self, store: Store, desk: Desk, looking: Looking, measures: Measures, scorers: Scorers
    ) -> None:
        self._store = store
        self._desk = desk
        self._looking = looking
        self._measures = measures
        self.scorers = scorers
        self._parts = Kept(store)
        self._jobs = RescoringJobs(store, scorers)
        self._benches: OrderedDict[_Key, Bench] = OrderedDict()
        self._switches: dict[tuple[_Key, Rules], tuple[Turned, ...]] = {}
        self._found: dict[_Key, dict[Changed, list[int]]] = {}
        store.counted["changed"] = self.changed
        self._lock = threading.Lock()

    def what_if(self, asked: WhatIfAsked, viewer: Viewer = OWNER) -> WhatIf:
        """The scores before and after. Raises BadInput and NotAllowed: no run, a threshold outside [0, 1], an unknown
        profile or variant; no task whose gold the viewer may see."""
        _check(asked)
        started = time.perf_counter()
        bench, key = self._bench(asked.run, viewer)
        base = bench.rules
        rules = asked.rules or base or DEFAULT_RULES
        wished = asked.rules if asked.rules is not None or base is not None else None
        after = bench.after(wished, asked.profile, asked.threshold, asked.variants)
        places = changed_places(bench.before, after)
        total, tasks = bench.changes(after)
        turned_by = {} if asked.profile or wished is None else bench.rescorer.turned_by(rules)
        return WhatIf(
            run=asked.run,
            label=self._label(asked.run),
            base=base,
            rules=rules,
            profile=asked.profile,
            threshold=asked.threshold,
            variants=asked.variants,
            known_variants=bench.calls.known,
            answers=len(bench.rows),
            total=total,
            tasks=tasks,
            by=_by(rules.changed(base or DEFAULT_RULES), turned_by, bench, after),
            changed=self._changed(bench, after, places, turned_by, asked),
            changed_total=len(self._of_task(bench, places, asked.task)),
            bins=bench.bins(asked.variants),
            hidden=tuple(sorted(key.hidden)),
            seconds=time.perf_counter() - started,
            words=said(asked, base),
        )

    def changed(self, run_id: str, text: str) -> list[int]:
        """Numbers of the answers that `changed:"…"` means, whoever asks: the filter leaves out what is hidden. Raises
        BadInput."""
        bench, key = self._bench(run_id, OWNER)
        wanted = read(run_id, text, bench.rules, self._store.scorers.rules)
        known = self._found.get(key, {}).get(wanted)
        if known is not None:
            return known
        asked = wanted.asked
        rules = asked.rules if asked.rules is not None else bench.rules
        after = bench.after(rules, asked.profile, asked.threshold, asked.variants)
        turned_by = {}
        if wanted.by and rules is not None and not asked.profile:
            turned_by = bench.rescorer.turned_by(rules)
        found = [bench.rows[place].number for place in wanted.kept(bench, after, turned_by)]
        self._found = {key: {**self._found.get(key, {}), wanted: found}}  # of the run that is looked at now
        return found

    def switches(self, run_id: str, viewer: Viewer = OWNER, *, count: bool = True) -> tuple[Switch, ...]:
        """All switches as they stand for the run; with `count` what turning each alone does to its answers, which takes
        seconds for a long run and is remembered. Raises as `what_if`."""
        bench, key = self._bench(run_id, viewer)
        base = bench.rules or DEFAULT_RULES
        known = self._switches.get((key, base))
        if known is None and count:
            known = tuple(_alone(bench, name, base) for names in STAGES.values() for name in names)
            known = (*known, _alone(bench, TOLERANCE, base))
            self._switches[key, base] = known
        counted = {turned.name: turned for turned in known or ()}
        return tuple(
            Switch(
                name, stage, bool(getattr(base, name)), EXAMPLES[name].answer, EXAMPLES[name].gold,
                counted.get(name),
            )
            for stage, names in STAGES.items()
            for name in (*names, *((TOLERANCE,) if stage == "loose" else ()))
        )  # fmt: skip

    def is_read(self, run_id: str, viewer: Viewer = OWNER) -> bool:
        """Whether the run is in memory: else the first answer takes some seconds for 100,000 samples."""
        return self._key(run_id, viewer) in self._benches

    # versions of the scorer

    def versions(self) -> tuple[ScorerVersion, ...]:
        """The named sets of rules, and which runs are scored by them."""
        return tuple(
            ScorerVersion(row.name, row.rules, row.created_at, tuple(self._store.scorers.runs_by(row.name)))
            for row in self._store.scorers.all()
        )

    def version(self, name: str) -> ScorerVersion:
        """A kept set by its name. Raises BadInput."""
        found = next((version for version in self.versions() if version.name == name), None)
        if found is None:
            known = ", ".join(version.name for version in self.versions()) or "—"
            raise BadInput("unknown_scorer", name=name, known=known)
        return found

    def rules(self, run_id: str) -> Rules | None:
        """The rules that the run is scored by now; None for a published profile. Raises BadInput."""
        return self.scorers.rules_of(self._store.runs.get(run_id).profile)

    def save(self, name: str, rules: Rules, viewer: Viewer = OWNER) -> ScorerVersion:
        """Keeps a set of rules under a name. Raises BadInput: a name that is none, that of a profile, or taken;
        NotAllowed."""
        _owner(viewer)
        scorer = Scorer(name.strip(), rules)
        if not scorer.name:
            raise BadInput("scorer_name", name=name)
        if scorer.name.casefold() in {*PROFILES, OWN}:
            raise BadInput("scorer_name_profile", name=scorer.name)
        self._store.scorers.add(scorer.name, rules)
        return next(version for version in self.versions() if version.name == scorer.name)

    def delete(self, name: str, viewer: Viewer = OWNER) -> None:
        """Forgets a set that no run is scored by. Raises BadInput, NotAllowed."""
        _owner(viewer)
        self._store.scorers.delete(name)

    def rescore(self, run_id: str, name: str, viewer: Viewer = OWNER) -> Rescoring:
        """Scores a run anew by a version, in the background; an empty name is the profile that it was asked under. The
        scores that it had are kept. Raises BadInput: no such run or version, a run that goes on; NotAllowed."""
        _owner(viewer)
        return self._jobs.start(run_id, name)

    def progress(self, run_id: str) -> Rescoring | None:
        """Where the run's latest rescoring stands."""
        return self._jobs.state(run_id)

    def wait(
        self, run_id: str, on_progress: Callable[[Rescoring], None] = lambda state: None
    ) -> Rescoring | None:
        """Returns when it is over; `on_progress` is told some ten times a second."""
        return self._jobs.wait(run_id, on_progress)

    def label(self, run_id: str) -> str:
        """The version of Exact Match that the run is scored by now, such as `studio-2+name`."""
        return self._label(run_id)

    def close(self) -> None:
        self._jobs.close()

    def _key(self, run_id: str, viewer: Viewer) -> _Key:
        row = self._store.runs.get(run_id)
        if self._looking.blinded(viewer):  # else nothing is veiled, and a run's view is costly
            self._looking.refuse_annotated([run_id], viewer)
        stamp = f"{self._store.memos.changes(run_id)}:{row.profile}"
        return _Key(run_id, stamp, frozenset(self._looking.hidden(run_id, viewer)))

    def _bench(self, run_id: str, viewer: Viewer) -> tuple[Bench, _Key]:
        key = self._key(run_id, viewer)
        with self._lock:  # of two who ask for the same run, the second waits for the first
            bench = self._benches.get(key)
            if bench is None:
                bench = self._read(key)
                for old in [
                    other for other in self._benches if other.run == key.run and other.stamp != key.stamp
                ]:
                    del self._benches[old]
                    self._switches = {
                        known: found for known, found in self._switches.items() if known[0] != old
                    }
                self._benches[key] = bench
                while len(self._benches) > KEPT:
                    self._benches.popitem(last=False)
            self._benches.move_to_end(key)
        return bench, key

    def _read(self, key: _Key) -> Bench:
        row = self._store.runs.get(key.run)
        _, order = self._desk.counted(row)
        infos = {task: info for task, info in self._desk.infos(order).items() if info.name not in key.hidden}
        if order and not infos:
            raise NotAllowed("gold_hidden")
        rows = [each for each in self._store.rescored.rows(key.run) if each.task_id in infos]
        if not rows:
            raise BadInput("whatif_nothing", run=key.run)
        outlines = {task: self._measures.outline(task).clusters for task in infos}
        clusters = [
            f"{each.task_id}/{outlines[each.task_id].get(each.sample_id, each.sample_id)}" for each in rows
        ]
        rules = self.scorers.rules_of(row.profile)
        answers = [each.generation_id for each in rows]
        by = digest([key.stamp, sorted(key.hidden), answers])
        return Bench(
            rows, infos, clusters, self._calls(key, by, rows), rules,
            partial(self._texts, key.run, answers), partial(self._first, key, by, rules or DEFAULT_RULES),
        )  # fmt: skip

    def _calls(self, key: _Key, by: str, rows: Sequence[StoredRow]) -> Calls:
        """The judge's calls about the answers."""

        def make() -> Calls:
            place = {each.number: at for at, each in enumerate(rows)}
            calls = self._store.rescored.calls(key.run)
            told = (call for call in calls if call.number in place)
            return Calls(
                len(rows),
                (
                    StoredCall(place[each.number], each.candidate, each.probability, each.label)
                    for each in told
                ),
            )

        by = f"{code_of(studio.judges.again, studio.store.rescored)}:{by}"
        return self._part(key, "calls", by, make, Calls.to_bytes, Calls.from_bytes)

    def _first(self, key: _Key, by: str, rules: Rules, make: Callable[[], FirstPass]) -> FirstPass:
        """What the first pass over the answers found."""
        code = code_of(studio.metrics, studio.core.rules, studio.store.rescored)
        by = f"{code}:{digest([by, rules.to_json(), dictionary_version()])}"
        return self._part(key, "first_pass", by, make, FirstPass.to_bytes, FirstPass.from_bytes)

    def _part(
        self,
        key: _Key,
        name: str,
        by: str,
        make: Callable[[], Part],
        pack: Callable[[Part], bytes],
        unpack: Callable[[bytes], Part],
    ) -> Part:
        """Kept for those who may see the whole run: others would turn it out, and they it."""
        return make() if key.hidden else self._parts.part(key.run, name, by, make, pack, unpack)

    def _texts(self, run_id: str, answers: Sequence[int]) -> Sequence[StoredText]:
        """Raises BadInput: the run was deleted meanwhile."""
        found = self._store.rescored.texts(answers)
        if len(found) != len(answers):
            raise BadInput("whatif_nothing", run=run_id)
        return found

    def _label(self, run_id: str) -> str:
        row = self._store.runs.get(run_id)
        return label_of(row.profile)

    def _of_task(self, bench: Bench, places: NDArray[np.intp], task: str) -> Sequence[int]:
        return [
            int(place) for place in places if not task or bench.infos[bench.rows[place].task_id].name == task
        ]

    def _changed(
        self,
        bench: Bench,
        after: Verdicts,
        places: NDArray[np.intp],
        turned_by: dict[int, tuple[str, ...]],
        asked: WhatIfAsked,
    ) -> tuple[ChangedSample, ...]:
        listed = self._of_task(bench, places, asked.task)
        page = listed[asked.offset : asked.offset + min(asked.limit, MOST_ROWS)]
        keys = self._store.rescored.keys([bench.rows[place].sample_id for place in page])
        texts = self._texts(asked.run, [bench.rows[place].generation_id for place in page])
        probabilities = bench.calls.probabilities(asked.variants)
        return tuple(
            ChangedSample(
                sample_id=row.sample_id,
                number=row.number,
                task=bench.infos[row.task_id].name,
                key=keys[row.sample_id],
                answer=_end(text.text),
                gold=_gold(text.gold)[:EXCERPT],
                before=bench.before.cell(place),
                after=after.cell(place),
                em=(_value(bench.before.em[place]), _value(after.em[place])),
                js=(_value(bench.before.js[place]), _value(after.js[place])),
                probability=_value(probabilities[place]),
                by=turned_by.get(place, ()),
            )
            for place, text in zip(page, texts, strict=True)
            for row in [bench.rows[place]]
        )


def _owner(viewer: Viewer) -> None:
    if not may_change(viewer):
        raise NotAllowed("not_allowed")


def _check(asked: WhatIfAsked) -> None:
    if asked.threshold is not None and not 0 <= asked.threshold <= 1:
        raise BadInput("out_of_bounds", name="threshold", value=asked.threshold, low=0, high=1)
    if asked.profile and asked.profile not in PROFILES:
        raise BadInput("unknown_profile", name=asked.profile, known=", ".join(PROFILES))
    for name in asked.variants:
        if name not in VARIANTS:
            raise BadInput("unknown_variant", name=name, known=", ".join(VARIANTS))


def _by(
    changed: Sequence[str], turned_by: dict[int, tuple[str, ...]], bench: Bench, after: Verdicts
) -> tuple[Turned, ...]:
    """What each changed switch turns by itself; `together`: only several at once."""
    counts = {name: [0, 0] for name in (*changed, "together")}
    for place, names in turned_by.items():
        right = int(after.em[place] < 0.5)
        for name in names or ("together",):
            counts[name][right] += 1
    return tuple(
        Turned(name, gained, lost, len(bench.rescorer.touched(name)) if name != "together" else gained + lost)
        for name, (gained, lost) in counts.items()
        if name != "together" or gained + lost
    )


def _alone(bench: Bench, name: str, base: Rules) -> Turned:
    """What turning one switch does."""
    if name == TOLERANCE:
        turned = Rules.from_json({**base.to_json(), TOLERANCE: 0.0 if base.tolerance else A_TOLERANCE})
    else:
        on = getattr(base, name)
        turned = base.with_switches(*(((), (name,)) if on else ((name,), ())))
    before, after = bench.by_rules(base), bench.by_rules(turned)
    return Turned(
        name, int(np.sum(after > before)), int(np.sum(after < before)), len(bench.rescorer.touched(name))
    )


def _end(text: str) -> str:
    """The end of an answer, where the final answer usually stands."""
    text = text.strip()
    return text if len(text) <= EXCERPT else "…" + text[-EXCERPT:]


def _gold(gold: Gold | None) -> str:
    return gold if isinstance(gold, str) else "; ".join(gold or ())


def _value(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
