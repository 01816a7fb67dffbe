"""The endpoints as tools of an MCP server, over streamable HTTP.

Gradio's own has no schema of what comes back and sends it as Python's `repr`. This one answers with JSON that
keeps the schema it announces. Each call is a request by itself; one whose caller goes away is ended.
"""

from __future__ import annotations

import asyncio
import inspect
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from summarize.errors import InputError, SummarizeError
from summarize.version import __version__
from summarize.web.server.limits import MAX_BODY_BYTES
from summarize.web.tools.endpoint import Endpoint
from summarize.writing.record import dumps

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.types import Tool
    from starlette.routing import BaseRoute

PATH = "/gradio_api/mcp"
_ABOUT = (
    "Summaries of news articles: a headline, bullets and a “What you should know” box, each line with the "
    "sentences of the article it rests on and what in it they do not support."
)
_TOLD_BELOW = ("enum", "pattern", "minimum", "maximum", "minItems", "maxItems")  # by the functions, with more


class Tools:
    """The MCP server of a page.

    Args:
        endpoints: what it offers.
    """

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        self._endpoints = {one.name: one for one in endpoints}
        self._manager = StreamableHTTPSessionManager(
            self._server(), stateless=True, max_request_body_size=MAX_BODY_BYTES
        )

    def routes(self) -> list[BaseRoute]:
        """Return where it is served."""
        from starlette.routing import Mount

        return [Mount(PATH, app=self._manager.handle_request)]

    @asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        """Be ready for requests; once."""
        async with self._manager.run():
            yield

    def _server(self) -> Server[Any, Any]:
        from mcp.server.lowlevel import Server
        from mcp.types import TextContent

        server: Server[Any, Any] = Server("summarize", version=__version__, instructions=_ABOUT)

        @server.list_tools()  # type: ignore[no-untyped-call, untyped-decorator]
        async def list_tools() -> list[Tool]:
            return [_tool(one) for one in self._endpoints.values()]

        @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator]
        async def call_tool(name: str, arguments: dict[str, Any]) -> tuple[list[TextContent], dict[str, Any]]:
            found = await self._called(name, arguments)
            return [TextContent(type="text", text=dumps(found, indent=2))], found

        return server

    async def _called(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return what an endpoint answers, as an object.

        Raises:
            SummarizeError: for arguments that do not fit, and what the endpoint raises.
        """
        if name not in self._endpoints:
            raise InputError(f"no tool is called {name!r}; the tools are {', '.join(self._endpoints)}")
        endpoint = self._endpoints[name]
        check_arguments(endpoint, arguments)
        function = endpoint.function
        try:
            if inspect.iscoroutinefunction(function):
                return _object(await function(**arguments))
            return _object(await asyncio.to_thread(function, **arguments))
        except SummarizeError:
            raise
        except Exception as error:  # where in the server it was is nobody's business
            traceback.print_exc()
            raise SummarizeError(f"{name} broke down: {type(error).__name__}") from error


def check_arguments(endpoint: Endpoint, arguments: dict[str, Any]) -> None:
    """Refuse arguments of the wrong name or type; their values are the function's to judge.

    Raises:
        InputError: saying which, and what is asked for.
    """
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(endpoint.takes).iter_errors(arguments):
        deeper = error.context or ()
        if error.validator in _TOLD_BELOW or any(one.validator in _TOLD_BELOW for one in deeper):
            continue
        where = f"{error.json_path[2:]}: " if error.absolute_path else ""
        takes = ", ".join(endpoint.takes["properties"]) or "nothing"
        raise InputError(f"{endpoint.name}: {where}{error.message}; it takes {takes}")


def _tool(endpoint: Endpoint) -> Tool:
    from mcp.types import Tool, ToolAnnotations

    title = endpoint.name.replace("_", " ").capitalize()
    returned = endpoint.returned
    if returned.get("type") != "object":
        returned = {"type": "object", "properties": {"result": returned}, "required": ["result"]}
    return Tool(
        name=endpoint.name,
        title=title,
        description=endpoint.about,
        inputSchema=endpoint.takes,
        outputSchema=returned,
        annotations=ToolAnnotations(
            title=title,
            readOnlyHint=True,
            destructiveHint=False,
            idempotentHint=True,
            openWorldHint=endpoint.reaches_out,
        ),
    )


def _object(found: Any) -> dict[str, Any]:
    """Return what an endpoint gave as an object, which is all that a tool may return."""
    return found if isinstance(found, dict) else {"result": found}
