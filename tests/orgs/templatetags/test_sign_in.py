from duban.orgs.templatetags.sign_in import demo_accounts


def test_password_is_not_handed_out_without_demo_accounts(db, settings):
    settings.DUBAN_DEMO = True
    assert demo_accounts() == {"accounts": [], "password": ""}
