// SPDX-License-Identifier: Apache-2.0
// Certificates of the National Certification Authority of Kazakhstan with keys of GOST 34.10-2015, for an OpenSSL that knows
// the same algorithm under Russian names only (RFC 7091, RFC 9215).
#ifndef KAZAKHSTAN_H
#define KAZAKHSTAN_H

#include <openssl/x509.h>

/// Prepares OpenSSL; does so once.
void cossl_prepare(void);
/// Loads OpenSSL's GOST engine and gives the Kazakh names of its algorithms a meaning, once; whether it is in use.
int cossl_use_gost(void);
/// Whether the engine is in use.
int cossl_uses_gost(void);
/// Reads a certificate (DER) without anything after it; NULL when malformed. `needs_gost` is set for a Kazakh key or signature.
X509 *cossl_certificate(const unsigned char *bytes, size_t length, int *needs_gost);
/// Reads a revocation list (DER) without anything after it; NULL when malformed.
X509_CRL *cossl_list(const unsigned char *bytes, size_t length, int *needs_gost);
/// Whether an algorithm is the Kazakh digest, signature or key of GOST 34.10-2015 with 512 bits.
int cossl_is_digest(const ASN1_OBJECT *algorithm);
int cossl_is_signature(const ASN1_OBJECT *algorithm);
int cossl_is_key(const ASN1_OBJECT *algorithm);
/// Turns a signature between the Kazakh and the Russian order of bytes.
void cossl_reverse(unsigned char *bytes, size_t length);
/// The length of a signature in bytes.
enum { COSSL_GOST_LENGTH = 128 };

#endif
