"""Imports in the background."""

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from duban.platform.imports.uploads import carry_on, remove_old_files, unpack_actor


@task()
def carry_on_import(run_key: int, packed_actor: Mapping[str, Any]) -> str:
    """Check or import one uploaded file; returns the stage it has reached."""
    return carry_on(run_key, unpack_actor(packed_actor)).stage


@task()
def forget_old_files() -> int:
    """Remove files of imports that were never finished."""
    return remove_old_files()
