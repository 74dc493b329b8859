"""A studio on a Space, and a Hugging Face of its own: `python -m tests.components.space HOME` signs people in like a
browser and prints what it saw. A process of its own, because Gradio reads its OAuth settings when it is imported.
"""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

SPACE = "https://lab-studio.hf.space"
AUTHOR = "lab"
CLIENT = "client-1"


class HuggingFace(BaseHTTPRequestHandler):
    """As much of OpenID as Gradio asks for. `login` is who signs in next; `nonces` those of the codes given out."""

    login = "anya"
    nonces: dict[str, str] = {}  # noqa: RUF012
    key: Any = None

    def do_GET(self) -> None:
        place, own = urlsplit(self.path).path, f"http://{self.headers['host']}"
        if place == "/.well-known/openid-configuration":
            self._tell(
                {
                    "issuer": own,
                    "authorization_endpoint": f"{own}/oauth/authorize",
                    "token_endpoint": f"{own}/oauth/token",
                    "jwks_uri": f"{own}/oauth/jwks",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        elif place == "/oauth/jwks":
            self._tell({"keys": [self.key.as_dict(private=False)]})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        from joserfc import jwt

        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        now = int(time.time())
        claims = {
            "iss": f"http://{self.headers['host']}", "aud": CLIENT, "sub": f"id-{self.login}", "iat": now,
            "exp": now + 600,
            "nonce": self.nonces[form["code"][0]], "name": f"Имя {self.login}", "preferred_username": self.login,
            "profile": "", "picture": "",
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)
        self._tell(
            {
                "access_token": "a",
                "token_type": "bearer",
                "expires_in": 600,
                "expires_at": now + 600,
                "id_token": token,
            }
        )

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def _tell(self, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main(home: Path) -> dict[str, Any]:
    from joserfc.jwk import RSAKey

    HuggingFace.key = RSAKey.generate_key(2048, {"kid": "k1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), HuggingFace)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.update(
        SYSTEM="spaces", SPACE_ID="lab/studio", SPACE_HOST="lab-studio.hf.space", SPACE_AUTHOR_NAME=AUTHOR,
        OAUTH_CLIENT_ID=CLIENT, OAUTH_CLIENT_SECRET="s", OAUTH_SCOPES="openid profile", STUDIO_HOME=str(home),
        OPENID_PROVIDER_URL=f"http://127.0.0.1:{server.server_address[1]}", STUDIO_DATA=str(home / "no-demo"),
    )  # fmt: skip
    try:
        return story(home)
    finally:
        server.shutdown()
        server.server_close()


def story(home: Path) -> dict[str, Any]:
    """Somebody comes by a link and signs in at Hugging Face; then whoever the Space belongs to does."""
    import gradio as gr
    from starlette.testclient import TestClient

    from components.shell import build_app, launch_settings
    from studio.core.project import ProjectSpec
    from studio.core.run import OWNER
    from studio.service import Studio
    from tests.support import write_task

    studio = Studio.from_env(os.environ)
    app = gr.routes.App.create_app(build_app(studio), app_kwargs=launch_settings(studio)["app_kwargs"])
    project = studio.organising.make(OWNER, ProjectSpec("Проект", str(write_task(home / "Things", ["да"]))))
    _, secret = studio.members.invite(OWNER, project, "annotator")
    seen: dict[str, Any] = {"secret": secret, "project": project}

    browser = TestClient(app, base_url=SPACE, follow_redirects=False)
    seen["offered"] = "Hugging Face" in browser.get(f"/join/{secret}").text
    away = browser.post(f"/join/{secret}", data={"huggingface": "1"})
    seen["away"] = away.headers["location"]
    back = signed_in(browser, "anya", away.headers["location"].removeprefix(".."))
    seen["back"] = back
    again = browser.get(back)
    seen["again"] = again.headers["location"]
    page = browser.get(again.headers["location"].removeprefix("."))
    seen["known"] = "Вы вошли как Имя anya." in page.text
    seen["joined"] = browser.post(f"/join/{secret}").headers["location"]
    seen["people"] = [
        (each.name, each.account, each.via, role) for each, role in studio.members.people(OWNER, project)
    ]
    seen["who"] = asked(browser, "header_who")
    browser.post("/leave")
    seen["left"] = asked(browser, "header_who")

    author = TestClient(app, base_url=SPACE, follow_redirects=False)
    signed_in(author, AUTHOR, "/login/huggingface?_target_url=/")
    stranger = TestClient(app, base_url=SPACE, follow_redirects=False)
    signed_in(stranger, "lab-friend", "/login/huggingface?_target_url=/")
    seen["codes"] = [asked(each, "whatif_rescore", "code") for each in (author, stranger, browser)]
    studio.close()
    return seen


def signed_in(browser: Any, login: str, address: str) -> str:
    """Goes to Hugging Face and back; where the studio leads then."""
    there = browser.get(address).headers["location"]
    query = parse_qs(urlsplit(there).query)
    HuggingFace.login = login
    HuggingFace.nonces[login] = query["nonce"][0]
    callback = urlsplit(query["redirect_uri"][0])
    reply = browser.get(f"{callback.path}?{callback.query}&code={login}&state={query['state'][0]}")
    return str(reply.headers["location"])


def asked(browser: Any, function: str, part: str = "html") -> str:
    """A part of what a page's function answers."""
    pages = [
        browser.get("/config", params={"page": page}).json()["components"] for page in ("annotate", "whatif")
    ]
    components = [component for page in pages for component in page]
    component = next(each["id"] for each in components if function in each["props"].get("server_fns", ()))
    body = {"component_id": component, "fn_name": function, "session_hash": "s", "data": {"at": "/annotate"}}
    return str(browser.post("/gradio_api/component_server/", json=body).json()[part])


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
