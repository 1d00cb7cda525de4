// SPDX-License-Identifier: Apache-2.0
#include "chain.h"

#include "kazakhstan.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

// Between a certificate and its root; the national authority has one.
enum { MOST_INTERMEDIATES = 4 };
// At least 112 bits: SHA-256, RSA with 2,048 bits.
enum { SECURITY_LEVEL = 2 };

static int is_gost(X509 *certificate) {
    EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate) : NULL;
    return key && EVP_PKEY_get_base_id(key) == NID_id_GostR3410_2012_512;
}

static enum cossl_finding finding(int error) {
    switch (error) {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return COSSL_SELF_SIGNED;
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        case X509_V_ERR_CERT_UNTRUSTED: return COSSL_UNTRUSTED;
        case X509_V_ERR_CERT_HAS_EXPIRED: return COSSL_EXPIRED;
        case X509_V_ERR_CERT_NOT_YET_VALID: return COSSL_NOT_YET_VALID;
        case X509_V_ERR_CERT_REVOKED: return COSSL_REVOKED;
        case X509_V_ERR_UNABLE_TO_GET_CRL:
        case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
        case X509_V_ERR_DIFFERENT_CRL_SCOPE:
        case X509_V_ERR_CRL_SIGNATURE_FAILURE: return COSSL_REVOCATION_UNKNOWN;
        case X509_V_ERR_CRL_NOT_YET_VALID:
        case X509_V_ERR_CRL_HAS_EXPIRED: return COSSL_REVOCATION_LIST_OUTDATED;
        case X509_V_ERR_INVALID_PURPOSE: return COSSL_KEY_USAGE;
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_CA_MD_TOO_WEAK: return COSSL_WEAK_CHAIN;
        case X509_V_ERR_OUT_OF_MEM: return COSSL_OUT_OF_MEMORY;
        default: return COSSL_CHAIN;
    }
}

static void explain(X509_STORE_CTX *context, struct cossl_result *result) {
    int error = X509_STORE_CTX_get_error(context);
    X509 *certificate = X509_STORE_CTX_get_current_cert(context);
    X509_CRL *list = X509_STORE_CTX_get0_current_crl(context);
    X509_REVOKED *entry = NULL;
    result->finding = finding(error);
    result->number = error;
    result->depth = X509_STORE_CTX_get_error_depth(context);
    if (result->finding == COSSL_KEY_USAGE && result->depth > 0) result->finding = COSSL_CHAIN;
    snprintf(result->text, sizeof result->text, "%s", X509_verify_cert_error_string(error));
    switch (error) {
        case X509_V_ERR_CERT_HAS_EXPIRED: result->at = cossl_seconds(X509_get0_notAfter(certificate)); break;
        case X509_V_ERR_CERT_NOT_YET_VALID: result->at = cossl_seconds(X509_get0_notBefore(certificate)); break;
        case X509_V_ERR_CRL_HAS_EXPIRED: result->at = list ? cossl_seconds(X509_CRL_get0_nextUpdate(list)) : 0; break;
        case X509_V_ERR_CRL_NOT_YET_VALID: result->at = list ? cossl_seconds(X509_CRL_get0_lastUpdate(list)) : 0; break;
        case X509_V_ERR_CERT_REVOKED:
            result->number = -1;
            if (!list || !X509_CRL_get0_by_cert(list, &entry, certificate) || !entry) break;
            result->at = cossl_seconds(X509_REVOKED_get0_revocationDate(entry));
            ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
            if (reason) result->number = ASN1_ENUMERATED_get(reason);
            ASN1_ENUMERATED_free(reason);
    }
}

// A missing list is a fault for the certificate of the signer only, because roots often publish none. The engine does not report
// the strength of its keys, which is 256 bits.
static int is_tolerated(X509_STORE_CTX *context) {
    switch (X509_STORE_CTX_get_error(context)) {
        case X509_V_ERR_UNABLE_TO_GET_CRL: return X509_STORE_CTX_get_error_depth(context) > 0;
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL: return is_gost(X509_STORE_CTX_get_current_cert(context));
        default: return 0;
    }
}

// The list at hand is known only while OpenSSL asks, so the fault is explained here.
static int judge(int is_good, X509_STORE_CTX *context) {
    if (is_good || is_tolerated(context)) return 1;
    explain(context, X509_STORE_CTX_get_app_data(context));
    return 0;
}


static void set_rules(X509_STORE_CTX *context, const struct cossl_trust *trust, long long now) {
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(rules, (time_t)now);
    X509_VERIFY_PARAM_set_depth(rules, MOST_INTERMEDIATES);
    X509_VERIFY_PARAM_set_auth_level(rules, SECURITY_LEVEL);
    // Meant for signing: digitalSignature or nonRepudiation, and e-mail protection if there are extended usages.
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SMIME_SIGN);
    if (trust->inventory.lists > 0) X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    X509_STORE_CTX_set_verify_cb(context, judge);
}

int cossl_check_chain(
    const struct cossl_trust *trust, X509 *signer, STACK_OF(X509) *others, long long now, struct cossl_result *result) {
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    int is_good = 0;
    result->finding = COSSL_OUT_OF_MEMORY;
    if (context && X509_STORE_CTX_init(context, trust->store, signer, others)
        && X509_STORE_CTX_set_app_data(context, result)) {
        set_rules(context, trust, now);
        is_good = X509_verify_cert(context) == 1;
        // Some faults, such as a lack of memory, are not asked about.
        if (!is_good && result->finding == COSSL_OUT_OF_MEMORY) explain(context, result);
    }
    X509_STORE_CTX_free(context);
    return is_good;
}

// A name that occurs twice, is longer than its room or has a NUL in it is left out, so that nobody reads the wrong half of it.
static void read_name(const X509_NAME *names, int nid, char *room, size_t size) {
    int index = X509_NAME_get_index_by_NID(names, nid, -1);
    if (index < 0 || X509_NAME_get_index_by_NID(names, nid, index) >= 0) return;
    unsigned char *text = NULL;
    int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(names, index)));
    if (length > 0 && (size_t)length < size && !memchr(text, 0, (size_t)length)) {
        memcpy(room, text, (size_t)length);
        room[length] = 0;
    }
    if (length >= 0) OPENSSL_free(text);
}

static void write_hexadecimal(const unsigned char *bytes, size_t length, char *room, size_t size) {
    for (size_t i = 0; i < length && 2 * i + 3 <= size; i++) snprintf(room + 2 * i, 3, "%02x", bytes[i]);
}

static void read_key(X509 *certificate, EVP_PKEY *key, struct cossl_result *result) {
    ASN1_OBJECT *algorithm = NULL;
    X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, X509_get_X509_PUBKEY(certificate));
    if (key) result->key_bits = EVP_PKEY_get_bits(key);
    int nid = OBJ_obj2nid(algorithm);
    if (nid == NID_undef) OBJ_obj2txt(result->key, sizeof result->key, algorithm, 1);
    else snprintf(result->key, sizeof result->key, "%s", OBJ_nid2sn(nid));
}

void cossl_describe(X509 *certificate, EVP_PKEY *key, struct cossl_result *result) {
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
    unsigned char fingerprint[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    result->has_certificate = 1;
    result->valid_from = cossl_seconds(X509_get0_notBefore(certificate));
    result->valid_until = cossl_seconds(X509_get0_notAfter(certificate));
    if (X509_digest(certificate, EVP_sha256(), fingerprint, &length))
        write_hexadecimal(fingerprint, length, result->fingerprint, sizeof result->fingerprint);
    write_hexadecimal(
        ASN1_STRING_get0_data(serial), (size_t)ASN1_STRING_length(serial), result->serial, sizeof result->serial);
    read_key(certificate, key, result);
    read_name(X509_get_issuer_name(certificate), NID_commonName, result->issuer, sizeof result->issuer);
    read_name(subject, NID_commonName, result->common_name, sizeof result->common_name);
    read_name(subject, NID_surname, result->surname, sizeof result->surname);
    read_name(subject, NID_givenName, result->given_name, sizeof result->given_name);
    read_name(subject, NID_serialNumber, result->serial_number, sizeof result->serial_number);
    read_name(subject, NID_organizationName, result->organization, sizeof result->organization);
    read_name(subject, NID_organizationalUnitName, result->unit, sizeof result->unit);
}
