"""The index by which the translation memory finds similar segments: no database gives it to Django by itself.

A later migration that changes a column of the memory on SQLite makes its table anew, and the triggers go with the
old one: it has to end with ``make_index`` again.
"""

from django.db import migrations

TABLE = "translation_memoryentry"
INDEX = "translation_memory_index"
#: The pair of languages as one word, such as ``plxenxgb``: full text knows no other columns.
PAIR = "replace({row}.source_language || 'x' || {row}.target_language, '-', 'x')"

ADD = f"INSERT INTO {INDEX}(rowid, pair, stems) VALUES (new.id, {PAIR.format(row='new')}, new.stems);"  # noqa: S608 -- our own names
# An index without contents of its own has to be told what it forgets.
REMOVE = (
    f"INSERT INTO {INDEX}({INDEX}, rowid, pair, stems) VALUES ('delete', old.id, {PAIR.format(row='old')}, old.stems);"  # noqa: S608
)
SQLITE = [
    # With less detail the rank of an index without contents would be the same for every entry.
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(pair, stems, content='')",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX}_words USING fts5vocab({INDEX}, row)",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_added AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_removed AFTER DELETE ON {TABLE} BEGIN {REMOVE} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_changed AFTER UPDATE OF stems, source_language, target_language "
    f"ON {TABLE} BEGIN {REMOVE} {ADD} END",
]
POSTGRESQL = [
    # Without a list of what is still to be put in: each search would read it.
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (string_to_array(stems, ' ')) WITH (fastupdate = off)",
]


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")
        return
    for moment in ("added", "removed", "changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{moment}")
    schema_editor.execute(f"DROP TABLE IF EXISTS {INDEX}_words")
    schema_editor.execute(f"DROP TABLE IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("translation", "0001_initial")]

    operations = [migrations.RunPython(make_index, remove_index)]
