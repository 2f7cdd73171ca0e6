#include "documents.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "json_text.h"
#include "rows.h"

void documents_add(document_list* list, const document* one) {
  document* added;
  if (list->count == list->room) {
    list->room = list->room ? list->room * 2 : 64;
    list->all = realloc(list->all, list->room * sizeof *list->all);
    if (!list->all) abort();
  }
  added = &list->all[list->count];
  *added = *one;
  added->order = (long)list->count++;
  added->json = malloc(strlen(one->json) + 1);
  if (!added->json) abort();
  strcpy(added->json, one->json);
}

static int by_moment(const void* a, const void* b) {
  const document *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

void documents_sort(document_list* list) {
  if (list->count) qsort(list->all, list->count, sizeof *list->all, by_moment);
}

void documents_free(document_list* list) {
  while (list->count) free(list->all[--list->count].json);
  free(list->all);
  memset(list, 0, sizeof *list);
}

/* What the rules did, or would do, as an array of steps for `free`; NULL: refused. */
static char* steps_of(crm_db* db, const document* one, int dry_run, int* repeated) {
  const char* report = NULL;
  const int32_t status = one->is_posted ? crm_document_post_json(db, one->json, dry_run, &report)
                                        : crm_document_unpost_json(db, one->kind, one->key, dry_run, &report);
  if (status != CRM_OK) return NULL;
  *repeated = strstr(report, "\"repeated\":true") != NULL;
  return json_array_of(report, "steps");
}

static void count_step(document_counts* counts, const char* what) {
  const struct {
    const char* what;
    long* count;
  } all[] = {{"made", &counts->made},       {"changed", &counts->changed}, {"undone", &counts->undone}, {"changed_since", &counts->changed_since},
             {"refused", &counts->refused}, {"nothing", &counts->nothing}};
  size_t i;
  for (i = 0; i < sizeof all / sizeof *all; ++i)
    if (strcmp(all[i].what, what) == 0) ++*all[i].count;
}

int document_tell(crm_db* db, const document* one, document_counts* counts) {
  char what[40], *step;
  const char* at;
  int repeated = 0;
  char* steps = steps_of(db, one, 0, &repeated);
  if (!steps) return 0;
  ++*(repeated ? &counts->repeated : one->is_posted ? &counts->posted : &counts->unposted);
  for (at = steps; (step = json_next_object(&at)) != NULL; free(step))
    if (json_find_text(step, "what", 0, what, sizeof what)) count_step(counts, what);
  free(steps);
  return 1;
}

static const char* caption(const char* what) {
  static const char* const kCaptions[][2] = {{"made", "создаст событие"},
                                             {"changed", "закроет событие"},
                                             {"undone", "вернёт как было"},
                                             {"changed_since", "не тронет: событие с тех пор изменили"},
                                             {"refused", "не сможет"},
                                             {"nothing", "не найдёт подходящего события"}};
  size_t i;
  for (i = 0; i < sizeof kCaptions / sizeof *kCaptions; ++i)
    if (strcmp(kCaptions[i][0], what) == 0) return kCaptions[i][1];
  return what;
}

static void print_step(crm_db* db, const char* step, FILE* out) {
  char what[40] = "", why[300] = "", rule[200], purpose[200];
  field_text(db, CRM_DOCUMENT_RULE, json_find_number(step, "rule_id", 0), CRM_DOCUMENT_RULE_NAME, rule, sizeof rule);
  field_text(db, CRM_EVENT, json_find_number(step, "event_id", 0), CRM_EVENT_PURPOSE, purpose, sizeof purpose);
  json_find_text(step, "what", 0, what, sizeof what);
  json_find_text(step, "text", 0, why, sizeof why);
  fprintf(out, "        правило «%s»: %s", rule, caption(what));
  if (*purpose) fprintf(out, " «%s»", purpose);
  fprintf(out, "%s%s\n", *why ? ": " : "", why);
}

static void print_head(crm_db* db, const document* one, FILE* out) {
  char company[300], kind[200], ask[200];
  const char* wall = NULL;
  snprintf(ask, sizeof ask, "{\"entity\": \"host_document_kind\", \"columns\": [\"id\"], \"where\": {\"field\": \"code\", \"value\": \"%s\"}}",
           one->kind);
  field_text(db, CRM_HOST_DOCUMENT_KIND, row_id(db, ask), CRM_HOST_DOCUMENT_KIND_NAME_RU, kind, sizeof kind);
  field_text(db, CRM_COMPANY, one->company, CRM_COMPANY_NAME, company, sizeof company);
  crm_local_text(db, one->at, &wall);
  fprintf(out, "    %s  %s%s %s, %s\n", wall ? wall : "", one->is_posted ? "" : "отмена проведения: ", kind, one->number, company);
}

int document_preview(crm_db* db, const document* one, FILE* out) {
  const char* at;
  char* step;
  int repeated = 0;
  char* steps = steps_of(db, one, 1, &repeated);
  if (!steps) return 0;
  print_head(db, one, out);
  if (repeated) fprintf(out, "        уже учтён: ничего не изменит\n");
  for (at = steps; (step = json_next_object(&at)) != NULL; free(step)) print_step(db, step, out);
  free(steps);
  return 1;
}
