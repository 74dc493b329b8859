"""Settings, read once from the environment by whoever composes the studio (`app.py`, the command line, a test).

| variable | meaning |
|---|---|
| STUDIO_HOME | where the database and published media are kept (default `~/.mera-studio`) |
| STUDIO_DB | the database file (default `STUDIO_HOME/studio.sqlite`) |
| STUDIO_DATA | demo tasks and embedded models (default: `data/` of the repository) |
| STUDIO_TASKS | more task folders, separated like PATH |
| STUDIO_MODELS | more models in the list: hub ids or folders, separated by commas |
| STUDIO_TRUST | hub ids whose own code may run, separated by commas (trust_remote_code) |
| STUDIO_SERVER_PATIENCE | seconds that servers may be silent before a run gives up and waits to be resumed (600) |
| STUDIO_VLLM | where vLLM lives, for models `vllm:NAME`: the folder of its environment, or a command that serves |
| STUDIO_JUDGE_KEY | the key of judges behind servers (`classify:…`, `llm:…`) |
| STUDIO_EMBED | what failures are grouped by: `words` (usual), or a model of texts: a hub id, a folder, `URL#model` |
| STUDIO_EMBED_KEY | the key of a server with such a model |
| STUDIO_OWNER_KEY | whoever signs in with it at `/owner` is the owner; without it only a visitor from this machine is |
| STUDIO_SHELF | where the journal of people's work is kept beside the disk: a folder, `bucket:NAME`, `dataset:NAME` |
| HOST | where the server listens; when not on this machine alone, nobody is the owner without a key |
| SPACE_ID | set by Hugging Face: then nobody is the owner without a key |
| SPACE_AUTHOR_NAME | set by Hugging Face: whoever signs in under this account is the owner |
| OAUTH_CLIENT_ID | set by Hugging Face on a Space with `hf_oauth: true`: people may sign in with their account |
| SPACES_ZERO_GPU | set by Hugging Face on a Space with ZeroGPU: models borrow their GPU from visitors |
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_PORT = 7860
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where things are and who may do what."""

    home: Path
    db: Path
    data: Path = REPOSITORY / "data"
    tasks: tuple[Path, ...] = ()
    models: tuple[str, ...] = ()
    trusted: frozenset[str] = field(default_factory=frozenset)
    server_patience_s: float = 600.0
    vllm: str = ""
    judge_key: str = field(default="", repr=False)
    embed: str = ""
    embed_key: str = field(default="", repr=False)
    owner_key: str = ""
    shelf: str = ""
    place: str = ""  # what readers of a shelf know this studio by
    on_space: bool = False
    space_author: str = ""
    oauth: bool = False
    zero_gpu: bool = False
    local: bool = True

    @property
    def media(self) -> Path:
        """The folder of published media: hashed names, served to whom a page has shown them."""
        return self.home / "media"

    @property
    def journal(self) -> Path:
        """The folder of the journal of people's work; on a disk of this machine, never on a network's."""
        return self.home / "journal"

    @property
    def blanks(self) -> Path:
        """The folder of empty media that stand for a question's own; it may be deleted at any time."""
        return self.home / "blanks"

    @staticmethod
    def from_env(environ: Mapping[str, str], *, db: Path | None = None) -> "Settings":
        home = Path(environ.get("STUDIO_HOME") or Path.home() / ".mera-studio").expanduser().resolve()
        file = db or Path(environ.get("STUDIO_DB") or home / "studio.sqlite")
        return Settings(
            home=home,
            db=file.expanduser().resolve(),
            data=Path(environ.get("STUDIO_DATA") or REPOSITORY / "data").expanduser().resolve(),
            tasks=tuple(Path(part) for part in environ.get("STUDIO_TASKS", "").split(":") if part),
            models=_listed(environ.get("STUDIO_MODELS", "")),
            trusted=frozenset(_listed(environ.get("STUDIO_TRUST", ""))),
            server_patience_s=float(environ.get("STUDIO_SERVER_PATIENCE") or 600),
            vllm=environ.get("STUDIO_VLLM", ""),
            judge_key=environ.get("STUDIO_JUDGE_KEY", ""),
            embed=environ.get("STUDIO_EMBED", "").strip(),
            embed_key=environ.get("STUDIO_EMBED_KEY", ""),
            owner_key=environ.get("STUDIO_OWNER_KEY", ""),
            shelf=environ.get("STUDIO_SHELF", ""),
            place=environ.get("SPACE_ID", ""),
            on_space=bool(environ.get("SPACE_ID")),
            space_author=environ.get("SPACE_AUTHOR_NAME", "") if environ.get("SPACE_ID") else "",
            oauth=bool(environ.get("SPACE_ID") and environ.get("OAUTH_CLIENT_ID")),
            zero_gpu=environ.get("SPACES_ZERO_GPU", "").lower() in {"1", "t", "true"},
            local=(environ.get("HOST") or environ.get("GRADIO_SERVER_NAME") or "127.0.0.1") in LOOPBACK,
        )


def address(environ: Mapping[str, str]) -> tuple[str, int]:
    """Where the server listens: everywhere on a Space, else on this machine alone unless HOST says otherwise."""
    everywhere = "0.0.0.0" if environ.get("SPACE_ID") else "127.0.0.1"
    host = environ.get("HOST") or environ.get("GRADIO_SERVER_NAME") or everywhere
    port = environ.get("PORT") or environ.get("GRADIO_SERVER_PORT") or DEFAULT_PORT
    return host, int(port)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
