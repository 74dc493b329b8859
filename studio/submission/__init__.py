"""The archive that the benchmark's site takes: written out of answers, and checked, whoever wrote it.

An archive is a flat zip: a JSON file of predictions a task, and `logs_public.zip` with the harness's logs. Nothing
here knows the store: answers come as values.
"""

from studio.submission.check import check_archive
from studio.submission.write import Answered, Part, RunFacts, write_archive

__all__ = ["Answered", "Part", "RunFacts", "check_archive", "write_archive"]
