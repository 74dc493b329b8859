"""Addresses of published media that open for those to whom they were shown.

A page that shows a medium gives its address with a seal: an HMAC over the file's name and over whom it was shown to.
So the rules of who may see a medium are those of the pages, and whoever knows a file's hash has no address of it yet.
"""

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from functools import cached_property
from hashlib import sha256
from pathlib import Path

_KEY_BYTES = 32
_SEAL_BYTES = 15  # twenty characters of base64, without padding
EVERYBODY = ""


class Seals:
    """Makes and checks seals. The key is made at the first use and kept, so that addresses outlive a restart."""

    def __init__(self, key_file: Path, media_dir: Path) -> None:
        self._key_file, self._media_dir = key_file, media_dir

    def seal(self, file: str, whose: str = EVERYBODY) -> str:
        """For a file of the published folder. `whose` is a person's id, or a role where nobody is signed in; empty: the
        address is on a page that is open to everybody."""
        said = f"{whose}\n{file}".encode()
        digest = hmac.digest(self._key, said, sha256)
        return urlsafe_b64encode(digest[:_SEAL_BYTES]).decode()

    def opened(self, seal: str, file: str, whose: str) -> Path | None:
        """The file, where the seal is everybody's or this person's own and the file is there; else None."""
        given = seal.encode()
        if not any(hmac.compare_digest(given, self.seal(file, one).encode()) for one in (EVERYBODY, whose)):
            return None
        path = (self._media_dir / file).resolve()
        return path if path.is_relative_to(self._media_dir.resolve()) and path.is_file() else None

    @cached_property
    def _key(self) -> bytes:
        if not self._key_file.is_file():
            self._make()
        return self._key_file.read_bytes()

    def _make(self) -> None:
        """Whole or not at all; of two processes that make one at once both take the first."""
        self._key_file.parent.mkdir(parents=True, exist_ok=True)
        made = self._key_file.with_name(f".making-{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        try:
            os.link(made, self._key_file)
        except FileExistsError:
            pass
        except OSError:  # a mounted bucket has no links
            os.replace(made, self._key_file)
        finally:
            made.unlink(missing_ok=True)
