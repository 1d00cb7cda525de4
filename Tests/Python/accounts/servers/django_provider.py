#!/usr/bin/env python3
"""An OpenID provider for tests: django-oauth-toolkit, which enforces PKCE, with a person who is always signed in.

    django_provider.py FOLDER [--tells-issuer]

Listens on a free port of 127.0.0.1, prints {"base": …, "issuer": …} as one line and runs until it is stopped. Besides the
provider's own endpoints there are two for tests: POST /test/clients {"redirect_uri"} returns {"client_id", "client_secret"},
and PUT /test/person sets the claims ("sub" and others) of the person signed in from now on.
"""

from __future__ import annotations

import argparse
import json
import logging
import secrets
from pathlib import Path

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from werkzeug.serving import make_server

PERSON = {"sub": "aigul", "name": "Айгүл Серікқызы", "email": "aigul@example.kz", "email_verified": True}


class Deferred:
    """The application, which can only be made once the port is known."""

    application = None

    def __call__(self, environment, start_response):
        return self.application(environment, start_response)


def new_key() -> str:
    """A signing key in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def configure(folder: Path, base: str, tells_issuer: bool) -> None:
    """Configures Django: a database in the folder, the provider under /o."""
    settings.configure(
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite")}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            f"{__name__}.always_signed_in",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": f"{base}/o",
            "OIDC_RSA_PRIVATE_KEY": new_key(),
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
            "SCOPES": {"openid": "OpenID", "email": "E-mail address", "profile": "Name"},
            "PKCE_REQUIRED": True,
            "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": tells_issuer,
        },
    )
    django.setup()


def always_signed_in(get_response):
    """Middleware that signs in the person who was set last."""

    def handle(request):
        from django.contrib.auth import get_user_model

        user, _ = get_user_model().objects.get_or_create(username=PERSON["sub"])
        request.user = user
        return get_response(request)

    return handle


def make_validator():
    """The validator that supplies the claims; its base class requires Django to be configured."""
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):
        def get_additional_claims(self, request):
            return dict(PERSON)

    return Validator


def add_client(request):
    """POST /test/clients: registers a confidential client with one redirect URI."""
    from django.http import JsonResponse
    from oauth2_provider.models import get_application_model

    client_id, client_secret = secrets.token_hex(12), secrets.token_urlsafe(24)
    get_application_model().objects.create(
        name="Open Almaty", client_id=client_id, client_secret=client_secret, client_type="confidential",
        authorization_grant_type="authorization-code", algorithm="RS256",
        redirect_uris=json.loads(request.body)["redirect_uri"],
    )
    return JsonResponse({"client_id": client_id, "client_secret": client_secret})


def set_person(request):
    """PUT /test/person: sets the person who is signed in from now on."""
    from django.http import HttpResponse

    PERSON.clear()
    PERSON.update(json.loads(request.body))
    return HttpResponse(status=204)


def main() -> None:
    """Runs the provider."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tells-issuer", action="store_true")
    arguments = parser.parse_args()

    deferred = Deferred()
    server = make_server("127.0.0.1", 0, deferred, threaded=True)
    base = f"http://127.0.0.1:{server.server_port}"
    configure(arguments.folder, base, arguments.tells_issuer)

    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path
    from django.views.decorators.csrf import csrf_exempt

    globals()["Validator"] = make_validator()
    globals()["urlpatterns"] = [
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        path("test/clients", csrf_exempt(add_client)),
        path("test/person", csrf_exempt(set_person)),
    ]
    call_command("migrate", verbosity=0)
    deferred.application = get_wsgi_application()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    print(json.dumps({"base": base, "issuer": f"{base}/o"}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
