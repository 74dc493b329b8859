#!/usr/bin/env bash
# lmms-eval over the small demo records, from the folder that `small.py` wrote: run.sh PYTHON MODEL BASE_URL OUT
# Reading clips asks for decord2 beside lmms-eval.
set -euo pipefail
PYTHON="$1" MODEL="$2" URL="$3" OUT="$4"
RECIPES="$(dirname "$0")"
export OPENAI_API_KEY=none HF_HUB_OFFLINE=1
"$PYTHON" -m lmms_eval --model openai --model_args "model_version=$MODEL,base_url=$URL,max_retries=2" \
    --include_path "$RECIPES" --tasks ru_demo_which,ru_demo_stickers,ru_demo_mixed --limit 10 --batch_size 1 \
    --log_samples --output_path "$OUT"
