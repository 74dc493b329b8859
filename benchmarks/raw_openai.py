"""The raw client once more, through the `openai` library as the studio uses it: what that library alone costs.

    python benchmarks/raw_openai.py URL BODIES TOGETHER

BODIES is a file with the body of one request a line.
"""

import asyncio
import json
import sys
from pathlib import Path


async def send_all(url: str, bodies: list[bytes], together: int) -> None:
    import httpx2
    import openai

    room = asyncio.Semaphore(together)
    limits = httpx2.Limits(max_connections=4096)
    http = openai.DefaultAioHttpClient(limits=limits)
    async with openai.AsyncOpenAI(base_url=url, api_key="EMPTY", max_retries=0, http_client=http) as client:

        async def send(content: bytes) -> None:
            async with room:
                answer = await client.post("/chat/completions", cast_to=httpx2.Response, content=content)
                json.loads(answer.content)["choices"][0]["message"]["content"]

        await asyncio.gather(*(send(content) for content in bodies))


if __name__ == "__main__":
    asyncio.run(send_all(sys.argv[1], Path(sys.argv[2]).read_bytes().splitlines(), int(sys.argv[3])))
