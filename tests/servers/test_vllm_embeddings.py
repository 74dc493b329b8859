"""A model of texts in a real vLLM gives the vectors that it gives in this process."""

from pathlib import Path

import pytest

from studio.engines import open_embedder
from tests.engines.server_stub import until
from tests.engines.test_embedding import bert, opened, vectors
from tests.servers.needs_vllm import needs_vllm
from tests.servers.real_vllm import RealServer

pytestmark = needs_vllm
TEXTS = ["кот", "на картинке сидит рыжий кот", "12,5", "А"] * 50


def test_vectors_are_the_same_behind_vllm(tmp_path: Path) -> None:
    # vLLM's attention on a CPU takes heads of 32 numbers and more
    folder = bert(tmp_path / "texts", 128, 2, pooling_mode_mean_tokens=True)
    server = RealServer(tmp_path / "log", "--runner", "pooling", "--max-model-len", "96", model=str(folder))
    server.start()
    try:
        until(lambda: server.ready, seconds=300)
        served = open_embedder(f"{server.url}#omni", models_dir=tmp_path)
        there = vectors(served, TEXTS)
        served.close()
    finally:
        server.kill()
    here = vectors(opened(folder), TEXTS)
    assert all(one == pytest.approx(other, abs=1e-4) for one, other in zip(here, there, strict=True))
