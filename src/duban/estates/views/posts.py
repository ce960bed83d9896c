"""Posts: list, entering, changing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.estates.forms import PostForm
from duban.estates.permissions import Code
from duban.estates.selectors import estate_get, post_get, posts_of
from duban.estates.services import post_create, post_update
from duban.estates.tables import POSTS
from duban.estates.views.frame import estate_crumbs, form_page, list_links
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of


@require_GET
def post_list_page(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("Posts"), "links": list_links("post_list")}
    return POSTS.answer(request, posts_of(actor_of(request)), "estates/list.html", context)


@require_http_methods(["GET", "POST"])
def post_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    estate = estate_get(actor, code)
    actor.require_any(Code.EDIT, estate.permission_paths())
    form = PostForm(request.POST or None, estate=estate)
    if form.is_valid():
        with apply_errors(form):
            post_create(actor=actor, estate=estate, place=form.cleaned_data["place"], details=form.details())
            messages.success(request, _("The post is added."))
            return redirect("estates:detail", code)
    return form_page(request, form, _("Add a post"), estate_crumbs(estate, _("Post")), reverse("estates:detail", args=[code]))


@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    post = post_get(actor, code)
    actor.require_any(Code.EDIT, post.permission_paths())
    form = PostForm(request.POST or None, estate=post.estate, initial=PostForm.initial_of(post))
    back_url = reverse("estates:detail", args=[post.estate.code])
    if form.is_valid():
        with apply_errors(form):
            post_update(actor=actor, post=post, place=form.cleaned_data["place"], details=form.details())
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(request, form, post.name, estate_crumbs(post.estate, post.name), back_url)
