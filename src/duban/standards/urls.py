from django.urls import path

from duban.standards.views import checklists, forms, items, licences, pictures, standards

app_name = "standards"

urlpatterns = [
    path("", standards.overview, name="list"),
    path("all/", standards.register, name="register"),
    path("new/", standards.new, name="new"),
    path("cleaning-levels/", standards.levels, name="levels"),
    path("checklists/", checklists.checklist_list, name="checklists"),
    path("checklists/<str:code>/", checklists.checklist_detail, name="checklist"),
    path("checklists/<str:code>/edit/", checklists.checklist_edit, name="checklist_edit"),
    path("checklists/<str:code>/remove/", checklists.checklist_delete, name="checklist_remove"),
    path("checklists/<str:code>/form/", forms.checklist_form, name="checklist_form"),
    path("checklists/<str:code>/form/import/", forms.checklist_form_import, name="checklist_form_import"),
    path("checklists/<str:code>/form/give-up/", forms.checklist_form_give_up, name="checklist_form_give_up"),
    path("checklists/<str:code>/form/export/", forms.checklist_form_export, name="checklist_form_export"),
    path("licences/", licences.licence_list, name="licences"),
    path("licences/new/", licences.licence_new, name="licence_new"),
    path("licences/<int:key>/edit/", licences.licence_edit, name="licence_edit"),
    path("licences/<int:key>/remove/", licences.licence_remove, name="licence_remove"),
    path("vendors/<str:code>/", licences.vendor_panel, name="vendor_panel"),
    path("<str:code>/", standards.detail, name="detail"),
    path("<str:code>/compare/<str:other>/", standards.compare, name="compare"),
    path("<str:code>/new-version/", standards.new_version, name="new_version"),
    path("<str:code>/enact/", standards.enact, name="enact"),
    path("<str:code>/withdraw/", standards.withdraw, name="withdraw"),
    path("<str:code>/items/new/", items.item_new, name="item_new"),
    path("<str:code>/items/<str:key>/", pictures.item_detail, name="item"),
    path("<str:code>/items/<str:key>/pictures/<slug:side>/", pictures.item_picture, name="item_picture"),
    path("<str:code>/items/<str:key>/pictures/<slug:side>/drop/", pictures.item_picture_dropped, name="item_picture_drop"),
    path("<str:code>/items/<str:key>/edit/", items.item_edit, name="item_edit"),
    path("<str:code>/items/<str:key>/remove/", items.item_take_out, name="item_remove"),
    path("<str:code>/checklists/new/", checklists.checklist_new, name="checklist_new"),
]
