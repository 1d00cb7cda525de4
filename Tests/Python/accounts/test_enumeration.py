"""Accounts in bulk over HTTP: mass sign-ups, guessing of passwords, and finding out who has an account.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/accounts/test_enumeration.py

Each browser has an address of its own, as behind a web server, so that the limits of one test do not affect another.
"""

from __future__ import annotations

import re
import unittest

from attacks import AttackCase
from visitor import Answer, Visitor

WRONG = "дұрыс емес құпиясөз 1"


class MassTests(AttackCase):
    def mass(self, count: int, address: str, prefix: str, **headers: str) -> list[Answer]:
        """Makes the given number of registrations for different addresses from one place."""
        return [self.visitor(address=address).register(f"{prefix}-{n}@example.kz", **headers) for n in range(count)]

    def test_many_registrations_from_one_place(self) -> None:
        answers = self.mass(12, "203.0.113.5", "mass")
        self.assertEqual([answer.status for answer in answers], [303] * 10 + [429] * 2)
        held = answers[-1]
        self.assertGreater(int(held.header("Retry-After")), 60)
        self.assertIn('value="mass-11@example.kz"', held.html)
        self.assertIn("Слишком много попыток", held.html)
        # Neighbours can still register, and headers that such a browser forges change nothing.
        self.assertEqual(self.visitor(address="203.0.113.6").register("mass-neighbour@example.kz").status, 303)
        for lie in ("8.8.8.8, 203.0.113.5", "127.0.0.1, 203.0.113.5", "unknown, 203.0.113.5", "::1,203.0.113.5"):
            with self.subTest(lie=lie):
                self.assertEqual(self.visitor(address=lie).register("mass-liar@example.kz").status, 429)
        self.portal.mail("mass-neighbour@example.kz")
        self.assertEqual(len([mail for mail in self.portal.mails() if re.match(r"mass-\d", mail["recipient"])]), 10)

    def test_a_household_of_ipv6_is_one_place(self) -> None:
        statuses = [
            self.visitor(address=f"2001:db8:5:6::{n:x}").register(f"six-{n}@example.kz").status for n in range(1, 13)
        ]
        self.assertEqual(statuses, [303] * 10 + [429] * 2)
        self.assertEqual(self.visitor(address="2001:db8:5:7::1").register("six-other@example.kz").status, 303)

    def test_nobody_is_flooded_with_mails(self) -> None:
        from_one = self.visitor(address="203.0.113.20")
        answers = [from_one.register("flood-one@example.kz", "Иван" + "а" * number) for number in range(7)]
        self.assertEqual({(answer.status, answer.location) for answer in answers}, {(303, "/ru/register/sent")})
        for number in range(24):
            answer = self.visitor().register("flood-many@example.kz", "Иван" + "а" * number)
            self.assertEqual(answer.status, 303, number)
        self.visitor().register("flood-last@example.kz")
        self.portal.mail("flood-last@example.kz")
        self.assertEqual(len(self.portal.mails("flood-one@example.kz")), 4)
        self.assertEqual(len(self.portal.mails("flood-many@example.kz")), 20)

    def test_guessing_passwords_is_slowed_and_locks_nobody_out(self) -> None:
        self.account("slow")
        attacker = self.visitor()
        statuses = [attacker.sign_in("slow", WRONG).status for _ in range(8)]
        self.assertEqual(statuses[0], 422)
        self.assertIn(429, statuses)
        self.assertEqual(attacker.sign_in("slow").status, 429, "the right password waits too")
        self.assertEqual(self.visitor().sign_in("slow").status, 303)


class EnumerationTests(AttackCase):
    """Known and unknown addresses get identical bytes, apart from tokens and input."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls("account").account("known")

    def pair(self, language: str, act) -> tuple:
        """The responses to two fresh browsers that do the same with a known and an unknown login."""
        return tuple(act(self.visitor(language), login) for login in ("known", "empty"))

    def assert_same(self, language: str, act) -> None:
        """Checks that every response is identical; the inputs have the same length."""
        known, unknown = (
            [answer.masked(f"{login}@example.kz", login) for answer in answers]
            for login, answers in zip(("known", "empty"), self.pair(language, act))
        )
        self.assertEqual(len(known), len(unknown))
        for number, (one, other) in enumerate(zip(known, unknown)):
            self.assertEqual(one, other, f"answer {number}")

    def test_registering(self) -> None:
        for language in ("kk", "ru"):
            with self.subTest(language=language):
                def act(visitor: Visitor, login: str) -> list[Answer]:
                    answers = [visitor.register(f"{login}@example.kz"), visitor.get(f"/{language}/register/sent")]
                    return [*answers, visitor.register(f" {login.upper()}@EXAMPLE.kz ")]

                self.assert_same(language, act)

    def test_a_forgotten_password(self) -> None:
        for language in ("kk", "ru"):
            for suffix in ("@example.kz", ""):
                with self.subTest(language=language, suffix=suffix):
                    def act(visitor: Visitor, login: str) -> list[Answer]:
                        path = f"/{language}/password/forgot"
                        visitor.get(path)
                        asked = visitor.post(path, {"login": login + suffix, "altcha": visitor.captcha()})
                        self.assertEqual(asked.status, 303)
                        return [asked, visitor.get(path + "/sent")]

                    self.assert_same(language, act)

    def test_signing_in(self) -> None:
        for language in ("kk", "ru"):
            for suffix in ("@example.kz", ""):
                with self.subTest(language=language, suffix=suffix):
                    def act(visitor: Visitor, login: str) -> list[Answer]:
                        return [visitor.sign_in(login + suffix, WRONG) for _ in range(3)]

                    self.assert_same(language, act)

    def test_a_mailed_code(self) -> None:
        for path, name in (("register", "email"), ("login", "login"), ("password/forgot", "login")):
            with self.subTest(path=path):
                def act(visitor: Visitor, login: str) -> list[Answer]:
                    visitor.get(f"/ru/{path}")
                    fields = {name: f"{login}@example.kz", "name": "Айгүл", "password": WRONG, "agree": "1", "send_code": "1"}
                    sent = visitor.post(f"/ru/{path}", fields)
                    self.assertEqual(sent.status, 200)
                    return [sent]

                self.assert_same("ru", act)

    def test_the_masks_hide_no_difference(self) -> None:
        # Verify that the comparison detects a difference: one letter, one header, one status.
        page = self.visitor().get("/ru/login")
        for other in (
            Answer(page.status + 1, page.headers, page.html), Answer(page.status, [*page.headers, ("X-Known", "1")], page.html),
            Answer(page.status, page.headers, page.html.replace("</main>", ".</main>")),
        ):
            self.assertNotEqual(page.masked(), other.masked())


if __name__ == "__main__":
    unittest.main()
