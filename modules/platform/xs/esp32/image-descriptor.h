// What an image of Culm says of itself, for whoever is asked to install it. Read by modules/update/image-head.ts.

#ifndef CULM_IMAGE_DESCRIPTOR_H
#define CULM_IMAGE_DESCRIPTOR_H

#include <stdint.h>

// All of it is at offset 288 of the image file: after the image's header, the first segment's, and `esp_app_desc_t`.
// Fields are only ever added at the end, with `size` grown; `format` changes when that is not enough, and then no
// firmware of before takes the image.
typedef struct {
	char magic[4];			// "CULM", without a zero
	uint16_t format;		// 1
	uint16_t size;			// of all of it, in bytes
	char board[24];			// the name of its folder in modules/boards; zeros to the end, at least one
	char version[32];		// of the firmware, likewise
} CulmImageDescriptor;

extern const CulmImageDescriptor culmImageDescriptor;

#endif
