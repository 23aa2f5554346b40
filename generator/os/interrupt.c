#define _GNU_SOURCE
#include "os/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t interrupted;

static void remember(int signal) {
  (void)signal;
  interrupted = 1;
}

void os_catch_interrupts(void) {
  /* SA_RESETHAND: the next one ends the process. No SA_RESTART: waiting ends. */
  struct sigaction action = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction before;
    sigaction(signals[i], NULL, &before);
    if (before.sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL); /* nohup stays nohup */
  }
}

bool os_interrupted(void) {
  return interrupted != 0;
}
