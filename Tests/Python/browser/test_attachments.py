"""Attachments in a browser: taken and refused files, thumbnails, and what a browser may do with a file; with and without JavaScript."""

import subprocess
import tempfile
from pathlib import Path

from support import DESK, PHONE, ROOT, BrowserTest

STEP = "/{language}/dev/forms/attachments/files"
SAMPLES = ROOT / "Tests" / "Python" / "attachments" / "samples.py"
PDF = {
    "name": "план.pdf", "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n",
}
WAIT = 60_000


class AttachmentTests(BrowserTest):
    """Attaches files as a person does."""

    settings = {"OPENALMATY_ATTACHMENT_FREE_MEGABYTES": "0"}

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="openalmaty-samples-")
        cls.addClassCleanup(folder.cleanup)
        cls.samples = Path(folder.name)

    def sample(self, name: str, shown: str) -> dict:
        """A file of `samples.py` under another name, as a browser sends it."""
        file = self.samples / name
        if not file.exists():
            subprocess.run(["/usr/bin/python3", SAMPLES, "make", name, file], check=True)
        return {"name": shown, "mimeType": "image/jpeg", "buffer": file.read_bytes()}

    def send(self, page) -> None:
        with page.expect_navigation(timeout=WAIT):
            page.click("main .form > .actions button[type=submit]")

    def test_files_can_be_attached_without_scripts(self) -> None:
        """The photo is shown upright, the hostile ones are told of one by one, and the next step follows."""
        self.expected = {422}
        page = self.open(STEP.format(language="ru"), PHONE, java_script_enabled=False)
        page.set_input_files("[name=evidence]", [
            self.sample("oriented-6.jpg", "яма.jpg"), PDF, self.sample("polyglot.jpg", "двойной.jpg"),
            self.sample("bomb.png", "бомба.png"), self.sample("program.jpg", "фото.jpg"),
        ])
        self.send(page)
        self.assertEqual(page.locator(".files__refused li").count(), 2)
        self.assertIn("Файл «бомба.png» не приложен", page.inner_text(".files__refused"))
        self.assertIn("Файл «фото.jpg» не приложен", page.inner_text(".files__refused"))
        self.assertEqual(page.locator(".files__item").count(), 3)
        self.assertEqual(page.locator(".files__picture").count(), 2)
        page.fill("[name=note]", "Яма на дороге")
        self.send(page)
        self.assertIn("яма.jpg", page.inner_text(".answers"))
        self.send(page)
        self.assertIn("Форма принята", page.inner_text("h1"))

    def test_thumbnails_are_drawn_and_documents_are_saved(self) -> None:
        """A picture loads as it is upright; a document is never opened in the portal's name."""
        self.expected = {422}
        page = self.open(STEP.format(language="ru"))
        page.set_input_files("[name=evidence]", [self.sample("oriented-6.jpg", "яма.jpg"), PDF])
        self.send(page)
        picture = page.locator(".files__picture")
        picture.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.files__picture').naturalWidth > 0")
        size = picture.evaluate("image => [image.naturalWidth, image.naturalHeight]")
        self.assertEqual(size, [320, 480], "turned upright")
        with page.expect_download() as download:
            page.click(".files__name a >> text=план.pdf")
        self.assertEqual(download.value.suggested_filename, "план.pdf")
        self.assertEqual(Path(download.value.path()).read_bytes(), PDF["buffer"])
        page.check("[name=evidence_remove] >> nth=0")
        self.send(page)
        self.assertEqual(page.locator(".files__picture").count(), 0)
        self.assertIn("план.pdf", page.inner_text(".files__list >> nth=0"))

    def test_the_field_is_accessible_and_fits(self) -> None:
        """Empty, and with files and refusals, in each language."""
        self.expected = {422}
        for width, language in ((PHONE, "kk"), (DESK, "ru"), (PHONE, "en")):
            with self.subTest(width=width, language=language):
                page = self.open(STEP.format(language=language), width)
                self.check(page, f"attachments-{language}-{width}")
                page.set_input_files("[name=evidence]", [
                    self.sample("oriented-6.jpg", "Түсірілген өте ұзын атауы бар фотосурет, үшінші шағынаудан.jpg"), PDF,
                    self.sample("truncated.jpg", "үзік.jpg"), self.sample("program.jpg", "prog.jpg"),
                ])
                self.send(page)
                self.check(page, f"attachments-files-{language}-{width}")

    def check(self, page, name: str) -> None:
        self.shoot(page, name, full_page=True)
        self.assert_accessible(page)
        self.assert_fits(page)
