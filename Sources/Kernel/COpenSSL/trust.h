// SPDX-License-Identifier: Apache-2.0
#ifndef TRUST_H
#define TRUST_H

#include "COpenSSL.h"

#include <openssl/asn1.h>
#include <openssl/x509.h>

/// Certificates and revocation lists, and what of them is counted.
struct cossl_trust {
    X509_STORE *store;
    struct cossl_inventory inventory;
};

/// Seconds since 1970; 0 for a time that is malformed.
long long cossl_seconds(const ASN1_TIME *time);

#endif
