"""Holds recorded exchanges to the hand-written contracts.

Every answer that a story saw must be one that was promised.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from simulator.journal import Exchange

OPENAPI = Path(__file__).parents[2] / "contracts" / "openapi"
DOCUMENTS = {"canvas": "canvas.yaml", "oneroster": "oneroster_v1p1.yaml", "teachervue": "teachervue.yaml"}


@cache
def document(system: str) -> dict[str, Any]:
    """The contract of a system."""
    parsed: dict[str, Any] = yaml.safe_load((OPENAPI / DOCUMENTS[system]).read_text(encoding="utf-8"))
    return parsed


@cache
def operations(system: str) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """The paths of a contract as patterns, those with the fewest variables first."""
    paths = document(system)["paths"]
    ordered = sorted(paths, key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), paths[path]) for path in ordered]


def resolved(system: str, node: dict[str, Any]) -> dict[str, Any]:
    """A node, or what its `$ref` points to."""
    while "$ref" in node:
        found: Any = document(system)
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def broken_promise(exchange: Exchange) -> str:
    """What of this exchange the contract does not allow; "" where all is well."""
    named = f"{exchange.method} {exchange.path} -> {exchange.status}"
    path = next((item for pattern, item in operations(exchange.system) if pattern.match(exchange.path)), None)
    if path is None or exchange.method.lower() not in path:
        return f"{named}: the contract has no such operation"
    responses = path[exchange.method.lower()]["responses"]
    anywhere = document(exchange.system).get("x-any-operation", {})
    if str(exchange.status) in anywhere and exchange.content_type.startswith("text/plain"):
        responses = anywhere
    if str(exchange.status) not in responses:
        return f"{named}: the contract does not promise this status"
    content = resolved(exchange.system, responses[str(exchange.status)]).get("content")
    if content is None or exchange.response_body.startswith("(not kept"):
        return "" if not exchange.response_body or content else f"{named}: the contract promises no body"
    kind = exchange.content_type.partition(";")[0]
    if kind not in content:
        return f"{named}: the contract promises {', '.join(content)}, not {kind or 'nothing'}"
    return _bad_body(exchange, content[kind].get("schema", {}), named)


def _bad_body(exchange: Exchange, schema: dict[str, Any], named: str) -> str:
    whole = {**schema, "components": document(exchange.system)["components"]}
    validator = jsonschema_rs.validator_for(whole)
    is_json = "json" in exchange.content_type
    body = json.loads(exchange.response_body) if is_json else exchange.response_body
    fault = next(validator.iter_errors(body), None)
    return f"{named}: {fault.message} at {'/'.join(map(str, fault.instance_path))}" if fault else ""
