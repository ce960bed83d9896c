"""Every write of estates, places and posts."""

from duban.estates.services.records import (
    estate_create,
    estate_update,
    new_tag,
    place_create,
    place_new_tag,
    place_update,
    post_create,
    post_update,
)

__all__ = [
    "estate_create",
    "estate_update",
    "new_tag",
    "place_create",
    "place_new_tag",
    "place_update",
    "post_create",
    "post_update",
]
