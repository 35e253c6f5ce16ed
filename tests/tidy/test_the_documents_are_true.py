"""What docs/gradesync.md says of settings and variables is what the engine reads."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from sync_engine import Policy, config
from sync_engine.config import FILE_VARIABLE

DOCUMENT = (Path(__file__).parents[2] / "docs" / "gradesync.md").read_text(encoding="utf-8")
HINTS = get_type_hints(Policy)


def rows() -> dict[str, tuple[str, str]]:
    """The default and the values of each setting, as the table has them."""
    table = DOCUMENT.split("## Policy", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| .+ \|$", table, flags=re.MULTILINE)
    return {name: (default, values) for name, default, values in found}


def as_written(value: object) -> str:
    if value is None:
        return '`"off"`'
    if isinstance(value, float) and value.is_integer():
        return f"`{int(value)}`"
    return f"`{json.dumps(value)}`"


def test_every_setting_of_the_policy_is_documented_in_the_order_of_the_code() -> None:
    assert list(rows()) == [each.name for each in fields(Policy)], (
        "Add the setting to the table of docs/gradesync.md, or take it out there"
    )


@pytest.mark.parametrize("name", [each.name for each in fields(Policy) if each.name != "refusal_words"])
def test_the_documented_default_and_values_are_those_of_the_code(name: str) -> None:
    default, values = rows()[name]
    assert default == as_written(getattr(Policy(), name))
    hint = HINTS[name]
    if get_origin(hint) is Literal:
        assert values == ", ".join(as_written(each) for each in get_args(hint))
    elif hint is bool:
        assert values == "`true`, `false`"
    else:
        assert ('"off"' in values) == (isinstance(hint, UnionType) and type(None) in get_args(hint))


def test_every_variable_that_is_read_is_documented_and_no_other() -> None:
    read = {
        FILE_VARIABLE,
        *config._VARIABLES,
        *config._OTHER_VARIABLES,
        *config._SHORT_VARIABLES,
    }
    assert set(re.findall(r"GRADESYNC_\w+", DOCUMENT)) == read


def test_the_example_can_be_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.+?)```", DOCUMENT, flags=re.DOTALL)
    (tmp_path / "gradesync.toml").write_text(example, encoding="utf-8")
    settings = config.load(None, {"CANVAS_TOKEN": "t", "ONEROSTER_SECRET": "s"}, tmp_path)
    assert [district.key for district in settings.districts] == ["valley"]
    assert settings.ledger == config.DEFAULT_LEDGER
