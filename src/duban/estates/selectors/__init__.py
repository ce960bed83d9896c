"""Every read of estates, places and posts."""

from duban.estates.selectors.imports import estate_keys, estates_by_name
from duban.estates.selectors.records import (
    LABEL_LIMIT,
    EstateFigures,
    estate_figures,
    estate_get,
    estate_options,
    estate_posts,
    estates_by_id,
    estates_of,
    office_options,
    offices_of,
    place_children,
    place_get,
    place_labels,
    place_parents,
    places_of,
    post_get,
    posts_of,
)

__all__ = [
    "LABEL_LIMIT",
    "EstateFigures",
    "estate_figures",
    "estate_get",
    "estate_keys",
    "estate_options",
    "estate_posts",
    "estates_by_id",
    "estates_by_name",
    "estates_of",
    "office_options",
    "offices_of",
    "place_children",
    "place_get",
    "place_labels",
    "place_parents",
    "places_of",
    "post_get",
    "posts_of",
]
