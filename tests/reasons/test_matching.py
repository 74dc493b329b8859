"""Groups that are formed again keep the numbers of those that they go on."""

from studio.reasons import heirs


def answers(*numbers):
    return [("r1", number) for number in numbers]


FORMER = {("r1", n): 1 if n < 10 else 2 for n in range(1, 15)}  # 1: nine answers, 2: five


def test_the_same_answers_are_the_same_groups():
    assert heirs(FORMER, [answers(*range(10, 15)), answers(*range(1, 10))]) == [2, 1]


def test_new_answers_do_not_change_whose_group_it_is():
    assert heirs(FORMER, [answers(*range(1, 10), *range(20, 90))]) == [1]


def test_a_group_that_falls_apart_is_gone_on_by_its_larger_half():
    assert heirs(FORMER, [answers(1, 2, 3), answers(4, 5, 6, 7, 8, 9)]) == [None, 1]


def test_a_group_that_falls_into_many_pieces_is_gone_on_by_none():
    assert heirs(FORMER, [answers(1, 2, 3), answers(4, 5, 6), answers(7, 8, 9)]) == [None] * 3


def test_a_group_swallowed_by_a_larger_one_does_not_give_it_its_name():
    assert heirs(FORMER, [answers(*range(1, 15))]) == [1]


def test_what_people_put_together_stays_together():
    pieces = [answers(1, 2, 3), answers(4, 5, 6), answers(7, 8, 9, 10, 11, 12, 13)]
    assert heirs(FORMER, pieces, {1}) == [1, 1, 2]


def test_answers_that_nobody_knew_are_new_groups():
    assert heirs(FORMER, [answers(90, 91)]) == [None]
    assert heirs({}, [answers(1)]) == [None]
