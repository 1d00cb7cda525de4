#!/usr/bin/env python3
"""An OpenID provider for tests: oidc-provider-mock, which sets no key id in its id_tokens and does not support PKCE.

    mock_provider.py [--token-life SECONDS]

Listens on a free port of 127.0.0.1, prints {"base": …, "issuer": …} as one line and runs until it is stopped. A negative
token life makes expired tokens.
"""

from __future__ import annotations

import argparse
import json
import logging
import warnings
from datetime import timedelta

warnings.simplefilter("ignore")

import oidc_provider_mock  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402


def main() -> None:
    """Runs the provider."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--token-life", type=int, default=3600)
    arguments = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = oidc_provider_mock.app(
        require_client_registration=True,
        require_nonce=True,
        access_token_max_age=timedelta(seconds=arguments.token_life),
    )
    server = make_server("127.0.0.1", 0, application, threaded=True)
    base = f"http://127.0.0.1:{server.server_port}"
    print(json.dumps({"base": base, "issuer": base}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
