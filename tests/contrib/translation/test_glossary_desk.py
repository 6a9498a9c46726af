import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale

from pages.contrib.translation.glossary import glossary_of, terms_in
from pages.contrib.translation.glossary_files import DamagedGlossary, import_csv
from pages.contrib.translation.memory import NewEntry, remember
from pages.contrib.translation.models import GlossaryTerm, MemoryEntry

TABLE = """from,into,term,translation,do not translate,not to be used,capital letters matter,note
pl,en,rewitalizacja,regeneration,,revival|revitalisation,,Ustawa z 2015 r.
pl,en,Rynek,,yes,,yes,
"""


@pytest.fixture
def languages(db):
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("pl", "en", "uk")}


def add(languages, term, target, into="en", **fields):
    return GlossaryTerm.objects.create(
        source_locale=languages["pl"], target_locale=languages[into], term=term, target=target, **fields
    )


def a_user(*permissions):
    user = User.objects.create_user("anna", password="x")
    group = Group.objects.create(name="Anna's")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    user.groups.add(group)
    return user


def test_the_glossary_is_that_of_the_pair_of_languages_in_one_query(languages, django_assert_num_queries):
    add(languages, "gmina", "commune")
    add(languages, "gmina", "громада", into="uk")

    with django_assert_num_queries(1):
        glossary = glossary_of("pl", "uk")
        found = [place.term.target for text in ("Gmina", "w gminie", "ulica") for place in glossary.terms_in(text)]

    assert found == ["громада", "громада"]
    assert terms_in("Gminy", "uk", "pl") == []


# --- tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_taken_over_as_spreadsheets_write_it(languages, encoding, delimiter):
    assert import_csv(TABLE.replace(",", delimiter).encode(encoding)) == 2

    revival, market = GlossaryTerm.objects.order_by("-term")
    assert (revival.wanted, revival.forbidden_targets) == ("regeneration", ["revival", "revitalisation"])
    assert (market.wanted, market.do_not_translate, market.case_matters) == ("Rynek", True, True)


def test_a_term_that_is_there_is_changed_and_no_other(languages):
    add(languages, "rewitalizacja", "revival")
    add(languages, "gmina", "commune")

    import_csv(TABLE.encode())

    assert sorted(GlossaryTerm.objects.values_list("term", "target")) == [
        ("Rynek", ""), ("gmina", "commune"), ("rewitalizacja", "regeneration"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "Brakuje: from, into, term"),
        (b"a,b\n1,2", "Brakuje: from, into, term"),
        (b"from,into,term\n", "nie ma terminów"),
        (b"from,into,term,translation\npl,xx,gmina,y", "„xx”"),
        (b"from,into,term,translation\npl,pl,gmina,y", "Wiersz 2: into"),
        (b"from,into,term,translation\npl,en,gmina,", "Wiersz 2: translation"),
        (b"from,into,term,translation\npl,en," + b"g" * 300 + b",y", "Wiersz 2: term"),
        (b"\x00\xff\x81", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "UTF-8"),
    ],
)
def test_a_damaged_table_changes_nothing_and_says_why(languages, content, complaint):
    good = b"from,into,term,translation\npl,en,dobry,good\n"
    table = good + content.partition(b"\n")[2] if b"\npl," in content else content

    with pytest.raises(DamagedGlossary) as refused:
        import_csv(table)

    assert complaint.replace("Wiersz 2", "Wiersz 3" if table is not content else "Wiersz 2") in " ".join(
        refused.value.complaints
    )
    assert not GlossaryTerm.objects.exists()


def test_what_is_exported_can_be_imported_again(languages, admin_client):
    import_csv(TABLE.encode())
    before = list(
        GlossaryTerm.objects.order_by("term").values_list("term", "target", "forbidden", "case_matters", "note")
    )

    table = admin_client.get(reverse("glossary:index"), {"export": "csv"}).getvalue()
    GlossaryTerm.objects.all().delete()
    import_csv(table)

    assert (
        list(GlossaryTerm.objects.order_by("term").values_list("term", "target", "forbidden", "case_matters", "note"))
        == before
    )


# --- screens --------------------------------------------------------------------------------


def test_the_list_is_searched_and_costs_the_same_for_any_number(languages, admin_client, django_assert_max_num_queries):
    for number in range(12):
        add(languages, f"termin {number}", f"term {number}")

    with django_assert_max_num_queries(20):
        page = admin_client.get(reverse("glossary:index"))
    found = admin_client.get(reverse("glossary:index_results"), {"q": "term 11"}).content.decode()

    assert page.content.decode().count("termin ") >= 12
    assert ("termin 11" in found, "termin 10" in found) == (True, False)


def test_a_term_is_added_in_a_form_that_refuses_the_same_twice(languages, admin_client):
    fields = {
        "source_locale": languages["pl"].pk,
        "target_locale": languages["en"].pk,
        "term": "gmina",
        "target": "commune",
    }

    first = admin_client.post(reverse("glossary:add"), fields)
    second = admin_client.post(reverse("glossary:add"), fields)

    assert first.status_code == 302
    assert "Ten termin jest już w słowniku dla tych języków." in second.content.decode()
    assert GlossaryTerm.objects.count() == 1


def test_a_table_is_imported_on_the_screen_or_refused_line_by_line(languages, admin_client):
    address = reverse("glossary:import")
    good, bad = SimpleUploadedFile("a.csv", TABLE.encode()), SimpleUploadedFile("b.csv", b"from,into,term\nxx,en,a")

    refused = admin_client.post(address, {"file": bad})
    taken = admin_client.post(address, {"file": good}, follow=True)

    assert refused.status_code == 400
    assert "Wiersz 2: " in refused.content.decode()
    assert "2 terminy" in taken.content.decode()
    assert "<h1" in admin_client.get(address).content.decode()


def test_who_may_not_add_terms_may_not_import_them(languages, client):
    client.force_login(a_user("view_glossaryterm", "change_glossaryterm"))

    answer = client.post(reverse("glossary:import"), {"file": SimpleUploadedFile("a.csv", TABLE.encode())})

    assert answer.status_code in {302, 403}
    assert not GlossaryTerm.objects.exists()


def test_the_memory_is_searched_and_a_wrong_entry_is_thrown_out(languages, admin_client):
    remember(
        [NewEntry("Nowe <b>domy</b>", "New hosues", "pl", "en", "Warsztaty"), NewEntry("Parki", "Parks", "pl", "en")]
    )
    wrong = MemoryEntry.objects.get(target="New hosues")

    found = admin_client.get(reverse("translation_memory:index_results"), {"q": "hosues"}).content.decode()
    looked_at = admin_client.get(reverse("translation_memory:inspect", args=[wrong.pk])).content.decode()
    admin_client.post(reverse("translation_memory:delete", args=[wrong.pk]))

    assert ("Nowe domy" in found, "Parki" in found, "Warsztaty" in looked_at) == (True, False, True)
    assert list(MemoryEntry.objects.values_list("target", flat=True)) == ["Parks"]


def test_the_lists_say_in_which_language_their_words_are(languages, admin_client):
    remember([NewEntry("Nowe domy", "بيوت جديدة", "pl", "ar")])
    add(languages, "rynek", "market square")

    memory = admin_client.get(reverse("translation_memory:index")).content.decode()
    glossary = admin_client.get(reverse("glossary:index")).content.decode()

    assert '<span lang="pl" dir="auto">Nowe domy</span>' in memory
    assert '<span lang="ar" dir="auto">بيوت جديدة</span>' in memory
    assert '<span lang="pl" dir="auto">rynek</span>' in glossary
    assert '<span lang="en" dir="auto">market square</span>' in glossary


def test_the_rights_to_memory_and_glossary_are_given_in_the_form_of_a_group(admin_client):
    text = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    wanted = Permission.objects.filter(
        codename__in=["add_memoryentry", "delete_memoryentry", "view_memoryentry", "add_glossaryterm"]
    )

    assert wanted.count() == 4
    assert [right.codename for right in wanted if f'name="permissions" value="{right.pk}"' not in text] == []


def test_nobody_writes_entries_of_the_memory_by_hand(languages, admin_client):
    remember([NewEntry("Parki", "Parks", "pl", "en")])
    entry = MemoryEntry.objects.get()

    answers = [
        admin_client.post(address, {"target": "x"})
        for address in (reverse("translation_memory:add"), reverse("translation_memory:edit", args=[entry.pk]))
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert list(MemoryEntry.objects.values_list("target", flat=True)) == ["Parks"]
