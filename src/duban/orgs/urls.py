from django.urls import path

from duban.orgs.views import people, profile, units

app_name = "orgs"

urlpatterns = [
    path("units/", units.tree, name="tree"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/<str:code>/", units.unit_detail, name="unit"),
    path("units/<str:code>/edit/", units.unit_change, name="unit_edit"),
    path("units/<str:code>/move/", units.unit_relocate, name="unit_move"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<str:username>/", people.person_detail, name="person"),
    path("people/<str:username>/edit/", people.person_change, name="person_edit"),
    path("people/<str:username>/close/", people.person_close, name="person_close"),
    path("people/<str:username>/open/", people.person_open, name="person_open"),
    path("people/<str:username>/password/", people.password_reset, name="password_reset"),
    path("people/<str:username>/grant/", people.grant_new, name="grant_new"),
    path("people/<str:username>/grant/<int:pk>/end/", people.grant_end, name="grant_end"),
    path("matrix/", people.matrix, name="matrix"),
    path("me/", profile.profile, name="profile"),
    path("me/tokens/new/", profile.token_new, name="token_new"),
    path("me/tokens/<str:hint>/end/", profile.token_end, name="token_end"),
]
