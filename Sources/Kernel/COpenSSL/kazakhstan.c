// SPDX-License-Identifier: Apache-2.0
#define OPENSSL_SUPPRESS_DEPRECATED  // engines, the only form in which Debian has GOST for OpenSSL
#include "kazakhstan.h"

#include <openssl/crypto.h>
#include <openssl/engine.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

// The names under which the authority uses GOST R 34.10-2012 with 512 bits (parameter set A of TC26) and GOST R 34.11-2012.
// The arithmetic is the same. Only signatures have their bytes in the opposite order: r and s as little-endian numbers, whereas
// RFC 9215 has s and r as big-endian numbers. Keys are encoded alike.
static const char key_oid[] = "1.2.398.3.10.1.1.2.2", signature_oid[] = "1.2.398.3.10.1.1.2.3.2";
static const char digest_oid[] = "1.2.398.3.10.1.3.3", digest_name[] = "kz-gost34.11-2015-512";

// The algorithm of a key: 1.2.398.3.10.1.1.2.2 with the parameters 1.2.398.3.10.1.1.2.2.1 and 1.2.398.3.10.1.3.3.
static const unsigned char kazakh_algorithm[] = {
    0x30, 0x23, 0x06, 0x09, 0x2A, 0x83, 0x0E, 0x03, 0x0A, 0x01, 0x01, 0x02, 0x02, 0x30, 0x16, 0x06, 0x0A, 0x2A, 0x83,
    0x0E, 0x03, 0x0A, 0x01, 0x01, 0x02, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x83, 0x0E, 0x03, 0x0A, 0x01, 0x03, 0x03};

// The beginning of a SubjectPublicKeyInfo with 1.2.643.7.1.1.1.2, 1.2.643.7.1.2.1.2.1 and 1.2.643.7.1.1.2.3; the key follows.
static const unsigned char russian_key[] = {
    0x30, 0x81, 0xAA, 0x30, 0x21, 0x06, 0x08, 0x2A, 0x85, 0x03, 0x07, 0x01, 0x01, 0x01, 0x02, 0x30, 0x15, 0x06, 0x09,
    0x2A, 0x85, 0x03, 0x07, 0x01, 0x02, 0x01, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x85, 0x03, 0x07, 0x01, 0x01, 0x02, 0x03,
    0x03, 0x81, 0x84, 0x00};

static pthread_once_t prepared = PTHREAD_ONCE_INIT, loaded = PTHREAD_ONCE_INIT;
static int key_nid, signature_nid, digest_nid;
static atomic_int is_in_use;

static void prepare(void) {
    // As in CCurl: at exit OpenSSL would free memory that threads still shutting down use.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
    key_nid = OBJ_create(key_oid, "kz-gost34.10-2015-512", "GOST 34.10-2015 with 512 bits");
    signature_nid = OBJ_create(signature_oid, "kz-gost34.10-2015-512-sign", "GOST 34.10-2015 with GOST 34.11-2015");
    digest_nid = OBJ_create(digest_oid, digest_name, "GOST 34.11-2015 with 512 bits");
}

void cossl_prepare(void) { pthread_once(&prepared, prepare); }

static int name_algorithms(ENGINE *engine) {
    const EVP_MD *digest = ENGINE_get_digest(engine, NID_id_GostR3411_2012_512);
    return digest && EVP_add_digest(digest) && EVP_add_digest_alias(EVP_MD_get0_name(digest), digest_name)
        && OBJ_add_sigid(signature_nid, NID_id_GostR3411_2012_512, NID_id_GostR3410_2012_512);
}

static void load(void) {
    cossl_prepare();
    OPENSSL_init_crypto(OPENSSL_INIT_ENGINE_DYNAMIC, NULL);
    ENGINE *engine = ENGINE_by_id("gost");
    if (engine && ENGINE_init(engine)) {  // never released: keys refer to it until the process ends
        is_in_use = ENGINE_set_default_digests(engine) && ENGINE_set_default_pkey_meths(engine)
            && ENGINE_set_default_pkey_asn1_meths(engine) && name_algorithms(engine);
    }
    ENGINE_free(engine);
}

int cossl_use_gost(void) {
    pthread_once(&loaded, load);
    return is_in_use;
}

int cossl_uses_gost(void) { return is_in_use; }

static int is(const ASN1_OBJECT *algorithm, int nid) { return nid != NID_undef && OBJ_obj2nid(algorithm) == nid; }
int cossl_is_digest(const ASN1_OBJECT *algorithm) { return is(algorithm, digest_nid); }
int cossl_is_signature(const ASN1_OBJECT *algorithm) { return is(algorithm, signature_nid); }
int cossl_is_key(const ASN1_OBJECT *algorithm) { return is(algorithm, key_nid); }

void cossl_reverse(unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < length / 2; i++) {
        unsigned char byte = bytes[i];
        bytes[i] = bytes[length - 1 - i];
        bytes[length - 1 - i] = byte;
    }
}

// The signature is the last part of a certificate or revocation list. It is reversed before parsing, and nothing else changes.
static unsigned char *with_reversed_signature(const unsigned char *bytes, size_t length, const ASN1_BIT_STRING *signature) {
    if (ASN1_STRING_length(signature) != COSSL_GOST_LENGTH || length < COSSL_GOST_LENGTH) return NULL;
    unsigned char *copy = OPENSSL_memdup(bytes, length);
    if (copy) cossl_reverse(copy + length - COSSL_GOST_LENGTH, COSSL_GOST_LENGTH);
    return copy;
}

// Gives a certificate the key that OpenSSL understands. What the certificate's signature covers stays as it was encoded.
static void replace_key(X509 *certificate) {
    const unsigned char *key;
    int length;
    X509_ALGOR *algorithm;
    X509_PUBKEY *held = X509_get_X509_PUBKEY(certificate);
    unsigned char *encoded = NULL, replacement[sizeof russian_key + COSSL_GOST_LENGTH + 3];
    if (!held || !X509_PUBKEY_get0_param(NULL, &key, &length, &algorithm, held)) return;
    int is_known = i2d_X509_ALGOR(algorithm, &encoded) == sizeof kazakh_algorithm
        && memcmp(encoded, kazakh_algorithm, sizeof kazakh_algorithm) == 0;
    OPENSSL_free(encoded);
    if (!is_known || length != COSSL_GOST_LENGTH + 3) return;
    memcpy(replacement, russian_key, sizeof russian_key);
    memcpy(replacement + sizeof russian_key, key, (size_t)length);
    const unsigned char *position = replacement;
    d2i_X509_PUBKEY(&held, &position, sizeof replacement);
}

X509 *cossl_certificate(const unsigned char *bytes, size_t length, int *needs_gost) {
    const unsigned char *position = bytes;
    X509 *certificate = d2i_X509(NULL, &position, (long)length);
    if (!certificate || position != bytes + length) return X509_free(certificate), NULL;
    const ASN1_BIT_STRING *signature;
    const X509_ALGOR *algorithm;
    ASN1_OBJECT *key = NULL;
    X509_get0_signature(&signature, &algorithm, certificate);
    X509_PUBKEY_get0_param(&key, NULL, NULL, NULL, X509_get_X509_PUBKEY(certificate));
    int is_signature = cossl_is_signature(algorithm->algorithm), is_key = cossl_is_key(key);
    if (is_signature || is_key) *needs_gost = 1;
    if (is_signature) {
        unsigned char *copy = with_reversed_signature(bytes, length, signature);
        const unsigned char *start = copy;
        X509_free(certificate);
        certificate = copy ? d2i_X509(NULL, &start, (long)length) : NULL;
        OPENSSL_free(copy);
    }
    if (certificate && is_key && cossl_uses_gost()) replace_key(certificate);
    return certificate;
}

X509_CRL *cossl_list(const unsigned char *bytes, size_t length, int *needs_gost) {
    const unsigned char *position = bytes;
    X509_CRL *list = d2i_X509_CRL(NULL, &position, (long)length);
    if (!list || position != bytes + length) return X509_CRL_free(list), NULL;
    const ASN1_BIT_STRING *signature;
    const X509_ALGOR *algorithm;
    X509_CRL_get0_signature(list, &signature, &algorithm);
    if (!cossl_is_signature(algorithm->algorithm)) return list;
    *needs_gost = 1;
    unsigned char *copy = with_reversed_signature(bytes, length, signature);
    const unsigned char *start = copy;
    X509_CRL_free(list);
    list = copy ? d2i_X509_CRL(NULL, &start, (long)length) : NULL;
    OPENSSL_free(copy);
    return list;
}
