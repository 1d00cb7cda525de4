// SPDX-License-Identifier: Apache-2.0
// The smallest door to libcurl's SMTP: curl_easy_setopt is variadic, which Swift cannot call, and curl's own header is
// not named here, so that nothing of it leaks into Swift.
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
    long milliseconds;     // for all of it
};

/// What came of it.
struct ccurl_answer {
    int code;          // CURLE_OK is 0
    long response;     // the last SMTP reply code; 0 when there was none
    size_t read;       // how much of the message curl took
    char reply[512];   // the server's last words that matter
};

/// Sends a message (RFC 5322, CR LF) to one recipient; both addresses in angle brackets. Blocks.
///
/// The calling thread gets SIGPIPE blocked and keeps it so.
void ccurl_send(
    const struct ccurl_server *server, const char *sender, const char *recipient,
    const void *message, size_t length, struct ccurl_answer *answer);

/// A few words for a code of curl.
const char *ccurl_words(int code);

#endif
