"""Where the command line learns its districts: a TOML file, or the environment for a single one.

What lives here: reading, checking and explaining what is wrong in one line: which file, which key, what to
do. What bites: no message may quote a secret, so values are shown only of settings that are none.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, create_model

from sync_engine.district import CanvasAccess, District, OneRosterAccess
from sync_engine.domain.policy import Policy
from sync_engine.errors import ConfigError

FILE_NAME = "gradesync.toml"
FILE_VARIABLE = "GRADESYNC_CONFIG"
DEFAULT_LEDGER = "sqlite:///gradesync.sqlite3"
DEFAULT_KEY = "default"

_FROM_ENVIRONMENT = "env:"
_OFF = "off"
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line works with."""

    ledger: str
    districts: tuple[District, ...]
    ledger_key: str = "ledger"
    """Where the ledger was set, for messages: the file and the key, or the variable."""


class CanvasSettings(BaseModel):
    """`[districts.KEY.canvas]`."""

    model_config = _STRICT
    url: str
    token: SecretStr = Field(min_length=1)


class OneRosterSettings(BaseModel):
    """`[districts.KEY.oneroster]`."""

    model_config = _STRICT
    url: str
    token_url: str
    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    scope: str | None = None


_hints = get_type_hints(Policy)
_policy_fields: dict[str, Any] = {each.name: (_hints[each.name], each.default) for each in fields(Policy)}
_MAY_BE_OFF = frozenset(name for name, hint in _hints.items() if type(None) in get_args(hint))
PolicySettings: type[BaseModel] = create_model("PolicySettings", __config__=_STRICT, **_policy_fields)
"""`[districts.KEY.policy]`: the fields of `Policy`, so that a new setting needs no second mention."""


class DistrictSettings(BaseModel):
    """`[districts.KEY]`."""

    model_config = _STRICT
    time_zone: str = "America/Los_Angeles"
    canvas: CanvasSettings
    oneroster: OneRosterSettings
    policy: dict[str, Any] = {}


class FileSettings(BaseModel):
    """The whole file."""

    model_config = _STRICT
    ledger: str = DEFAULT_LEDGER
    districts: dict[str, DistrictSettings] = Field(min_length=1)


_VARIABLES = {
    "GRADESYNC_CANVAS_URL": ("canvas", "url"),
    "GRADESYNC_CANVAS_TOKEN": ("canvas", "token"),
    "GRADESYNC_ONEROSTER_URL": ("oneroster", "url"),
    "GRADESYNC_ONEROSTER_TOKEN_URL": ("oneroster", "token_url"),
    "GRADESYNC_ONEROSTER_CLIENT_ID": ("oneroster", "client_id"),
    "GRADESYNC_ONEROSTER_CLIENT_SECRET": ("oneroster", "client_secret"),
}
_OTHER_VARIABLES = {
    "GRADESYNC_TIME_ZONE": f"districts.{DEFAULT_KEY}.time_zone",
    "GRADESYNC_LEDGER": "ledger",
}
_SHORT_VARIABLES = {
    "GRADESYNC_TOKEN_URL": "GRADESYNC_ONEROSTER_TOKEN_URL",
    "GRADESYNC_CLIENT_ID": "GRADESYNC_ONEROSTER_CLIENT_ID",
    "GRADESYNC_CLIENT_SECRET": "GRADESYNC_ONEROSTER_CLIENT_SECRET",
}


def load(path: Path | None, environment: Mapping[str, str], folder: Path) -> Settings:
    """The settings: from the file that is named, else from the one in the folder, else from the environment.

    Raises:
        ConfigError: If they cannot be used. The message is one line and names the place and the fix.
    """
    named = path or (Path(environment[FILE_VARIABLE]) if environment.get(FILE_VARIABLE) else None)
    file = named or folder / FILE_NAME
    if named is None and not file.is_file():
        return _from_environment(environment)
    parsed = _parsed(file)
    if not parsed:
        raise ConfigError(
            f"{file}: it is empty. Begin with [districts.NAME.canvas]; `gradesync --help` has an example."
        )
    return _checked(str(file), _resolved(str(file), "", parsed, environment))


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            f"{file}: there is no such file. Make it, or name another with --config."
        ) from error
    except OSError as error:
        raise ConfigError(f"{file}: it cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise ConfigError(f"{file}: this is no TOML: {why}.") from error


def _from_environment(environment: Mapping[str, str]) -> Settings:
    full = dict(environment)
    for short, long in _SHORT_VARIABLES.items():
        if short in full:
            full.setdefault(long, full[short])
    missing = [name for name in _VARIABLES if not full.get(name)]
    if len(missing) == len(_VARIABLES):
        raise ConfigError(
            f"No configuration: there is no {FILE_NAME} here, and neither {FILE_VARIABLE} (a file) nor "
            f"{missing[0]} and its kin are set. See `gradesync --help` for an example."
        )
    if missing:
        raise ConfigError(f"environment: {missing[0]} is not set. Set it, or use a {FILE_NAME}.")
    district: dict[str, Any] = {"canvas": {}, "oneroster": {}}
    for name, (part, key) in _VARIABLES.items():
        district[part][key] = full[name]
    if full.get("GRADESYNC_TIME_ZONE"):
        district["time_zone"] = full["GRADESYNC_TIME_ZONE"]
    ledger = full.get("GRADESYNC_LEDGER") or DEFAULT_LEDGER
    try:
        return _checked("environment", {"ledger": ledger, "districts": {DEFAULT_KEY: district}})
    except ConfigError as error:
        raise ConfigError(_in_variables(str(error))) from error


def _in_variables(message: str) -> str:
    """A message about settings, as one about the variables that they came from."""
    places = {f"districts.{DEFAULT_KEY}.{part}.{key}": name for name, (part, key) in _VARIABLES.items()}
    places |= {place: name for name, place in _OTHER_VARIABLES.items()}
    for place in sorted(places, key=len, reverse=True):
        message = message.replace(f"environment: {place}:", f"environment: {places[place]}:")
    return message


def _resolved(source: str, place: str, value: Any, environment: Mapping[str, str]) -> Any:  # noqa: ANN401 - TOML is anything
    """Every "env:NAME" replaced by the variable's value."""
    if isinstance(value, dict):
        return {
            key: _resolved(source, f"{place}.{key}" if place else key, each, environment)
            for key, each in value.items()
        }
    if not (isinstance(value, str) and value.startswith(_FROM_ENVIRONMENT)):
        return value
    name = value.removeprefix(_FROM_ENVIRONMENT)
    if not environment.get(name):
        raise ConfigError(
            f"{source}: {place}: the environment variable {name or '(no name)'} is not set. Set it."
        )
    return environment[name]


def _checked(source: str, raw: dict[str, Any]) -> Settings:
    try:
        parsed = FileSettings.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(f"{source}: {_explained(error, FileSettings)}") from error
    districts = tuple(_district(source, key, each) for key, each in parsed.districts.items())
    ledger_key = "environment: GRADESYNC_LEDGER" if source == "environment" else f"{source}: ledger"
    return Settings(parsed.ledger, districts, ledger_key)


def _district(source: str, key: str, settings: DistrictSettings) -> District:
    policy = _policy(source, key, settings.policy)
    canvas, oneroster = settings.canvas, settings.oneroster
    try:
        return District(
            key=key,
            canvas=CanvasAccess(canvas.url, _secret(canvas.token)),
            oneroster=OneRosterAccess(
                oneroster.url,
                oneroster.token_url,
                oneroster.client_id,
                _secret(oneroster.client_secret),
                oneroster.scope,
            ),
            policy=policy,
            time_zone=settings.time_zone,
        )
    except ConfigError as error:
        raise ConfigError(f"{source}: districts.{key}.{error}") from error


def _secret(value: SecretStr) -> str:
    """A token becomes a header, and a header cannot hold a line break; a pasted one often ends with it."""
    return value.get_secret_value().strip()


def _policy(source: str, key: str, raw: dict[str, Any]) -> Policy:
    place = f"districts.{key}.policy"
    try:
        parsed = PolicySettings.model_validate(
            {name: _policy_value(name, value) for name, value in raw.items()}
        )
    except ValidationError as error:
        raise ConfigError(f"{source}: {_explained(error, PolicySettings, place)}") from error
    policy = Policy(**{each.name: getattr(parsed, each.name) for each in fields(Policy)})
    if policy.requests_per_second is not None and not policy.requests_per_second > 0:
        raise ConfigError(f"{source}: {place}.requests_per_second: it must be more than 0.")
    if policy.name_length_max is not None and policy.name_length_max < 1:
        raise ConfigError(f"{source}: {place}.name_length_max: it must be more than 0.")
    for pattern, _rule in policy.refusal_words:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ConfigError(
                f'{source}: {place}.refusal_words: "{pattern}" is no pattern: {error}.'
            ) from error
    return policy


def _policy_value(name: str, value: Any) -> Any:  # noqa: ANN401 - TOML is anything
    """TOML has no None and no tuples: "off" stands for the one, lists for the others."""
    if value == _OFF and name in _MAY_BE_OFF:
        return None
    if name == "refusal_words" and isinstance(value, list):
        return tuple(tuple(each) if isinstance(each, list) else each for each in value)
    return value


def _explained(error: ValidationError, model: type[BaseModel], prefix: str = "") -> str:
    """The worst fault: the key, what is wrong, and the fix. Never the value.

    A setting that does not exist goes first: it is often why another one is missing.
    """
    faults = error.errors(include_input=False, include_url=False)
    first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
    loc = first["loc"]
    place = ".".join(filter(None, (prefix, *map(str, loc))))
    if "refusal_words" in loc:
        return f"{prefix}.refusal_words: it has to be {_WANTED['tuple_type']}."
    match first["type"]:
        case "missing":
            return f"{place}: it is missing. Add it."
        case "extra_forbidden":
            near = difflib.get_close_matches(str(loc[-1]), _keys_beside(loc, model), n=1)
            hint = f'Did you mean "{near[0]}"?' if near else "Take it out."
            return f"{place}: there is no such setting. {hint}"
        case "too_short" | "string_too_short":
            return f"{place}: it is empty. Fill it in."
        case "literal_error":
            return f"{place}: choose one of: {first['ctx']['expected'].replace(' or ', ', ')}."
        case kind:
            off = f', or "{_OFF}"' if loc and loc[-1] in _MAY_BE_OFF else ""
            return f"{place}: it has to be {_WANTED.get(kind, 'of another kind')}{off}."


_WANTED = {
    "string_type": "text, in quotes",
    "int_type": "a whole number, without quotes",
    "float_type": "a number, without quotes",
    "bool_type": "true or false, without quotes",
    "dict_type": "a table of settings",
    "model_type": "a table of settings",
    "tuple_type": 'a list of pairs, such as [["read ?only", "READONLY-OFF-ERROR"]]',
}
"""What a setting has to be, by the checker's name for what it is not."""


def _keys_beside(loc: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """The settings that exist where an unknown one was found."""
    here: type[BaseModel] = model
    for part in loc[:-1]:
        found = here.model_fields.get(str(part))
        inner = found.annotation if found else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            here = inner
        elif part == "districts":
            here = DistrictSettings
    return list(here.model_fields)
