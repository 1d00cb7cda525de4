// SPDX-License-Identifier: Apache-2.0
#include "CSpatiaLite.h"

#include <pthread.h>
#include <sqlite3.h>
#include <spatialite.h>

// libxml2's clean-up inside spatialite_cleanup_ex is not thread-safe (GDAL issue 10685).
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialize(void) { spatialite_initialize(); }

static void release(void *cache) {
    pthread_mutex_lock(&lock);
    spatialite_cleanup_ex(cache);
    pthread_mutex_unlock(&lock);
}

static void version(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    (void)values;
    sqlite3_result_text(context, spatialite_version(), -1, SQLITE_STATIC);
}

int cspatialite_attach(struct sqlite3 *connection) {
    pthread_once(&once, initialize);
    pthread_mutex_lock(&lock);
    void *cache = spatialite_alloc_connection();
    if (cache != NULL) spatialite_init_ex(connection, cache, 0);
    pthread_mutex_unlock(&lock);
    if (cache == NULL) return SQLITE_NOMEM;
    // The function is registered for the sake of its destructor: SQLite calls it when the connection closes, and only
    // then is the cache no longer in use.
    return sqlite3_create_function_v2(
        connection, "openalmaty_spatialite", 0, SQLITE_UTF8, cache, version, NULL, NULL, release);
}

const char *cspatialite_version(void) { return spatialite_version(); }
