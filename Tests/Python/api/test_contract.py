"""The comparison of answers with the OpenAPI document, which all other tests rely on, finds answers that differ from it."""

from __future__ import annotations

import json
import unittest
import urllib.error
import urllib.request

import contract
from portal import Portal

RESOLVE = "/api/v1/resolve?lon=76.9453&lat=43.2383"


class ContractCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.portal = Portal()
        cls.addClassCleanup(cls.portal.stop)

    def answer(self, path: str, data: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
        """An answer of the portal, which the client has checked."""
        request = urllib.request.Request(self.portal.base + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def refuse(self, path: str, status: int, fields: dict[str, str], body: bytes, method: str = "GET") -> None:
        with self.subTest(status=status, body=body[:80]), self.assertRaises(contract.UndocumentedAnswer):
            contract.check(method, self.portal.base + path, status, fields, body)

    def test_a_changed_answer_is_refused(self) -> None:
        status, fields, body = self.answer(RESOLVE)
        self.assertEqual(status, 200)
        contract.check("GET", self.portal.base + RESOLVE, status, fields, body)
        good = json.loads(body)
        for changed in (
            {**good, "colour": "red"},
            {name: value for name, value in good.items() if name != "authority"},
            {**good, "inside": "yes"},
            {**good, "inside": False},
            {**good, "district": None},
            {**good, "district": {**good["district"], "slug": 7}},
            {**good, "boundary_version": None},
            [good],
        ):
            self.refuse(RESOLVE, status, fields, json.dumps(changed).encode())
        self.refuse(RESOLVE, status, fields, body[:-1])
        self.refuse(RESOLVE, status, fields, body.replace(b'"inside":true', b'"inside":true,"inside":true'))
        self.refuse(RESOLVE, 201, fields, body)
        self.refuse(RESOLVE, status, {**fields, "Content-Type": "text/html"}, body)
        self.refuse(RESOLVE, status, {name: value for name, value in fields.items() if name.lower() != "etag"}, body)
        self.refuse("/api/v1/nothing", status, fields, body)

    def test_a_changed_problem_is_refused(self) -> None:
        for path, data in (("/api/v1/resolve", None), ("/api/v1/resolve", b"[]"), ("/api/v1/nothing", None)):
            status, fields, body = self.answer(path, data)
            self.assertGreaterEqual(status, 400)
            good = json.loads(body)
            for changed in ({**good, "status": 499}, {**good, "errors": None}, {**good, "trace": "a"}):
                self.refuse(path, status, fields, json.dumps(changed).encode(), "POST" if data else "GET")

    def test_an_answer_without_its_fields_is_refused(self) -> None:
        body = json.dumps({"type": "a", "title": "b", "status": 503, "detail": "c", "errors": []}).encode()
        fields = {"Content-Type": contract.PROBLEM, "Retry-After": "2"}
        contract.check("GET", self.portal.base + RESOLVE, 503, fields, body)
        self.refuse(RESOLVE, 503, {"Content-Type": contract.PROBLEM}, body)
        self.refuse(RESOLVE, 503, {**fields, "Retry-After": "soon"}, body)

    def test_the_client_of_the_tests_refuses_by_itself(self) -> None:
        documented = contract._watched[self.portal.base]
        narrow = json.loads(json.dumps(documented.document))
        del narrow["components"]["schemas"]["Health"]["properties"]["status"]
        contract._watched[self.portal.base] = contract.Contract(narrow)
        self.addCleanup(contract._watched.__setitem__, self.portal.base, documented)
        with self.assertRaises(contract.UndocumentedAnswer):
            self.answer("/healthz")


if __name__ == "__main__":
    unittest.main()
