// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

// deflateInit2 is a macro, which Swift cannot call. 31 = the largest window plus the gzip wrapper (RFC 1952).
static inline int czlib_begin_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}
