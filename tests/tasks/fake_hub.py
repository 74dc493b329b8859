"""A hub in small: the answers that `datasets` and the hub's library ask for, over HTTP, from files in a folder."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

COMMIT = "5eed" * 10


class FakeHub:
    """Serves `root/<owner>/<name>/…` at one commit. `asked` lists the paths of the data files that were downloaded."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked: list[str] = []

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The hub's address while the block runs."""
        hub = self

        class Handler(_Handler):
            def __init__(self, *args: object) -> None:
                self.hub = hub
                super().__init__(*args)  # type: ignore[arg-type]

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[0] == "datasets" and parts[3:4] == ["resolve"]:
            self._file("/".join(parts[1:3]), "/".join(parts[5:]))
        elif parts[:2] == ["api", "datasets"] and parts[4:5] == ["tree"]:
            self._tree("/".join(parts[2:4]), "/".join(parts[6:]))
        elif parts[:2] == ["api", "datasets"] and parts[4:5] in ([], ["revision"]):
            self._repository("/".join(parts[2:4]))
        else:
            self._nothing("")

    def do_POST(self) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if parts[:2] == ["api", "datasets"] and parts[4:5] == ["paths-info"]:
            said = json.loads(body)["paths"] if body.startswith("{") else parse_qs(body).get("paths", [])
            wanted = [said] if isinstance(said, str) else said
            folder = self.hub.root / "/".join(parts[2:4])
            self._json([_entry(folder, folder / path) for path in wanted if (folder / path).exists()])
        else:
            self._nothing("")

    def _repository(self, repo: str) -> None:
        folder = self.hub.root / repo
        if not folder.is_dir():
            return self._nothing("RepoNotFound")
        files = [{"rfilename": str(path.relative_to(folder))} for path in _files(folder)]
        known = {"gated": False, "disabled": False, "downloads": 0, "likes": 0, "tags": []}
        self._json({"id": repo, "_id": "0" * 24, "sha": COMMIT, "private": False, "siblings": files, **known})

    def _tree(self, repo: str, inside: str) -> None:
        folder = self.hub.root / repo
        if not (folder / inside).is_dir():
            return self._nothing("EntryNotFound" if folder.is_dir() else "RepoNotFound")
        deep = parse_qs(urlsplit(self.path).query).get("recursive", [""])[0].lower() == "true"
        found = (folder / inside).rglob("*") if deep else (folder / inside).iterdir()
        self._json([_entry(folder, path) for path in sorted(found)])

    def _file(self, repo: str, name: str) -> None:
        folder = self.hub.root / repo
        path = folder / name
        if not path.is_file():
            return self._nothing("EntryNotFound" if folder.is_dir() else "RepoNotFound")
        data = path.read_bytes()
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{hashlib.sha1(data).hexdigest()}"'}
        if part := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range") or ""):
            first, last = int(part[1]), min(int(part[2]), len(data) - 1)
            headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
            return self._send(206, data[first : last + 1], headers)
        if self.command == "GET" and name.endswith(".parquet"):
            self.hub.asked.append(name)
        self._send(200, data, headers)

    def _nothing(self, code: str) -> None:
        self._send(404, b"{}", {"X-Error-Code": code} if code else {})

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _entry(folder: Path, path: Path) -> dict[str, object]:
    name = str(path.relative_to(folder))
    if path.is_dir():
        return {"type": "directory", "path": name, "oid": "0" * 40, "size": 0}
    data = path.read_bytes()
    return {"type": "file", "path": name, "oid": hashlib.sha1(data).hexdigest(), "size": len(data)}
