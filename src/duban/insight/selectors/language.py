"""Which of the two languages the reader reads, for names that are stored in both."""

from django.utils.translation import get_language


def reader_language() -> str:
    """`"zh"` or `"en"`."""
    return "zh" if (get_language() or "").startswith("zh") else "en"
