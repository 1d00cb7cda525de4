"""The sample forms in a browser: every kind of field, with and without JavaScript, on a phone and on a desk."""

from support import DESK, PHONE, BrowserTest

FORM = "/ru/dev/forms"
STEPS = "/ru/dev/forms/steps"
IIN = "900101300017"
PDF = {"name": "план.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"}
JPEG = {"name": "фото.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + b"\0" * 1_500_000}
TEXT = {"name": "заметки.txt", "mimeType": "text/plain", "buffer": b"text"}
READY = ".point-field[data-map=ready]"


class FormTests(BrowserTest):
    """Fills in the forms."""

    def fill(self, page) -> None:
        page.check("[name=kind][value=idea]")
        page.select_option("[name=topic]", "trees")
        page.fill("[name=text]", "Спилили дерево")
        page.fill("[name=place]", "проспект Абая, 10")
        page.fill("[name=name]", "Әсел Серікқызы")
        page.fill("[name=iin]", IIN)
        page.check("[name=agree]")

    def submit(self, page) -> None:
        with page.expect_navigation():
            page.click("main .form > .actions button[type=submit]")

    def test_the_form_can_be_used_without_scripts(self) -> None:
        """All fields are shown, those that do not apply are ignored, and a fault keeps everything typed and sent."""
        self.expected = {422}
        page = self.open(FORM, PHONE, java_script_enabled=False)
        self.assertTrue(page.is_visible("[name=day_day]"))
        self.fill(page)
        page.fill("[name=day_day]", "77")
        page.fill("[name=iin]", "1")
        page.set_input_files("[name=plan]", PDF)
        self.submit(page)
        self.assertIn("план.pdf", page.inner_text(".files__list"))
        self.assertEqual(page.input_value("[name=text]"), "Спилили дерево")
        self.assertEqual(page.locator("#error-summary li").count(), 1, "the date does not apply")
        page.fill("[name=iin]", IIN)
        self.submit(page)
        self.assertIn("Форма принята", page.inner_text("h1"))
        self.assertIn("план.pdf", page.inner_text("main"))

    def test_groups_appear_with_the_answer_they_belong_to(self) -> None:
        """The details of a problem are shown only for a problem, after a choice and after a fault."""
        self.expected = {422}
        page = self.open(FORM)
        page.wait_for_selector("[name=day_day]", state="hidden")
        page.check("[name=kind][value=problem]")
        page.wait_for_selector("[name=day_day]", state="visible")
        self.submit(page)
        page.wait_for_function("document.activeElement.id === 'error-summary'")
        page.click("#error-summary a >> text=Когда вы это")
        self.assertEqual(page.evaluate("document.activeElement.name"), "day_day")
        page.check("[name=kind][value=question]")
        page.wait_for_selector("[name=day_day]", state="hidden")

    def test_the_counter_agrees_with_the_server(self) -> None:
        """Characters are counted alike, emoji and line ends included."""
        self.expected = {422}
        page = self.open(FORM)
        page.fill("[name=text]", "ә" * 990 + "\n\n\n" + "😀" * 8)
        page.wait_for_selector(".field__count >> text=Лишних символов: 1")
        self.submit(page)
        self.assertIn("Лишних символов: 1", page.inner_text("#field-text-fault"))
        page.fill("[name=text]", "ә" * 990 + "\n\n" + "😀" * 8)
        page.wait_for_selector(".field__count >> text=Осталось символов: 0")
        self.submit(page)
        self.assertEqual(page.locator("#field-text-fault").count(), 0)

    def test_chosen_files_are_listed_and_can_be_removed(self) -> None:
        """Files add up, unusable ones are named at once, and a removed one is not sent."""
        self.expected = {422}
        page = self.open(FORM)
        page.check("[name=kind][value=problem]")
        page.set_input_files("[name=photos]", [JPEG, TEXT])
        page.wait_for_selector(".files [role=alert] >> text=заметки.txt")
        self.assertIn("1,5", page.inner_text(".files__size >> nth=0"))
        page.set_input_files("[name=photos]", {**JPEG, "name": "вторая.jpg", "buffer": JPEG["buffer"] + b"1"})
        self.assertEqual(page.locator(".files__item").count(), 2)
        page.click(".files__button >> nth=0")
        self.assertEqual(page.locator(".files__item").count(), 1)
        self.submit(page)
        kept = page.locator(".files__item")
        self.assertEqual(kept.count(), 1)
        self.assertIn("вторая.jpg", kept.inner_text())

    def test_a_pin_gives_the_address_and_an_address_the_pin(self) -> None:
        """The map, the address and the coordinates are in step."""
        page = self.open(FORM)
        page.wait_for_selector(READY, timeout=60_000)
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        with page.expect_response("**/api/v1/reverse") as answer:
            page.click("[data-act=centre]")
        found = answer.value.json()
        label = found["results"][0]["label"] if found["precision"] == "house" else ""
        page.wait_for_function("(label) => document.querySelector('[name=place]').value === label", arg=label)
        self.assertAlmostEqual(float(page.input_value("[name=place_lat]")), 43.24, delta=0.05)
        page.click("[data-act=remove]")
        self.assertEqual(page.input_value("[name=place_lat]") + page.input_value("[name=place]"), "")
        page.click("[name=place]")
        page.keyboard.type("Абая 10", delay=15)
        page.wait_for_selector("[role=option]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelector('[name=place_lat]').value !== ''")
        # Servers and proxies log addresses, so neither the text nor the place may be in one.
        calls = [address for address in addresses if "/api/" in address]
        self.assertGreater(len(calls), 1)
        self.assertEqual([address for address in calls if "?" in address], [])

    def test_steps_keep_a_draft(self) -> None:
        """A person goes through the steps, leaves, comes back and sends."""
        page = self.open(STEPS, PHONE)
        page.check("[name=kind][value=idea]")
        page.select_option("[name=topic]", "trees")
        page.fill("[name=text]", "Посадите дерево")
        self.submit(page)
        self.assertIn("Шаг 2 из 4", page.inner_text("main"))
        page.goto(self.portal.base + STEPS)
        self.assertEqual(page.input_value("[name=text]"), "Посадите дерево")
        page.goto(self.portal.base + STEPS + "/place")
        page.fill("[name=place]", "Абая 10")
        self.submit(page)
        page.fill("[name=name]", "Әсел")
        page.fill("[name=iin]", IIN)
        page.check("[name=agree]")
        self.submit(page)
        self.assertIn("Посадите дерево", page.inner_text(".answers >> nth=0"))
        self.check(page, "form-answers-360")
        self.submit(page)
        self.assertIn("Форма принята", page.inner_text("h1"))

    def test_the_forms_are_accessible_and_fit(self) -> None:
        """No violation, and nothing wider than the screen: empty and with faults, in each language."""
        self.expected = {422}
        for width, language in ((PHONE, "kk"), (DESK, "ru"), (PHONE, "en")):
            with self.subTest(width=width, language=language):
                page = self.open(f"/{language}/dev/forms", width)
                page.check("[name=kind][value=problem]")
                page.wait_for_selector(READY, timeout=60_000)
                self.check(page, f"form-{language}-{width}")
                self.submit(page)
                page.wait_for_selector(READY, timeout=60_000)
                self.check(page, f"form-faults-{language}-{width}")

    def check(self, page, name: str) -> None:
        self.shoot(page, name, full_page=True)
        self.assert_accessible(page)
        self.assert_fits(page)
