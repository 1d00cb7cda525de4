// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE  // RTLD_DEFAULT
#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

// At exit OpenSSL frees memory that threads still shutting down free as well, which corrupts the heap. So it is told to
// leave its memory to the system (OPENSSL_init_crypto(3)). The function is looked up at run time because curl may be
// built with another TLS library.
static void keep_openssl_until_the_end(void) {
    static const uint64_t no_cleanup_at_exit = 0x00080000;  // OPENSSL_INIT_NO_ATEXIT
    int (*begin)(uint64_t, const void *) = (int (*)(uint64_t, const void *))dlsym(RTLD_DEFAULT, "OPENSSL_init_crypto");
    if (begin) begin(no_cleanup_at_exit, NULL);
}

static void initialize(void) {
    keep_openssl_until_the_end();
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

// OpenSSL writes to sockets in a way that raises SIGPIPE when the peer has closed the connection.
static void block_broken_pipes(void) {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, NULL);
}

struct sending { const char *bytes; size_t length; struct ccurl_answer *answer; };

static size_t read_message(char *room, size_t size, size_t count, void *context) {
    struct sending *sending = context;
    size_t *read = &sending->answer->read, left = sending->length - *read, room_size = size * count;
    size_t taken = room_size < left ? room_size : left;
    memcpy(room, sending->bytes + *read, taken);
    *read += taken;
    return taken;
}

// Keeps the last error reply (4xx or 5xx), or else the last positive one; never the reply to QUIT (221).
static size_t keep_reply(char *line, size_t size, size_t count, void *context) {
    struct ccurl_answer *answer = context;
    size_t length = size * count;
    int is_refused = answer->reply[0] == '4' || answer->reply[0] == '5';
    if (length < 3 || memcmp(line, "221", 3) == 0 || (is_refused && line[0] < '4')) return length;
    snprintf(answer->reply, sizeof answer->reply, "%.*s", (int)length, line);
    return length;
}

// Certificates and host names are verified, which is curl's default.
static void set_server(CURL *curl, const struct ccurl_server *server) {
    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, server->milliseconds);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(server->security == CCURL_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (server->ca_file) curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
    curl_easy_setopt(curl, CURLOPT_USERNAME, server->username);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
    curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");  // otherwise Kerberos or NTLM is tried first
}

void ccurl_send(const struct ccurl_server *server, const char *sender, const char *recipient,
    const void *message, size_t length, struct ccurl_answer *answer) {
    *answer = (struct ccurl_answer){.code = CURLE_OUT_OF_MEMORY};
    pthread_once(&once, initialize);
    block_broken_pipes();
    struct sending sending = {message, length, answer};
    struct curl_slist recipients = {(char *)recipient, NULL};  // never written to
    CURL *curl = curl_easy_init();
    if (curl) {
        set_server(curl, server);
        curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender);
        curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, &recipients);
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
        curl_easy_setopt(curl, CURLOPT_READDATA, &sending);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_reply);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, answer);
        answer->code = (int)curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->response);
    }
    curl_easy_cleanup(curl);
}

const char *ccurl_words(int code) { return curl_easy_strerror((CURLcode)code); }
