// SPDX-License-Identifier: Apache-2.0
#include "chain.h"
#include "kazakhstan.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// RSA with more bits takes long and nobody uses it.
enum { LEAST_RSA_BITS = 2048, MOST_RSA_BITS = 8192 };

static int refuse(struct cossl_result *result, enum cossl_finding finding) {
    result->finding = finding;
    return 0;
}

static int refuse_algorithm(struct cossl_result *result, enum cossl_finding finding, const ASN1_OBJECT *algorithm) {
    int nid = OBJ_obj2nid(algorithm);
    if (nid == NID_undef) OBJ_obj2txt(result->text, sizeof result->text, algorithm, 1);
    else snprintf(result->text, sizeof result->text, "%s", OBJ_nid2sn(nid));
    return refuse(result, finding);
}

static CMS_ContentInfo *parse(const void *bytes, size_t length, struct cossl_result *result) {
    const unsigned char *position = bytes;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &position, (long)length);
    if (!cms || position != (const unsigned char *)bytes + length) refuse(result, COSSL_MALFORMED);
    else if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed) refuse(result, COSSL_NOT_SIGNED_DATA);
    else if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data) refuse(result, COSSL_NOT_SIGNED_DATA);
    else return cms;
    CMS_ContentInfo_free(cms);
    return NULL;
}

// The certificates that came with the signature: as they were sent, and as OpenSSL understands them, in the same order.
struct certificates {
    STACK_OF(X509) *sent, *readable;
};

static int read_certificates(CMS_ContentInfo *cms, long most, struct certificates *all, struct cossl_result *result) {
    all->sent = CMS_get1_certs(cms);
    all->readable = sk_X509_new_null();
    int count = sk_X509_num(all->sent);
    result->number = count;
    if (count > most) return refuse(result, COSSL_CERTIFICATES);
    for (int i = 0; i < count; i++) {
        unsigned char *bytes = NULL;
        int needs_gost = 0, length = i2d_X509(sk_X509_value(all->sent, i), &bytes);
        X509 *certificate = length > 0 ? cossl_certificate(bytes, (size_t)length, &needs_gost) : NULL;
        OPENSSL_free(bytes);
        if (!certificate || !sk_X509_push(all->readable, certificate)) {
            X509_free(certificate);
            return refuse(result, COSSL_MALFORMED);
        }
    }
    return 1;
}

static int is_digest_allowed(const ASN1_OBJECT *algorithm) {
    switch (OBJ_obj2nid(algorithm)) {
        case NID_sha256: case NID_sha384: case NID_sha512:
        case NID_sha3_256: case NID_sha3_384: case NID_sha3_512: return 1;
        default: return cossl_is_digest(algorithm);
    }
}

static int check_key(X509 *signer, struct cossl_result *result) {
    ASN1_OBJECT *algorithm = NULL;
    X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, X509_get_X509_PUBKEY(signer));
    EVP_PKEY *key = X509_get0_pubkey(signer);
    if (!key && cossl_is_key(algorithm) && !cossl_uses_gost()) return refuse(result, COSSL_GOST_ENGINE);
    switch (key ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE) {
        case EVP_PKEY_RSA: case EVP_PKEY_RSA_PSS:
            result->number = result->key_bits;
            if (result->key_bits < LEAST_RSA_BITS) return refuse(result, COSSL_WEAK_KEY);
            if (result->key_bits > MOST_RSA_BITS) return refuse_algorithm(result, COSSL_ALGORITHM, algorithm);
            return 1;
        case EVP_PKEY_EC:
            result->number = result->key_bits;
            return result->key_bits >= 224 ? 1 : refuse(result, COSSL_WEAK_KEY);
        case NID_id_GostR3410_2012_512: return 1;
        default: return refuse_algorithm(result, COSSL_ALGORITHM, algorithm);
    }
}

// A person signs a document: nonRepudiation, called contentCommitment today (RFC 5280, 4.2.1.3). The keys with which people of
// Kazakhstan sign in do not have it.
static int check_usage(X509 *signer, struct cossl_result *result) {
    uint32_t usage = X509_get_key_usage(signer);
    int is_authority = (X509_get_extension_flags(signer) & EXFLAG_CA) != 0;
    return (usage & KU_NON_REPUDIATION) && !is_authority ? 1 : refuse(result, COSSL_KEY_USAGE);
}

static void read_signing_time(CMS_SignerInfo *signature, struct cossl_result *result) {
    int index = CMS_signed_get_attr_by_NID(signature, NID_pkcs9_signingTime, -1);
    X509_ATTRIBUTE *attribute = index < 0 ? NULL : CMS_signed_get_attr(signature, index);
    ASN1_TYPE *value = attribute && X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
    if (!value || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME)) return;
    result->has_signing_time = 1;
    result->signing_time = cossl_seconds((const ASN1_TIME *)value->value.asn1_string);
}

// The digest of the content must be the one that was signed.
static int check_content(
    CMS_ContentInfo *cms, CMS_SignerInfo *signature, const EVP_MD *digest, const void *content, size_t length,
    struct cossl_result *result) {
    ASN1_OCTET_STRING **held = CMS_get0_content(cms);
    if (held && *held) {
        result->is_attached = 1;
        int is_same = (size_t)ASN1_STRING_length(*held) == length
            && (length == 0 || memcmp(ASN1_STRING_get0_data(*held), content, length) == 0);
        if (!is_same) return refuse(result, COSSL_OTHER_CONTENT);
    }
    const ASN1_OCTET_STRING *signed_digest = CMS_signed_get0_data_by_OBJ(
        signature, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
    const ASN1_OBJECT *type = CMS_signed_get0_data_by_OBJ(
        signature, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
    if (!signed_digest || !type || OBJ_obj2nid(type) != NID_pkcs7_data) return refuse(result, COSSL_NO_ATTRIBUTES);
    unsigned char computed[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!EVP_Digest(content, length, computed, &size, digest, NULL)) return refuse(result, COSSL_OUT_OF_MEMORY);
    int is_same = (unsigned int)ASN1_STRING_length(signed_digest) == size
        && memcmp(ASN1_STRING_get0_data(signed_digest), computed, size) == 0;
    return is_same ? 1 : refuse(result, COSSL_OTHER_CONTENT);
}

static int check_signature(CMS_SignerInfo *signature, const X509_ALGOR *digest, struct cossl_result *result) {
    ASN1_OCTET_STRING *bytes = CMS_SignerInfo_get0_signature(signature);
    if (cossl_is_digest(digest->algorithm)) {
        // The string belongs to this verification alone.
        if (ASN1_STRING_length(bytes) != COSSL_GOST_LENGTH) return refuse(result, COSSL_WRONG_SIGNATURE);
        cossl_reverse((unsigned char *)ASN1_STRING_get0_data(bytes), COSSL_GOST_LENGTH);
    }
    return CMS_SignerInfo_verify(signature) == 1 ? 1 : refuse(result, COSSL_WRONG_SIGNATURE);
}

// Keys are used only after a root has vouched for them, so that nobody can send one that takes long to compute with.
static int check(
    const struct cossl_trust *trust, CMS_ContentInfo *cms, const struct certificates *all, const void *content, size_t length,
    long long now, struct cossl_result *result) {
    STACK_OF(CMS_SignerInfo) *signatures = CMS_get0_SignerInfos(cms);
    result->number = sk_CMS_SignerInfo_num(signatures);
    if (result->number != 1) return refuse(result, COSSL_SIGNERS);
    CMS_SignerInfo *signature = sk_CMS_SignerInfo_value(signatures, 0);
    X509 *signer = NULL;
    X509_ALGOR *digest_algorithm = NULL;
    CMS_set1_signers_certs(cms, all->readable, CMS_NOINTERN);
    CMS_SignerInfo_get0_algs(signature, NULL, &signer, &digest_algorithm, NULL);
    if (!signer) return refuse(result, COSSL_NO_CERTIFICATE);
    cossl_describe(sk_X509_value(all->sent, sk_X509_find(all->readable, signer)), X509_get0_pubkey(signer), result);
    read_signing_time(signature, result);
    snprintf(result->digest, sizeof result->digest, "%s", OBJ_nid2sn(OBJ_obj2nid(digest_algorithm->algorithm)));
    if (!is_digest_allowed(digest_algorithm->algorithm))
        return refuse_algorithm(result, COSSL_WEAK_DIGEST, digest_algorithm->algorithm);
    if (!check_key(signer, result) || !check_usage(signer, result)) return 0;
    if (!cossl_check_chain(trust, signer, all->readable, now, result)) return 0;
    const EVP_MD *digest = EVP_get_digestbyobj(digest_algorithm->algorithm);
    if (!digest) return refuse_algorithm(result, COSSL_WEAK_DIGEST, digest_algorithm->algorithm);
    if (CMS_signed_get_attr_count(signature) <= 0) return refuse(result, COSSL_NO_ATTRIBUTES);
    return check_signature(signature, digest_algorithm, result)
        && check_content(cms, signature, digest, content, length, result);
}

void cossl_verify(
    const struct cossl_trust *trust, const void *cms, size_t cms_length, const void *content, size_t content_length,
    long most_certificates, long long now, struct cossl_result *result) {
    *result = (struct cossl_result){.finding = COSSL_OUT_OF_MEMORY};
    CMS_ContentInfo *parsed = parse(cms, cms_length, result);
    struct certificates all = {NULL, NULL};
    if (parsed && read_certificates(parsed, most_certificates, &all, result)
        && check(trust, parsed, &all, content, content_length, now, result)) result->finding = COSSL_VALID;
    sk_X509_pop_free(all.sent, X509_free);
    sk_X509_pop_free(all.readable, X509_free);
    CMS_ContentInfo_free(parsed);
    ERR_clear_error();
}
