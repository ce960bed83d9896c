"""The organisation tree, its people, and the roles they hold in it."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.orgs.domain.roles import Role
from duban.platform.records import Record, ScopedModel, ScopedQuerySet
from duban.platform.scope import within


class UnitKind(models.TextChoices):
    """What a unit of the tree is."""

    GROUP = "group", _("Group")
    REGION = "region", _("Region")
    CITY = "city", _("City company")
    PROJECT = "project", _("Project office")
    VENDOR = "vendor", _("Vendor company")


class UnitQuerySet(ScopedQuerySet["Unit"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("path", (*actor.office_paths(), *actor.vendor_paths())))


class Unit(Record):
    """A place in the organisation tree: an office of the property company, or a vendor company below the same root.

    `path` holds the primary keys from the root down (`"/1/4/9/"`), so a subtree is a prefix. The root is the tenant.
    """

    CODE_PREFIX: ClassVar[str] = "OU"

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=12, choices=UnitKind)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=24, blank=True)
    city = models.CharField(max_length=24, blank=True)
    path = models.CharField(max_length=120, db_index=True, editable=False)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def tenant_path(self) -> str:
        """Path of the root above this unit (`"/1/"`)."""
        return "/".join(self.path.split("/")[:2]) + "/"

    def audit_scope(self) -> str:
        return self.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.path,)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. What the person may do is said by role grants only; there is no superuser."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class RoleGrant(ScopedModel):
    """One person holds one role at one unit, from a day on and perhaps until a day (exclusive)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=[(role.value, role.label) for role in Role])
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "unit", "role", "from_on"], name="role_grant_unique")]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.unit}"

    def audit_scope(self) -> str:
        return self.unit.tenant_path
