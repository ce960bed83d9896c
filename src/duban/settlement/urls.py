from django.urls import path

from duban.settlement.views import answers, counts, extras, office, papers

app_name = "settlement"

urlpatterns = [
    path("", office.statement_list_page, name="list"),
    path("build/", office.build, name="build"),
    path("send/", office.bulk_send, name="bulk_send"),
    path("terms/", office.terms_list_page, name="terms"),
    path("terms/<str:code>/", office.terms_page, name="terms_detail"),
    path("counts/", counts.count_list_page, name="counts"),
    path("counts/new/", counts.count_new, name="count_new"),
    path("counts/confirm/", counts.bulk_confirm, name="bulk_confirm_counts"),
    path("counts/<str:code>/", counts.count_detail, name="count"),
    path("counts/<str:code>/confirm/", counts.confirm, name="count_confirm"),
    path("counts/<str:code>/dispute/", counts.dispute, name="count_dispute"),
    path("counts/<str:code>/correct/", counts.correct, name="count_correct"),
    path("counts/<str:code>/withdraw/", counts.withdraw, name="count_withdraw"),
    path("appeals/<str:code>/decide/", answers.decide, name="decide"),
    path("<str:code>/", office.statement_detail, name="detail"),
    path("<str:code>/move/<str:move>/", office.move, name="move"),
    path("<str:code>/pay/", office.pay, name="pay"),
    path("<str:code>/adjust/", extras.adjust, name="adjust"),
    path("<str:code>/change-order/", extras.change_order, name="change_order"),
    path("<str:code>/release/", extras.release, name="release"),
    path("<str:code>/trace/", papers.trace, name="trace"),
    path("<str:code>/statement.pdf", papers.pdf, name="pdf"),
    path("<str:code>/statement.xlsx", papers.excel, name="excel"),
    path("<str:code>/statement.json", papers.case, name="case"),
    path("<str:code>/lines/<int:position>/", papers.evidence, name="evidence"),
    path("<str:code>/lines/<int:position>/confirm/", answers.confirm_line, name="line_confirm"),
    path("<str:code>/lines/<int:position>/appeal/", answers.appeal_line, name="line_appeal"),
]
