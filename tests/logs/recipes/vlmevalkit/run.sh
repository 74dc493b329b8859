#!/usr/bin/env bash
# VLMEvalKit over the tables of `data.py`: run.sh PYTHON MODEL BASE_URL OUT (with LMUData set to the folder of tables)
set -euo pipefail
PYTHON="$1" MODEL="$2" URL="$3" OUT="$4"
run() {
    "$PYTHON" -m vlmeval.run --model "$MODEL" --base-url "$URL" --key none --judge exact_matching --keep-failed \
        --retry 2 --timeout 60 --temperature 0 --max-tokens 80 "$@"
}
run --data ruDemoWhich ruDemoStickers --work-dir "$OUT/xlsx"
PRED_FORMAT=tsv run --data ruDemoWhich --limit 4 --work-dir "$OUT/tsv"
PRED_FORMAT=json EVAL_FORMAT=json run --data ruDemoWhich --limit 4 --work-dir "$OUT/json"
