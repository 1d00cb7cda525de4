"""Attacks on accounts over HTTP: session fixation, open redirects, reused links, header injection.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/accounts

Each browser has an address of its own, as behind a web server, so that the limits of one test do not affect another.
"""

from __future__ import annotations

import email
import email.policy
import html
import http.client
import re
import threading
import unittest
import urllib.parse

from attacks import AttackCase
from portal import words
from visitor import PASSWORD, Answer

WRONG = "дұрыс емес құпиясөз 1"
EVIL = "evil.example"
# Targets that lead a browser to another site, or would after another round of decoding.
STRANGE_TARGETS = (
    f"//{EVIL}", f"//{EVIL}/%2e%2e", f"///{EVIL}", f"////{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"\\/{EVIL}", f"/\t/{EVIL}",
    f"/\n/{EVIL}", f"\t//{EVIL}", f" //{EVIL}", f"https:{EVIL}", f"https:/{EVIL}", f"https://{EVIL}", f"HTTPS://{EVIL}",
    f"http:///{EVIL}", f"javascript:alert(1)//{EVIL}", f"data:text/html,{EVIL}", f"@{EVIL}", f".{EVIL}", EVIL,
    f"%2F%2F{EVIL}", f"%5C%5C{EVIL}", f"http%3A%2F%2F{EVIL}", f"/ru/\r\nLocation: https://{EVIL}", f"/ru/\u2028//{EVIL}",
    f"/\u0000/{EVIL}", "", "/auth/facebook", f"/language/ru?to=//{EVIL}",
    f"/%2F{EVIL}", f"/%5C{EVIL}", f"/.//{EVIL}", f"/..//{EVIL}",
)
# Paths of this site that only look suspicious: the browser stays here.
HARMLESS_TARGETS = (f"/ru/directory?to=https://{EVIL}", f"/ru/search?q=//{EVIL}", "/ru/map?q=%2F%5C")


def stays(base: str, location: str) -> bool:
    """Whether a redirect stays on this site; browsers read backslashes as slashes and ignore tabs and line breaks."""
    read = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return urllib.parse.urljoin(base, read).startswith(base + "/")


class SessionTests(AttackCase):
    def test_a_planted_session_becomes_nobodys(self) -> None:
        self.account("fix.victim")
        for planted in ("A" * 43, "fix", "a" * 300, "%0d%0aSet-Cookie:%20x=y"):
            with self.subTest(planted=planted[:20]):
                victim = self.visitor()
                victim.cookies["oa_session"] = planted
                self.assertEqual(victim.sign_in("fix.victim").status, 303)
                self.assertNotEqual(victim.cookies["oa_session"], planted)
                attacker = self.visitor()
                attacker.cookies["oa_session"] = planted
                self.assert_signed_out(attacker)
                self.assert_signed_in(victim, "fix.victim")

    def test_a_session_of_the_attackers_own_does_not_become_the_victims(self) -> None:
        attacker = self.account("fix.attacker")
        self.account("fix.second")
        victim = self.visitor()
        victim.cookies["oa_session"] = attacker.cookies["oa_session"]
        # The form is not shown to a signed-in person, so take the form from another browser.
        self.assertEqual(victim.get("/ru/login").status, 303)
        fresh = self.visitor()
        self.assertEqual(fresh.sign_in("fix.second").status, 303)
        self.assertNotEqual(fresh.cookies["oa_session"], attacker.cookies["oa_session"])
        self.assert_signed_in(attacker, "fix.attacker")
        # Activation in a browser with a planted session also begins a new session and ends the planted one.
        third = self.visitor()
        self.assertEqual(third.register("fix.third@example.kz").status, 303)
        third.cookies["oa_session"] = planted = attacker.cookies["oa_session"]
        third.activate(self.portal.mailed_link("fix.third@example.kz"), "fix.third")
        self.assertNotEqual(third.cookies["oa_session"], planted)
        self.assert_signed_in(third, "fix.third")
        self.assert_signed_out(attacker)

    def test_a_form_key_from_before_signing_in_opens_nothing_after(self) -> None:
        self.account("fix.form")
        attacker = self.visitor()
        known = attacker.get("/ru/login").hidden("csrf")
        victim = self.visitor()
        victim.cookies["oa_form"] = attacker.cookies["oa_form"]
        self.assertEqual(victim.sign_in("fix.form").status, 303)
        for path, fields in (
            ("name", {"name": "Чужой"}), ("email", {"email": "stolen@example.kz"}), ("password", {"password": WRONG}),
            ("delete", {"sure": "1"}),
        ):
            with self.subTest(path=path):
                self.assertEqual(victim.post(f"/ru/account/{path}", fields, token=known).status, 403)
        self.assertEqual(victim.post("/ru/logout", {}, token=known).status, 403)
        self.assert_signed_in(victim, "fix.form")
        self.assertNotIn("Чужой", victim.get("/ru/account").html)

    def test_an_ended_session_stays_ended(self) -> None:
        visitor = self.account("fix.out")
        session = visitor.cookies["oa_session"]
        visitor.get("/ru/account")
        self.assertEqual(visitor.post("/ru/logout", {}).status, 303)
        self.assertNotIn("oa_session", visitor.cookies)
        visitor.cookies["oa_session"] = session
        self.assert_signed_out(visitor)

    def test_a_hostile_browser_name_is_shown_and_not_run(self) -> None:
        self.account("fix.agent")
        visitor = self.visitor()
        visitor.get("/ru/login")
        fields = {"login": "fix.agent", "password": PASSWORD, "altcha": visitor.captcha()}
        agent = "<img src=x onerror=alert(1)> \"Firefox/9' {{csrf}}"
        self.assertEqual(visitor.post("/ru/login", fields, User_Agent=agent).status, 303)
        page = visitor.get("/ru/account/sessions")
        self.assertEqual(page.status, 200)
        self.assertNotIn("<img src=x", page.html)


class RedirectTests(AttackCase):
    def test_signing_in_leads_nowhere_else(self) -> None:
        self.account("way")
        for number, target in enumerate(STRANGE_TARGETS):
            with self.subTest(target=target):
                language = ("kk", "ru")[number % 2]
                visitor = self.visitor(language)
                page = visitor.get(f"/{language}/login?to=" + urllib.parse.quote(target, safe=""))
                if page.status == 200:
                    self.assertIsNone(page.hidden("to"))
                visitor.get(f"/{language}/login")
                fields = {"login": "way", "password": PASSWORD, "to": target, "altcha": visitor.captcha()}
                answer = visitor.post(f"/{language}/login", fields)
                if "\0" in target:
                    self.assertEqual(answer.status, 400)
                    continue
                self.assertEqual((answer.status, answer.location), (303, f"/{language}/account"))
                # A person who is already signed in is redirected at once.
                again = visitor.get(f"/{language}/login?to=" + urllib.parse.quote(target, safe=""))
                self.assertEqual((again.status, again.location), (303, f"/{language}/account"))

    def test_paths_of_this_site_are_kept(self) -> None:
        visitor = self.account("way.home")
        for target in HARMLESS_TARGETS:
            with self.subTest(target=target):
                answer = visitor.get("/ru/login?to=" + urllib.parse.quote(target, safe=""))
                self.assertEqual((answer.status, answer.location), (303, target))
                self.assertTrue(stays(self.portal.base, target))

    def test_choosing_a_language_leads_nowhere_else(self) -> None:
        visitor = self.visitor()
        for target in STRANGE_TARGETS:
            with self.subTest(target=target):
                answer = visitor.get("/language/kk?to=" + urllib.parse.quote(target, safe=""))
                self.assertIn(answer.status, (303, 400))
                if answer.status == 303:
                    self.assertEqual(answer.location, "/kk/")
                self.assertIsNone(answer.header("X-Injected"))

    def test_strange_paths_lead_nowhere_else(self) -> None:
        visitor = self.visitor()
        for path in (
            f"//{EVIL}", f"//{EVIL}/", f"//{EVIL}/%2e%2e", f"/\\{EVIL}", f"/ru//{EVIL}", f"//{EVIL}/ru/account", f"/%2F{EVIL}/",
            f"/ru/account/..//{EVIL}", f"/?to=//{EVIL}", f"/ru/account/%0d%0aX-Injected:%20yes", f"/ru/account//{EVIL}/",
        ):
            with self.subTest(path=path):
                answer = visitor.get(path)
                self.assertLess(answer.status, 500)
                self.assertIsNone(answer.header("X-Injected"))
                if answer.location is not None:
                    self.assertTrue(stays(self.portal.base, answer.location), answer.location)

    def test_a_foreign_host_name_comes_into_no_mail_and_no_redirect(self) -> None:
        for number, headers in enumerate(({"Host": EVIL}, {"X_Forwarded_Host": EVIL}, {"Forwarded": f"host={EVIL}"})):
            with self.subTest(headers=headers):
                visitor = self.visitor()
                answer = visitor.register(f"host-{number}@example.kz", **headers)
                self.assertEqual((answer.status, answer.location), (303, "/ru/register/sent"))
                mail = self.portal.mail(f"host-{number}@example.kz")
                self.assertNotIn(EVIL, mail["text"] + mail["html"])
                self.assertIn(self.portal.base + "/ru/activate/", mail["text"])


class ActivationTests(AttackCase):
    def test_a_link_makes_one_account(self) -> None:
        for language in ("kk", "ru"):
            with self.subTest(language=language):
                visitor, login = self.visitor(language), f"link.{language}"
                visitor.register(f"{login}@example.kz", "Айгүл")
                # With another name, because an identical form within a minute is mailed only once.
                visitor.register(f"{login}@example.kz", "Серік")
                mails = [self.portal.mail(f"{login}@example.kz", 2), *self.portal.mails(f"{login}@example.kz")]
                links = sorted({re.search(r"https?://\S+", mail["text"]).group() for mail in mails})
                self.assertEqual(len(links), 2)
                other = self.visitor(language)
                other.get(urllib.parse.urlsplit(links[0]).path)
                self.assertEqual(visitor.activate(links[0], login).status, 303)
                for link in links:
                    path = urllib.parse.urlsplit(link).path
                    # Not with a form that was opened earlier either; and it signs nobody in.
                    fields = {"username": "second." + language, "password": PASSWORD}
                    self.assertEqual(other.post(path, fields).status, 410)
                    dead = self.visitor(language).get(path)
                    self.assertEqual(dead.status, 410)
                    self.assertIn(words(language)["link_dead_title"], html.unescape(dead.html))
                    self.assertNotIn("example.kz", dead.html)
                self.assert_signed_out(other)

    def test_a_link_that_is_used_at_once_from_many_sides_makes_one_account(self) -> None:
        self.visitor().register("race@example.kz")
        link = self.portal.mailed_link("race@example.kz")
        visitors = [self.visitor() for _ in range(6)]
        path = urllib.parse.urlsplit(link).path
        for visitor in visitors:
            visitor.get(path)
        answers: list[Answer] = []
        threads = [
            threading.Thread(target=lambda v=visitor, n=number: answers.append(
                v.post(path, {"username": f"race.{n}", "password": PASSWORD})
            ))
            for number, visitor in enumerate(visitors)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [303, 410, 410, 410, 410, 410])
        signed_in = [visitor for visitor in visitors if visitor.get("/ru/account").status == 200]
        self.assertEqual(len(signed_in), 1)

    def test_a_guessed_or_changed_link_is_dead(self) -> None:
        self.visitor().register("guess@example.kz")
        path = urllib.parse.urlsplit(self.portal.mailed_link("guess@example.kz")).path
        head, token = path.rsplit("/", 1)
        other = "A" if token[0] != "A" else "B"
        for changed in (other + token[1:], token[:-1], token + "A", token.swapcase(), "A" * 43, "..%2f..%2flogin", "%00", "'--"):
            with self.subTest(changed=changed):
                visitor = self.visitor()
                self.assertIn(visitor.get(f"{head}/{changed}").status, (400, 404, 410))
                visitor.get("/ru/register")
                self.assertIn(visitor.post(f"{head}/{changed}", {"username": "guess", "password": PASSWORD}).status,
                              (400, 404, 410))
        # It is not a link for a new password, but still works for its own purpose.
        self.assertEqual(self.visitor().get(f"/ru/password/reset/{token}").status, 410)
        self.assertEqual(self.visitor().activate(path, "guess").status, 303)


class InjectionTests(AttackCase):
    ENDS = ("\r\n", "\n", "\r", "\u2028", "\u0085", "\v", "\f")

    def headers(self, mail: dict) -> list[str]:
        """The names of the headers of a mail as it would have been sent."""
        raw = mail["file"].with_suffix(".eml").read_bytes()
        return sorted(name.lower() for name in email.message_from_bytes(raw, policy=email.policy.default).keys())

    def test_line_ends_in_names_and_addresses(self) -> None:
        visitor = self.visitor()
        for number, end in enumerate(self.ENDS):
            for name, address in (
                (f"Иван{end}Bcc: victim@example.kz", f"inject-{number}@example.kz"),
                ("Иван", f"inject-{number}@example.kz{end}Bcc: victim@example.kz"),
                ("Иван", f"inject-{number}{end}@example.kz"),
                ("Иван", f"Bcc: victim@example.kz{end}inject-{number}@example.kz"),
            ):
                with self.subTest(end=end, name=name, address=address):
                    answer = visitor.register(address, name)
                    self.assertEqual(answer.status, 422)
                    self.assertIn('id="error-summary"', answer.html)
        self.assertEqual([mail for mail in self.portal.mails() if "inject" in mail["recipient"]], [])
        self.assertEqual(self.portal.mails("victim@example.kz"), [])

    def test_encoded_line_ends_stay_letters(self) -> None:
        plain = self.visitor()
        self.assertEqual(plain.register("plain@example.kz").status, 303)
        usual = self.headers(self.portal.mail("plain@example.kz"))
        self.assertIn("to", usual)
        self.assertNotIn("bcc", usual)
        visitor = self.visitor()
        for address in ("a%0D%0ABcc%3Avictim@example.kz", "=?utf-8?q?a=0D=0ABcc=3A_b?=@example.kz", "a\\r\\nb@example.kz"):
            with self.subTest(address=address):
                answer = visitor.register(address)
                self.assertIn(answer.status, (303, 422))
                if answer.status == 303:
                    self.assertEqual(self.headers(self.portal.mail(address)), usual)
        for name in ("Иван%0D%0ABcc: a@example.kz", "=?utf-8?q?=0D=0ABcc:?=", "Иван\\r\\nBcc"):
            with self.subTest(name=name):
                self.assertEqual(visitor.register("encoded@example.kz", name).status, 422)
        self.assertEqual(self.portal.mails("victim@example.kz"), [])

    def test_line_ends_in_the_account(self) -> None:
        visitor = self.account("inject.home")
        for path, name in (("name", "name"), ("email", "email"), ("username", "username"), ("phone", "phone")):
            for end in self.ENDS[:3]:
                with self.subTest(path=path, end=end):
                    visitor.get(f"/ru/account/{path}")
                    value = {"phone": "+77012345678"}.get(path, "inject.new@example.kz" if path == "email" else "Инжект")
                    answer = visitor.post(f"/ru/account/{path}", {name: f"{value}{end}Bcc: victim@example.kz"})
                    self.assertEqual(answer.status, 422)
        self.assertEqual(self.portal.mails("victim@example.kz"), [])

    def test_a_name_of_ten_kilobytes(self) -> None:
        for language, name in (
            ("kk", "Я" * 5_120), ("ru", "a" * 10_240), ("ru", "Я" + "\u0301" * 5_000), ("kk", "<b>" * 3_400),
            ("ru", " " * 10_240), ("ru", "Иван " * 1_138),
        ):
            with self.subTest(name=name[:8]):
                visitor = self.visitor(language)
                answer = visitor.register("long@example.kz", name)
                self.assertEqual(answer.status, 422)
                self.assertIn('id="field-name-fault"', answer.html)
                self.assertIn('value="long@example.kz"', answer.html)
                self.assertNotIn("<b><b>", answer.html)
                # The page grows only by what was typed.
                self.assertLess(len(answer.html), len(visitor.get(f"/{language}/register").html) + 6 * len(name) + 4_000)
        self.assertEqual(self.portal.mails("long@example.kz"), [])
        visitor = self.account("long.home")
        visitor.get("/ru/account/name")
        self.assertEqual(visitor.post("/ru/account/name", {"name": "Я" * 5_120}).status, 422)
        self.assertIn("Айгүл Серікқызы", visitor.get("/ru/account").html)

    def test_bodies_beyond_measure(self) -> None:
        visitor = self.visitor()
        visitor.get("/ru/register")
        for body, statuses in (
            (b"name=" + b"a" * 20_000, (403,)), (b"name=" + b"a" * 70_000, (413,)), (b"a=b&" * 70, (400,)),
            (b"name=%zz", (400,)), (b"name=%ff%fe", (400,)), (b"name=a%00b", (400,)),
        ):
            with self.subTest(body=body[:12], size=len(body)):
                try:
                    self.assertIn(visitor.post("/ru/register", {}, body=body).status, statuses)
                except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
                    self.assertGreater(len(body), 65_536, "only what is far too long is cut off")
        self.assertEqual(visitor.get("/ru/register").status, 200)
        told = visitor.post("/ru/register", {"name": "Я" * 10_240})
        self.assertEqual((told.status, told.header("Content-Type")), (422, "text/html; charset=utf-8"))
        self.assertIn('<html lang="ru"', told.html)
        self.assertIn("Я" * 10_240, told.html, "what was typed is kept")
        answer = visitor.post("/ru/register", {}, body=b'{"name":"a"}', Content_Type="application/json")
        self.assertEqual(answer.status, 415)


if __name__ == "__main__":
    unittest.main()
