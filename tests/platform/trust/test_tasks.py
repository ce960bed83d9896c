import pytest

from duban.platform.trust.tasks import look_at_photos


@pytest.mark.django_db
def test_a_job_without_photos_does_nothing():
    assert look_at_photos.call() == 0
