"""Keep the links of published objects: found anew, judged, and stored with the day since when they are broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import urldefrag, urlsplit

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Locale, Page
from wagtail.snippets.models import get_snippet_models

from .extraction import Found, has_links, links_of, row_lookups
from .internal import judge
from .models import Address, Link, Progress
from .own_site import OwnSite

BATCH = 100


def checked_pages() -> QuerySet:
    """Pages that readers can open: published, of a plugin that is on; an alias shows what its source says."""
    dormant = [config.label for config in apps.get_app_configs() if getattr(config, "is_dormant", False)]
    return Page.objects.live().filter(alias_of=None, depth__gt=1).exclude(content_type__app_label__in=dormant)


def checked_models() -> list[type]:
    """Snippets and settings that may hold links."""
    return [model for model in [*get_snippet_models(), *settings_registry] if has_links(model)]


def sweep(tell: Callable[[int], None] = lambda done: None, most: int | None = None) -> int:
    """Check every page, snippet and setting in batches; return how many pages were looked at.

    ``most`` is a bound for this run: the next one goes on where it stopped.
    """
    progress, site, done = Progress.get(), OwnSite(), 0
    while most is None or done < most:
        size = BATCH if most is None else min(BATCH, most - done)
        batch = list(checked_pages().filter(pk__gt=progress.page_cursor).order_by("pk")[:size].specific())
        if not batch:
            _finish_sweep(progress, site)
            break
        keep(batch, site)
        done += len(batch)
        progress.page_cursor = batch[-1].pk
        progress.save(update_fields=["page_cursor"])
        tell(done)
    return done


def _finish_sweep(progress: Progress, site: OwnSite) -> None:
    for model in checked_models():
        objects = model._default_manager.order_by("pk")
        for start in range(0, objects.count(), BATCH):
            keep(list(objects[start : start + BATCH]), site)
    Link.objects.exclude(page=None).exclude(page__in=checked_pages()).delete()
    Address.objects.filter(links=None).delete()
    progress.page_cursor, progress.swept_at = 0, timezone.now()
    progress.save(update_fields=["page_cursor", "swept_at"])


def keep(instances: list, site: OwnSite | None = None) -> list[Link]:
    """Find, judge and store the links of these published objects; what they had before is forgotten."""
    site = site or OwnSite()
    _read_rows(instances)
    links = [link for instance in instances if _is_shown(instance) for link in _links(instance, site)]
    judge(links, site)
    with transaction.atomic():
        _store(instances, links)
    return links


def forget(instance) -> None:
    """Forget the links of an object that readers do not see any more."""
    _stored([instance]).delete()


def judge_again(stored: QuerySet) -> int:
    """Judge stored links anew after what they lead to has changed; return how many changed."""
    links = list(stored.select_related("page"))
    before = {link.pk: link.problem for link in links}
    changed = [link for link in judge(links) if link.problem != before[link.pk]]
    for link in changed:
        link.broken_since = timezone.now() if link.problem else None
    Link.objects.bulk_update(changed, ["problem", "href", "moved_to", "broken_since"], batch_size=BATCH)
    return len(changed)


def _read_rows(instances: list) -> None:
    """Read the rows of all objects of one type at once, and give every page its language."""
    by_type = defaultdict(list)
    for instance in instances:
        by_type[type(instance)].append(instance)
    for model, objects in by_type.items():
        prefetch_related_objects(objects, *row_lookups(model))
    locales = Locale.objects.in_bulk({locale for o in instances if (locale := getattr(o, "locale_id", None))})
    for instance in instances:
        if getattr(instance, "locale_id", None):
            instance.locale = locales[instance.locale_id]


def _is_shown(instance) -> bool:
    return getattr(instance, "live", True)


def _links(instance, site: OwnSite) -> Iterable[Link]:
    is_page = isinstance(instance, Page)
    source = {
        "page": instance if is_page else None,
        "source_type": ContentType.objects.get_for_model(instance),
        "source_id": str(instance.pk),
        "source_title": "" if is_page else str(instance)[:255],
        "locale_id": getattr(instance, "locale_id", None),
    }
    for found in links_of(instance):
        yield Link(**source, **_told(found, site))


def _told(found: Found, site: OwnSite) -> dict:
    kind = found.kind
    if kind == "address":
        is_ours = site.has(found.href) or not found.href.lower().startswith(("http://", "https://"))
        kind = Link.Kind.PATH if is_ours else Link.Kind.ELSEWHERE
    return {
        "kind": kind,
        "href": found.href,
        "words": found.words[:255],
        "target_id": found.target_id,
        "place": found.place,
        "anchor": found.anchor,
    }


def _stored(instances: list) -> QuerySet:
    by_type = defaultdict(list)
    for instance in instances:
        by_type[ContentType.objects.get_for_model(instance).pk].append(str(instance.pk))
    wanted = Q(pk__in=[])
    for source_type, ids in by_type.items():
        wanted |= Q(source_type=source_type, source_id__in=ids)
    return Link.objects.filter(wanted)


def _store(instances: list, links: list[Link]) -> None:
    stored = _stored(instances)
    known = {_identity(link): link.broken_since for link in stored.exclude(problem="")}
    now = timezone.now()
    for link in links:
        if link.problem:
            link.broken_since = known.get(_identity(link)) or now
    _give_addresses([link for link in links if link.kind == Link.Kind.ELSEWHERE])
    stored.delete()
    Link.objects.bulk_create(links, batch_size=500)


def _identity(link: Link) -> tuple:
    return (link.source_type_id, link.source_id, link.kind, link.target_id or link.href)


def _give_addresses(links: list[Link]) -> None:
    by_digest = {}
    for link in links:
        url = urldefrag(link.href).url
        by_digest[Address.digest_of(url)] = url
    Address.objects.bulk_create(
        [Address(digest=digest, url=url, host=_host(url)) for digest, url in by_digest.items()],
        ignore_conflicts=True,
        batch_size=500,
    )
    addresses = Address.objects.filter(digest__in=by_digest).in_bulk(field_name="digest")
    for link in links:
        link.address = addresses[Address.digest_of(urldefrag(link.href).url)]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "")[:255]


def links_to(kind: str, targets: Iterable[int]) -> QuerySet:
    """Links to these pages, and to the pages that they translate, or to these documents."""
    targets = list(targets)
    if kind == Link.Kind.PAGE:
        keys = Page.objects.filter(pk__in=targets).values("translation_key")
        twins = Page.objects.filter(translation_key__in=keys).values("pk")
        return Link.objects.filter(Q(target_id__in=targets) | Q(target_id__in=twins), kind=kind)
    return Link.objects.filter(kind=kind, target_id__in=targets)


def due(now) -> QuerySet:
    """Addresses elsewhere that are to be asked now, the longest waiting first."""
    return (
        Address.objects.filter(ask_after__lte=now)
        .exclude(links=None)
        .order_by(F("asked_at").asc(nulls_first=True), "pk")
        .distinct()
    )
