"""Serving files: only to who sees the record, never as a page."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from duban.platform.files.display import VARIANTS, open_display
from duban.platform.files.models import StoredFile
from duban.platform.files.selectors import resolve_reference
from duban.platform.files.storage import file_store, original_key
from duban.platform.requests import actor_of


@require_safe
def show(request: HttpRequest, reference: str, variant: str = "") -> FileResponse:
    file, found = resolve_reference(actor_of(request), reference)
    if variant:
        if variant not in VARIANTS or not file.is_image:
            raise Http404
        return _sealed(FileResponse(open_display(file, variant, found.band), content_type="image/jpeg"))
    return _sealed(_original(file, found.name))


def _original(file: StoredFile, name: str) -> FileResponse:
    try:
        content = file_store().open(original_key(file.sha256))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, content_type=file.media_type, as_attachment=not file.is_image, filename=name or file.sha256[:12]
    )


def _sealed(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=3600, immutable=True)
    return response
