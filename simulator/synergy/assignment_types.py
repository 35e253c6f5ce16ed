"""What the third party does to assignment types: make one, rename it, delete it.

No grade passback needs it (Instructure's guide lists it as not needed), but OneRoster 1.1 has it. What must
never be here: HTTP, JSON. A new type weighs nothing until the teacher says so in Grade Book Setup.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.synergy.model import CategoryDraft, ClassType
from simulator.synergy.store import GradebookStore, Kept, Refused
from simulator.verdicts import Refusal


def put_type(store: GradebookStore, draft: CategoryDraft) -> Kept[ClassType] | Refused:
    """Create a type in one class or in all, or rename it. It stays in its class.

    One that a teacher deleted while assignments have it is there again under its id.
    """
    stored = store.class_types.get(draft.guid)
    if draft.class_guid and draft.class_guid not in store.classes:
        return Refused(Refusal(f'There is no class "{draft.class_guid}".', "metadata.classId"))
    if stored is None:
        made = ClassType(draft.guid, draft.class_guid, draft.name, 0.0, modified_at=store.clock.now())
        return Kept(store.class_types.put(made), created=True)
    if draft.class_guid not in {"", stored.class_guid}:
        words = "A category stays in its class; put another one for this class."
        return Refused(Refusal(words, "metadata.classId"))
    renamed = replace(stored, name=draft.name, is_deleted=False, modified_at=store.clock.now())
    return Kept(store.class_types.put(renamed), created=stored.is_deleted)


def delete_type(store: GradebookStore, kind: ClassType) -> Refused | None:
    """Delete a type that no assignment has, and that weighs nothing: the weights of a class stay whole."""
    users = [each.name for each in store.assignments.values() if each.type_guid == kind.guid]
    if users:
        words = f'"{kind.name}" is the category of {len(users)} line items, such as "{users[0]}".'
        return Refused(Refusal(words))
    if kind.weight:
        words = f'"{kind.name}" weighs {kind.weight:g} percent; give its weight to other types first.'
        return Refused(Refusal(words))
    store.class_types.pop(kind.guid)
    return None
