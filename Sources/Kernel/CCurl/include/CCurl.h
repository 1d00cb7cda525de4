// SPDX-License-Identifier: Apache-2.0
// A minimal wrapper for libcurl's SMTP client: curl_easy_setopt is variadic, which Swift cannot call. curl's own header
// is not included here, so that nothing of it leaks into Swift.
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

enum ccurl_security { CCURL_PLAIN = 0, CCURL_STARTTLS = 1, CCURL_TLS = 2 };

/// How to reach a server; strings that are NULL are not set.
struct ccurl_server {
    const char *url;       // smtp://host:port/name-we-say-in-EHLO
    const char *username;
    const char *password;
    const char *ca_file;
    enum ccurl_security security;
    long milliseconds;     // time limit for the whole exchange
};

/// The outcome.
struct ccurl_answer {
    int code;          // CURLE_OK is 0
    long response;     // the last SMTP reply code; 0 when there was none
    size_t read;       // how much of the message curl took
    char reply[512];   // the server's last relevant reply
};

/// Sends a message (RFC 5322, CR LF) to one recipient; both addresses in angle brackets. Blocks.
///
/// SIGPIPE is blocked in the calling thread and stays blocked.
void ccurl_send(
    const struct ccurl_server *server, const char *sender, const char *recipient,
    const void *message, size_t length, struct ccurl_answer *answer);

/// A short description of a curl result code.
const char *ccurl_words(int code);

#endif
