// SPDX-License-Identifier: Apache-2.0
// Swaps two names until it is killed, at most for a minute. The short sleep lets others take the
// folder's lock: without it there are more swaps but far fewer tries to be led astray.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **names) {
  if (count != 3) return 2;
  for (time_t end = time(NULL) + 60; time(NULL) < end;) {
    for (int i = 0; i < 500; i++) {
      if (renameat2(AT_FDCWD, names[1], AT_FDCWD, names[2], RENAME_EXCHANGE) != 0) {
        perror("renameat2");
        return 1;
      }
      usleep(20);
    }
  }
  return 0;
}
