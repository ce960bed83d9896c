"""What the tests of pages share."""


def text_of(response):
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()
