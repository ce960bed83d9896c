"""What the frame of every page needs."""

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, object]:
    """Navigation, actor and switches for `base.html`."""
    return {"actor": getattr(request, "actor", None)}
