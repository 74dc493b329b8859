"""What tests of pages share: a module's studio served, and its page's script without a browser."""

from collections.abc import Iterator

import pytest

from studio.service import Studio
from tests.components.bench import Bench, whole_bench
from tests.components.serving import Script, serving


@pytest.fixture(scope="module")
def url(studio: Studio) -> Iterator[str]:
    """The address of the module's own `studio`, with a slash at the end."""
    with serving(studio) as url:
        yield url


@pytest.fixture(scope="module")
def script(url: str, request: pytest.FixtureRequest) -> Iterator[Script]:
    """The script of the page that serves the module's `FUNCTION`."""
    script = Script(url, request.module.FUNCTION)
    yield script
    script.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Studio, Bench]]:
    """A studio with something on every page, for modules that have no other."""
    studio, bench = whole_bench(tmp_path_factory.mktemp("whole"))
    yield studio, bench
    studio.close()


@pytest.fixture(scope="module")
def studio(whole: tuple[Studio, Bench]) -> Studio:
    return whole[0]


@pytest.fixture(scope="module")
def bench(whole: tuple[Studio, Bench]) -> Bench:
    """What is in it."""
    return whole[1]
