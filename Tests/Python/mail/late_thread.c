// Holds back what OpenSSL does at the end of a thread until the program has run all that it runs at exit: the order that a
// loaded machine gives once in thousands of runs. Preloaded by test_smtp.py.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*end_of_thread)(void *);
static atomic_int has_exited, has_ended;

static void wait_for(atomic_int *flag) {
    for (int turn = 0; turn < 3000 && !*flag; turn++) usleep(1000);
}

static void end_late(void *value) {
    wait_for(&has_exited);
    end_of_thread(value);
    fputs("the thread ended after the exit\n", stderr);
    has_ended = 1;
}

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
    int (*create)(pthread_key_t *, void (*)(void *)) = dlsym(RTLD_NEXT, "pthread_key_create");
    Dl_info place;
    if (destructor && dladdr((void *)destructor, &place) && strstr(place.dli_fname, "libcrypto")) {
        end_of_thread = destructor;
        destructor = end_late;
    }
    return create(key, destructor);
}

// Registered before all others, so it runs after them.
static void wait_at_exit(void) {
    has_exited = 1;
    wait_for(&has_ended);
}
__attribute__((constructor)) static void begin(void) { atexit(wait_at_exit); }
