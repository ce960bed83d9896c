import pytest
from django.urls import reverse

from tests.factories.orgs import PersonFactory


@pytest.fixture
def person(db):
    return PersonFactory(username="wang.fang", name="王芳")


def sign_in(client, password="password"):  # noqa: S107 - the factory gives it to everybody
    return client.post(reverse("account_login"), {"login": "wang.fang", "password": password})


def test_sign_in_and_out(client, person):
    assert sign_in(client)["Location"] == "/"
    assert client.get("/orgs/me/").status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/orgs/me/").status_code == 302


def test_wrong_password_says_nothing_about_the_account(client, person):
    wrong = sign_in(client, "nonsense")
    unknown = client.post(reverse("account_login"), {"login": "nobody", "password": "nonsense"})
    assert [response.context["form"].errors.as_text() for response in (wrong, unknown)] == [
        wrong.context["form"].errors.as_text()
    ] * 2
    assert client.get("/orgs/me/").status_code == 302


def test_attempts_are_limited(client, person):
    for _ in range(5):
        sign_in(client, "nonsense")
    assert sign_in(client).status_code in {200, 429}
    assert client.get("/orgs/me/").status_code == 302


def test_nobody_registers_alone(client, db):
    text = client.get(reverse("account_signup")).text
    assert "<form" not in text or "password1" not in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_sign_in_page_speaks_both_languages(client, db, language):
    client.cookies["django_language"] = language
    text = client.get(reverse("account_login")).text
    assert ("登录" in text) is (language == "zh-hans")
    assert "style=" not in text


def test_demo_accounts_stand_on_the_page_in_demo_mode_only(client, world, settings):
    type(world.person("finance")).objects.get_queryset().filter(pk=world.person("finance").pk).update(is_demo=True)
    assert world.person("finance").username not in client.get(reverse("account_login")).text
    settings.DUBAN_DEMO = True
    text = client.get(reverse("account_login")).text
    assert world.person("finance").username in text
    assert settings.DUBAN_DEMO_PASSWORD in text
    assert world.person("auditor").username not in text


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_logout",
        "account_reauthenticate",
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_account_pages_open_in_our_frame(client, person, name, language):
    sign_in(client)
    client.cookies["django_language"] = language
    client.post(reverse("account_reauthenticate"), {"password": "password"})
    text = client.get(reverse(name)).text
    assert "plain-brand" in text or "shell" in text
    assert "style=" not in text


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_inactive", "account_signup"])
def test_entrance_pages_are_public(client, db, name):
    assert client.get(reverse(name)).status_code == 200


def test_second_factor_and_recovery_codes(client, person):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    response = sign_in(client)
    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get(response["Location"]).status_code == 200
    assert client.get("/orgs/me/").status_code == 302
    code = RecoveryCodes(person.authenticator_set.get(type="recovery_codes")).generate_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/"
    for name in ("mfa_view_recovery_codes", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_index"):
        assert client.get(reverse(name), follow=True).status_code == 200
