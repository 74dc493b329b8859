"""The marks of tests that start a real vLLM."""

import pytest

from tests.servers.real_vllm import THERE

needs_vllm = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not THERE, reason="no environment with vLLM on this machine"),
]
