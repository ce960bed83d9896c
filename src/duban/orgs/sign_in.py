"""How people sign in: accounts are given by an administrator, nobody registers alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Close open registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
