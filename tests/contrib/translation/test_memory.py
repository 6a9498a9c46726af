import datetime
import random

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from pages.contrib.translation.memory import NewEntry, fill, matches, remember
from pages.contrib.translation.memory import candidates as finding
from pages.contrib.translation.memory.fingerprints import stems_of
from pages.contrib.translation.models import DeskSource, MemoryEntry, SegmentDraft
from pages.contrib.translation.segments import Need, accept, propose, segments_of

from .conftest import by_path


def keep(*pairs, languages=("pl", "en"), origin="Warsztaty", **options):
    remember([NewEntry(source, target, *languages, origin) for source, target in pairs], **options)


def best(source, languages=("pl", "en")):
    found = matches([source], *languages)[source]
    return found[0] if found else None


def known():
    return sorted(MemoryEntry.objects.values_list("source", "target"))


# --- remembering ----------------------------------------------------------------------------


def test_what_is_accepted_is_remembered_with_its_page_and_person(desk):
    translation = desk.send(desk.add_news("Nowe domy"))
    anna = User.objects.create_user("anna")

    accept(translation, [(by_path(translation, "title"), "New houses")], anna)

    entry = MemoryEntry.objects.get()
    assert (entry.source, entry.target, entry.origin, entry.person) == ("Nowe domy", "New houses", "Nowe domy", anna)
    assert (entry.source_language, entry.target_language, entry.is_imported) == ("pl", "en", False)


def test_what_is_only_proposed_is_not_remembered(desk):
    translation = desk.send(desk.add_news("Nowe domy"))

    propose(translation, [(by_path(translation, "title"), "New homes")], SegmentDraft.Origin.MACHINE)

    assert known() == []


def test_nothing_is_remembered_of_words_that_were_rolled_back(desk):
    translation = desk.send(desk.add_news("Nowe domy"))

    with transaction.atomic():
        accept(translation, [(by_path(translation, "title"), "New houses")], None)
        transaction.set_rollback(True)

    assert known() == []


def test_a_corrected_slip_is_forgotten(desk):
    translation = desk.send(desk.add_news("Nowe domy"))
    accept(translation, [(by_path(translation, "title"), "New hosues")], None)

    accept(translation, [(by_path(translation, "title"), "New houses")], None)

    assert known() == [("Nowe domy", "New houses")]


def test_a_correction_leaves_what_another_page_says_and_what_a_file_brought(desk):
    one, other = desk.send(desk.add_news("Nowe domy")), desk.send(desk.add_news("Nowe domy"))
    keep(("Nowe domy", "Homes, new"), is_imported=True)
    for translation in (one, other):
        accept(translation, [(by_path(translation, "title"), "New houses")], None)
    accept(one, [(by_path(one, "title"), "Homes, new")], None)
    accept(one, [(by_path(one, "title"), "New homes")], None)

    assert known() == [("Nowe domy", "New homes"), ("Nowe domy", "New houses")]


def test_words_that_localize_stores_itself_are_remembered_but_not_those_of_a_machine(desk):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    title, lead = by_path(translation, "title").row, by_path(translation, "lead").row
    row = StringTranslation.objects.create(
        translation_of=title.string, context=title.context, locale=desk.english, data="New hosues"
    )
    row.data = "New houses"
    row.save()
    StringTranslation.objects.create(
        translation_of=lead.string,
        context=lead.context,
        locale=desk.english,
        data="Three cities.",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )

    assert list(MemoryEntry.objects.values_list("source", "target", "origin")) == [
        ("Nowe domy", "New houses", "Nowe domy")
    ]


def test_a_file_changes_nothing_that_is_known(desk):
    keep(("Nowe domy", "New houses"), origin="Strona")

    keep(
        ("Nowe domy", "New houses"), ("Nowe domy", "New homes"), ("", "x"), ("x", " "), origin="a.tmx", is_imported=True
    )

    assert sorted(MemoryEntry.objects.values_list("target", "origin", "is_imported")) == [
        ("New homes", "a.tmx", True),
        ("New houses", "Strona", False),
    ]


def test_other_quotes_are_the_same_entry_and_the_newest_spelling_stays(desk):
    keep(("Nowe domy", "The 'new' \"houses\""))

    keep(("Nowe\u00a0domy", "The ‘new’ “houses”"))

    assert known() == [("Nowe\u00a0domy", "The ‘new’ “houses”")]


def test_a_site_that_was_translated_before_finds_its_memory_and_desk_filled_after_migrate(desk):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    accept(translation, [(s, f"en {s.source}") for s in segments_of(translation)], None)
    before = known()
    MemoryEntry.objects.all().delete()
    DeskSource.objects.all().delete()

    call_command("migrate", "translation", verbosity=0)

    assert known() == before
    assert DeskSource.objects.filter(title="Nowe domy").exists()


def test_the_command_remembers_what_was_translated_before(desk):
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    accept(translation, [(s, f"en {s.source}") for s in segments_of(translation)], None)
    before = known()
    MemoryEntry.objects.all().delete()

    for _time in range(2):
        call_command("fill_translation_memory", verbosity=0)

    assert known() == before
    assert set(MemoryEntry.objects.values_list("origin", flat=True)) == {"Nowe domy"}


# --- finding --------------------------------------------------------------------------------


def test_the_same_words_match_exactly_and_the_newest_comes_first(desk):
    day = timezone.now() - datetime.timedelta(days=30)
    remember([NewEntry("Nowe domy", "New homes", "pl", "en", "Dawna", made_at=day)])
    keep(("Nowe domy", "New houses"))
    keep(("Nowe domy", "Нові будинки"), languages=("pl", "uk"))

    found = matches(["Nowe domy", "Nowe domy", "Coś innego"], "pl", "en")

    assert [(match.target, match.likeness, match.flags) for match in found["Nowe domy"]] == [
        ("New houses", 100, ()),
        ("New homes", 100, ()),
    ]
    assert found["Coś innego"] == []


@pytest.mark.parametrize(
    ("old", "new", "languages"),
    [
        ("Miasta wymieniły doświadczenia z rewitalizacji.", "Gminy wymieniły doświadczenia z rewitalizacji.", "pl en"),
        ("Urząd ogłosił konkurs na projekt nowego parku", "Urząd ogłosił konkurs na projekty nowych parków", "pl en"),
        (
            "Міста обмінялися досвідом ревіталізації кварталів",
            "Міста обмінялися досвідом ревіталізації дворів",
            "uk pl",
        ),
        ("تبادلت المدن خبرات تجديد الأحياء القديمة", "تبادلت المدن خبرات تجديد المباني القديمة", "ar pl"),
    ],
)
def test_a_similar_segment_is_found_in_each_language(desk, old, new, languages):
    keep((old, "x"), ("Zupełnie inne zdanie o czymś innym.", "y"), languages=tuple(languages.split()))

    match = best(new, languages.split())

    assert (match.source, match.target) == (old, "x")
    assert 70 <= match.likeness < 95


def test_what_is_less_alike_is_not_offered(desk):
    keep(("Miasta wymieniły doświadczenia z rewitalizacji.", "x"))

    assert best("Miasta budują domy dla mieszkańców.") is None
    assert best("Ulica") is None
    assert best("…") is None


def test_the_most_similar_of_very_many_is_found(desk):
    """More entries share a word than are looked at closely, so the database has to rank them."""
    words = [
        "domy",
        "parki",
        "ulice",
        "place",
        "mosty",
        "szkoły",
        "bramy",
        "sklepy",
        "place",
        "rynki",
        "tramwaje",
        "ławki",
        "drzewa",
    ]
    keep(*((f"Spotkanie {one} {two} {number}-{one}", "x") for number, one in enumerate(words) for two in words))
    keep(("Spotkanie rady dzielnicy o parku kieszonkowym", "y"))
    keep(*((f"Spotkanie {two} {one} i {one}", "x") for one in words for two in words))

    assert best("Spotkanie rady dzielnicy o parkach kieszonkowych").target == "y"


@pytest.mark.parametrize(
    ("old", "target", "new", "adapted", "likeness", "flags"),
    [
        ("Warsztat 12", "Workshop 12", "Warsztat 15", "Workshop 15", 99, ()),
        ("Spotkanie 18.07.2018", "Meeting on 18 July 2018", "Spotkanie 20.11.2019", "Meeting on 20 November 2019", 99, ()),
        ("Zobacz <a id=\"a1\">plan</a>", "See <a id=\"a1\">plan</a>", "Zobacz <a id=\"a2\">plan</a>", "See <a id=\"a2\">plan</a>", 99, ()),
        ("Zobacz <b>plan</b>", "See <b>plan</b>", "Zobacz plan", "See plan", 99, ()),
        ("Zobacz plan", "See plan", "Zobacz <b>plan</b>", "See plan", 95, ("tags",)),
        ("Pisz: a@example.org", "Write: a@example.org", "Pisz: b@example.org", "Write: b@example.org", 99, ()),
        ("Zapłać 3 zł", "Pay three", "Zapłać 4 zł", "Pay three", 95, ("values",)),
        ("Nowe domy", "New houses", "NOWE DOMY", "New houses", 95, ("case",)),
    ],
)  # fmt: skip
def test_what_differs_is_adapted_or_flagged(desk, old, target, new, adapted, likeness, flags):
    keep((old, target))

    match = best(new)

    assert (match.target, match.likeness, match.flags) == (adapted, likeness, flags)


def test_a_number_that_asks_for_another_form_of_the_word_is_left_to_a_person(desk):
    keep(("3 cities", "3 miasta"), languages=("en", "pl"))

    few, many = best("4 cities", ("en", "pl")), best("5 cities", ("en", "pl"))

    assert (few.target, few.flags) == ("4 miasta", ())
    assert (many.target, many.flags) == ("3 miasta", ("values",))


def test_a_deleted_entry_is_found_no_more(desk):
    keep(("Miasta wymieniły doświadczenia z rewitalizacji.", "x"), ("Trzecie zdanie o czym innym.", "y"))
    MemoryEntry.objects.filter(target="x").delete()

    assert best("Gminy wymieniły doświadczenia z rewitalizacji.") is None
    assert best("Trzecie zdanie o czymś innym.").target == "y"


@pytest.mark.parametrize(
    "text", ["\"' OR 1=1 --", "AND NOT NEAR( *", "<b>", "&amp;", "%s %% {x}", "a" * 3000, "ﷺ ½ ²", "-"]
)
def test_odd_texts_are_looked_for_without_an_error(desk, text):
    keep((text, "x"), ("Nowe domy", "y"))

    assert best(text).target == "x"
    assert best(text + " x", ("xx", "zh-hant")) is None


@pytest.mark.parametrize("count", [1, 60])
def test_many_segments_cost_the_same_queries(desk, django_assert_max_num_queries, count):
    keep(*((f"Zdanie numer {number} o domach i parkach w mieście", f"en {number}") for number in range(count)))
    sources = [f"Zdanie numer {number} o domu i parku w mieście" for number in range(count)]

    with django_assert_max_num_queries(7):
        found = matches(sources, "pl", "en")

    assert all(found[source] for source in sources)


MANY_ROWS = """
    INSERT INTO translation_memoryentry (source_language, target_language, source, target, source_hash, target_hash,
        shape_hash, stems, origin, is_imported, made_at, times_used)
    SELECT 'pl', 'en', md5(n::text), '', md5(n::text), '', '', translate(md5(n::text), '0123456789', ' gh ij kl mn'), '',
        false, now(), 0 FROM generate_series(1, 40000) AS n
    """


def test_the_index_of_the_database_is_used(desk):
    """Never a full scan: the plan of the database names the index, and no table that is read from end to end."""
    chance = random.Random(2018)
    words = [f"{a}{b}{c}" for a in "bdgkmt" for b in "aeou" for c in ("lik", "ran", "stow", "cent")]
    texts = {" ".join(chance.choices(words, k=8)) for _number in range(2000)}
    keep(*((text, text.upper()) for text in sorted(texts)))
    stems = stems_of(sorted(texts)[7], "pl")

    with connection.cursor() as cursor, transaction.atomic():
        if connection.vendor == "postgresql":
            # Of a small table it reads all: that is quicker.
            cursor.execute(MANY_ROWS)
            cursor.execute("ANALYZE translation_memoryentry")
            cursor.execute(f"EXPLAIN {finding.ARRAY_QUERY}", [[0], [" ".join(stems[:3])], "pl", "en"])
        else:
            query, parameters = finding.full_text_query([(0, f'pair : "plxen" AND stems : ("{stems[0]}")')])
            cursor.execute(f"EXPLAIN QUERY PLAN {query}", parameters)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())

    assert (
        "Bitmap Index Scan on translation_memory_index" if connection.vendor == "postgresql" else "VIRTUAL TABLE"
    ) in plan
    assert "Seq Scan" not in plan
    assert "SCAN translation_memoryentry" not in plan


def test_the_same_wording_is_found_by_an_index(desk):
    keep(*((f"Zdanie {chr(97 + number % 26)}{number}", "x") for number in range(500)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE translation_memoryentry")
    entry = MemoryEntry.objects.first()

    plan = (
        MemoryEntry.objects.filter(source_language="pl", target_language="en", shape_hash__in=[entry.shape_hash])
        .order_by("-made_at", "-pk")
        .explain()
    )

    assert "memory_by_shape" in plan


# --- filling in -----------------------------------------------------------------------------


def test_exact_matches_fill_in_as_drafts_that_say_where_they_are_from(desk):
    keep(("Nowe domy", "New houses"), origin="Warsztaty 2017")
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))

    count = fill(translation, None)

    title, lead = by_path(translation, "title"), by_path(translation, "lead")
    assert (count, title.need, lead.need) == (1, Need.ACCEPTANCE, Need.TRANSLATION)
    assert (title.draft.data, title.draft.origin, title.draft.detail, title.draft.likeness) == (
        "New houses", SegmentDraft.Origin.MEMORY, "Warsztaty 2017", 100,
    )  # fmt: skip
    assert MemoryEntry.objects.get(target="New houses").times_used == 1


def test_filling_in_touches_nothing_that_somebody_wrote(desk):
    keep(("Nowe domy", "New houses"), ("Trzy miasta.", "Three cities."))
    translation = desk.send(desk.add_news("Nowe domy", lead="Trzy miasta."))
    accept(translation, [(by_path(translation, "title"), "Our homes")], None)
    propose(translation, [(by_path(translation, "lead"), "Three…")], SegmentDraft.Origin.PERSON)

    assert fill(translation, None) == 0
    assert by_path(translation, "title").target == "Our homes"
    assert by_path(translation, "lead").draft.data == "Three…"


@pytest.mark.parametrize("paragraphs", [1, 30])
def test_filling_in_costs_the_same_for_any_number_of_segments(desk, django_assert_max_num_queries, paragraphs):
    texts = [f"Akapit {number}." for number in range(paragraphs)]
    keep(*((text, f"Paragraph {text}") for text in texts))
    translation = desk.send(desk.add_news(body=[("text", "".join(f"<p>{text}</p>" for text in texts))]))

    with django_assert_max_num_queries(14):
        assert fill(translation, None) == paragraphs


def test_the_other_language_is_a_memory_of_its_own(desk):
    ukrainian = Locale.objects.get_or_create(language_code="uk")[0]
    keep(("Nowe domy", "New houses"))

    assert fill(desk.send(desk.add_news("Nowe domy"), ukrainian), None) == 0
