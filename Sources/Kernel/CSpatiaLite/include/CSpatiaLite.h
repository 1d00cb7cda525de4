// SPDX-License-Identifier: Apache-2.0
// A minimal wrapper for SpatiaLite. It does not include sqlite3.h, so that it can be used beside GRDB's own module.
#ifndef CSPATIALITE_H
#define CSPATIALITE_H

struct sqlite3;

/// Adds SpatiaLite's functions to an open connection, which frees their memory when it closes; returns SQLITE_OK or an
/// SQLite error code.
int cspatialite_attach(struct sqlite3 *connection);

/// The version of the linked library, such as "5.0.1".
const char *cspatialite_version(void);

#endif
