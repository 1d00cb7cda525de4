// SPDX-License-Identifier: Apache-2.0
// Wraps sched_setaffinity(2), which Swift's Glibc module does not expose.
#ifndef CAFFINITY_H
#define CAFFINITY_H

/// Pins the calling thread and the threads it starts to one processor; returns 0, or -1 if that is not possible.
int caffinity_hold(int processor);

#endif
