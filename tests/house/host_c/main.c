#include <crm/crm.h>
#include <stdio.h>

int main(void) {
  printf("crm %s\n", crm_version());
  return 0;
}
