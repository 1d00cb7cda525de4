"""What the tests of attacks on accounts share: one portal, and browsers with addresses of their own."""

from __future__ import annotations

import itertools
import unittest

from portal import Portal
from visitor import Visitor

NEXT_ADDRESS = itertools.count(1)


class AttackCase(unittest.TestCase):
    """One portal for all tests of the file, behind a web server that it trusts."""

    portal: Portal

    @classmethod
    def setUpClass(cls) -> None:
        if "portal" not in AttackCase.__dict__:
            AttackCase.portal = Portal({
                "OPENALMATY_TRUSTED_PROXY": "127.0.0.1", "OPENALMATY_CAPTCHA_MAX_NUMBER": "500",
                "OPENALMATY_LOG_LEVEL": "notice",
            })
            unittest.addModuleCleanup(AttackCase.portal.stop)

    def visitor(self, language: str = "ru", address: str | None = None) -> Visitor:
        """A fresh browser with an address of its own, or with the given one."""
        number = next(NEXT_ADDRESS)
        return Visitor(self.portal.base, address or f"198.51.{number // 250}.{number % 250 + 1}", language)

    def account(self, login: str, language: str = "ru") -> Visitor:
        """A browser of a person who has just registered, with the user name as the local part of the address."""
        visitor = self.visitor(language)
        self.assertEqual(visitor.register(f"{login}@example.kz").status, 303)
        made = visitor.activate(self.portal.mailed_link(f"{login}@example.kz"), login)
        self.assertEqual((made.status, made.location), (303, f"/{language}/account?done=welcome"))
        return visitor

    def assert_signed_in(self, visitor: Visitor, as_whom: str) -> None:
        """Checks that the browser belongs to that person."""
        page = visitor.get(f"/{visitor.language}/account")
        self.assertEqual(page.status, 200)
        self.assertIn(f"{as_whom}@example.kz", page.html)

    def assert_signed_out(self, visitor: Visitor) -> None:
        """Checks that nobody is signed in in the browser."""
        self.assertEqual(visitor.get(f"/{visitor.language}/account").status, 303)
