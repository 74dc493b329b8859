"""One question in the words of every prompt, out of the records that bear them."""

from studio.prompts import PROMPT_IDS, Asked, TaskWording, Wordings, build_instruction, recover_prompt_id

TASK = TaskWording("image", "о фигурах", "Фигур четыре.", "letter")
TWO, FOUR = ("option_a", "option_b"), ("option_a", "option_b", "option_c", "option_d")


def asked(
    instruction: str, slots: tuple[str, ...] = ("image", "question"), gold: str = "", **traits: str
) -> Asked:
    return Asked(instruction, frozenset(slots), traits, gold)


def test_a_template_is_taken_whole_from_a_record_of_the_same_fields() -> None:
    found = Wordings()
    found.add(1, asked("<image> {question}"))
    found.add(2, asked("Скажите: <image> {question}"))
    assert found.prompts == (1, 2)
    assert found.worded(2, asked("<image> {question}")) == "Скажите: <image> {question}"


def test_options_that_no_record_has_in_a_prompt_stay_as_in_the_questions_own() -> None:
    found = Wordings()
    for prompt in PROMPT_IDS:
        options = TWO if 5 <= prompt <= 9 else FOUR
        found.add(prompt, asked(build_instruction(prompt, TASK, options), ("image", "question", *options)))
    own = asked(build_instruction(6, TASK, TWO), ("image", "question", *TWO))
    for prompt in PROMPT_IDS:
        worded = found.worded(prompt, own)
        assert worded == build_instruction(prompt, TASK, TWO)
        assert recover_prompt_id(worded) == prompt


def test_a_question_with_a_number_is_asked_for_a_number_in_every_prompt() -> None:
    found = Wordings()
    for prompt in (2, 5, 9):
        for kind in ("number", "short", "short"):
            found.add(prompt, asked(build_instruction(prompt, TASK, answer_kind=kind)))
    own = asked(build_instruction(5, TASK, answer_kind="number"))
    assert found.worded(9, own) == build_instruction(9, TASK, answer_kind="number")
    bare = asked("<image>\nВопрос:\n{question}", gold="12")
    assert found.worded(9, bare) == build_instruction(9, TASK, answer_kind="number")


def test_of_several_contexts_the_one_of_the_questions_category_is_taken() -> None:
    found = Wordings()
    for about in ("о цвете", "о форме", "о форме"):
        wording = TaskWording("image", about, "", "short")
        found.add(2, asked(build_instruction(2, wording), topic=about))
        found.add(9, asked(build_instruction(9, wording), topic=about))
    own = asked(build_instruction(2, TaskWording("image", "о цвете", "", "short")), topic="о цвете")
    assert "о цвете" in (found.worded(9, own) or "")


def test_words_that_no_record_tells_are_not_made_up() -> None:
    found = Wordings()
    found.add(1, asked("Что это? <image>", ("image",)))
    found.add(2, asked("<image> {question} {hint}", ("image", "question", "hint")))
    own = asked("<image> {question}")
    assert found.worded(2, own) is None
    assert found.worded(7, own) is None


def test_instructions_with_the_questions_in_them_are_known_for_what_they_are() -> None:
    found = Wordings()
    found.add(1, asked("<image> Что слева?", ("image",)))
    assert not found.written_out
    found.add(1, asked("<image> Что справа?", ("image",)))
    assert found.written_out
