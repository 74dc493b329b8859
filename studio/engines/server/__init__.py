"""Models behind OpenAI-compatible servers. Importing this imports no client library: that comes with the first use."""

from studio.engines.server.addresses import base_urls, key_of
from studio.engines.server.engine import PATIENCE_S, Access, ServerEngine, offered_models, open_server

__all__ = ["PATIENCE_S", "Access", "ServerEngine", "base_urls", "key_of", "offered_models", "open_server"]
