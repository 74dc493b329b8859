"""Signing in by Hugging Face on a Space, the whole way, against a Hugging Face of the test's own."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from starlette.requests import Request

from components.accounts import account_of, blocks_of
from studio.access import Account, is_author
from studio.settings import Settings

ROOT = Path(__file__).parent.parent.parent
ON_SPACE = Settings(Path(), Path(), on_space=True, oauth=True, space_author="lab")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.components.space", str(tmp_path_factory.mktemp("space"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    *logged, told = done.stdout.strip().splitlines()
    return {**json.loads(told), "logged": "\n".join([*logged, done.stderr])}


def test_somebody_comes_by_a_link_and_stays_known_by_his_account(seen: Mapping[str, Any]) -> None:
    assert seen["offered"] and seen["known"]
    assert seen["people"] == [["Имя anya", "anya", "huggingface", "annotator"]]
    assert seen["joined"] == f"../annotate?project={seen['project']}"


def test_the_secret_of_a_link_does_not_go_to_hugging_face_or_into_the_log(seen: Mapping[str, Any]) -> None:
    """Gradio prints where it leads back to."""
    assert seen["away"] == "../login/huggingface?_target_url=/join" and seen["back"] == "/join"
    assert seen["again"] == f"./join/{seen['secret']}"
    assert "login/callback" in seen["logged"] and seen["secret"] not in seen["logged"]


def test_the_header_says_who_it_is_and_leaving_forgets_it(seen: Mapping[str, Any]) -> None:
    assert "Вы: Имя anya" in seen["who"] and "Выйти" in seen["who"]
    assert "Имя anya" not in seen["left"] and "Войти через Hugging Face" in seen["left"]


def test_the_account_that_the_space_belongs_to_is_the_owner_and_no_other(seen: Mapping[str, Any]) -> None:
    owner, stranger, nobody = seen["codes"]
    assert owner == "unknown_run" and stranger == nobody == "not_allowed"


def request_of(said: Any) -> Request:
    return Request({"type": "http", "headers": [], "session": {"oauth_info": said}})


def said(login: str = "anya", **more: Any) -> dict[str, Any]:
    return {"userinfo": {"preferred_username": login, "name": "Аня"}, **more}


def test_the_word_of_hugging_face_holds_for_its_time_and_on_a_space_alone() -> None:
    later, before = time.time() + 60, time.time() - 1
    assert account_of(request_of(said(expires_at=later)), ON_SPACE) == Account("anya", "Аня")
    assert account_of(request_of(said(expires_at=before)), ON_SPACE) is None
    assert account_of(request_of(said()), replace(ON_SPACE, oauth=False)) is None


@pytest.mark.parametrize(
    "odd", [None, "anya", {}, {"userinfo": None}, said(""), {"userinfo": {"preferred_username": 7}}]
)
def test_a_session_that_says_nobody_is_nobody(odd: Any) -> None:
    assert account_of(request_of(odd), ON_SPACE) is None


def test_a_request_without_a_session_is_nobody() -> None:
    assert account_of(Request({"type": "http", "headers": []}), ON_SPACE) is None


def test_nobody_is_the_author_of_a_studio_that_belongs_to_no_account() -> None:
    assert not is_author(Account("", ""), replace(ON_SPACE, space_author=""))
    assert not is_author(None, ON_SPACE) and not is_author(Account("LAB", "x"), ON_SPACE)
    assert is_author(Account("lab", "x"), ON_SPACE)


def test_outside_a_space_gradio_is_never_asked_for_its_stand_in() -> None:
    for environ in ({}, {"OAUTH_CLIENT_ID": "x", "SPACE_AUTHOR_NAME": "lab"}):
        settings = Settings.from_env(environ)
        assert not settings.oauth and not settings.space_author
        assert blocks_of(settings) is gr.Blocks
