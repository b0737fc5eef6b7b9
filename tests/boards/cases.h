/* A suite in C: cases that stop at the first check that fails, told as lines that c-cases.ts reads. */

#ifndef CULM_TEST_CASES_H
#define CULM_TEST_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct {
	const char *name;
	void (*run)(void);
} Case;

/* Of the case that runs; NULL as long as nothing is wrong. */
static const char *gFault;

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			gFault = #condition; \
			return; \
		} \
	} while (0)

/* Runs each after `prepare`. Returns whether all of them passed. */
static bool passAll(const Case *cases, size_t count, void (*prepare)(void))
{
	bool passed = true;

	for (size_t index = 0; index < count; index++) {
		prepare();
		gFault = NULL;
		cases[index].run();
		if (gFault)
			printf("not ok %s: %s\n", cases[index].name, gFault);
		else
			printf("ok %s\n", cases[index].name);
		passed = passed && !gFault;
	}
	return passed;
}

#endif
