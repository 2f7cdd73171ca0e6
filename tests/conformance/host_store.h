/* A store as a host would write it in C: tables of rows in sorted arrays, a copy of them to go back to. */
#ifndef CRM_TESTS_CONFORMANCE_HOST_STORE_H
#define CRM_TESTS_CONFORMANCE_HOST_STORE_H

#include "crm/crm.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct host_base host_base; /* the data: outlives the handles on it */

host_base *host_base_new(void);
void host_base_free(host_base *base);
/* The table of callbacks of another handle on the base. */
void host_store(host_base *base, crm_store *out);
/* The same with marks of the store's own. */
void host_store_with_marks(host_base *base, crm_store *out);

/* Of the base: how often destroy was called, how many units of work are open, callbacks since the last reset. */
int host_destroyed(const host_base *base);
int host_units(const host_base *base);
int host_calls(const host_base *base);
/* The n-th callback from now fails with CRM_STORAGE and "no disk"; -1: none. Undoing never fails. */
void host_fail_at(host_base *base, int n);

#ifdef __cplusplus
}
#endif

#endif
