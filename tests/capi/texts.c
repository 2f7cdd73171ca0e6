/* Texts of hosts that keep them in UTF-16 or Windows-1251 (X12). */
#include "check.h"

static const uint16_t kShchit[] = {0x0429, 0x0438, 0x0442, 0};         /* Щит */
static const uint16_t kRocket[] = {0xD83D, 0xDE80, 0};                 /* U+1F680 */
static const char kVector1251[] = "\xCE\xCE\xCE \xAB\xC2\xE5\xEA\xF2\xEE\xF0\xBB \xB9 1"; /* ООО «Вектор» № 1 */

static void utf16_goes_both_ways(crm_db *db) {
  const char *utf8 = NULL;
  const uint16_t *units = NULL;
  int32_t length = -1;
  CHECK_OK(db, crm_text_from_utf16(db, kShchit, -1, &utf8));
  CHECK(strcmp(utf8, "Щит") == 0);
  CHECK_OK(db, crm_text_from_utf16(db, kShchit, 2, &utf8));
  CHECK(strcmp(utf8, "Щи") == 0);
  CHECK_OK(db, crm_text_from_utf16(db, kShchit, 0, &utf8));
  CHECK(strcmp(utf8, "") == 0);
  CHECK_OK(db, crm_text_from_utf16(db, kRocket, -1, &utf8));
  CHECK(strcmp(utf8, "\xF0\x9F\x9A\x80") == 0);

  CHECK_OK(db, crm_text_to_utf16(db, "Щит", &units, &length));
  CHECK(length == 3);
  CHECK(memcmp(units, kShchit, sizeof kShchit) == 0);
  CHECK_OK(db, crm_text_to_utf16(db, "\xF0\x9F\x9A\x80", &units, NULL));
  CHECK(memcmp(units, kRocket, sizeof kRocket) == 0);
  CHECK_OK(db, crm_text_to_utf16(db, "", &units, &length));
  CHECK(length == 0 && units[0] == 0);
}

static void windows_1251_goes_both_ways(crm_db *db) {
  const char *text = NULL;
  int32_t length = -1;
  CHECK_OK(db, crm_text_from_windows_1251(db, kVector1251, -1, &text));
  CHECK(strcmp(text, "ООО «Вектор» № 1") == 0);
  CHECK_OK(db, crm_text_from_windows_1251(db, kVector1251, 3, &text));
  CHECK(strcmp(text, "ООО") == 0);
  CHECK_OK(db, crm_text_to_windows_1251(db, "ООО «Вектор» № 1", 0, &text, &length));
  CHECK(strcmp(text, kVector1251) == 0);
  CHECK(length == 16);
  CHECK_OK(db, crm_text_to_windows_1251(db, "5 \xE2\x89\xA4 7", '?', &text, NULL)); /* U+2264 */
  CHECK(strcmp(text, "5 ? 7") == 0);
}

/* The call is refused by this rule, at this place. */
#define CHECK_PLACE(db, rule, place, call)                          \
  do {                                                              \
    CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, rule, call);            \
    CHECK(strstr(crm_error_message(db), " " place) != NULL);        \
  } while (0)

static void what_cannot_be_converted_is_told_with_its_place(crm_db *db) {
  const uint16_t half[] = {0x0429, 0xD83D, 0x0438, 0};
  const uint16_t zero[] = {0x0429, 0, 0x0438};
  const char *text = "";
  const uint16_t *units = kShchit;
  CHECK_PLACE(db, "encoding.utf16", "at 1", crm_text_from_utf16(db, half, -1, &text));
  CHECK(text == NULL);
  CHECK_PLACE(db, "field.nul", "at 1", crm_text_from_utf16(db, zero, 3, &text));
  CHECK_PLACE(db, "field.nul", "at 2", crm_text_from_windows_1251(db, "ab\0c", 4, &text));
  CHECK_PLACE(db, "encoding.windows_1251_byte", "at 2", crm_text_from_windows_1251(db, "ab\x98", -1, &text));
  CHECK_PLACE(db, "field.utf8", "byte 1", crm_text_to_utf16(db, "a\xFF", &units, NULL));
  CHECK(units == NULL);
  CHECK_PLACE(db, "encoding.windows_1251", "byte 2", crm_text_to_windows_1251(db, "5 \xE2\x89\xA4 7", 0, &text, NULL));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_text_to_windows_1251(db, "a", 256, &text, NULL));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_text_from_utf16(db, kShchit, -2, &text));
  CHECK_REFUSED(db, CRM_INVALID_ARGUMENT, "field.range", crm_text_from_windows_1251(db, "a", -2, &text));
}

void test_texts(void) {
  crm_db *db = NULL;
  CHECK_OK(db, crm_open("memory:", NULL, &db));
  utf16_goes_both_ways(db);
  windows_1251_goes_both_ways(db);
  what_cannot_be_converted_is_told_with_its_place(db);
  crm_close(db);
}
