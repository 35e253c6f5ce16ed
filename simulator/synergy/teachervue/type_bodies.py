"""The bodies of a teacher's own assignment types, laid over what is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.synergy.bodies import Name, Number, Text, field_names, first_fault, read_object
from simulator.synergy.model import ClassSection, ClassType

NAME_CHARACTERS_MAX = 100
COLOUR_CHARACTERS_MAX = 30
POINTS_MAX = 1_000_000.0


DefaultPoints = Annotated[Number, Field(ge=0, le=POINTS_MAX)] | None
Colour = Annotated[Text, Field(max_length=COLOUR_CHARACTERS_MAX)]


class _TypeFields(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    default_points: DefaultPoints = None
    colour: Colour = ""


class _NewType(_TypeFields):
    name: Annotated[Name, Field(max_length=NAME_CHARACTERS_MAX)]


class _TypeSave(_TypeFields):
    name: Annotated[Name, Field(max_length=NAME_CHARACTERS_MAX)] = ""


def read_new(raw: bytes, section: ClassSection) -> ClassType:
    """A new type of one class, without an id yet.

    Raises:
        BodyError: If a field is missing, does not exist or cannot be what was asked.
    """
    return _laid_over(raw, _NewType, ClassType("", section.guid, "", 0.0))


def read_save(raw: bytes, stored: ClassType) -> ClassType:
    """A type as the screen shows it at the moment of Save.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked.
    """
    return _laid_over(raw, _TypeSave, stored)


def _laid_over(raw: bytes, model: type[_TypeFields], stored: ClassType) -> ClassType:
    try:
        body = model.model_validate(read_object(raw))
    except ValidationError as error:
        raise first_fault(error, known=field_names(model)) from error
    return replace(stored, **body.model_dump(exclude_unset=True))
