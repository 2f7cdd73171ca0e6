#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

char* utf8_read_file(const char* path, size_t* length) {
  FILE* file = fopen(path, "rb");
  char* text = NULL;
  size_t room = 0, used = 0;
  if (!file) return NULL;
  for (;;) {
    size_t got;
    if (room - used < 2) {
      char* grown;
      room = room ? 2 * room : 65536;
      grown = realloc(text, room);
      if (!grown) break;
      text = grown;
    }
    got = fread(text + used, 1, room - used - 1, file);
    used += got;
    if (got) continue;
    if (ferror(file)) break;
    fclose(file);
    text[used] = '\0';
    *length = used;
    return text;
  }
  free(text);
  fclose(file);
  return NULL;
}

int utf8_valid(const char* text, size_t length) {
  const unsigned char* at = (const unsigned char*)text;
  const unsigned char* end = at + length;
  while (at < end) {
    const unsigned char lead = *at++;
    int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
    if (more < 0 || end - at < more) return 0;
    if (more && (lead == 0xE0 && *at < 0xA0)) return 0;
    if (more && (lead == 0xED && *at > 0x9F)) return 0;
    if (more && (lead == 0xF0 && *at < 0x90)) return 0;
    if (more && (lead == 0xF4 && *at > 0x8F)) return 0;
    for (; more > 0; --more)
      if ((*at++ & 0xC0) != 0x80) return 0;
  }
  return 1;
}
