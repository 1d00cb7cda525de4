#!/usr/bin/env python3
"""Makes sample files for the tests of attachments, good and hostile, and judges what became of pictures.

    samples.py make NAME FILE           writes the sample of that name
    samples.py judge SENT STORED        prints what is wrong with a stored picture as JSON: [] when nothing is

Runs with Debian's Python and Pillow (python3-pil); metadata are written and read by exiftool, HEIC by heif-enc.
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from PIL import Image, ImageChops, ImageOps, ImageStat

SECRET = "Bolat-Serikuly"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
PLAIN_TAGS = {
    "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate", "FileInodeChangeDate",
    "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight", "EncodingProcess",
    "BitsPerSample", "ColorComponents", "YCbCrSubSampling", "ImageSize", "Megapixels", "BitDepth", "ColorType",
    "Compression", "Filter", "Interlace", "PixelsPerUnitX", "PixelsPerUnitY", "PixelUnits", "VP8Version",
    "HorizontalScale", "VerticalScale", "JFIFVersion", "ResolutionUnit", "XResolution", "YResolution",
    "WebP_Flags", "AlphaIsUsed", "SourceFile",
}


def quadrants(width: int = 480, height: int = 320) -> Image.Image:
    """A picture that differs from itself in every orientation."""
    picture = Image.new("RGB", (width, height), "red")
    half = (width // 2, height // 2)
    picture.paste("green", (half[0], 0, width, half[1]))
    picture.paste("blue", (0, half[1], half[0], height))
    picture.paste("white", (half[0], half[1], width, height))
    return picture


def tag(file: Path, orientation: int | None) -> None:
    """Writes a position and everything else that could tell who took a picture."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.jpg"
        quadrants(48, 32).save(small)
        options = [
            "-GPSLatitude=43.238949", "-GPSLatitudeRef=N", "-GPSLongitude=76.889709", "-GPSLongitudeRef=E",
            f"-XMP:Creator={SECRET}", f"-EXIF:Artist={SECRET}", "-EXIF:Make=Phone", "-EXIF:DateTimeOriginal=2026:11:30 10:00:00",
        ]
        if file.suffix == ".jpg":
            options += [f"-IPTC:By-line={SECRET}", f"-Comment={SECRET}", f"-ThumbnailImage<={small}"]
        if orientation:
            options.append(f"-Orientation#={orientation}")
        subprocess.run(["exiftool", "-q", "-overwrite_original", *options, str(file)], check=True)


def tagged(file: Path, orientation: int | None = None) -> None:
    quadrants().save(file)
    tag(file, orientation)


def png_bomb(file: Path, side: int = 30_000) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = b"\0" * (1 + side // 8)
    packed = b"".join([packer.compress(row) for _ in range(side)] + [packer.flush()])
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def heic(file: Path) -> None:
    jpeg = file.with_suffix(".source.jpg")
    tagged(jpeg)
    subprocess.run(["heif-enc", "-q", "90", str(jpeg), "-o", str(file)], check=True, capture_output=True)


def document(file: Path, extra: dict[str, bytes] | None = None, without: str = "") -> None:
    content = {
        "[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>", "word/document.xml": b"<document/>",
        **(extra or {}),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if name != without:
                archive.writestr(name, data)


def overlapping(file: Path) -> None:
    """Two entries of the directory that share one packed content, as in bombs that unpack to far more than they hold."""
    document(file, {"word/media/a": b"\0" * 100_000, "word/media/b": b"\0" * 100_000})
    data = bytearray(file.read_bytes())
    places = [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]
    data[places[-1] + 42 : places[-1] + 46] = data[places[-2] + 42 : places[-2] + 46]
    file.write_bytes(data)


def encrypted(file: Path) -> None:
    document(file)
    data = bytearray(file.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)


def archive_behind(start: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return start + packed.getvalue()


def polyglot_picture(file: Path) -> None:
    tagged(file)
    file.write_bytes(archive_behind(file.read_bytes() + b"<script>alert(1)</script>"))


def truncated(file: Path) -> None:
    noise = Image.effect_noise((800, 600), 90)
    noise.save(file, "JPEG")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def wide(file: Path) -> None:
    """A photograph with more pixels a side than are stored."""
    Image.effect_noise((6_000, 1_500), 50).convert("RGB").resize((6_000, 1_500)).save(file, quality=60)


SAMPLES = {
    **{f"oriented-{n}.jpg": (lambda n: lambda file: tagged(file, n))(n) for n in range(1, 9)},
    "tagged.png": tagged,
    "tagged.webp": tagged,
    "tagged.heic": heic,
    "plain.jpg": lambda file: quadrants().save(file),
    "wide.jpg": wide,
    "clear.png": lambda file: Image.new("RGBA", (64, 64), (255, 0, 0, 0)).save(file),
    "printer.jpg": lambda file: quadrants().convert("CMYK").save(file),
    "bomb.png": png_bomb,
    "truncated.jpg": truncated,
    "header-only.jpg": lambda file: file.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 100),
    "broken.heic": lambda file: file.write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 500),
    "drawing.png": lambda file: file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "moving.jpg": lambda file: quadrants().save(file, "GIF"),
    "program.jpg": lambda file: file.write_bytes(b"MZ" + b"\0" * 500),
    "empty.jpg": lambda file: file.write_bytes(b""),
    "polyglot.jpg": polyglot_picture,
    "letter.pdf": lambda file: file.write_bytes(PDF),
    "marked.pdf": lambda file: file.write_bytes(PDF.replace(b"endobj", b"endobj\n%OPENALMATY-TEST-SIGNATURE\n")),
    "cut.pdf": lambda file: file.write_bytes(PDF[:60]),
    "script.pdf": lambda file: file.write_bytes(b"/*" + PDF + b"*/alert(1)"),
    "archive.pdf": lambda file: file.write_bytes(archive_behind(PDF)),
    "letter.docx": document,
    "bomb.docx": lambda file: document(file, {"word/media/image1.bin": b"\0" * 150_000_000}),
    "macros.docx": lambda file: document(file, {"word/vbaProject.bin": b"x"}),
    "overlapping.docx": overlapping,
    "encrypted.docx": encrypted,
    "outside.docx": lambda file: document(file, {"../../etc/passwd": b"x"}),
    "two-cases.docx": lambda file: document(file, {"WORD/document.xml": b"x"}),
    "archive.docx": lambda file: document(file, without="word/document.xml"),
    "behind.docx": lambda file: (document(file), file.write_bytes(b"PK\x03\x04" + b"\0" * 60 + file.read_bytes())),
    "many.docx": lambda file: document(file, {f"word/{n}": b"" for n in range(3_000)}),
}


def judge(sent: Path, stored: Path) -> list[str]:
    """Compares a stored picture with what was sent, by Pillow and exiftool, which the product does not use."""
    faults = []
    answer = subprocess.run(["exiftool", "-j", "-G1", "-a", "-u", str(stored)], check=True, capture_output=True)
    for name in json.loads(answer.stdout)[0]:
        group, _, label = name.rpartition(":")
        if label not in PLAIN_TAGS:
            faults.append(f"{group or 'no group'} has {label}")
    if SECRET.encode() in stored.read_bytes():
        faults.append("a name is left in the file")
    picture = Image.open(stored)
    if picture.getexif() or "icc_profile" in picture.info:
        faults.append("Pillow finds metadata")
    if sent.suffix == ".heic":
        sent = sent.with_suffix(".source.jpg")
    upright = ImageOps.exif_transpose(Image.open(sent)).convert("RGB")
    if upright.size != picture.size:
        return faults + [f"the size is {picture.size} instead of {upright.size}"]
    difference = ImageStat.Stat(ImageChops.difference(upright, picture.convert("RGB"))).mean
    if max(difference) > 6:
        faults.append(f"the pixels differ by {difference}")
    return faults


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", name, file]:
            SAMPLES[name](Path(file))
        case ["judge", sent, stored]:
            print(json.dumps(judge(Path(sent), Path(stored))))
        case _:
            sys.exit(__doc__)
