// SPDX-License-Identifier: Apache-2.0
// Shifts the wall clock of one process by the seconds in a file, which may change while it runs.
//   gcc -shared -fPIC -O2 -o clock.so clock_offset.c -ldl
//   CLOCK_OFFSET_FILE=FILE LD_PRELOAD=./clock.so PROGRAM
// The file is read on every call: keep such runs short of load. The monotonic clock is left alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long offset(void) {
  const char *name = getenv("CLOCK_OFFSET_FILE");
  FILE *file = name ? fopen(name, "r") : NULL;
  long seconds = 0;
  if (file) {
    if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
    fclose(file);
  }
  return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*next)(clockid_t, struct timespec *);
  if (!next) next = dlsym(RTLD_NEXT, "clock_gettime");
  int status = next(clock, time);
  if (status == 0 && clock == CLOCK_REALTIME) time->tv_sec += offset();
  return status;
}

int gettimeofday(struct timeval *time, void *zone) {
  static int (*next)(struct timeval *, void *);
  if (!next) next = dlsym(RTLD_NEXT, "gettimeofday");
  int status = next(time, zone);
  if (status == 0) time->tv_sec += offset();
  return status;
}
