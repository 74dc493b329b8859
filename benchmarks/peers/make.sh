#!/usr/bin/env bash
# Makes the environments of the tools beside which the studio is measured, in $BENCH_PEERS (~/.cache/bench-peers).
# torch is the CPU build where an index has one; without one the newest is taken.
set -euo pipefail
ROOT="${BENCH_PEERS:-$HOME/.cache/bench-peers}"
TORCH="${BENCH_TORCH:-torch==2.13.0+cpu}"

make() {
    local name=$1
    shift
    [ -x "$ROOT/$name/bin/python" ] && return
    "${PYTHON:-python3}" -m venv "$ROOT/$name"
    "$ROOT/$name/bin/pip" install -q "$@"
    # Its build for CUDA does not open beside the CPU's torch; nothing here needs it.
    "$ROOT/$name/bin/pip" uninstall -q -y torchvision torchaudio
}

mkdir -p "$ROOT"
make lm-eval "lm_eval[api]==0.4.13" pillow
make lmms-eval "$TORCH" lmms-eval==0.7.3 decord2
make evalscope "$TORCH" evalscope==1.14.1
make inspect inspect-ai==0.3.285 openai
