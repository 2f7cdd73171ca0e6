#include <crm/crm.h>
#include <stdio.h>

int main(void) {
  crm_db *db;
  const char *answer;
  if (crm_open("clients.db", NULL, &db) != CRM_OK) return puts(crm_error_message(db)), 1;
  crm_save_json(db, "[{\"entity\": \"company\", \"name\": \"Вектор\", \"status\": \"active\"}]", &answer);
  if (crm_contacts_json(db, "вект", 10, &answer) == CRM_OK) puts(answer);
  crm_close(db);
  return 0;
}
