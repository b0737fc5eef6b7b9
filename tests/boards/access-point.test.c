// The access point over a fake radio. Prints "ok NAME" or "not ok NAME: WHY", a line for each case;
// access-point.test.ts compiles and runs it.

#include "access-point.h"
#include "cases.h"
#include "fake-esp-wifi.h"

#include <stdbool.h>
#include <string.h>

#define ORDER "dhcps_stop set_ip_info set_dns_info dhcps_option set_mode:APSTA set_config dhcps_start "

static esp_err_t open(const char *ssid, const char *password)
{
	CulmAccessPoint accessPoint = { ssid, password, { 192, 168, 254, 1 } };

	fakeWifi.calls[0] = 0;
	return culmOpenAccessPoint(&accessPoint);
}

static bool is(uint32_t address, uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
	uint8_t bytes[4] = { a, b, c, d };

	return !memcmp(&address, bytes, sizeof(bytes));
}

static void opensInOrder(void)
{
	CHECK(ESP_OK == open("Panda_Breath_02C0FFEE0001", "987654321"));
	CHECK(!strcmp(fakeWifi.calls, "create_default_wifi_ap " ORDER) || !strcmp(fakeWifi.calls, ORDER));
	CHECK(WIFI_MODE_APSTA == fakeWifi.mode);
	CHECK(fakeWifi.isServing);
}

static void setsNetwork(void)
{
	CHECK(ESP_OK == open("Culm", "12345678"));
	CHECK((4 == fakeWifi.config.ssid_len) && !memcmp(fakeWifi.config.ssid, "Culm", 4));
	CHECK(!strcmp((char *)fakeWifi.config.password, "12345678"));
	CHECK(WIFI_AUTH_WPA2_PSK == fakeWifi.config.authmode);
	CHECK((1 <= fakeWifi.config.max_connection) && (1 <= fakeWifi.config.channel));
}

static void opensToEveryone(void)
{
	CHECK(ESP_OK == open("Culm", ""));
	CHECK(WIFI_AUTH_OPEN == fakeWifi.config.authmode);
	CHECK(0 == fakeWifi.config.password[0]);
}

static void takesLongest(void)
{
	const char *ssid = "0123456789abcdef0123456789abcdef";
	const char *password = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde";

	CHECK(ESP_OK == open(ssid, password));
	CHECK((32 == fakeWifi.config.ssid_len) && !memcmp(fakeWifi.config.ssid, ssid, 32));
	CHECK(!strcmp((char *)fakeWifi.config.password, password));
}

static void servesAddresses(void)
{
	CHECK(ESP_OK == open("Culm", "12345678"));
	CHECK(is(fakeWifi.info.ip.addr, 192, 168, 254, 1));
	CHECK(is(fakeWifi.info.gw.addr, 192, 168, 254, 1));
	CHECK(is(fakeWifi.info.netmask.addr, 255, 255, 255, 0));
	CHECK(is(fakeWifi.dns, 192, 168, 254, 1));
}

static void opensAgain(void)
{
	CHECK(ESP_OK == open("Culm", "12345678"));
	CHECK(ESP_OK == open("Other", "87654321"));
	CHECK(!strcmp(fakeWifi.calls, ORDER));
	CHECK(1 == fakeWifi.interfaces);
	CHECK(!strcmp((char *)fakeWifi.config.password, "87654321"));
}

static void closes(void)
{
	CHECK(ESP_OK == open("Culm", "12345678"));
	CHECK(ESP_OK == culmCloseAccessPoint());
	CHECK(WIFI_MODE_STA == fakeWifi.mode);
	CHECK(ESP_OK == culmCloseAccessPoint());
	CHECK(ESP_OK == open("Culm", "12345678"));
	CHECK(1 == fakeWifi.interfaces);
}

static void failsClosed(void)
{
	static const char *const functions[] = {
		"dhcps_stop", "set_ip_info", "set_dns_info", "dhcps_option", "set_mode:APSTA", "set_config", "dhcps_start",
	};

	for (size_t index = 0; index < sizeof(functions) / sizeof(functions[0]); index++) {
		fakeWifi.failing = functions[index];
		CHECK(ESP_OK != open("Culm", "12345678"));
		CHECK(WIFI_MODE_STA == fakeWifi.mode);
	}
	fakeWifi.failing = NULL;
	CHECK(ESP_OK == open("Culm", "12345678"));
}

static void refusesNames(void)
{
	CHECK(ESP_ERR_INVALID_ARG == open("", "12345678"));
	CHECK(ESP_ERR_INVALID_ARG == open("0123456789abcdef0123456789abcdef0", "12345678"));
	CHECK(ESP_ERR_INVALID_ARG ==
		open("Culm", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
	CHECK(WIFI_MODE_STA == fakeWifi.mode);
}

static void survivesNoMemory(void)
{
	fakeWifi.failing = "create_default_wifi_ap";
	CHECK(ESP_ERR_NO_MEM == open("Culm", "12345678"));
	CHECK(WIFI_MODE_STA == fakeWifi.mode);
}

static void prepare(void)
{
	fakeWifi.failing = NULL;
	culmCloseAccessPoint();
}

int main(void)
{
	static const Case cases[] = {
		{ "without memory for the interface no network is open", survivesNoMemory },
		{ "address, mode, network and server are set in the order that ESP-IDF wants", opensInOrder },
		{ "the network has the name and the password that were asked for", setsNetwork },
		{ "without a password the network is open to everyone", opensToEveryone },
		{ "the longest name and password fit", takesLongest },
		{ "stations are given us as their router and name server", servesAddresses },
		{ "a network that is open is changed, not made twice", opensAgain },
		{ "it closes, however often it is asked to, and opens again", closes },
		{ "what fails at any step leaves no network open, and the station as it is", failsClosed },
		{ "a name or password that does not fit is refused", refusesNames },
	};
	bool passed;

	passed = passAll(cases, sizeof(cases) / sizeof(cases[0]), prepare);
	return passed ? 0 : 1;
}
