// What boot.ts calls.

#include "xsmc.h"
#include "xsHost.h"

#include "esp_ota_ops.h"
#include "esp_system.h"

#include "image-descriptor.h"

void xs_culm_confirm_image(xsMachine *the)
{
	// Without rollback in the boot loader there is nothing to confirm, which is no error.
	esp_ota_mark_app_valid_cancel_rollback();
}

// This is also what keeps the descriptor in the image: the linker leaves out what nobody refers to.
void xs_culm_image_board(xsMachine *the)
{
	xsmcSetString(xsResult, (char *)culmImageDescriptor.board);
}

void xs_culm_restart(xsMachine *the)
{
	esp_restart();
}
