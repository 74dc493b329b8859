"""Rebuild the demo suite: `python -m data.generate [FOLDER]` (default `data/demo`)."""

from __future__ import annotations

import sys
from pathlib import Path

from data.generate.suite import write_suite

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "demo"
    write_suite(target)
    files = [f for f in target.rglob("*") if f.is_file()]
    print(f"{target}: {len(files)} files, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB")
