// A network of the device's own beside the station, for which the SDK has no module. Knows nothing of XS.

#ifndef CULM_ACCESS_POINT_H
#define CULM_ACCESS_POINT_H

#include <stdint.h>

#include "esp_err.h"

typedef struct {
	const char *ssid;		// 1 to 32 bytes of UTF-8
	const char *password;	// 8 to 63 characters, or none for a network that is open to everyone
	uint8_t address[4];		// the device's own, in a network of 254 (255.255.255.0)
} CulmAccessPoint;

// Opens it, or changes the one that is open. The radio has to run as a station. After a failure no network is open.
esp_err_t culmOpenAccessPoint(const CulmAccessPoint *accessPoint);
// Leaves the station as it is. May be called any number of times.
esp_err_t culmCloseAccessPoint(void);

#endif
