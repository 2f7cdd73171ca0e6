/* Writes the generated trading house into the folder argv[1], for the tests and for the curious. */
#include <stdio.h>

#include "../../examples/morning/house.h"

int main(int argc, char** argv) {
  char error[300];
  if (argc != 2) {
    fprintf(stderr, "usage: write_house FOLDER\n");
    return 2;
  }
  if (house_write(argv[1], error, sizeof error)) return 0;
  fprintf(stderr, "%s\n", error);
  return 1;
}
