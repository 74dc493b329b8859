"""A model of texts behind an OpenAI-compatible server: `/v1/embeddings`, as vLLM, TEI, Ollama and others answer it."""

import asyncio
import math
from collections.abc import Iterator, Sequence

from studio.core.embedding import EmbedderInfo
from studio.core.errors import ModelError, Problem
from studio.servers import Body, Line, Server

TEXTS_PER_REQUEST = 64
REQUESTS_TOGETHER = 16
_ROUND = TEXTS_PER_REQUEST * REQUESTS_TOGETHER


class ServedEmbedder:
    """The model of a line to one or more servers. Close it to end the line."""

    def __init__(self, line: Line, model: str) -> None:
        self._line, self._model = line, model
        self._width = 0
        self.info = EmbedderInfo(model, "", "server", ", ".join(line.access.urls))

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[int, Sequence[float]]]:
        """See `Embedder`; round by round, so that it is known how far it is."""
        for start in range(0, len(texts), _ROUND):
            found = self._line.begin(self._round(texts[start : start + _ROUND])).result()
            yield from enumerate(found, start)

    def close(self) -> None:
        self._line.close()

    async def _round(self, texts: Sequence[str]) -> list[list[float]]:
        groups = [texts[i : i + TEXTS_PER_REQUEST] for i in range(0, len(texts), TEXTS_PER_REQUEST)]
        answered = await asyncio.gather(*(self._asked(group) for group in groups))
        return [vector for group in answered for vector in group]

    async def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        """Vectors of some texts. Raises ModelError with the server's own words."""
        body = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        found = await self._line.asker.ask(body, _embedded)
        if isinstance(found, Problem):
            words = str(found.values.get("words", found.code))
            raise ModelError("embedder_not_serving", model=self._model, words=words)
        widths = {len(vector) for vector in found.result} | ({self._width} if self._width else set())
        if len(widths) > 1:
            raise ModelError("embedder_not_serving", model=self._model, words=f"{sorted(widths)}")
        self._width = widths.pop()
        return found.result


async def _embedded(server: Server, body: Body) -> list[list[float]]:
    """Raises what the client raises, ValueError for what are not as many vectors of numbers as there are texts."""
    told = await server.client.embeddings.create(**body)
    vectors = [list(map(float, item.embedding)) for item in sorted(told.data, key=lambda item: item.index)]
    if len(vectors) != len(body["input"]) or not all(vectors):
        raise ValueError(f"{len(vectors)} vectors of {len(body['input'])} texts")
    if any(not math.isfinite(value) for vector in vectors for value in vector):
        raise ValueError("a vector holds what is no number")
    return vectors
