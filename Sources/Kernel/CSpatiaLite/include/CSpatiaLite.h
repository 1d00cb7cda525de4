// SPDX-License-Identifier: Apache-2.0
// The smallest door to SpatiaLite: it names no type of sqlite3.h, so that it can stand beside GRDB's own module.
#ifndef CSPATIALITE_H
#define CSPATIALITE_H

struct sqlite3;

/// Adds SpatiaLite's functions to an open connection and ties their memory to it; SQLITE_OK or an SQLite error code.
int cspatialite_attach(struct sqlite3 *connection);

/// The version of the linked library, such as "5.0.1".
const char *cspatialite_version(void);

#endif
