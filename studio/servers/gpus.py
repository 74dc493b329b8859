"""GPUs for servers that the studio starts: each belongs to one of them, whichever process here started it."""

import fcntl
import os
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from studio.core.errors import ModelError

LOCKS = Path(tempfile.gettempdir()) / "mera-studio-gpus"


class Claim:
    """`n` GPUs held until `release`; a process that dies lets them go. `environ` shows a child only those."""

    def __init__(self, n: int, locks: Path = LOCKS) -> None:
        """Raises ModelError when fewer are free."""
        self._files: list[IO[str]] = []
        self.names: list[str] = []
        known = visible() if n else []
        for name in known:
            if len(self.names) < n and (file := _locked(locks / f"{name.replace('/', '_')}.lock")):
                self._files.append(file)
                self.names.append(name)
        if len(self.names) < n:
            free = len(self.names)
            self.release()
            raise ModelError("gpus_taken", wanted=n, free=free, n=len(known))

    @property
    def environ(self) -> dict[str, str]:
        return {"CUDA_VISIBLE_DEVICES": ",".join(self.names)} if self.names else {}

    def release(self) -> None:
        for file in self._files:
            file.close()
        self._files.clear()
        self.names = []


def visible() -> list[str]:
    """The GPUs of this process by index or id: what CUDA_VISIBLE_DEVICES says, else what the driver lists."""
    told = os.environ.get("CUDA_VISIBLE_DEVICES")
    if told is not None:
        return [part.strip() for part in told.split(",") if part.strip() and part.strip() != "-1"]
    try:
        listed = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [str(i) for i, line in enumerate(listed.stdout.splitlines()) if line.startswith("GPU ")]


def _locked(path: Path) -> IO[str] | None:
    """The file, locked; None where it is taken, or another user's."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError:
        return None
    with suppress(OSError):  # another user's, who has opened it to all
        path.chmod(0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
