"""The bodies of a teacher's own assignment types, laid over what is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.synergy.bodies import Name, Number, Text, field_names, first_fault, read_object
from simulator.synergy.model import ClassSection, ClassType
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue.also_apply import AlsoApplyTo, other_classes

M = TypeVar("M", bound=BaseModel)

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
    also_apply_to: AlsoApplyTo = Field(default_factory=list)


class _TypeSave(_TypeFields):
    name: Annotated[Name, Field(max_length=NAME_CHARACTERS_MAX)] = ""


def read_new(raw: bytes, store: GradebookStore, section: ClassSection) -> tuple[ClassType, ...]:
    """A new type of the class, without an id yet, then the same for each class that it also applies to.

    Raises:
        BodyError: If a field is missing, does not exist or cannot be what was asked.
    """
    body = _read(raw, _NewType)
    others = other_classes(store, section, body.also_apply_to)
    fields = body.model_dump(exclude_unset=True, exclude={"also_apply_to"})
    blanks = (ClassType("", each.guid, "", 0.0) for each in (section, *others))
    return tuple(replace(each, **fields) for each in blanks)


def read_save(raw: bytes, stored: ClassType) -> ClassType:
    """A type as the screen shows it at the moment of Save.

    Raises:
        BodyError: If a field does not exist or cannot be what was asked.
    """
    return replace(stored, **_read(raw, _TypeSave).model_dump(exclude_unset=True))


def _read(raw: bytes, model: type[M]) -> M:
    try:
        return model.model_validate(read_object(raw))
    except ValidationError as error:
        raise first_fault(error, known=field_names(model)) from error
