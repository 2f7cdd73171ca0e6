/* Which sections a mapping may have, with which fields. mapping.md says what they mean. */
#include <string.h>

#include "mapping_parts.h"

typedef struct role {
  const char* name;
  const char* fields;
  const char* needed;
} role;

static const role kRoles[] = {
    {"set", "name system zone now currency null date time delimiter none", "name system zone now currency"},
    {"event_type",
     "id code name_ru name_en default_minutes no_company product_required contact_required "
     "result_required reason_required verified",
     "id code name_ru"},
    {"outcome", "id type code name_ru name_en kind", "id type code name_ru kind"},
    {"departments", "id name parent", "id name"},
    {"staff",
     "id last_name first_name middle_name login supervisor position department hired dismissed administrator "
     "phone email comment",
     "id last_name"},
    {"spheres", "id name parent", "id name"},
    {"product_lines", "id name code", "id name code"},
    {"products", "id name code parent retired_on", "id name code"},
    {"clients", "id name short_name status source comment phone email site", "id name status"},
    {"client_spheres", "company sphere", "company sphere"},
    {"addresses", "id company country region district settlement street house building unit postcode", "id company"},
    {"legal", "id company form name country inn kpp ogrn tax_id address director", "id company form name"},
    {"accounts", "id legal bik account correspondent at_central_bank bank", "id legal bik account"},
    {"contacts", "id company last_name first_name middle_name position birthday left_on phone email comment",
     "id company last_name"},
    {"assignments", "id company user role from to reason", "id company user from"},
    {"matrix", "product sphere", "product sphere"},
    {"user_matrix", "user product sphere", "user product sphere"},
    {"characteristic", "code name_ru name_en owner type value", "code name_ru owner type value"},
    {"profile", "name threshold", "name threshold"},
    {"criterion", "subject weight at_least hard characteristic field", "subject weight"},
    {"events",
     "id type company contact executor setter priority state start end all_day postponed_until purpose "
     "result outcome reason amount currency case_key product draft_name",
     "id type company executor state start"},
    {"lines", "event product quantity amount currency", "event product"},
    {"reminder", "type minutes_before", "type minutes_before"},
    {"document_rule",
     "id kind name does type min_amount currency window_days all start_days priority purpose result outcome reason",
     "kind name does type"},
    {"documents", "kind key revision posted at date company user number amount currency product", "key date"},
    {"payments", "id company kind date amount currency number user product quantity", "id company kind date amount"},
};

static const role* find(const char* name) {
  size_t i;
  for (i = 0; i < sizeof kRoles / sizeof *kRoles; ++i)
    if (strcmp(kRoles[i].name, name) == 0) return &kRoles[i];
  return NULL;
}

static int has_word(const char* words, const char* word) {
  const size_t length = strlen(word);
  const char* at = words;
  while (*at) {
    const size_t step = strcspn(at, " ");
    if (step == length && memcmp(at, word, length) == 0) return 1;
    at += step + (at[step] == ' ');
  }
  return 0;
}

int map_has_none(const map* mapping, const char* name) {
  const char* none = map_setting(mapping, "none");
  return none && has_word(none, name);
}

int role_known(const char* name) {
  return find(name) != NULL || strcmp(name, "values") == 0 || strcmp(name, "alias") == 0;
}
int role_makes_records(const char* name) { return find(name) != NULL && strcmp(name, "set") != 0; }
int role_has_field(const char* name, const char* field) { return find(name) && has_word(find(name)->fields, field); }
const char* role_needs(const char* name) { return find(name) ? find(name)->needed : ""; }

int map_is_needed(const map_section* section, const char* field) { return has_word(role_needs(section->role), field); }

int key_is_directive(const char* key) {
  return strcmp(key, "file") == 0 || strcmp(key, "when") == 0 || strcmp(key, "once") == 0 ||
         strncmp(key, "when_missing.", 13) == 0;
}
