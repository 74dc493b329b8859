"""The raw limit: an asyncio client of a dozen lines that sends requests that were made beforehand and keeps nothing.

    python -m benchmarks.raw URL BODIES TOGETHER

BODIES is a file with the body of one request a line.
"""

import asyncio
import sys
from pathlib import Path


async def send_all(url: str, bodies: list[bytes], together: int) -> None:
    import httpx2

    room = asyncio.Semaphore(together)
    async with httpx2.AsyncClient(timeout=600, limits=httpx2.Limits(max_connections=None)) as client:

        async def send(content: bytes) -> None:
            async with room:
                answer = await client.post(
                    f"{url}/chat/completions", content=content, headers={"Content-Type": "application/json"}
                )
                answer.raise_for_status().json()["choices"][0]["message"]["content"]

        await asyncio.gather(*(send(content) for content in bodies))


if __name__ == "__main__":
    asyncio.run(send_all(sys.argv[1], Path(sys.argv[2]).read_bytes().splitlines(), int(sys.argv[3])))
