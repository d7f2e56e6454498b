"""Speaks to a workbench with Python's own client: over HTTP (address, token) and over a pipe (a command as JSON)."""

import asyncio
import json
import os
import sys

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client


async def look(client):
    """How many tools there are, and whether it says how the cluster is."""
    async with client:
        tools = (await client.list_tools()).tools
        answer = await client.call_tool("list_issues", {"maxTokens": 300})
        return [len(tools), "checkedAt" in answer.structured_content["answer"]]


async def main():
    url, token, command = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=60)
    pipe = StdioServerParameters(command=command[0], args=command[1:], env=dict(os.environ))
    found = {
        "http": await look(Client(streamable_http_client(url, http_client=http))),
        "pipe": await look(Client(pipe)),
    }
    print(json.dumps(found))


asyncio.run(main())
