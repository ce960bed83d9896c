from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet
from duban.platform.scope import within


class ApiTokenQuerySet(ScopedQuerySet["ApiToken"]):
    def for_actor(self, actor: Actor) -> Self:
        """Tokens of the actor's tenant."""
        return self.filter(within("tenant_path", (actor.tenant_path,)))


class ApiToken(ScopedModel):
    """A key to the API that acts with the rights of one person, or with the part of them that `codes` names.

    Only the SHA-256 of the secret is kept; `hint` are its first characters, so that people can tell tokens apart.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    tenant_path = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    hint = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    codes = models.JSONField(default=list)
    last_used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="api_token_name_unique")]

    def __str__(self) -> str:
        return f"{self.hint}… {self.name}"

    @property
    def code(self) -> str:
        """What is shown of the token in addresses and in the audit trail."""
        return self.hint

    def audit_scope(self) -> str:
        return self.tenant_path
