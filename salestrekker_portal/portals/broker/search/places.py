"""Screens and deeds that a search leads to, beside what the firm has: words, what else people call them, where, who."""

from typing import NamedTuple

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.access.permissions import Permission
from salestrekker_portal.kernel.names import folded_whole

MOST = 5


class SearchPlace(NamedTuple):
    words: str
    also: str
    path: str
    needs: Permission | None = None


_ADMIN = Permission.ORGANISATION_MANAGE
PLACES = (
    SearchPlace("Deals", "board pipeline kanban", "/board"),
    SearchPlace("Deals as a list", "table settled archived", "/board?view=list"),
    SearchPlace("Forecast", "months settles settlement goal likely", "/board?view=forecast"),
    SearchPlace("Calendar", "dates days month settles finance due", "/board?view=calendar"),
    SearchPlace("Tasks", "to do due late", "/tasks"),
    SearchPlace("Contacts", "people companies clients", "/contacts"),
    SearchPlace("Partners", "referrers", "/partners"),
    SearchPlace("Insights", "reports figures pipeline settled turnaround", "/insights"),
    SearchPlace("Notifications", "news bell", "/notifications"),
    SearchPlace("My details", "account name mobile", "/settings/my-details"),
    SearchPlace("Password and security", "passkey authenticator second step two factor recovery sessions devices",
                "/settings/security"),
    SearchPlace("My updates and reminders", "email summary notifications", "/settings/account/updates"),
    SearchPlace("Client Portal settings", "messages wording invitation privacy videos", "/settings/client-portal",
                Permission.DEAL_SHARE),
    SearchPlace("Flows", "fact find sections invitation", "/settings/flows", Permission.DEAL_SHARE),
    SearchPlace("Integrations", "bank statements illion basiq akahu", "/settings/integrations", Permission.DEAL_SHARE),
    SearchPlace("Details and branding", "firm organisation logo colour abn", "/settings/organisation", _ADMIN),
    SearchPlace("Users and roles", "people team invite assistant", "/settings/users", _ADMIN),
    SearchPlace("Workflows and stages", "pipeline columns read-only stale automations goal", "/settings/workflows",
                _ADMIN),
    SearchPlace("Message templates", "letters words emails texts write", "/settings/message-templates", _ADMIN),
    SearchPlace("Labels", "tags", "/settings/labels", _ADMIN),
    SearchPlace("Import and export", "csv spreadsheet excel contacts deals everything", "/settings/import",
                _ADMIN),
    SearchPlace("Required document lists", "checklists papers", "/settings/document-lists", _ADMIN),
    SearchPlace("Partner Portal settings", "referrers leads", "/settings/partner-portal", _ADMIN),
    SearchPlace("Connect (SMS)", "texts messages", "/settings/connect", _ADMIN),
    SearchPlace("API and webhooks", "keys programs", "/settings/api", _ADMIN),
    SearchPlace("Security log", "audit who sign-ins exports", "/settings/security-log", _ADMIN),
    SearchPlace("Billing details", "credits packs invoices", "/settings/billing", _ADMIN),
)  # fmt: skip


def places_for(actor: Actor, words: list[str]) -> list[SearchPlace]:
    """Places whose name, or what else they are called, holds all the folded words, of those that this person has."""
    found = []
    for place in PLACES:
        known = folded_whole(f"{place.words} {place.also}")
        if all(word in known for word in words) and (place.needs is None or actor.may(place.needs)):
            found.append(place)
    return found[:MOST]
