// SPDX-License-Identifier: Apache-2.0
// The door to sched_setaffinity(2), which Swift's Glibc does not show.
#ifndef CAFFINITY_H
#define CAFFINITY_H

/// Holds the calling thread to one processor, and the threads that it will start; 0, or -1 where that cannot be done.
int caffinity_hold(int processor);

#endif
