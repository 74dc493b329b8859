"""An archive that is fit, made of the suite's own sizes, and ways to spoil it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.submission import Defect, SubmissionReport
from studio.service.submission import check_submission

DATE = "2026-11-20T10-00-00.000000"
# Small tasks of one modality each would do, but a modality must be whole: audio is the smallest.
AUDIO = {"AQUARIA": 738, "ruEnvAQA": 596, "ruSLUn": 741, "ruTiE_Audio": 1500}
SLOTS = '{"intent": "playmusic", "slots": [{"artist": "кино"}]}'
HARNESS = {"AQUARIA": "aquaria", "ruEnvAQA": "ruenvaqa", "ruSLUn": "ruslun", "ruTiE_Audio": "rutie_audio_gen"}

Files = dict[str, Any]


def docs(n: int, first: int = 11, text: str = "A") -> list[dict[str, Any]]:
    return [{"outputs": text, "meta": {"id": first + place}} for place in range(n)]


def audio() -> Files:
    """The predictions of all audio tasks, as values by file name."""
    answer = {"ruSLUn": SLOTS}
    return {
        f"{name}.json": {"data": {"test": docs(n, text=answer.get(name, "A"))}} for name, n in AUDIO.items()
    }


def results(**changes: Any) -> dict[str, Any]:
    """A results file as lm-evaluation-harness writes it; `config` is merged."""
    config = {"model_args": "pretrained=m", "limit": None, "gen_kwargs": None, "random_seed": 1234}
    return {
        "config": {**config, **changes.pop("config", {})},
        "model_name": "m",
        "lm_eval_version": "0.4.9",
        **changes,
    }


def samples(records: list[dict[str, Any]], outputs: str = "") -> str:
    """Lines of a samples file that says what the records say."""
    lines = [
        {
            "doc_id": number,
            "doc": {"meta": doc["meta"], "outputs": outputs},
            "filtered_resps": [doc["outputs"]],
        }
        for number, doc in enumerate(records)
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)


def logs(files: Files, **changes: Any) -> Files:
    """The logs of predictions: samples of each file and one results file of the same date."""
    made = {
        f"samples_{HARNESS[name.removesuffix('.json')]}_{DATE}.jsonl": samples(value["data"]["test"])
        for name, value in files.items()
    }
    return {**made, f"results_{DATE}.json": results(**changes)}


def zipped(files: Files) -> bytes:
    """A zip of files by name: bytes and texts as they are, anything else as JSON."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, value in files.items():
            raw = value if isinstance(value, bytes | str) else json.dumps(value, ensure_ascii=False)
            archive.writestr(name, raw)
    return target.getvalue()


Check = Callable[..., SubmissionReport]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """`check(files, logs)`: the report on an archive of these files."""

    def run(files: Files, made: Files | None = None, *, partial: bool = False) -> SubmissionReport:
        whole = {**files, "logs_public.zip": zipped(made)} if made is not None else files
        path = tmp_path / "model.zip"
        path.write_bytes(zipped(whole))
        return check_submission(path, partial=partial)

    return run


def found(report: SubmissionReport, code: str, task: str | None = None) -> Defect:
    """The one defect of this code."""
    (defect,) = [d for d in report.defects if d.code == code and task in (None, d.task)]
    return defect


def codes(report: SubmissionReport) -> set[str]:
    """What is wrong, but for the modalities that the archive does not attempt."""
    return {defect.code for defect in report.defects if defect.code != "no_task"}
