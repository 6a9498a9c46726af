"""``manage.py import_docx FOLDER --parent 7 --type news``: a draft for each Word file of a folder."""

import os
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date
from wagtail.models import Page

from pages.contrib.docx import folders
from pages.contrib.docx.__main__ import convert
from pages.interchange import drafts
from pages.interchange.package import Refused

TYPES = {"news": "newspage", "workshop": "workshoppage", "section": "sectionpage"}


class Command(BaseCommand):
    help = "Make a draft of each Word file in a folder. Nothing is published."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="where the .docx files are")
        parser.add_argument("--parent", type=int, help="the number of the page below which the drafts go")
        parser.add_argument("--type", choices=TYPES, default="news", help="what they become (default: news)")
        parser.add_argument("--user", help="who owns the drafts (default: the first administrator)")
        parser.add_argument("--day", help="the first day of workshops, as 2026-05-12")
        parser.add_argument("--dry-run", action="store_true", help="read the files and report, make nothing")
        parser.add_argument("--report", type=Path, help="where to write what became of each file, as JSON")
        parser.add_argument("--resume", action="store_true", help="leave alone what the report says was created")
        parser.add_argument(
            "--html", nargs=2, metavar=("IN", "OUT"), help="only turn one file into HTML; 65 says that it was refused"
        )

    def handle(self, **options):
        if options["html"]:
            return self._convert(*options["html"])
        run = self._run(options)
        lines = []
        for line in folders.import_folder(run, folders.word_files(options["folder"]), self.stdout.write):
            lines.append(line)
            if options["report"]:
                folders.write_report(options["report"], lines)
        done = sum(line["state"] != folders.REFUSED for line in lines)
        verb = "would become drafts" if run.is_dry else "became drafts"
        self.stdout.write(f"{done} of {len(lines)} files {verb}.")
        return None

    def _convert(self, source, target):
        try:
            convert(source, target)
        except Refused as error:
            self.stderr.write(str(error))
            sys.exit(os.EX_DATAERR)

    def _run(self, options) -> folders.Run:
        folder = options["folder"]
        if folder is None or not folder.is_dir():
            raise CommandError("Name a folder with .docx files.")
        if options["resume"] and not options["report"]:
            raise CommandError("--resume reads what was done from --report; name the same file.")
        parent = Page.objects.filter(pk=options["parent"]).first()
        if parent is None:
            raise CommandError("--parent is the number of a page; it stands in the address of its editor.")
        page_type = self._page_type(parent, options["type"])
        day = parse_date(options["day"]) if options["day"] else None
        if drafts.needs_a_day(page_type) and day is None:
            raise CommandError("Workshops need --day, for example --day 2026-05-12.")
        known = folders.read_report(options["report"]) if options["resume"] else {}
        return folders.Run(
            parent.specific, page_type, self._user(options["user"]), options["dry_run"], day=day, known=known
        )

    def _page_type(self, parent, name):
        allowed = {model._meta.model_name: model for model in drafts.page_types_below(parent)}
        if TYPES[name] not in allowed:
            raise CommandError(f"A {name} page cannot stand below “{parent.title}”.")
        return allowed[TYPES[name]]

    def _user(self, name):
        users = get_user_model().objects.filter(is_active=True)
        user = users.filter(username=name).first() if name else users.filter(is_superuser=True).order_by("pk").first()
        if user is None:
            raise CommandError("Name somebody with --user: the drafts need an owner.")
        return user
