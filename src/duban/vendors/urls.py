from django.urls import path

from duban.vendors.views import certificates, companies

app_name = "vendors"

urlpatterns = [
    path("", companies.company_list_page, name="list"),
    path("new/", companies.company_new, name="new"),
    path("certificates/", certificates.certificate_list_page, name="certificate_list"),
    path("certificates/<str:code>/edit/", certificates.certificate_edit, name="certificate_edit"),
    path("certificates/<str:code>/withdraw/", certificates.certificate_withdraw, name="certificate_withdraw"),
    path("<str:code>/", companies.company_detail, name="detail"),
    path("<str:code>/edit/", companies.company_edit, name="edit"),
    path("<str:code>/contact/", companies.company_contact, name="contact"),
    path("<str:code>/deactivate/", companies.company_deactivate, name="deactivate"),
    path("<str:code>/reactivate/", companies.company_reactivate, name="reactivate"),
    path("<str:code>/certificates/new/", certificates.certificate_new, name="certificate_new"),
]
