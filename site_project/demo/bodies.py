"""Turn the blocks of a page's words into what a body stream stores."""

from site_project.demo.richtext import rich_text
from site_project.demo.words import identity


class Body:
    """Makes the raw blocks of one page; their ids are the same in every language.

    ``library`` finds pictures and documents, ``page_id(key)`` pages, both by their keys.
    """

    def __init__(self, page_key, library, page_id):
        self.page_key, self.library, self.page_id = page_key, library, page_id

    def stream(self, blocks):
        """Return the raw stream of ``[[body]]``: the first key of each entry names its block."""
        return [self._block(position, words) for position, words in enumerate(blocks)]

    def _block(self, position, words):
        name = next(iter(words))
        value = getattr(self, f"_{name}")(words, f"{position}")
        return {"type": name, "value": value, "id": self._id(f"{position}")}

    def _id(self, place):
        return str(identity("block", self.page_key, place))

    def _list(self, place, values):
        return [{"type": "item", "value": value, "id": self._id(f"{place}/{n}")} for n, value in enumerate(values)]

    def _text_of(self, text):
        return rich_text(text, self.page_id)

    def _heading(self, words, place):
        return {"text": words["heading"], "level": str(words.get("level", 2))}

    def _text(self, words, place):
        return self._text_of(words["text"])

    def _quote(self, words, place):
        return {"text": words["quote"], "author": words["by"], "language": ""}

    def _callout(self, words, place):
        return {"kind": "info", "title": words["callout"], "text": self._text_of(words["text"])}

    def _accordion(self, words, place):
        parts = [{"title": item["title"], "text": self._text_of(item["text"])} for item in words["items"]]
        return {"title": words["accordion"], "items": self._list(place, parts)}

    def _abbreviations(self, words, place):
        items = [{"abbreviation": short, "expansion": full} for short, full in words["items"]]
        return {"title": words["abbreviations"], "items": self._list(place, items)}

    def _picture(self, words, place):
        return self._picture_value(words)

    def _picture_value(self, words):
        key = words["picture"]
        return {
            "image": self.library.picture(key).pk,
            "alt": self.library.alt(key),
            "is_decorative": False,
            "caption": words["caption"],
        }

    def _gallery(self, words, place):
        pictures = [self._picture_value(picture) for picture in words["pictures"]]
        return {"title": words["gallery"], "pictures": self._list(place, pictures)}

    def _attachments(self, words, place):
        documents = [{"document": self.library.document(key).pk, "title": ""} for key in words["documents"]]
        return {"title": words["attachments"], "is_expected": False, "documents": self._list(place, documents)}

    def _table(self, words, place):
        table = words["table"]
        by_column = list(zip(*table["rows"], strict=True))
        columns = [
            {"type": "number" if all(cell.isdigit() for cell in cells) else "text", "heading": heading}
            for heading, cells in zip(table["columns"], by_column, strict=True)
        ]
        rows = [{"values": row} for row in table["rows"]]
        return {"table": {"caption": table["caption"], "columns": columns, "rows": rows}, "has_row_headings": True}

    def _contact(self, words, place):
        return {"name": words["contact"], **{name: words[name] for name in ("role", "email", "phone", "address")}}

    def _embed(self, words, place):
        return {"title": words["embed"], "url": words["url"], "transcript": self._text_of(words["transcript"])}

    def _links(self, words, place):
        links = [self._link(target, label) for target, label in words["items"]]
        return {"title": words["links"], "items": self._list(place, links)}

    def _link(self, target, label):
        kind, _, key = target.partition(":")
        if kind == "page":
            return {"page": self.page_id(key), "url": "", "text": label}
        return {"page": None, "url": target, "text": label}
