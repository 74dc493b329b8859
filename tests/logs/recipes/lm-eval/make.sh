#!/usr/bin/env bash
# Makes the lm-eval logs of the tests again: lm-eval 0.4.13 against an OpenAI-compatible server of the embedded model.
#
#   tests/logs/recipes/lm-eval/make.sh URL LM_EVAL OUT
#
# URL is the server's (http://127.0.0.1:8000/v1, it names the model `omni`), LM_EVAL the command of an environment with
# `lm_eval[api]`, OUT an empty folder. Run it in the root of the repository; then scrub what names the machine:
# `python tests/logs/recipes/scrub.py OUT "$PWD"`.
set -euo pipefail
URL=$1 LM_EVAL=$2 OUT=$3
TASKS=tests/logs/recipes/lm-eval
export DEMO=data/demo HF_DATASETS_OFFLINE=1 HF_HUB_OFFLINE=1
chat=(run --model local-chat-completions --model_args "model=omni,base_url=$URL/chat/completions,num_concurrent=2,max_images=1"
      --include_path "$TASKS" --apply_chat_template --seed 1234 --num_fewshot 0 --batch_size 1 --log_samples)
plain=(run --model local-completions
       --model_args "model=omni,base_url=$URL/completions,num_concurrent=2,tokenizer=data/models/omni"
       --include_path "$TASKS" --seed 1234 --batch_size 1 --log_samples)

"$LM_EVAL" "${chat[@]}" --tasks demo_group --limit 8 --output_path "$OUT/group"
LMEVAL_HASHMM=0 "$LM_EVAL" "${chat[@]}" --tasks demo_several --limit 4 --output_path "$OUT/list"
"$LM_EVAL" "${chat[@]}" --tasks demo_which,rutie_vision_gen --predict_only --limit 6 --output_path "$OUT/predict_only"
"$LM_EVAL" "${plain[@]}" --tasks demo_sums --output_path "$OUT/choice"
"$LM_EVAL" "${plain[@]}" --tasks demo_texts --output_path "$OUT/perplexity"
