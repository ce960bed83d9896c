import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from duban.project.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")
die_with_parent()
application = get_wsgi_application()
# Read every address now: whoever is told that we are ready shall not wait for it.
_ = get_resolver().url_patterns
