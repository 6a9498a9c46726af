"""Every kind of public page and every state of it, on the loaded demo: what an audit has to visit."""

import datetime

from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction, Site

from media import renditions
from media.models import SiteImage
from pages.models import NewsIndexPage, NewsPage, SectionPage, WorkshopIndexPage, WorkshopPage
from tests import arabic_site

#: A word that the demo has in each language, and one that no language has.
FOUND = {"pl": "rewitalizacja", "en": "regeneration", "uk": "ревіталізація", "ar": "ورش"}
NOT_FOUND = "qqqq"


def set_up() -> list[tuple[str, str]]:
    """Add to the demo what it does not show by itself; return (name, address) of all that there is to see."""
    home = Site.objects.get(is_default_site=True).root_page.specific
    _add_arabic(home)
    _add_states(home)
    for image in SiteImage.objects.all():
        renditions.make(image)
    return [place for locale in Locale.objects.order_by("pk") for place in _places(locale)]


def _add_arabic(home):
    arabic_site.add_frame()
    arabic_site.in_arabic(home, arabic_site.SITE_NAME, lead="مدن تتعلّم من مدن.", body=[])
    for child in home.get_children().live().type((NewsIndexPage, WorkshopIndexPage)).specific():
        title = "الأخبار" if isinstance(child, NewsIndexPage) else "ورش العمل"
        arabic_site.in_arabic(child, title, lead="")
    arabic_site.add_workshop(home.get_children().type(WorkshopIndexPage).get().specific)
    arabic_site.add_article(home.get_children().type(NewsIndexPage).get().specific)
    section = home.get_children().type(SectionPage).first().specific
    arabic_site.in_arabic(section, "عن البرنامج", lead="مدن تتعلّم من مدن.", body=[("text", "<p>نجدد الأحياء معًا.</p>")])
    # Their originals hold Arabic words under a Polish address: no reader should meet them in a Polish list.
    for original in Page.objects.filter(slug="po-arabsku", locale=home.locale).specific():
        original.unpublish()


def _add_states(home):
    """Add a list without entries, a page that asks for a password and a workshop that was called off."""
    _publish(home, NewsIndexPage(title="Archiwum", slug="archiwum", lead="Starsze wiadomości."))
    secret = _publish(home, SectionPage(title="Dla uczestników", slug="dla-uczestnikow"))
    PageViewRestriction.objects.create(
        page=secret, restriction_type=PageViewRestriction.PASSWORD, password="sezam otwórz się"
    )
    workshops = home.get_children().type(WorkshopIndexPage).get().specific
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    called_off = {"event_status": "cancelled", "status_note": "Nowy termin podamy w maju."}
    _publish(workshops, WorkshopPage(title="Spacer po kamienicach", slug="spacer", starts_on=tomorrow, **called_off))


def _publish(parent, page):
    page = parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _places(locale):
    """Yield one page of each type and each state in one language."""
    code = locale.language_code
    pages = Page.objects.live().filter(locale=locale, depth__gt=1)
    for model in sorted({page.specific_class for page in pages}, key=lambda model: model.__name__):
        for page in _of_each_kind(model, pages):
            yield f"{code}: {model._meta.verbose_name} “{page.title[:30]}”", page.url
    yield f"{code}: search", f"/{code}/search/"
    yield f"{code}: something found", f"/{code}/search/?q={FOUND[code]}"
    yield f"{code}: nothing found", f"/{code}/search/?q={NOT_FOUND}"
    yield f"{code}: no such page", f"/{code}/nie-ma/"
    index = WorkshopIndexPage.objects.live().filter(locale=locale).first()
    yield f"{code}: report of a problem", f"{reverse('accessibility:report')}?page={index.pk}"
    yield f"{code}: report sent", f"{reverse('accessibility:report_sent')}?page={index.pk}"
    yield f"{code}: workshops of 2018", f"{index.url}?year=2018"
    yield f"{code}: filters that leave nothing", f"{index.url}?year=1999"


def _of_each_kind(model, pages):
    """Return the pages of a type that look different: past, coming and cancelled workshops, all sections and lists, two articles."""
    found = list(model.objects.filter(pk__in=pages.values("pk")).order_by("path"))
    if model is WorkshopPage:
        today = datetime.datetime.now(datetime.UTC).date()
        taking_place = [page for page in found if page.takes_place]
        sides = [[page for page in taking_place if (page.last_day < today) is past] for past in (True, False)]
        sides.append([page for page in found if not page.takes_place])
        return [side[0] for side in sides if side]
    return found[:2] if model is NewsPage else found
