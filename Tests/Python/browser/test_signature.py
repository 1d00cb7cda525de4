"""The sample page for signing a document in a browser: a file, NCALayer's stand-in, and neither."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from signing import Authority, NCALayer
from support import DESK, PHONE, BrowserTest

PAGE = "/ru/dev/signature"
STATUS = ".signing [role=status]"


class SignatureTests(BrowserTest):
    """Signs the sample document."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(Path(folder.name))
        cls.ncalayer = NCALayer()
        cls.addClassCleanup(cls.ncalayer.stop)
        cls.settings = {
            "OPENALMATY_SIGNATURE_ROOTS": str(cls.authority.root),
            "OPENALMATY_NCALAYER_ADDRESS": cls.ncalayer.address,
        }
        super().setUpClass()

    def setUp(self) -> None:
        super().setUp()
        self.invented = (PAGE + "/document",)
        self.ncalayer.calls.clear()
        self.ncalayer.origins.clear()

    def submit(self, page) -> None:
        with page.expect_navigation():
            page.click("main .form > .actions button[type=submit]")

    def document(self, page) -> bytes:
        with page.expect_download() as download:
            page.click("text=Скачать документ")
        return Path(download.value.path()).read_bytes()

    def signed(self, arguments: dict) -> dict:
        message = self.authority.sign(base64.b64decode(arguments["data"]), "PEM").decode()
        return {"status": True, "body": {"result": [message.replace("\n", "\r\n")]}}

    def test_ncalayer_signs_the_document(self) -> None:
        """The button asks NCALayer once, for a detached message by a key for documents, and the form takes the answer."""
        self.ncalayer.answer = self.signed
        page = self.open(PAGE)
        policy = page.request.get(self.portal.base + PAGE).headers["content-security-policy"]
        self.assertIn(f"connect-src 'self' {self.ncalayer.address};", policy)
        page.click("text=Подписать через NCALayer")
        page.wait_for_selector(f"{STATUS} >> text=Документ подписан")
        self.submit(page)
        self.assertIn("Подпись верна", page.inner_text("h1"))
        self.assertIn("ТЕСТОВА ДИНА", page.inner_text("main"))
        (call,) = self.ncalayer.calls
        self.assertEqual((call["module"], call["method"]), ("kz.gov.pki.knca.basics", "sign"))
        arguments = call["args"]
        self.assertEqual((arguments["format"], arguments["locale"]), ("cms", "ru"))
        self.assertEqual(arguments["signingParams"], {"decode": True, "encapsulate": False, "digested": False})
        self.assertEqual(arguments["signerParams"], {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"]})
        self.assertEqual(self.ncalayer.origins, [self.portal.base])

    def test_ncalayer_can_be_worked_with_by_keyboard_on_a_phone(self) -> None:
        """The button is reached by the tabulator, and the state is told to screen readers."""
        self.ncalayer.answer = self.signed
        page = self.open(PAGE, PHONE)
        self.assert_fits(page)
        page.focus("text=Скачать документ")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{STATUS} >> text=Документ подписан")
        self.shoot(page, "signature-360")

    def test_a_closed_window_a_fault_and_a_missing_program_are_told(self) -> None:
        """Each outcome has its own words, and the button can be pressed again."""
        page = self.open(PAGE)
        answers = [
            ({"status": True, "body": {}}, "окно NCALayer закрыто"),
            ({"status": False, "code": "500", "message": "x"}, "не смог подписать"),
            (None, "NCALayer не отвечает"),
        ]
        for answer, words in answers:
            self.ncalayer.answer = lambda arguments, answer=answer: answer
            page.click("text=Подписать через NCALayer")
            page.wait_for_selector(f"{STATUS} >> text={words}")
        self.expected = {422}
        self.submit(page)
        self.assertIn("Подпишите документ или приложите файл подписи", page.inner_text("#error-summary"))

    def test_a_file_is_enough_without_scripts(self) -> None:
        """The document is downloaded, signed elsewhere, and the file of the signature attached."""
        self.expected = {422}
        page = self.open(PAGE, DESK, java_script_enabled=False)
        self.assertFalse(page.is_visible("text=Подписать через NCALayer"))
        document = self.document(page)
        for form, name in [("DER", "документ.p7s"), ("PEM", "документ.cms")]:
            page.set_input_files("[name=signature]", {
                "name": name, "mimeType": "application/octet-stream", "buffer": self.authority.sign(document, form),
            })
            self.submit(page)
            self.assertIn("Подпись верна", page.inner_text("h1"))
            page.goto(self.portal.base + PAGE)
        for content, words in [
            (self.authority.sign(document + b" "), "не под этим документом"),
            (b"%PDF-1.7", "CMS"),
            (b"MII" + b"A" * 400, "Это не файл подписи"),
        ]:
            page.set_input_files("[name=signature]", {
                "name": "x.p7s", "mimeType": "application/octet-stream", "buffer": content,
            })
            self.submit(page)
            self.assertIn(words, page.inner_text("#field-signature-fault"))

    def test_the_page_is_accessible_in_both_languages(self) -> None:
        """axe finds nothing."""
        for language in ("kk", "ru"):
            page = self.open(PAGE.replace("/ru/", f"/{language}/"))
            page.wait_for_selector(".signing:not([hidden])")
            self.assert_accessible(page)
