"""OpenAI-compatible servers: their addresses and keys, what they say of themselves, and asking them over HTTP.

Importing this imports no client library: that comes with the first line that is opened.
"""

from studio.servers.addresses import NO_KEY, base_urls, is_near, key_of
from studio.servers.asking import Answered, Asker, Body, Send, packed, post
from studio.servers.dialects import VLLM, Dialect, Offer, read_offer, takes
from studio.servers.gpus import Claim, visible
from studio.servers.line import PATIENCE_S, Access, Line, batch_invariant, get, offered_models, version
from studio.servers.managed import ManagedServer, Wish, command_of, reason_of
from studio.servers.pool import Pool, Server

__all__ = [
    "NO_KEY",
    "PATIENCE_S",
    "VLLM",
    "Access",
    "Answered",
    "Asker",
    "Body",
    "Claim",
    "Dialect",
    "Line",
    "ManagedServer",
    "Offer",
    "Pool",
    "Send",
    "Server",
    "Wish",
    "base_urls",
    "batch_invariant",
    "command_of",
    "get",
    "is_near",
    "key_of",
    "offered_models",
    "packed",
    "post",
    "read_offer",
    "reason_of",
    "takes",
    "version",
    "visible",
]
