"""How a person calls the rows of Synergy's tables, for reading what changed in them."""

from __future__ import annotations

from typing import Any

from simulator.state import FrozenStore

_NOUNS = {
    "organisations": "organisation",
    "sessions": "session",
    "members": "member",
    "courses": "course",
    "classes": "class",
    "class_types": "assignment type",
    "assignments": "assignment",
}


def call(table: str, row: Any, store: FrozenStore) -> str:  # noqa: ANN401 - a row of any table
    """Such as `score of Ada Lovelace on "Cell quiz" in Biology - Period 3`."""
    match table:
        case "scores":
            assignment = store.tables["assignments"].rows.get(row.cell.line_item_id)
            on = "an assignment that is gone" if assignment is None else _in_class(assignment, store)
            return f"score of {_name(store, 'members', row.cell.student_guid)} on {on}"
        case "enrolments":
            who, where = _name(store, "members", row.member_guid), _name(store, "classes", row.class_guid)
            return f"enrolment of {who} in {where} as {row.role}"
        case "tokens" | "nonces" | "visits":
            return _traffic(table, row)
        case "assignments" | "class_types":
            return f"{_NOUNS[table]} {_in_class(row, store)}"
        case _:
            return f"{_NOUNS.get(table, table)} {row.name}"


def _traffic(table: str, row: Any) -> str:  # noqa: ANN401 - a row of any table
    """What is kept of the OneRoster client's coming and going."""
    return {
        "tokens": "OneRoster access token {0.number}",
        "nonces": "OAuth 1.0a nonce {0.spoken}",
        "visits": "visits of the {0.client}",
    }[table].format(row)


def _in_class(row: Any, store: FrozenStore) -> str:  # noqa: ANN401 - whatever belongs to a class
    where = _name(store, "classes", row.class_guid) if row.class_guid else "all classes"
    return f'"{row.name}" in {where}'


def _name(store: FrozenStore, table: str, key: str) -> str:
    row = store.tables[table].rows.get(key)
    return key if row is None else str(row.name)
