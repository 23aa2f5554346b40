#include "content/picture.h"

static unsigned byte_at(Str bytes, size_t at) {
  return at < bytes.len ? (unsigned char)bytes.s[at] : 0;
}

static unsigned big(Str bytes, size_t at, int count) {
  unsigned value = 0;
  for (int i = 0; i < count; i++) value = value << 8 | byte_at(bytes, at + (size_t)i);
  return value;
}

static unsigned little(Str bytes, size_t at, int count) {
  unsigned value = 0;
  for (int i = count; i-- > 0;) value = value << 8 | byte_at(bytes, at + (size_t)i);
  return value;
}

/* JPEG (ITU-T T.81, annex B): segments, of which a frame header (SOF) has the size. */
static bool jpeg_size(Str head, PictureSize *size) {
  size_t at = 2;
  while (at + 9 <= head.len && byte_at(head, at) == 0xFF) {
    unsigned marker = byte_at(head, at + 1);
    bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      *size = (PictureSize){big(head, at + 7, 2), big(head, at + 5, 2)};
      return true;
    }
    at += marker == 0xFF ? 1 : 2 + big(head, at + 2, 2); /* 0xFF alone fills */
  }
  return false;
}

/* WebP (RFC 9649, 2.5 to 2.7): lossy, lossless, extended. */
static bool webp_size(Str head, PictureSize *size) {
  Str kind = str_slice(head, 12, 16);
  if (head.len < 30) return false;
  if (str_equal(kind, STR("VP8 "))) {
    *size = (PictureSize){little(head, 26, 2) & 0x3FFF, little(head, 28, 2) & 0x3FFF};
  } else if (str_equal(kind, STR("VP8L"))) {
    unsigned bits = little(head, 21, 4);
    *size = (PictureSize){(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1};
  } else if (str_equal(kind, STR("VP8X"))) {
    *size = (PictureSize){little(head, 24, 3) + 1, little(head, 27, 3) + 1};
  } else {
    return false;
  }
  return true;
}

bool picture_size(Str head, PictureSize *size) {
  bool found = false;
  *size = (PictureSize){0, 0};
  if (str_starts(head, STR("\x89PNG\r\n\x1A\n")) && head.len >= 24) {
    *size = (PictureSize){big(head, 16, 4), big(head, 20, 4)};
    found = true;
  } else if ((str_starts(head, STR("GIF87a")) || str_starts(head, STR("GIF89a"))) && head.len >= 10) {
    *size = (PictureSize){little(head, 6, 2), little(head, 8, 2)};
    found = true;
  } else if (str_starts(head, STR("\xFF\xD8"))) {
    found = jpeg_size(head, size);
  } else if (str_starts(head, STR("RIFF")) && str_equal(str_slice(head, 8, 12), STR("WEBP"))) {
    found = webp_size(head, size);
  }
  return found && size->width > 0 && size->height > 0;
}

unsigned picture_dots(PictureSize size) {
  /* print.css: margins of 16 mm leave 178 mm of A4, and no picture is higher than 200 mm. */
  double across = size.width / (178 / 25.4);
  double down = size.height / (200 / 25.4);
  double dots = across > down ? across : down;
  return dots > 96 ? (unsigned)dots : 96;
}
