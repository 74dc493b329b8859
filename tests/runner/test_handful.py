"""How many answers a judge is given at once."""

from studio.runner.scorer import LEAST, MOST, Handful


def after(*took: tuple[int, float]) -> int:
    handful = Handful()
    for n, seconds in took:
        handful.took(n, seconds)
    return handful.size


def test_a_judge_is_given_about_a_second_of_work() -> None:
    assert after() == LEAST
    assert after((64, 0.64)) == 100
    assert after((64, 0.64), (100, 2.0)) == LEAST, (
        "slow judges get the least, so that something is seen of them"
    )


def test_what_was_known_already_does_not_make_a_judge_look_fast() -> None:
    assert after((64, 0.0)) == 2 * LEAST
    assert after(*[(MOST, 1e-6)] * 20) == MOST
