// SPDX-License-Identifier: Apache-2.0
// For libraries that are preloaded and define functions of the C library instead of it. real() finds what they stand
// before. A JVM asks dlsym for what its foreign-function interface calls: INSTEAD(...) replaces dlsym as well, so that it
// hands out the functions of this library. It comes last in a file, with a {name, function} for each of them.
#ifndef INSTEAD_H
#define INSTEAD_H
#include <dlfcn.h>
#include <string.h>

static void *next_dlsym(void *handle, const char *name) {
  static void *(*next)(void *, const char *);
  if (!next) next = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
  if (!next) next = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
  if (!next) next = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
  return next(handle, name);
}

static void *real(const char *name) { return next_dlsym(RTLD_NEXT, name); }

#define INSTEAD(...) \
  static const struct { const char *name; void *function; } instead[] = {__VA_ARGS__}; \
  void *dlsym(void *handle, const char *name) { \
    if (handle != RTLD_NEXT) { \
      for (size_t i = 0; i < sizeof instead / sizeof *instead; i++) { \
        if (strcmp(name, instead[i].name) == 0) return instead[i].function; \
      } \
    } \
    return next_dlsym(handle, name); \
  }

#endif
