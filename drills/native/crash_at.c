// SPDX-License-Identifier: Apache-2.0
// Ends its process by SIGKILL just before the N-th operation that makes something durable or visible.
//   gcc -shared -fPIC -O2 -o crash.so crash_at.c -ldl
//   CRASH_AT=N [CRASH_ARMED=FILE] LD_PRELOAD=./crash.so PROGRAM
// With CRASH_ARMED, counting begins when that file exists. Calls that a JVM makes by way of dlsym (its
// foreign-function interface) are counted too: dlsym itself is replaced and hands out the functions here.
#define _GNU_SOURCE
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include "instead.h"

static atomic_long count;
static atomic_int armed;
static long crash_at = -1;
static const char *armed_file;

static void __attribute__((constructor)) begin(void) {
  const char *at = getenv("CRASH_AT");
  crash_at = at ? atol(at) : -1;
  armed_file = getenv("CRASH_ARMED");
  armed = armed_file == NULL;
}

static void hit(const char *what) {
  if (crash_at < 0) return;
  if (!armed) {
    if (syscall(SYS_faccessat, -100, armed_file, F_OK) != 0) return;
    armed = 1;
  }
  if (atomic_fetch_add(&count, 1) + 1 == crash_at) {
    char line[80];
    int length = snprintf(line, sizeof line, "[crash at %ld: %s]\n", crash_at, what);
    if (write(2, line, length) < 0) { /* nothing to be done about it */ }
    kill(getpid(), SIGKILL);
  }
}

#define COUNTED(type, name, parameters, arguments) \
  type name parameters { \
    static type(*next) parameters; \
    if (!next) next = real(#name); \
    hit(#name); \
    return next arguments; \
  }

COUNTED(int, fsync, (int fd), (fd))
COUNTED(int, fdatasync, (int fd), (fd))
COUNTED(int, syncfs, (int fd), (fd))
COUNTED(int, rename, (const char *a, const char *b), (a, b))
COUNTED(int, renameat, (int d, const char *a, int e, const char *b), (d, a, e, b))
COUNTED(int, link, (const char *a, const char *b), (a, b))
COUNTED(int, linkat, (int d, const char *a, int e, const char *b, int f), (d, a, e, b, f))
COUNTED(int, unlink, (const char *a), (a))
COUNTED(int, unlinkat, (int d, const char *a, int f), (d, a, f))
COUNTED(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
COUNTED(int, ftruncate64, (int fd, off64_t size), (fd, size))

static long counted_syscall(long number, long a, long b, long c, long d, long e, long f) {
  static long (*next)(long, ...);
  if (!next) next = real("syscall");
  if (number == SYS_renameat2) hit("renameat2");
  return next(number, a, b, c, d, e, f);
}

INSTEAD(
    {"fsync", fsync},       {"fdatasync", fdatasync}, {"syncfs", syncfs},
    {"rename", rename},     {"renameat", renameat},   {"link", link},
    {"linkat", linkat},     {"unlink", unlink},       {"unlinkat", unlinkat},
    {"pwrite64", pwrite64}, {"ftruncate64", ftruncate64},
    {"syscall", counted_syscall})
