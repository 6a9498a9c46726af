"""Long files that come back: compared and taken in the background, told step by step, cancelled, overtaken."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageLogEntry

from pages.contrib.docx import coming_back, lengths, offered, shown, steps, taking, works
from pages.contrib.docx.models import ReturnedFile, WaitingFile, Work
from pages.interchange import progress

from .test_long_files import _everything_is_long, editor  # noqa: F401 -- fixtures
from .test_returning import BODY, draft_of, edited, taken_away, ticked

CHANGES = (("Trzy miasta.", "Cztery miasta."), ("zielone.", "zielone i ciche."))


@pytest.fixture
def article(site, editor):  # noqa: F811
    return site.add_news("Nowe podwórka", lead="Trzy miasta.", body=BODY)


def sent_back(client, page, *changes):
    file = SimpleUploadedFile("Podwórka.docx", edited(taken_away(client, page), *(changes or CHANGES)))
    client.post(reverse("word_files:return", args=[page.pk]), {"file": file})
    kept = ReturnedFile.objects.get()
    return kept, reverse("word_files:compare", args=[page.pk, kept.pk])


def work_on(kept):
    works.do.func(str(kept.pk))


def read(client, address):
    return html.unescape(client.get(address, follow=True).content.decode())


def test_a_long_file_is_compared_and_taken_while_its_editor_waits_elsewhere(client, article):
    kept, address = sent_back(client, article)
    assert "is being compared" in read(client, address)
    work_on(kept)

    response = client.get(address)
    assert '<ins><span class="w-sr-only">added: </span> i ciche</ins>' in response.content.decode()
    keys = ticked(response)
    assert len(keys) == 2
    assert client.post(address, {"revision": article.latest_revision_id}).status_code == 400  # nothing is ticked
    data = {"take": keys[:1], "revision": article.latest_revision_id}
    client.post(address, data)
    assert "being taken into a new draft" in read(client, address)
    assert draft_of(article).latest_revision_id == article.latest_revision_id
    work_on(kept)

    assert "Nothing was published" in read(client, address)
    draft = draft_of(article)
    assert (draft.lead, "ciche" in draft.body[1].value.source) == ("Cztery miasta.", False)
    entry = PageLogEntry.objects.filter(page=article.pk, action="wagtail.edit").get()
    assert (entry.data["taken"], entry.revision_id) == (1, draft.latest_revision_id)
    assert not ReturnedFile.objects.exists()
    assert not Work.objects.exists()
    work_on(kept)  # a task that is done twice does nothing twice
    client.post(address, data)
    away = reverse("word_files:put_away", args=[article.pk, kept.pk])
    assert "too late to cancel" in html.unescape(client.post(away, follow=True).content.decode())
    assert draft_of(article).latest_revision_id == draft.latest_revision_id


def test_a_short_file_of_a_long_page_is_compared_while_its_editor_waits_elsewhere(client, article, monkeypatch):
    file = taken_away(client, article)
    monkeypatch.setattr(lengths, "LONG_TEXT_BYTES", 60_000)
    address = reverse("word_files:return", args=[article.pk])
    client.post(address, {"file": SimpleUploadedFile("Krótki.docx", file)})
    assert not Work.objects.exists()

    article.body = [("text", "".join(f"<p>Podwórko {number}.</p>" for number in range(300)))]
    article.save_revision()
    client.post(address, {"file": SimpleUploadedFile("Krótki.docx", file)})
    assert Work.objects.get().kind == Work.Kind.COMPARE

    # The page is short again, but not the one that the file was made of.
    long = taken_away(client, article)
    article.body = []
    article.save_revision()
    alone = edited(long, *((f">Podwórko {number}.<", "><") for number in range(10, 300)))
    monkeypatch.setattr(lengths, "is_long", lambda content: False)
    client.post(address, {"file": SimpleUploadedFile("Krótki.docx", alone)})
    assert Work.objects.count() == 2


def test_a_page_saved_meanwhile_is_compared_anew_and_what_was_ticked_stays(client, article):
    kept, address = sent_back(client, article)
    work_on(kept)
    seen = article.latest_revision_id
    client.post(address, {"take": ["changed:lead"], "revision": seen})
    article.title = "Tymczasem"
    article.save_revision()
    work_on(kept)

    assert "Somebody has saved the page meanwhile" in read(client, address)
    client.post(address)
    assert "is being compared" in read(client, address)
    work_on(kept)
    assert ticked(client.get(address)) == ["changed:lead"]
    article.save_revision()
    assert "is being compared" in read(client, address)  # what was kept is out of date
    assert ReturnedFile.objects.exists()
    assert draft_of(article).lead == "Trzy miasta."


@pytest.mark.parametrize("moment", ["comparing", "taking"])
def test_who_cancels_gets_no_draft_although_the_work_has_begun(client, article, monkeypatch, moment):
    monkeypatch.setattr(steps, "REST", 0)
    kept, address = sent_back(client, article)
    revisions = article.revisions.count()
    if moment == "taking":
        work_on(kept)
        client.post(address, {"take": ["changed:lead"], "revision": article.latest_revision_id})
    compare = coming_back.compare

    def cancelled_meanwhile(*args):
        client.post(reverse("word_files:put_away", args=[article.pk, kept.pk]))
        return compare(*args)

    monkeypatch.setattr(coming_back, "compare", cancelled_meanwhile)
    further = []
    monkeypatch.setattr(offered, "groups", lambda *_: further.append(1))
    work_on(kept)

    assert not further
    assert not ReturnedFile.objects.exists()
    assert article.revisions.count() == revisions
    assert "put away already" in read(client, address)


def test_who_may_not_edit_any_more_is_told_and_gets_no_draft(client, article, editor):  # noqa: F811
    kept, address = sent_back(client, article)
    work_on(kept)
    client.post(address, {"take": ["changed:lead"], "revision": article.latest_revision_id})
    editor.is_superuser = False
    editor.save()
    work_on(kept)

    work = Work.objects.get()
    assert (work.state, work.trouble) == ("failed", "You may not make this page any more.")
    assert draft_of(article).lead == "Trzy miasta."


def test_each_step_is_told_in_words_and_numbers(client, article, monkeypatch):
    monkeypatch.setattr(steps, "REST", 0)
    kept, address = sent_back(client, article)
    seen, entry = [], shown._entry

    def looked_at(*args):
        seen.append(read(client, address))
        return entry(*args)

    monkeypatch.setattr(shown, "_entry", looked_at)
    with translation.override("pl"):
        work_on(kept)

    for page, percent in zip(seen, (0, 50), strict=True):
        assert f"4 of 4: looking at each change</span><span data-percent>, {percent}%" in page
        assert f'aria-label="Progress" value="{percent}"' in page
    work = Work(kind="make", step=3, percent=None)
    with translation.override("pl"):
        assert steps.step_words(work) == "3 z 3: tworzenie szkicu"
    with translation.override("uk"):
        assert steps.percent_words(Work(percent=40)) == "40%"


def test_nothing_is_written_down_inside_the_transaction_that_makes_the_draft(client, article, monkeypatch):
    monkeypatch.setattr(steps, "REST", 0)
    kept, address = sent_back(client, article)
    work_on(kept)
    client.post(address, {"take": ["changed:lead"], "revision": article.latest_revision_id})
    wanted, changed, told = works._is_wanted, taking.Taking._changed, []

    def asked(work):
        told.append(Work.objects.values_list("step", "percent").get())
        return wanted(work)

    def making(*args):
        told.append(progress._listening.get())
        return changed(*args)

    monkeypatch.setattr(works, "_is_wanted", asked)
    monkeypatch.setattr(taking.Taking, "_changed", making)
    work_on(kept)

    assert told == [(4, None), None]


def test_numbers_grow_and_loops_inside_loops_count_once():
    told = []

    with progress.listening(lambda *numbers: told.append(numbers)):
        progress.next_step()
        with progress.portion(0, 0.5):
            for _outer in progress.counted([1, 2]):
                list(progress.counted([1, 2, 3]))
        with progress.portion(0.25, 1):
            list(progress.counted([1, 2]))
    list(progress.counted([1, 2]))  # nobody listens any more

    assert told == [(1, None), (1, 0), (1, 25), (1, 62)]


def test_a_long_file_for_a_new_page_is_known_again_without_being_read(client, site, article):
    file = SimpleUploadedFile("Kopia.docx", edited(taken_away(client, article), *CHANGES))
    client.post(reverse("word_files:upload", args=[site.news.pk]), {"file": file, "page_type": "pages.newspage"})
    waiting = WaitingFile.objects.get()

    client.post(reverse("word_files:bring_back", args=[waiting.pk]))
    kept = ReturnedFile.objects.get()
    work_on(kept)

    address = reverse("word_files:compare", args=[article.pk, kept.pk])
    assert len(ticked(client.get(address))) == 2
    assert not WaitingFile.objects.exists()
