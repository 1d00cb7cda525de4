// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CAffinity.h"

#include <sched.h>

int caffinity_hold(int processor) {
#ifdef __linux__
    if (processor < 0 || processor >= CPU_SETSIZE) return -1;
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET(processor, &processors);
    return sched_setaffinity(0, sizeof processors, &processors);
#else
    return -1;
#endif
}
