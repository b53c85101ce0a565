"""What the security log tells apart: which kinds there are, how they read, and which deeds of the activity it repeats.

A kind is "area:what", as in the activity. One that is missing here reads as its own name, so nothing is ever hidden.
"""

SIGN_INS, FACTORS, ACCESS, FILES, EXPORTS, SETTINGS, LOG = (
    "sign_in", "factor", "access", "file", "export", "settings", "log",
)  # fmt: skip
REFUSED = "refused"
# What the page offers to look at; refusals cut across all areas.
AREAS = {
    SIGN_INS: "Sign-ins",
    FACTORS: "Passwords and factors",
    ACCESS: "Clients’ and partners’ access",
    FILES: "Files and looks",
    EXPORTS: "Exports",
    SETTINGS: "Settings",
    LOG: "The log itself",
}

# Own kinds: {…} are facts of the row.
WORDS = {
    "sign_in:password": "Signed in, {way}",
    "sign_in:refused": "Was refused at the sign-in: {why}",
    "sign_in:pin_refused": "Was refused with the client’s link: {why}",
    "sign_in:out": "Signed out",
    "sign_in:ended": "Signed {which} out from afar",
    "factor:password_set": "Chose a new password with a link",
    "factor:app_on": "Switched their authenticator app on",
    "factor:app_off": "Switched their authenticator app off",
    "factor:passkey_added": "Added the passkey “{name}”",
    "factor:passkey_removed": "Removed the passkey “{name}”",
    "factor:codes_made": "Made new recovery codes",
    "factor:refused": "Was refused at the second step: {why}",
    "factor:proved": "Showed once more who they are, with {way}",
    "factor:proof_refused": "Was refused when asked once more who they are: {why}",
    "factor:password_changed": "Changed their password",
    "refused:permission": "Tried what they may not: {what}",
    "refused:hidden": "Asked for something that is not there for them: {what}",
    "refused:more": "Was refused {count} more times, not written one by one",
    "export:deals": "Took {rows} deals along in a file",
    "export:everything": "Took everything along that the firm holds",
    "export:security_log": "Exported {rows} rows of the security log",
    "log:erased": "Removed {rows} rows that were older than {years} years",
    "settings:sms": "Switched SMS {on}",
    "settings:details": "Changed the firm’s details: {fields}",
    "settings:client_portal": "Changed the Client Portal: {fields}",
    "settings:client_portal_dropped": "Went back to the firm’s Client Portal settings",
    "settings:partner_portal": "Changed the Partner Portal: {field}",
    "settings:bank_statements": "Changed bank statements through {provider}: {state}",
    "settings:compliance": "Put a new version of {name} into use",
    "settings:contacts_merged": "Merged the contact {other} into {contact}",
    "settings:contacts_taken_apart": "Took the contacts {contact} and {other} apart again",
    "settings:imported": "Brought contacts and deals in from {file}, {rows}",
    "settings:import_taken_back": "Took back what came in from {file}",
    "settings:logo": "Changed the logo",
    "settings:logo_removed": "Removed the logo",
    "settings:security_log": "Changed how long the security log is kept: {years} years",
    "settings:idle_limits": "Signed out who is away: clients after {clients} minutes, staff after {staff}",
    "settings:factor_grace": "Let people go {days} days without a second step",
    "member:factor_reset": "Took {who}’s second step away, which was lost",
    "member:invited": "Invited {who} as {role}",
    "member:link_sent": "Sent {who} a link to choose a password",
    "member:role": "Changed a role: {who} is now {role}",
    "member:disabled": "Switched off the account of {who}",
    "member:enabled": "Switched on the account of {who}",
    "partner:added": "Added the partner {partner}",
    "partner:invited": "Invited the partner {partner}",
    "partner:disabled": "Switched off the partner {partner}",
    "partner:enabled": "Switched on the partner {partner}",
    "billing:recharge_set": "Changed when SMS credits are bought by themselves",
    "account:changed": "Changed their own details",
}

# Deeds that the activity records and the security log repeats, with where they came from: kind or its first part.
_REPEATED = {
    **dict.fromkeys(("settings", "member", "api_token", "webhook"), SETTINGS),
    **dict.fromkeys(("billing:recharge_set", "account:changed"), SETTINGS),
    **dict.fromkeys(
        (
            *("partner:added", "partner:invited", "partner:enabled", "partner:disabled"),
            *("partner:removed", "partner:link_copied", "partner:factor_reset"),
            *("portal_access:granted", "portal_access:changed", "portal_access:resent", "portal_access:revoked"),
            *("portal_access:link_copied", "portal_access:stopped", "portal_access:pin_emailed"),
            "portal_access:pin_sent",
        ),
        ACCESS,
    ),
    **dict.fromkeys(("portal_access:passkey_made", "portal_access:passkey_removed"), FACTORS),
    **dict.fromkeys(("portal_access:signed_in", "portal_access:signed_out_everywhere"), SIGN_INS),
    **dict.fromkeys(("document:opened", "messages:read", "portal_access:previewed"), FILES),
    **dict.fromkeys(("privacy:downloaded", "profile:exported"), EXPORTS),
}
_NOT_REPEATED = ("settings:asked",)


def repeated_as(kind: str) -> str | None:
    """The area under which a deed of the activity is repeated in the security log; None for the many that are not."""
    if kind in _NOT_REPEATED:
        return None
    return _REPEATED.get(kind) or _REPEATED.get(kind.partition(":")[0])


def area_of(kind: str) -> str:
    """The area of one of the log's own kinds. What was refused belongs to where it would have led, or to access."""
    area = kind.partition(":")[0]
    return area if area in AREAS else ACCESS
