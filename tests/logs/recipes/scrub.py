"""Takes out of freshly made logs what names the machine they were made on; nothing else is touched.

    python tests/logs/recipes/scrub.py FOLDER ROOT

ROOT is the repository's folder there: it becomes `.`. What lm-eval writes of the machine (`pretty_env_info`) is left
out.
"""

import re
import sys
from pathlib import Path

ENVIRONMENT = re.compile(r'("pretty_env_info": ")(?:[^"\\]|\\.)*(")')


def main(folder: Path, root: str) -> None:
    for path in sorted(folder.rglob("*.json*")):
        text = path.read_text(encoding="utf-8")
        clean = ENVIRONMENT.sub(r"\1left out\2", text).replace(root, ".")
        if clean != text:
            path.write_text(clean, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
