"""MERA Studio on the web: `python app.py`, then http://127.0.0.1:7860. The only place that puts everything together.

Settings come from the environment (`studio/settings.py`); PORT and HOST say where to listen. Nothing is opened when
this module is imported: the studio is made in `main`, or when something asks for `app.demo`.
"""

import logging
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from components.shell import build_app, launch_settings
from studio import serving
from studio.core.errors import StudioError
from studio.service import Studio
from studio.settings import address
from studio.texts import describe, t


def main(environ: Mapping[str, str] = os.environ) -> int:
    """Opens the studio, serves it until Ctrl+C or SIGTERM, closes it. A run that was going on can be resumed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        studio = Studio.from_env(environ)
    except StudioError as error:
        print(describe(error), file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return serve(studio, environ)
    finally:
        studio.close()


def serve(studio: Studio, environ: Mapping[str, str]) -> int:
    """Blocks while the pages are open to visitors."""
    try:
        studio.recover()
    except StudioError as error:
        print(describe(error), file=sys.stderr)
        return 1
    host, port = address(environ)
    demo = build_app(studio)
    try:
        demo.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            **launch_settings(studio),
        )
    except OSError:
        print(t("app.port_taken", port=port), file=sys.stderr)
        return 1
    serving.tell(studio.settings.home, host, demo.server_port)
    print(t("app.running", url=f"http://{host}:{demo.server_port}"), flush=True)
    try:
        demo.block_thread()
    finally:
        serving.gone(studio.settings.home)
    return 0


def __getattr__(name: str) -> Any:
    """`app.demo`, for `gradio app.py` and tools that import the app."""
    if name == "demo":
        return build_app(Studio.from_env())
    raise AttributeError(name)


if __name__ == "__main__":
    sys.exit(main())
