#include "host_store.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 64, MAX_MARKS = 16 };

typedef struct row {
  int64_t id;
  crm_cell *cells; /* texts are copies of their own */
} row;

typedef struct table {
  int32_t number, columns; /* all that there ever were */
  int32_t told;            /* those of the release that opened it last */
  row *rows; /* by id */
  int32_t count, room;
} table;

/* What a row was before it was changed: the way back. */
typedef struct undo {
  int32_t table_no;
  int64_t id;
  int existed;
  row before;
} undo;

/* What a table of callbacks has as its user: many may be open on a base, and only one of them writes. */
typedef struct handle {
  struct handle *next;
  host_base *base;
  int writing; /* in the unit of work that is open */
} handle;

struct host_base {
  handle *handles; /* all that there ever were */
  table *tables;
  int32_t table_count;
  undo *undos;
  int32_t undo_count, undo_room;
  int32_t marks[MAX_MARKS + 1]; /* how many undos there were */
  int units, writing, destroyed, calls, fail_at;
  const char *message;
};

static void *grown(void *old, int32_t count, int32_t *room, size_t size) {
  void *more;
  if (count < *room) return old;
  *room = *room ? *room * 2 : 16;
  more = realloc(old, (size_t)*room * size);
  if (!more) abort();
  return more;
}

static crm_cell *copied(const crm_cell *cells, int32_t given, int32_t columns) {
  crm_cell *copy = calloc((size_t)columns, sizeof *copy);
  for (int32_t i = 0; i < given; ++i) {
    copy[i] = cells[i];
    if (cells[i].kind != CRM_TEXT && cells[i].kind != CRM_BYTES) continue;
    char *text = malloc((size_t)cells[i].size + 1);
    if (cells[i].size) memcpy(text, cells[i].value.text, (size_t)cells[i].size);
    text[cells[i].size] = '\0';
    copy[i].value.text = text;
  }
  return copy;
}

static void freed(crm_cell *cells, int32_t columns) {
  for (int32_t i = 0; i < columns; ++i)
    if (cells[i].kind == CRM_TEXT || cells[i].kind == CRM_BYTES) free((void *)cells[i].value.text);
  free(cells);
}

static table *table_of(host_base *base, int32_t number) {
  for (int32_t i = 0; i < base->table_count; ++i)
    if (base->tables[i].number == number) return &base->tables[i];
  return NULL;
}

/* The place of the first row with this id or a larger one. */
static int32_t place_of(const table *t, int64_t id) {
  int32_t low = 0, high = t->count;
  while (low < high) {
    const int32_t middle = low + (high - low) / 2;
    if (t->rows[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

static int holds(const table *t, int32_t at, int64_t id) { return at < t->count && t->rows[at].id == id; }

static void take_out(table *t, int32_t at) {
  memmove(t->rows + at, t->rows + at + 1, (size_t)(t->count - at - 1) * sizeof *t->rows);
  --t->count;
}

/* Puts a row whose cells are the table's from now on. */
static void put_in(table *t, int64_t id, crm_cell *cells) {
  const int32_t at = place_of(t, id);
  if (!holds(t, at, id)) {
    t->rows = grown(t->rows, t->count, &t->room, sizeof *t->rows);
    memmove(t->rows + at + 1, t->rows + at, (size_t)(t->count - at) * sizeof *t->rows);
    ++t->count;
  }
  t->rows[at].id = id;
  t->rows[at].cells = cells;
}

/* Remembers the row as it is: its cells go to the undo. */
static void remember(host_base *base, table *t, int64_t id) {
  const int32_t at = place_of(t, id);
  undo *u;
  base->undos = grown(base->undos, base->undo_count, &base->undo_room, sizeof *base->undos);
  u = &base->undos[base->undo_count++];
  u->table_no = t->number;
  u->id = id;
  u->existed = holds(t, at, id);
  if (u->existed) u->before = t->rows[at];
}

static int32_t failed(host_base *base, const char *message) {
  base->message = message;
  return CRM_STORAGE;
}

static int32_t called(host_base *base) {
  if (base->calls++ == base->fail_at) return failed(base, "no disk");
  return CRM_OK;
}

static int32_t CRM_CALL store_table(void *user, int32_t number, const char *name, const crm_column *columns, int32_t count) {
  host_base *base = ((handle *)user)->base;
  table *t = table_of(base, number);
  if (!name[0] || columns[0].kind != CRM_INTEGER || count > MAX_COLUMNS) return failed(base, "a table that cannot be");
  if (!t) {
    base->tables = realloc(base->tables, (size_t)(base->table_count + 1) * sizeof *base->tables);
    t = &base->tables[base->table_count++];
    memset(t, 0, sizeof *t);
    t->number = number;
  }
  for (int32_t i = 0; i < t->count && count > t->columns; ++i) { /* columns of a newer release: null in old rows */
    t->rows[i].cells = realloc(t->rows[i].cells, (size_t)count * sizeof(crm_cell));
    memset(t->rows[i].cells + t->columns, 0, (size_t)(count - t->columns) * sizeof(crm_cell));
  }
  if (count > t->columns) t->columns = count;
  t->told = count;
  return CRM_OK;
}

static int32_t CRM_CALL store_begin(void *user, int32_t writing) {
  host_base *base = ((handle *)user)->base;
  const int32_t status = called(base);
  if (status != CRM_OK) return status;
  if (writing && base->writing) return CRM_BUSY;
  base->units += 1;
  base->writing += writing;
  ((handle *)user)->writing = writing;
  return CRM_OK;
}

static void undo_down_to(host_base *base, int32_t count) {
  while (base->undo_count > count) {
    undo *u = &base->undos[--base->undo_count];
    table *t = table_of(base, u->table_no);
    const int32_t at = place_of(t, u->id);
    if (holds(t, at, u->id)) {
      freed(t->rows[at].cells, t->columns);
      take_out(t, at);
    }
    if (u->existed) put_in(t, u->id, u->before.cells);
  }
}

static int32_t CRM_CALL store_end(void *user, int32_t keep) {
  handle *h = user;
  host_base *base = h->base;
  if (keep) {
    const int32_t status = called(base);
    if (status != CRM_OK) return status;
    for (int32_t i = 0; i < base->undo_count; ++i)
      if (base->undos[i].existed) freed(base->undos[i].before.cells, table_of(base, base->undos[i].table_no)->columns);
    base->undo_count = 0;
  }
  if (h->writing) undo_down_to(base, 0);
  base->units -= 1;
  base->writing -= h->writing;
  h->writing = 0;
  return CRM_OK;
}

static int32_t CRM_CALL store_get(void *user, int32_t number, int64_t id, crm_cell *cells, int32_t *found) {
  host_base *base = ((handle *)user)->base;
  const table *t = table_of(base, number);
  const int32_t at = place_of(t, id);
  const int32_t status = called(base);
  if (status != CRM_OK) return status;
  *found = holds(t, at, id);
  if (*found) memcpy(cells, t->rows[at].cells, (size_t)t->told * sizeof *cells);
  return CRM_OK;
}

/* Whether a cell is a number between those wanted; of texts this store gives all, and lets the library sift. */
static int is_wanted(const crm_cell *cell, const crm_cell *low, const crm_cell *high) {
  const crm_cell *bound = low ? low : high;
  if (bound->kind != CRM_INTEGER) return 1;
  if (cell->kind != CRM_INTEGER) return 0;
  return (!low || cell->value.integer >= low->value.integer) && (!high || cell->value.integer <= high->value.integer);
}

static int32_t CRM_CALL store_rows(void *user, int32_t number, int32_t column, const crm_cell *low, const crm_cell *high, int64_t after,
                                   int32_t max_rows, int64_t *ids, crm_cell *cells, int32_t *row_count) {
  host_base *base = ((handle *)user)->base;
  const table *t = table_of(base, number);
  const int32_t status = called(base);
  if (status != CRM_OK) return status;
  *row_count = 0;
  for (int32_t at = place_of(t, after + 1); at < t->count && *row_count < max_rows; ++at) {
    const row *r = &t->rows[at];
    if (column > 0 && !is_wanted(&r->cells[column - 1], low, high)) continue;
    ids[*row_count] = r->id;
    memcpy(cells + (size_t)*row_count * (size_t)t->told, r->cells, (size_t)t->told * sizeof *cells);
    ++*row_count;
  }
  return CRM_OK;
}

static int32_t CRM_CALL store_put(void *user, int32_t number, int64_t id, const crm_cell *cells) {
  host_base *base = ((handle *)user)->base;
  table *t = table_of(base, number);
  const int32_t status = called(base);
  if (status != CRM_OK) return status;
  remember(base, t, id);
  put_in(t, id, copied(cells, t->told, t->columns));
  return CRM_OK;
}

static int32_t CRM_CALL store_erase(void *user, int32_t number, int64_t id) {
  host_base *base = ((handle *)user)->base;
  table *t = table_of(base, number);
  const int32_t at = place_of(t, id);
  const int32_t status = called(base);
  if (status != CRM_OK) return status;
  if (!holds(t, at, id)) return CRM_OK;
  remember(base, t, id);
  take_out(t, at);
  return CRM_OK;
}

static int32_t CRM_CALL store_mark(void *user, int32_t number) {
  host_base *base = ((handle *)user)->base;
  const int32_t status = called(base);
  if (status != CRM_OK) return status;
  if (number < 1 || number > MAX_MARKS) return failed(base, "a mark that cannot be");
  base->marks[number] = base->undo_count;
  return CRM_OK;
}

static int32_t CRM_CALL store_undo_to(void *user, int32_t number) {
  host_base *base = ((handle *)user)->base;
  undo_down_to(base, base->marks[number]);
  return CRM_OK;
}

static int32_t CRM_CALL store_release(void *user, int32_t number) {
  host_base *base = ((handle *)user)->base;
  return number < 1 || number > MAX_MARKS ? failed(base, "a mark that is none") : called(base);
}

static const char *CRM_CALL store_message(void *user) { return ((handle *)user)->base->message; }

static void CRM_CALL store_destroy(void *user) { ((handle *)user)->base->destroyed += 1; }

host_base *host_base_new(void) {
  host_base *base = calloc(1, sizeof *base);
  base->fail_at = -1;
  return base;
}

void host_base_free(host_base *base) {
  if (!base) return;
  undo_down_to(base, 0);
  while (base->handles) {
    handle *next = base->handles->next;
    free(base->handles);
    base->handles = next;
  }
  for (int32_t i = 0; i < base->table_count; ++i) {
    table *t = &base->tables[i];
    for (int32_t r = 0; r < t->count; ++r) freed(t->rows[r].cells, t->columns);
    free(t->rows);
  }
  free(base->tables);
  free(base->undos);
  free(base);
}

void host_store(host_base *base, crm_store *out) {
  handle *made = calloc(1, sizeof *made);
  made->base = base;
  made->next = base->handles;
  base->handles = made;
  memset(out, 0, sizeof *out);
  out->struct_size = (int32_t)sizeof *out;
  out->features = CRM_STORE_DURABLE;
  out->user = made;
  out->name = "a store in C";
  out->begin = store_begin;
  out->end = store_end;
  out->get = store_get;
  out->rows = store_rows;
  out->put = store_put;
  out->erase = store_erase;
  out->table = store_table;
  out->message = store_message;
  out->destroy = store_destroy;
}

void host_store_with_marks(host_base *base, crm_store *out) {
  host_store(base, out);
  out->mark = store_mark;
  out->undo_to = store_undo_to;
  out->release = store_release;
}

int host_destroyed(const host_base *base) { return base->destroyed; }
int host_units(const host_base *base) { return base->units; }
int host_calls(const host_base *base) { return base->calls; }

void host_fail_at(host_base *base, int n) {
  base->calls = 0;
  base->fail_at = n;
}
