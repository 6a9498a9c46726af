"""What can be wrong with a link, in a code for the database and a sentence that says how to mend it."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    # Within the site.
    "page_gone": _("The page was deleted. Choose another page or take the link out."),
    "page_unpublished": _("The page is not published. Publish it, or take the link out."),
    "page_private": _("The page is private, this one is not: most readers cannot open it."),
    "document_gone": _("The document was deleted. Choose another one or take the link out."),
    "document_private": _("The document is in a private collection: readers cannot open it."),
    "not_found": _("There is no page at this address. Choose the page instead of typing its address."),
    "anchor_missing": _("The page has no such place (the part after #). Link to the page, or mend the name."),
    "site_error": _("This address of the site answers with an error. Tell your administrator."),
    "in_admin": _("It leads into the editing part of the site, which readers cannot open. Choose the page instead."),
    "no_scheme": _("It lacks https:// in front, so that readers stay on this site and find nothing."),
    "malformed": _("This is no address that a browser understands. Write it anew."),
    "empty": _("The link leads nowhere: it has no address."),
    "mail_invalid": _("This is not a complete e-mail address."),
    "phone_invalid": _("This is not a phone number. Write it with the country code: +48 22 123 45 67."),
    # Elsewhere.
    "http_not_found": _("The other site says there is no such page."),
    "http_gone": _("The other site says the page was removed for good."),
    "http_error": _("The other site answers with an error."),
    "busy": _("The other site has too much to do."),
    "no_host": _("There is no site of this name."),
    "no_answer": _("The other site does not answer."),
    "too_slow": _("The other site answers too slowly."),
    "not_secure": _("The certificate of the other site is not valid: browsers warn of it."),
    "circle": _("The other site sends its visitors round in a circle."),
    "private_network": _("It leads into a private network, which readers cannot reach."),
    # Advice, and what nobody can tell.
    "moved": _("The page has moved for good. Replace the address."),
    "refused": _("The other site answers people only. Open the link yourself to see."),
    "robots": _("The other site asks programs not to look. Open the link yourself to see."),
    "unusual_port": _("An address with an unusual port is not asked. Open the link yourself to see."),
    "left_alone": _("This site is never asked, by the settings of the link checker."),
}

#: A reader may well see the page: never counted as broken.
UNSURE = {"refused", "robots", "unusual_port", "left_alone"}
#: No second look will change these.
AT_ONCE = {"private_network", "malformed"}
#: After how many failures in a row an address is called broken, where it is not three.
PATIENCE = {"http_not_found": 2, "http_gone": 2}
