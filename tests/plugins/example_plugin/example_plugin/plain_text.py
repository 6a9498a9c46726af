"""Plain text in and out: an importer and an exporter of a stranger."""

from pages.interchange.outline import Outline, Paragraph, Role, Text, plain


class TextFile:
    def __init__(self, outline):
        self.outline = outline

    def picture(self, name):
        return None


def open_file(content, **choices):
    """The first line is the title; each other line that is not empty is a paragraph."""
    lines = [line.strip() for line in content.decode("utf-8").splitlines() if line.strip()]
    roles = [Role.TITLE] + [Role.BODY] * len(lines)
    return TextFile(Outline([Paragraph([Text(line)], role) for line, role in zip(lines, roles, strict=False)]))


class PlainTextExporter:
    label = "Download as plain text (TXT)"
    content_type = "text/plain; charset=utf-8"

    def write(self, text, *, header, changed_at):
        lines = [header, *(plain(block.content) for block in text.outline.blocks if hasattr(block, "content"))]
        return "\n".join(lines).encode()
