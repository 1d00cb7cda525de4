// SPDX-License-Identifier: Apache-2.0
#define _DEFAULT_SOURCE  // timegm
#include "trust.h"

#include "kazakhstan.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

long long cossl_seconds(const ASN1_TIME *time) {
    struct tm parts;
    return time && ASN1_TIME_to_tm(time, &parts) ? (long long)timegm(&parts) : 0;
}

struct cossl_trust *cossl_trust_new(void) {
    cossl_prepare();
    struct cossl_trust *trust = calloc(1, sizeof *trust);
    if (trust && !(trust->store = X509_STORE_new())) {
        free(trust);
        trust = NULL;
    }
    return trust;
}

void cossl_trust_free(struct cossl_trust *trust) {
    if (!trust) return;
    X509_STORE_free(trust->store);
    free(trust);
}

struct cossl_inventory cossl_trust_inventory(const struct cossl_trust *trust) {
    struct cossl_inventory inventory = trust->inventory;
    inventory.has_gost = cossl_uses_gost();
    return inventory;
}

static long long earlier(long long known, long long other) { return known == 0 || other < known ? other : known; }

// Certificates with Kazakh keys are read again once the engine is there.
static int add_certificate(struct cossl_trust *trust, const unsigned char *bytes, size_t length) {
    int needs_gost = 0, is_added = 0;
    X509 *certificate = cossl_certificate(bytes, length, &needs_gost);
    if (certificate && needs_gost) {
        trust->inventory.needs_gost = 1;
        X509_free(certificate);
        cossl_use_gost();
        certificate = cossl_certificate(bytes, length, &needs_gost);
    }
    if (certificate && X509_STORE_add_cert(trust->store, certificate)) {
        trust->inventory.certificates++;
        if (X509_get_extension_flags(certificate) & EXFLAG_SI) trust->inventory.roots++;
        trust->inventory.first_expiry =
            earlier(trust->inventory.first_expiry, cossl_seconds(X509_get0_notAfter(certificate)));
        is_added = 1;
    }
    X509_free(certificate);
    return is_added;
}

static int add_list(struct cossl_trust *trust, const unsigned char *bytes, size_t length) {
    int needs_gost = 0;
    X509_CRL *list = cossl_list(bytes, length, &needs_gost);
    int is_added = list && X509_STORE_add_crl(trust->store, list);
    if (is_added) {
        if (needs_gost) trust->inventory.needs_gost = 1;
        trust->inventory.lists++;
        trust->inventory.first_update =
            earlier(trust->inventory.first_update, cossl_seconds(X509_CRL_get0_nextUpdate(list)));
    }
    X509_CRL_free(list);
    return is_added;
}

static int add_pem(struct cossl_trust *trust, BIO *input) {
    char *name, *header;
    unsigned char *bytes;
    long length;
    int count = 0;
    while (count >= 0 && PEM_read_bio(input, &name, &header, &bytes, &length)) {
        int is_certificate = strcmp(name, PEM_STRING_X509) == 0, is_list = strcmp(name, PEM_STRING_X509_CRL) == 0;
        int is_added = is_certificate ? add_certificate(trust, bytes, (size_t)length)
            : is_list ? add_list(trust, bytes, (size_t)length) : 0;
        count = is_added ? count + 1 : -1;
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(bytes);
    }
    unsigned long error = ERR_peek_last_error();
    int is_end = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    return is_end || count < 0 ? count : -1;
}

int cossl_trust_add(struct cossl_trust *trust, const void *bytes, size_t length) {
    int count;
    if (length > 0 && *(const unsigned char *)bytes == 0x30) {
        count = add_certificate(trust, bytes, length) || add_list(trust, bytes, length) ? 1 : -1;
    } else {
        BIO *input = BIO_new_mem_buf(bytes, (int)length);
        count = input ? add_pem(trust, input) : -1;
        BIO_free(input);
    }
    ERR_clear_error();
    return count;
}
