// The image's descriptor. The board's manifest and the root manifest say what is in it, as `defines`.

#include "image-descriptor.h"
#include "mc.defines.h"

#if !defined(MODDEF_CULM_BOARD) || !defined(MODDEF_CULM_VERSION)
	#error "the manifests have to define culm.board and culm.version"
#endif

_Static_assert(sizeof(CulmImageDescriptor) == 64, "image-head.ts counts on 64 bytes");
_Static_assert(sizeof(MODDEF_CULM_BOARD) <= sizeof(((CulmImageDescriptor *)0)->board), "the board's name is too long");
_Static_assert(sizeof(MODDEF_CULM_VERSION) <= sizeof(((CulmImageDescriptor *)0)->version), "the version is too long");

// ESP-IDF's linker script puts this section right after `esp_app_desc_t`. In a file without functions, so that the
// compiler cannot make the references to it numbers.
const CulmImageDescriptor culmImageDescriptor __attribute__((section(".rodata_custom_desc"), used)) = {
	.magic = { 'C', 'U', 'L', 'M' },
	.format = 1,
	.size = sizeof(CulmImageDescriptor),
	.board = MODDEF_CULM_BOARD,
	.version = MODDEF_CULM_VERSION,
};
