"""Tasks: MERA's records from a folder or from `datasets`, as samples that are ready to be asked."""

from studio.tasks.catalogue import Catalogue
from studio.tasks.crossing import crossed
from studio.tasks.folder import describe_folder, is_task_folder, load_folder
from studio.tasks.hub import describe_dataset, load_dataset
from studio.tasks.hub_files import hub_silence
from studio.tasks.mera import SUITE, suite_task, suite_tasks
from studio.tasks.reference import DatasetRef
from studio.tasks.rows import is_dataset_folder
from studio.tasks.template import Filled, fill

__all__ = [
    "SUITE",
    "Catalogue",
    "DatasetRef",
    "Filled",
    "crossed",
    "describe_dataset",
    "describe_folder",
    "fill",
    "hub_silence",
    "is_dataset_folder",
    "is_task_folder",
    "load_dataset",
    "load_folder",
    "suite_task",
    "suite_tasks",
]
