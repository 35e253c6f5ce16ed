"""Canvas's GraphQL, `/api/graphql`: posting and hiding grades, which REST cannot do, and little else.

What lives here: the endpoint. What bites: the library is imported when somebody asks for the first time,
because it costs a tenth of a second that everybody else would pay at the start; and whatever of Canvas's
large schema is not here is answered with an error that says so, and noted in the journal as not simulated.
"""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from simulator.asgi import exchange_of
from simulator.canvas.params import as_text
from simulator.canvas.rack import Params, Value
from simulator.canvas.routes.entry import Opened

router = APIRouter()

NO_QUERY = "No query string was present"


@router.post("/graphql")
async def execute(request: Request, call: Opened) -> Response:
    """Carry out an operation; whatever is wrong with it, the answer is 200 with errors."""
    from simulator.canvas.routes.graphql.engine import answer_to  # noqa: PLC0415 - see above

    query = as_text(call.params.get("query"))
    if not query:
        return call.answer({"errors": [{"message": NO_QUERY}]})
    answered = answer_to(query, _variables(call.params.get("variables")), call)
    exchange_of(request.scope).simulated = answered.is_simulated
    return call.answer(answered.body)


def _variables(value: Value) -> Params:
    """The variables: a hash, or, from a form, the text of one."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}
