"""What the sign-in page needs beside its form."""

from typing import Any

from django import template
from django.conf import settings

from duban.orgs import selectors

register = template.Library()


@register.simple_tag
def demo_accounts() -> dict[str, Any]:
    accounts = selectors.demo_accounts()
    return {"accounts": accounts, "password": settings.DUBAN_DEMO_PASSWORD if accounts else ""}
