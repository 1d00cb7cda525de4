"""The program's mails parsed by Python's own mail library: hostile texts are decoded to the original.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/mail
"""

from __future__ import annotations

import email
import email.header
import email.policy
import json
import random
import unittest
from pathlib import Path

from support import FROM, MailCase

PIECES = [
    "ә", "Ғ", "қ", "ңі", "Ө", "ұ", "Ү", "һ", "щ", "ё", "a", "Z", "9", "=", "?", "_", " ", "  ", ".", '"', "\\", "<", ">", ",",
    ";", "=?UTF-8?B?0LA=?=", "=?utf-8?q?=0A?=", "👨‍👩‍👧‍👦", "🇰🇿", "👍🏽", "e\u0301", "語", "ه", "\u200d", "𝔘", "a" + "\u0301" * 60,
    "Subject:", "--", "From ", "Әуезов көшесі",
]


class MIMETest(MailCase):
    """Random mails through the folder transport."""

    COUNT = 300

    def setUp(self) -> None:
        super().setUp()
        self.random = random.Random(20261125)
        self.outbox = self.folder / f"outbox-{self.id().rsplit('.', 1)[-1]}"

    def line(self) -> str:
        return "".join(self.random.choice(PIECES) for _ in range(self.random.randrange(60)))

    def body(self) -> str:
        ends = ["\n", "\n\n", " \n", "\t\n", "\n.\n", "\n--\n", "\nFrom x\n"]
        return "".join(self.line() + self.random.choice(ends) for _ in range(self.random.randrange(10)))

    def send(self) -> None:
        told = self.call(
            "mail", "send", OPENALMATY_DATABASE=str(self.database), OPENALMATY_MAIL_FOLDER=str(self.outbox),
        )
        self.assertEqual(told.returncode, 0, told.stderr)

    def files(self) -> dict[str, bytes]:
        """The mails by recipient, which is taken from the JSON file beside each."""
        return {
            json.loads(path.read_text(encoding="utf-8"))["recipient"]: path.with_suffix(".eml").read_bytes()
            for path in Path(self.outbox).glob("*.json")
        }

    def test_hostile_texts_come_back(self) -> None:
        mails = {
            f"reader{number}@example.kz": (self.line(), self.body(), f"<p>{self.body()}</p>")
            for number in range(self.COUNT)
        }
        for recipient, (subject, text, html) in mails.items():
            self.queue(recipient, subject=subject, text=text, html=html)
        self.send()
        files = self.files()
        self.assertEqual(set(files), set(mails))
        for recipient, (subject, text, html) in mails.items():
            with self.subTest(recipient):
                raw = files[recipient]
                for line in raw.split(b"\r\n"):
                    self.assertLessEqual(len(line), 78)
                    self.assertNotIn(b"\n", line)
                message = email.message_from_bytes(raw, policy=email.policy.default)
                self.assertEqual(message.defects, [])
                self.assertEqual(self.subject(message), subject)
                plain, rich = message.iter_parts()
                self.assertEqual(plain.get_payload(decode=True).decode(), text.replace("\n", "\r\n"))
                self.assertEqual(rich.get_payload(decode=True).decode(), html.replace("\n", "\r\n"))
                self.assertEqual(plain.defects + rich.defects, [])
                self.assertEqual(message["To"].addresses[0].addr_spec, recipient)
                self.assertEqual(str(message["From"]), FROM)

    @staticmethod
    def subject(message: email.message.EmailMessage) -> str:
        """The subject decoded by the library, which joins encoded words according to RFC 2047."""
        raw = email.message_from_bytes(message.as_bytes(), policy=email.policy.compat32)["Subject"]
        return str(email.header.make_header(email.header.decode_header(raw)))

    def test_a_header_cannot_be_smuggled_in(self) -> None:
        for number, subject in enumerate(["a\r\nBcc: x@y.kz", "a\nb", "a\rb", "a\x85b", "a\u2028b", "a\x1bb"]):
            self.queue(f"reader{number}@example.kz", subject=subject)
        self.send()
        self.assertEqual(list(self.outbox.glob("*")), [])
        reasons = {reason for (reason,) in self.rows("reason")}
        self.assertEqual(reasons, {"Subject holds a line break or another control character"})
        self.assertEqual({state for (state,) in self.rows("state")}, {"given_up"})

    def test_a_kazakh_subject_longer_than_a_line(self) -> None:
        subject = "Сәтбаев көшесі мен Әуезов көшесінің қиылысындағы шұңқыр туралы өтінішіңізге жауап дайын " * 3
        self.queue("aida@example.kz", subject=subject.strip(), html="<p>ә</p>")
        self.send()
        message = email.message_from_bytes(self.files()["aida@example.kz"], policy=email.policy.default)
        self.assertEqual(message["Subject"], subject.strip())


if __name__ == "__main__":
    unittest.main()
