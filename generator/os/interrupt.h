/* Being told to stop (Ctrl-C, SIGTERM, SIGHUP), for work that has something to clean up first.
 *
 * From os_catch_interrupts() on these signals end nothing: they make os_interrupted() true, and calls that wait return
 * early. The second of them ends the process as ever. */
#ifndef PAMPHLET_OS_INTERRUPT_H
#define PAMPHLET_OS_INTERRUPT_H

#include <stdbool.h>

void os_catch_interrupts(void);
bool os_interrupted(void);

#endif
