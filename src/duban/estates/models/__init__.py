"""What is looked after: estates, their places, and the posts to be manned."""

from duban.estates.models.estates import (
    FENCE_CHOICES,
    PATTERN_CHOICES,
    SERVICE_LINE_CHOICES,
    SPECIAL_WORK_CHOICES,
    Estate,
    EstateKind,
    Place,
    PlaceKind,
    Post,
)

__all__ = [
    "FENCE_CHOICES",
    "PATTERN_CHOICES",
    "SERVICE_LINE_CHOICES",
    "SPECIAL_WORK_CHOICES",
    "Estate",
    "EstateKind",
    "Place",
    "PlaceKind",
    "Post",
]
