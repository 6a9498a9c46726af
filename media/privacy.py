"""Files open when a page that shows them is published, and close when the last one goes.

A file is public if and only if a live page without view restrictions shows it, directly or through a snippet
that such a page shows, or a setting of the site does; and its collection is open to everybody. Wagtail's
``ReferenceIndex`` says what shows what. Nothing here knows a page type.
"""

from collections import defaultdict

from asgiref.local import Local
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import post_page_move

from media.models import SiteDocument, SiteImage

FILE_MODELS = (SiteImage, SiteDocument)
SETTINGS = (BaseSiteSetting, BaseGenericSetting)
BATCH = 200

# A node is (content type id, primary key as text), as in the reference index.


def refresh(files):
    """Recompute for these images and documents whether they are public."""
    _refresh_nodes({_node(file) for file in files})


def refresh_all():
    """Recompute every file of the library and return how many changed."""
    changed = 0
    for model in FILE_MODELS:
        content_type = ContentType.objects.get_for_model(model).pk
        ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            changed += _refresh_nodes({(content_type, str(pk)) for pk in ids[start : start + BATCH]})
    return changed


def may_see(request, file):
    """Tell whether this reader may see a file that is not public: on a live page whose restrictions they meet."""
    if _restricted_collections(file.collection_id):
        return False
    _shown, by_page = _showing({_node(file)})
    pages = Page.objects.filter(pk__in=list(by_page), live=True)
    return any(all(rule.accept_request(request) for rule in page.get_view_restrictions()) for page in pages)


def _refresh_nodes(nodes):
    shown = shown_files(nodes)
    changed = 0
    for model in FILE_MODELS:
        content_type = ContentType.objects.get_for_model(model).pk
        ids = {pk for kind, pk in nodes if kind == content_type}
        if ids:
            changed += _store(model, ids, {pk for kind, pk in shown if kind == content_type})
    return changed


def _store(model, ids, shown):
    in_closed_collection = _restricted_collections()
    files = model.objects.filter(pk__in=ids)
    opened = files.filter(pk__in=shown).exclude(collection__in=in_closed_collection)
    closed = files.exclude(pk__in=opened.values("pk"))
    return closed.filter(is_public=True).update(is_public=False) + opened.filter(is_public=False).update(is_public=True)


def _restricted_collections(collection_id=None):
    """Return the ids of all collections with a view restriction on them or above them."""
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    ids = set()
    for path in paths:
        ids |= set(Collection.objects.filter(path__startswith=path).values_list("pk", flat=True))
    return ids if collection_id is None else ids & {collection_id}


def shown_files(nodes):
    """Return those of the given file nodes that something open to everybody shows."""
    shown, by_page = _showing(nodes)
    open_pages = Page.objects.filter(pk__in=list(by_page)).live().public().values_list("pk", flat=True)
    for page in open_pages:
        shown |= by_page[str(page)]
    return shown


def _showing(files):
    """Walk from files up to what shows them: return (files shown by settings, page id -> files it shows)."""
    shown, by_page = set(), defaultdict(set)
    seen = defaultdict(set)
    frontier = {file: {file} for file in files}
    while frontier:
        above = defaultdict(set)
        for source, target in _references(to=frontier):
            above[source] |= frontier[target]
        frontier = {}
        for source, origins in _only_live(above).items():
            model = ContentType.objects.get_for_id(source[0]).model_class()
            if model is None or model in FILE_MODELS:
                continue
            if model is Page:
                by_page[source[1]] |= origins
            elif _is_shown_everywhere(model):
                shown |= origins
            elif origins - seen[source]:
                frontier[source] = origins - seen[source]
                seen[source] |= origins
    return shown, by_page


def _is_shown_everywhere(model):
    """A setting, or a snippet that says so of itself: a header or footer is referenced by no page."""
    return issubclass(model, SETTINGS) or getattr(model, "is_shown_everywhere", False)


def _only_live(nodes):
    """Drop unpublished snippets; pages are looked at later, all in one query."""
    by_type = defaultdict(list)
    for content_type, pk in nodes:
        by_type[content_type].append(pk)
    for content_type, ids in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model and model is not Page and any(field.name == "live" for field in model._meta.fields):
            drafts = model._default_manager.filter(pk__in=ids, live=False).values_list("pk", flat=True)
            for pk in drafts:
                nodes.pop((content_type, str(pk)))
    return nodes


def _references(*, to=None, of=None):
    """Yield (source, target) of the references to, or of, the given nodes."""
    kind, key = ("to_content_type_id", "to_object_id") if of is None else ("base_content_type_id", "object_id")
    by_type = defaultdict(list)
    for content_type, pk in to if of is None else of:
        by_type[content_type].append(pk)
    for content_type, ids in by_type.items():
        rows = ReferenceIndex.objects.filter(**{kind: content_type, f"{key}__in": ids}).values_list(
            "base_content_type_id", "object_id", "to_content_type_id", "to_object_id"
        )
        for source_type, source_id, target_type, target_id in rows.distinct():
            yield (source_type, source_id), (target_type, target_id)


def _files_below(nodes):
    """Walk down from pages, snippets and settings to the files they show; other pages show their own."""
    file_types = {ContentType.objects.get_for_model(model).pk for model in FILE_MODELS}
    page_type = ContentType.objects.get_for_model(Page).pk
    files = {node for node in nodes if node[0] in file_types}
    seen = set(nodes)
    frontier = nodes - files
    while frontier:
        targets = {target for _source, target in _references(of=frontier)}
        files |= {target for target in targets if target[0] in file_types}
        frontier = {target for target in targets - seen - files if target[0] != page_type}
        seen |= frontier
    return files


def _node(instance):
    return ReferenceIndex._get_base_content_type(instance).pk, str(instance.pk)


# --- what may change the answer -------------------------------------------------------------------------------

_pending = Local()


def _later(change):
    """Remember a change, and look at all of them once the transaction is through."""
    if not hasattr(_pending, "changes"):
        _pending.changes = set()
    _pending.changes.add(change)
    # A failure here must not turn a publication that has happened into an error page; Django logs it.
    transaction.on_commit(_work_off, robust=True)


def _work_off():
    while changes := getattr(_pending, "changes", None):
        _pending.changes = set()
        nodes = set()
        for look, *arguments in changes:
            nodes |= look(*arguments)
        _refresh_nodes(_files_below(nodes))


def _reindexed(label, pk):
    """Bring the index up to date first: Wagtail may do so later, in a worker, and misses removed children."""
    instance = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if instance is None:
        return set()
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(instance)
    return {_node(instance)}


def _itself(content_type, pk):
    return {(content_type, pk)}


def _pages_under(path):
    page_type = ContentType.objects.get_for_model(Page).pk
    return {(page_type, str(pk)) for pk in Page.objects.filter(path__startswith=path).values_list("pk", flat=True)}


def _files_in_collections_under(path):
    return {
        (ContentType.objects.get_for_model(model).pk, str(pk))
        for model in FILE_MODELS
        for pk in model.objects.filter(collection__path__startswith=path).values_list("pk", flat=True)
    }


def _saved(sender, instance, created=False, raw=False, **kwargs):
    # The index tracks what editors make: pages, snippets, settings, and the rows that belong to them.
    if raw or sender not in ReferenceIndex.tracked_models:
        return
    root = _root(instance)
    if root is not None and ReferenceIndex.is_indexed(type(root)):
        _later((_reindexed, root._meta.label, root.pk))


def _file_saved(sender, instance, created=False, raw=False, **kwargs):
    # A new file is shown nowhere yet; an old one may have moved to another collection.
    if not raw and not created:
        _later((_itself, *_node(instance)))


def _reference_removed(sender, instance, **kwargs):
    _later((_itself, instance.to_content_type_id, instance.to_object_id))


def _page_rule_changed(sender, instance, **kwargs):
    _later((_pages_under, instance.page.path))


def _collection_rule_changed(sender, instance, **kwargs):
    _later((_files_in_collections_under, instance.collection.path))


def _page_moved(sender, instance, **kwargs):
    _later((_pages_under, Page.objects.only("path").get(pk=instance.pk).path))


def _root(instance):
    """Return the page or snippet that a child row belongs to."""
    while instance is not None:
        key = next((field for field in instance._meta.get_fields() if isinstance(field, ParentalKey)), None)
        if key is None:
            return instance.specific if type(instance) is Page else instance
        instance = getattr(instance, key.name)
    return None


def connect():
    """Listen to everything that can open or close a file."""
    for model in apps.get_models():
        if issubclass(model, SETTINGS):
            # Wagtail tracks pages and snippets by itself, but not settings.
            ReferenceIndex.register_model(model)
    connections = [
        (post_save, _saved, None),
        *((post_save, _file_saved, model) for model in FILE_MODELS),
        (post_delete, _reference_removed, ReferenceIndex),
        *((signal, _page_rule_changed, PageViewRestriction) for signal in (post_save, post_delete)),
        *((signal, _collection_rule_changed, CollectionViewRestriction) for signal in (post_save, post_delete)),
        (post_page_move, _page_moved, None),
    ]
    for signal, receiver, sender in connections:
        signal.connect(receiver, sender=sender, dispatch_uid=f"media.privacy.{receiver.__name__}.{sender}.{id(signal)}")
