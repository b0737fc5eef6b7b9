// The boot loader's word on the running image.

#include "xsmc.h"
#include "xsHost.h"

#include "esp_ota_ops.h"

void xs_culm_confirm_image(xsMachine *the)
{
	// Without rollback in the boot loader there is nothing to confirm, which is no error.
	esp_ota_mark_app_valid_cancel_rollback();
}
