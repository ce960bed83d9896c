from django.urls import path

from duban.vendors.views import certificates, companies, credentials, workers

app_name = "vendors"

urlpatterns = [
    path("", companies.company_list_page, name="list"),
    path("new/", companies.company_new, name="new"),
    path("certificates/", certificates.certificate_list_page, name="certificate_list"),
    path("certificates/<str:code>/edit/", certificates.certificate_edit, name="certificate_edit"),
    path("certificates/<str:code>/withdraw/", certificates.certificate_withdraw, name="certificate_withdraw"),
    path("workers/", workers.worker_list_page, name="worker_list"),
    path("workers/<str:code>/", workers.worker_detail, name="worker"),
    path("workers/<str:code>/edit/", workers.worker_edit, name="worker_edit"),
    path("workers/<str:code>/left/", workers.worker_left, name="worker_leave"),
    path("workers/<str:code>/identity/", workers.worker_identity, name="worker_identity"),
    path("workers/<str:code>/credentials/new/", credentials.credential_new, name="credential_new"),
    path("workers/<str:code>/insurance/new/", credentials.proof_new, name="proof_new"),
    path("credentials/", credentials.credential_list_page, name="credential_list"),
    path("credentials/board/", credentials.credential_board, name="credential_board"),
    path("credentials/<str:code>/edit/", credentials.credential_edit, name="credential_edit"),
    path("credentials/<str:code>/verify/", credentials.credential_verified, name="credential_verify"),
    path("credentials/<str:code>/reject/", credentials.credential_rejected, name="credential_reject"),
    path("insurance/<str:code>/withdraw/", credentials.proof_withdraw, name="proof_withdraw"),
    path("<str:code>/", companies.company_detail, name="detail"),
    path("<str:code>/edit/", companies.company_edit, name="edit"),
    path("<str:code>/contact/", companies.company_contact, name="contact"),
    path("<str:code>/deactivate/", companies.company_deactivate, name="deactivate"),
    path("<str:code>/reactivate/", companies.company_reactivate, name="reactivate"),
    path("<str:code>/certificates/new/", certificates.certificate_new, name="certificate_new"),
    path("<str:code>/workers/new/", workers.worker_new, name="worker_new"),
]
