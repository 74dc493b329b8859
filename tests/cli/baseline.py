"""A project of the human baseline on the command line, with people who answer in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from studio.core.project import Submission, Timing
from studio.core.run import Viewer
from tests.cli.conftest import Line


def made(line: Line, task: Path, *words: str, overlap: int = 2) -> str:
    """A project over all of a task without controls or repeats, opened. Its id."""
    settings = ("--overlap", str(overlap), "--controls", "0", "--repeats", "0")
    done = line.on("project", "new", "--task", str(task), "--title", "Люди", *settings, *words, "--json")
    assert done.code == 0, done.err
    project: str = done.json["project"]["id"]
    assert line.on("project", "open", project).code == 0
    return project


def answered(line: Line, project: str, said: Mapping[str, Sequence[str]], active_s: float = 6.0) -> list[str]:
    """People of these names answer each item: a text, or `—` to skip. Their ids."""
    ids = []
    for name, texts in said.items():
        link = line.on("invite", "new", project, "--json").json["secret"]
        studio = line.opened()
        try:
            _, token = studio.members.redeem(link, name, Viewer())
            person = studio.members.signed_in(token)
            assert person is not None
            ids.append(person.id)
            while (asked := studio.answering.standing(project, person.id).question) is not None:
                with studio._store.projects.writing() as tables:  # it has been on the screen for so long
                    shown = "UPDATE turns SET shown_at = shown_at - ? WHERE person_id = ? AND item = ?"
                    tables.connection.execute(shown, (active_s, person.id, asked.item))
                text = texts[asked.item - 1]
                action, reason = ("skip", "ambiguous") if text == "—" else ("answer", "")
                studio.answering.submit(
                    project,
                    person.id,
                    Submission(
                        asked.item, asked.occasion, action, f"c{asked.item}", "" if reason else text, reason,
                        comment=f"о вопросе {asked.item}", timing=Timing(active_s=active_s),
                    ),
                )  # fmt: skip
        finally:
            studio.close()
    return ids
