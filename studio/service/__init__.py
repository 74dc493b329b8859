"""The one door of the studio: pages, the command line and tests call `Studio`, and nothing behind it."""

from studio.service.catalogue import ModelInfo
from studio.service.people.members import SIGNED_IN_S
from studio.service.studio import Studio

__all__ = ["SIGNED_IN_S", "ModelInfo", "Studio"]
