"""What is looked after: estates, their places, and the posts to be manned."""

from duban.estates.models.estates import SERVICE_LINE_CHOICES, SPECIAL_WORK_CHOICES, Estate, EstateKind, Place, PlaceKind, Post

__all__ = ["SERVICE_LINE_CHOICES", "SPECIAL_WORK_CHOICES", "Estate", "EstateKind", "Place", "PlaceKind", "Post"]
