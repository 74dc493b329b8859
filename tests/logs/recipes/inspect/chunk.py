"""Rewrites a `.eval` log with its samples split into chunks, by Inspect's own function: python chunk.py LOG FOLDER"""

import sys

from inspect_ai.log._recorders.chunked import convert_eval_logs_to_chunked

if __name__ == "__main__":
    convert_eval_logs_to_chunked(*sys.argv[1:], chunk_size=4, attachments_chunk_bytes=3000)
