"""How a person calls the rows of Canvas's tables, for reading what changed in them."""

from __future__ import annotations

from typing import Any

from simulator.state import FrozenStore

UNTOLD = frozenset({"submission_versions"})
"""The tables of which a person need not read: the row itself says what changed in it."""


def call(table: str, row: Any, store: FrozenStore) -> str:  # noqa: ANN401 - a row of any table
    """Such as `submission of Ada Lovelace on "Cell quiz"`."""
    return _call_override(row, store) if table == "overrides" else _call_other(table, row, store)


def _call_override(row: Any, store: FrozenStore) -> str:  # noqa: ANN401 - its row
    whom = _name(store, "sections", row.section_id) if row.section_id else f'"{row.title}"'
    return f"override of {_name(store, 'assignments', row.assignment_id)} for {whom}"


def _call_other(table: str, row: Any, store: FrozenStore) -> str:  # noqa: ANN401 - a row of any table
    match table:
        case "submissions" | "comments" | "attempts":
            who, quiz = _name(store, "users", row.user_id), _name(store, "assignments", row.assignment_id)
            place = f"submission of {who} on {quiz}"
            part = {"comments": "comment on ", "attempts": f"attempt {getattr(row, 'attempt', None)} on "}
            return part.get(table, "") + place
        case "enrollments":
            kind = row.type.removesuffix("Enrollment").lower()
            section = _name(store, "sections", row.section_id)
            return f"enrollment of {_name(store, 'users', row.user_id)} in {section} as {kind}"
        case "actors" | "buckets":
            actor = store.tables["actors"].rows[row.token_digest]
            return f"{'access' if table == 'actors' else 'throttle bucket'} of {actor.name}"
        case "users":
            return f"user {row.name}"
        case "passback_statuses" | "progresses" | "jobs" | "late_policies":
            nouns = {"progresses": "progress {0.id}", "jobs": "job {0.id}", "late_policies": "late policy"}
            noun = nouns.get(table, "passback status").format(row)
            section_id = getattr(row, "section_id", None)
            where = ("sections", section_id) if section_id else ("courses", row.course_id)
            return f"{noun} of {_name(store, *where)}"
        case _:
            noun = {"groups": "assignment group"}.get(table, table.removesuffix("s").replace("_", " "))
            course = getattr(row, "course_id", None)
            place = (
                f" in {store.tables['courses'].rows[course].name}"
                if course in store.tables["courses"].rows
                else ""
            )
            name = row.title if table.startswith("grading_period") else row.name
            return f'{noun} "{name}"{place}'


def _name(store: FrozenStore, table: str, key: int) -> str:
    row = store.tables[table].rows.get(key)
    if row is None:
        return f"{table.removesuffix('s')} {key}"
    return str(row.name) if table == "users" else f'"{row.name}"'
