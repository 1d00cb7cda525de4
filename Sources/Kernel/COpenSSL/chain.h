// SPDX-License-Identifier: Apache-2.0
#ifndef CHAIN_H
#define CHAIN_H

#include "trust.h"

/// Looks for a chain from a signer's certificate to a root and judges it; whether it is good, with the fault in `result` if not.
int cossl_check_chain(
    const struct cossl_trust *trust, X509 *signer, STACK_OF(X509) *others, long long now, struct cossl_result *result);

/// Reads the facts of a certificate as it was sent; `key` is its key as OpenSSL understands it, or NULL.
void cossl_describe(X509 *certificate, EVP_PKEY *key, struct cossl_result *result);

#endif
