/* Any bytes as the head of a picture: nothing is read past the end, and a size is never nothing. */
#include <stdlib.h>

#include "content/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *exact = malloc(size ? size : 1); /* its end is the sanitizer's */
  memcpy(exact, data, size);
  PictureSize found;
  bool good = picture_size(str_from(exact, size), &found);
  if (good && (!found.width || !found.height || picture_dots(found) < 96)) abort();
  free(exact);
  return 0;
}
