// What native-access-point.ts calls.

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include "access-point.h"

// (ssid: string, password: string, a: number, b: number, c: number, d: number): number, an esp_err_t
void xs_culm_open_access_point(xsMachine *the)
{
	// Copies, since XS moves its strings. A longer text is a RangeError.
	char ssid[32 + 1], password[63 + 1];
	CulmAccessPoint accessPoint = { .ssid = ssid, .password = password };

	xsmcToStringBuffer(xsArg(0), ssid, sizeof(ssid));
	xsmcToStringBuffer(xsArg(1), password, sizeof(password));
	for (int i = 0; i < 4; i++)
		accessPoint.address[i] = (uint8_t)xsmcToInteger(xsArg(2 + i));
	xsmcSetInteger(xsResult, culmOpenAccessPoint(&accessPoint));
}

void xs_culm_close_access_point(xsMachine *the)
{
	xsmcSetInteger(xsResult, culmCloseAccessPoint());
}
