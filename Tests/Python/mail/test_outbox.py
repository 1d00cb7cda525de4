"""The mail queue against a real mail server: each mail once, retried after temporary refusals, never after permanent ones.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/mail
"""

from __future__ import annotations

import json
import signal
import subprocess
import time
import unittest

from support import BINARY, MailCase


class OutboxTest(MailCase):
    """`openalmaty mail send`, `list` and `resend`."""

    def send(self, server) -> str:
        told = self.call("mail", "send", **self.settings(server))
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertNotIn("example.kz", told.stderr)
        return told.stdout.strip()

    def listed(self) -> list[dict]:
        told = self.call("mail", "list", "--json", OPENALMATY_DATABASE=str(self.database))
        self.assertNotIn("example.kz", told.stdout)
        return json.loads(told.stdout)

    def test_two_processes_send_each_mail_once(self) -> None:
        server = self.server()
        names = [f"hold{number}@example.kz" for number in range(60)]
        for name in names:
            self.queue(name, text=f"token of {name}")
        environment = self.environment(**self.settings(server))
        processes = [
            subprocess.Popen([BINARY, "mail", "send"], env=environment, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        # Each process sends four mails at a time, so eight come from both.
        while server.handler.arrived < 8 and all(process.poll() is None for process in processes):
            time.sleep(0.02)
        server.release()
        told = [process.communicate(timeout=120)[0] for process in processes]
        self.assertEqual(sorted(server.handler.recipients), sorted(names))
        self.assertEqual(sum(int(text.split()[0]) for text in told), len(names))
        self.assertTrue(all(int(text.split()[0]) > 0 for text in told), told)
        self.assertEqual(len({message["Message-ID"] for message in server.handler.messages}), len(names))
        for message in server.handler.messages:
            address = message["To"].addresses[0].addr_spec
            self.assertEqual(message.get_body(("plain",)).get_content(), f"token of {address}")
        blank = [("sent", "", "", "", "")]
        self.assertEqual(self.rows("state, recipient, subject, text, html"), blank * len(names))

    def test_a_refusal_for_now_is_tried_again(self) -> None:
        server = self.server()
        self.queue("grey@example.kz")
        begun = time.time()
        self.assertEqual(self.send(server), "1 tried")
        self.assertEqual(server.handler.messages, [])
        state, attempts, due, reason = self.rows("state, attempts, due, reason")[0]
        self.assertEqual((state, attempts, reason), ("waiting", 1, "the server answered 451 4.7.1"))
        self.assertGreaterEqual(due / 1000, begun + 48)
        self.assertEqual(self.send(server), "0 tried")
        self.assertEqual(self.listed()[0]["state"], "waiting")
        self.make_due()
        self.assertEqual(self.send(server), "1 tried")
        self.assertEqual(server.handler.recipients, ["grey@example.kz"])
        self.assertEqual(self.rows("state, attempts"), [("sent", 2)])
        self.assertEqual(self.listed(), [])

    def test_a_second_try_is_the_same_message(self) -> None:
        server = self.server()
        self.queue("late@example.kz", html="<p>Сәлем</p>")
        self.send(server)
        self.make_due()
        self.send(server)
        first, second = server.handler.raw
        self.assertEqual(first, second)
        self.assertEqual(self.rows("state"), [("sent",)])

    def test_a_refusal_for_good_is_given_up_and_sent_when_staff_want_it(self) -> None:
        server = self.server()
        self.queue("bounce@example.kz")
        self.send(server)
        self.make_due()
        self.assertEqual(self.send(server), "0 tried")
        listed = self.listed()
        self.assertEqual([entry["state"] for entry in listed], ["given up"])
        self.assertEqual(listed[0]["reason"], "the server answered 550 5.1.1")
        server.handler.is_mended = True
        number = str(listed[0]["id"])
        told = self.call("mail", "resend", number, OPENALMATY_DATABASE=str(self.database))
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertEqual(self.send(server), "1 tried")
        self.assertEqual(server.handler.recipients, ["bounce@example.kz"])
        told = self.call("mail", "resend", number, OPENALMATY_DATABASE=str(self.database))
        self.assertEqual(told.returncode, 1)
        self.assertIn("is not kept any more", told.stderr)

    def test_a_wrong_password_loses_no_mail(self) -> None:
        server = self.server(auth_required=True)
        self.queue("aida@example.kz")
        self.call("mail", "send", **self.settings(server, OPENALMATY_SMTP_PASSWORD="wrong"))
        self.assertEqual(self.rows("state, reason"), [("waiting", "the server answered 535 5.7.8")])
        self.make_due()
        self.send(server)
        self.assertEqual(server.handler.recipients, ["aida@example.kz"])

    def test_a_process_that_is_killed_while_sending_leaves_the_mail_to_the_next_after_its_lease(self) -> None:
        server = self.server()
        self.queue("hold@example.kz")
        process = subprocess.Popen([BINARY, "mail", "send"], env=self.environment(**self.settings(server)))
        while server.handler.arrived == 0 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        server.release()
        self.assertEqual(self.send(server), "0 tried")
        self.assertEqual(self.rows("state, attempts"), [("waiting", 1)])
        # Simulate the end of the lease. Mails that the server had accepted arrive again, with the same Message-ID.
        self.make_due()
        self.assertEqual(self.send(server), "1 tried")
        self.assertEqual(server.handler.raw[0], server.handler.raw[1])
        self.assertEqual(self.rows("state, attempts"), [("sent", 2)])

    def test_the_server_sends_what_is_queued_and_finishes_what_is_on_its_way(self) -> None:
        server = self.server()
        environment = self.environment(**self.settings(server), OPENALMATY_PORT="0")
        process = subprocess.Popen([BINARY, "serve"], env=environment, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        self.assertIn("http://", process.stdout.readline())
        self.queue("hold@example.kz")
        while server.handler.arrived == 0 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        server.release()
        self.assertEqual(process.wait(timeout=120), 0)
        self.assertEqual(server.handler.recipients, ["hold@example.kz"])
        self.assertEqual(self.rows("state, attempts"), [("sent", 1)])


if __name__ == "__main__":
    unittest.main()
