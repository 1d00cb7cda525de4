// SPDX-License-Identifier: Apache-2.0
// A minimal wrapper for the CMS and X.509 functions of OpenSSL's libcrypto, many of which are macros that Swift cannot call.
// OpenSSL's own headers are not included here, so that nothing of them leaks into Swift.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stddef.h>

/// What a verification finds.
enum cossl_finding {
    COSSL_VALID = 0,
    COSSL_OUT_OF_MEMORY,
    COSSL_MALFORMED,                // not CMS, or bytes follow it
    COSSL_NOT_SIGNED_DATA,          // CMS of another kind, or signed data of another type than plain data
    COSSL_SIGNERS,                  // not exactly one signer; `number` has how many
    COSSL_CERTIFICATES,             // too many certificates; `number` has how many
    COSSL_NO_CERTIFICATE,           // the certificate of the signer is not there
    COSSL_NO_ATTRIBUTES,            // no signed attributes, or not one content type and one digest
    COSSL_WEAK_DIGEST,              // `text` has its name
    COSSL_ALGORITHM,                // a key that is not supported; `text` has its name or OID
    COSSL_GOST_ENGINE,              // a key of the national authority, and the GOST engine of OpenSSL is not in use
    COSSL_WEAK_KEY,                 // `number` has its bits
    COSSL_KEY_USAGE,                // the certificate is not meant for signing documents
    COSSL_UNTRUSTED,                // no chain to a root
    COSSL_SELF_SIGNED,              // the signer's certificate is signed by itself
    COSSL_EXPIRED,                  // a certificate of the chain; `depth`, `at`
    COSSL_NOT_YET_VALID,            // a certificate of the chain; `depth`, `at`
    COSSL_REVOKED,                  // a certificate of the chain; `depth`, `at`, `number` has the reason code or -1
    COSSL_REVOCATION_UNKNOWN,       // no revocation list of the signer's issuer
    COSSL_REVOCATION_LIST_OUTDATED, // `at` has when it expired or begins
    COSSL_WEAK_CHAIN,               // a key or a digest of the chain is too weak; `depth`
    COSSL_CHAIN,                    // another fault of the chain; `number`, `depth`, `text`
    COSSL_WRONG_SIGNATURE,          // the key did not make this signature
    COSSL_OTHER_CONTENT             // the signature is over something else
};

/// What was found; texts are UTF-8, times seconds since 1970.
struct cossl_result {
    enum cossl_finding finding;
    long number;
    int depth;                       // 0 is the signer's certificate
    long long at;
    char text[256];

    int is_attached;
    int has_signing_time;
    long long signing_time;          // as the signer claims it
    char digest[64];
    char key[64];
    int key_bits;

    int has_certificate;             // the following were read
    long long valid_from, valid_until;
    char serial[132];                // hexadecimal
    char fingerprint[65];            // SHA-256 of the certificate, hexadecimal
    char issuer[512];                // the common name
    // Of the subject; empty when missing, repeated, longer or with a NUL in it.
    char common_name[512], surname[256], given_name[256], serial_number[64], organization[2048], unit[256];
};

/// Certificates to trust, and lists of revoked ones; may be read by many threads.
struct cossl_trust;

/// What a trust holds.
struct cossl_inventory {
    size_t certificates, roots, lists;
    long long first_expiry;          // of a certificate; 0 without any
    long long first_update;          // the first next update of a list; 0 without any
    int needs_gost, has_gost;        // keys of the national authority; the engine of OpenSSL is in use
};

/// A new trust, without anything; NULL without memory.
struct cossl_trust *cossl_trust_new(void);
/// Adds all certificates and revocation lists of a file: PEM, or one of them as DER. Returns how many; -1 when one is malformed.
int cossl_trust_add(struct cossl_trust *trust, const void *bytes, size_t length);
/// What it holds.
struct cossl_inventory cossl_trust_inventory(const struct cossl_trust *trust);
/// Frees it.
void cossl_trust_free(struct cossl_trust *trust);

/// Verifies a CMS signature (DER or BER) over a content; `now` in seconds since 1970. Blocks for milliseconds.
void cossl_verify(
    const struct cossl_trust *trust, const void *cms, size_t cms_length, const void *content, size_t content_length,
    long most_certificates, long long now, struct cossl_result *result);

#endif
