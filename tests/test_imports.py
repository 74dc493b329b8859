"""Starting is quick because heavy libraries arrive late: each test asks a fresh interpreter."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {
    "torch",
    "torchvision",
    "transformers",
    "librosa",
    "numba",
    "decord",
    "av",
    "datasets",
    "vllm",
    "accelerate",
}
SCREEN = {"gradio", "fastapi"}  # pandas comes with sqlite_utils wherever it is installed


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a statement."""
    code = (
        f"import sys, json; {statement}; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages() -> list[str]:
    paths = [*(ROOT / "studio").rglob("__init__.py"), *(ROOT / "studio").glob("*.py")]
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths
    }
    return sorted(names - {"studio.__main__"})


def test_importing_the_app_loads_no_model_library() -> None:
    assert not loaded_by("import app") & HEAVY


@pytest.mark.parametrize("package", packages())
def test_importing_a_room_loads_neither_models_nor_the_screen(package: str) -> None:
    assert not loaded_by(f"import {package}") & (HEAVY | SCREEN)


def test_importing_the_core_loads_only_the_standard_library() -> None:
    before = loaded_by("pass")
    extra = loaded_by("import studio.core, studio.core.run, studio.core.judge") - before - {"studio"}
    assert extra <= set(sys.stdlib_module_names)


def test_a_clip_opened_before_torch_leaves_torch_whole() -> None:
    """decord2 3.4 loads libnvblas for everyone as it is imported; the first matrix product then ends the process."""
    clip = next((ROOT / "data" / "demo" / "ruDemoMotion").rglob("*.mp4"))
    code = (
        "import sys; from pathlib import Path; from studio.media import load_frames\n"
        "print(len(load_frames(Path(sys.argv[1]), 2).frames))\n"
        "import torch\n"
        "print(tuple((torch.ones(64, 512) @ torch.ones(512, 512)).shape))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(clip)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split("\n")[:2] == ["2", "(64, 512)"], done.stderr
