"""Attendance for other systems: evidence as it is recorded and decided, rosters, patrol routes."""

from ninja import Router

from duban.attendance.api import evidence, rosters, routes

router = Router(tags=["attendance"])
router.add_router("", evidence.router)
router.add_router("/rosters", rosters.router)
router.add_router("/routes", routes.router)
