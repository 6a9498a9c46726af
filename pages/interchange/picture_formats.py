"""What a picture is, read from its first bytes."""

from __future__ import annotations


def picture_format(start: bytes) -> str:
    """Return what the first bytes of a picture are; empty for what no browser shows, whatever its name."""
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if start[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    if start[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
    if start[:4] in (b"II*\0", b"MM\0*"):
        return "tiff"
    # Two letters are little: the reserved bytes after the size must be empty as well.
    return "bmp" if start[:2] == b"BM" and start[6:10] == bytes(4) else ""
