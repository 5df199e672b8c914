// SPDX-License-Identifier: Apache-2.0
// Has reads, writes and flushes of some files fail or take long, as rules say that may change while it works.
//   gcc -shared -fPIC -O2 -o faults.so fail_calls.c -ldl
//   FAULT_RULES=FILE FAULT_LOG=FILE LD_PRELOAD=./faults.so PROGRAM
// A line of the rules is CALL ERROR MILLIS PATH: the call (read, write, fsync) on a file whose path begins so waits for
// MILLIS and then fails with ERROR, or with ERROR 0 is made. To change rules, rename another file over them. What was
// done stands in the log, a line each. Calls that a JVM makes by way of dlsym are met too.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
#include "instead.h"

#define RULES 8
#define TEXT 4096

struct rule { char call[8]; int error; long millis; char path[480]; };
struct rules { int count; ino_t inode; struct rule of[RULES]; };

static const char *rules_file, *log_file;
static _Atomic(struct rules *) current;
static atomic_flag reading = ATOMIC_FLAG_INIT;

static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);

static void __attribute__((constructor)) begin(void) {
  real_read = real("read");
  real_write = real("write");
  rules_file = getenv("FAULT_RULES");
  log_file = getenv("FAULT_LOG");
}

// Rules that were replaced are never freed: somebody may still be looking at them.
static void take(ino_t inode) {
  char text[TEXT];
  int fd = open(rules_file, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? 0 : real_read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  struct rules *fresh = calloc(1, sizeof *fresh);
  if (!fresh || length < 0) return;
  text[length] = 0;
  fresh->inode = inode;
  char *rest = text, *line;
  while (fresh->count < RULES && (line = strsep(&rest, "\n"))) {
    struct rule *rule = &fresh->of[fresh->count];
    if (sscanf(line, "%7s %d %ld %479[^\n]", rule->call, &rule->error, &rule->millis, rule->path) == 4) fresh->count++;
  }
  atomic_store(&current, fresh);
}

static struct rules *rules(void) {
  struct stat now;
  if (!rules_file || stat(rules_file, &now) != 0) return NULL;
  struct rules *known = atomic_load(&current);
  if ((!known || known->inode != now.st_ino) && !atomic_flag_test_and_set(&reading)) {
    take(now.st_ino);
    atomic_flag_clear(&reading);
  }
  return atomic_load(&current);
}

static void tell(const struct rule *rule, const char *path) {
  char line[700];
  int length = snprintf(line, sizeof line, "%s %d %ld %s\n", rule->call, rule->error, rule->millis, path);
  int fd = log_file ? open(log_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  if (fd < 0) return;
  if (real_write(fd, line, length) < 0) { /* nothing to be done about it */ }
  close(fd);
}

// The error that a call is to fail with; 0 when it is to be made.
static int fault(const char *call, int fd) {
  int before = errno, error = 0;
  struct rules *known = rules();
  if (known && known->count > 0) {
    char link[40], path[480];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    for (int i = 0; i < known->count && !error; i++) {
      struct rule *rule = &known->of[i];
      if (strcmp(rule->call, call) || strncmp(path, rule->path, strlen(rule->path))) continue;
      tell(rule, path);
      struct timespec pause = {rule->millis / 1000, rule->millis % 1000 * 1000000};
      nanosleep(&pause, NULL);
      error = rule->error;
    }
  }
  errno = before;
  return error;
}

#define FAILING(type, name, kind, parameters, arguments) \
  type name parameters { \
    static type(*next) parameters; \
    if (!next) next = real(#name); \
    int error = fault(kind, fd); \
    if (error) { errno = error; return -1; } \
    return next arguments; \
  }

FAILING(ssize_t, read, "read", (int fd, void *into, size_t size), (fd, into, size))
FAILING(ssize_t, readv, "read", (int fd, const struct iovec *into, int count), (fd, into, count))
FAILING(ssize_t, pread, "read", (int fd, void *into, size_t size, off_t at), (fd, into, size, at))
FAILING(ssize_t, pread64, "read", (int fd, void *into, size_t size, off64_t at), (fd, into, size, at))
FAILING(ssize_t, write, "write", (int fd, const void *from, size_t size), (fd, from, size))
FAILING(ssize_t, writev, "write", (int fd, const struct iovec *from, int count), (fd, from, count))
FAILING(ssize_t, pwrite, "write", (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
FAILING(ssize_t, pwrite64, "write", (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at))
FAILING(int, fsync, "fsync", (int fd), (fd))
FAILING(int, fdatasync, "fsync", (int fd), (fd))
FAILING(int, syncfs, "fsync", (int fd), (fd))

INSTEAD(
    {"read", read},       {"readv", readv},     {"pread", pread},         {"pread64", pread64},
    {"write", write},     {"writev", writev},   {"pwrite", pwrite},       {"pwrite64", pwrite64},
    {"fsync", fsync},     {"fdatasync", fdatasync}, {"syncfs", syncfs})
