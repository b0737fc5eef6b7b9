// See fake-esp-wifi.h. Refuses what ESP-IDF refuses.

#include "fake-esp-wifi.h"

#include <assert.h>
#include <string.h>

struct FakeNetif {
	int isMade;
};

FakeEspWifi fakeWifi = { .mode = WIFI_MODE_STA };

static struct FakeNetif gInterface;

static esp_err_t called(const char *function)
{
	size_t used = strlen(fakeWifi.calls), length = strlen(function);

	assert((used + length + 2) <= sizeof(fakeWifi.calls));
	memcpy(fakeWifi.calls + used, function, length);
	memcpy(fakeWifi.calls + used + length, " ", 2);
	return (fakeWifi.failing && !strcmp(fakeWifi.failing, function)) ? ESP_FAIL : ESP_OK;
}

esp_netif_t *esp_netif_get_handle_from_ifkey(const char *key)
{
	assert(!strcmp(key, "WIFI_AP_DEF"));
	return gInterface.isMade ? &gInterface : NULL;
}

esp_netif_t *esp_netif_create_default_wifi_ap(void)
{
	// ESP-IDF aborts.
	assert(!gInterface.isMade);
	if (ESP_OK != called("create_default_wifi_ap"))
		return NULL;
	gInterface.isMade = 1;
	fakeWifi.interfaces++;
	// An interface comes with a server that is to start with it.
	fakeWifi.isServing = 1;
	return &gInterface;
}

void esp_netif_set_ip4_addr(esp_ip4_addr_t *addr, uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
	uint8_t bytes[4] = { a, b, c, d };

	memcpy(&addr->addr, bytes, sizeof(bytes));
}

esp_err_t esp_netif_dhcps_stop(esp_netif_t *netif)
{
	assert(netif == &gInterface);
	if (ESP_OK != called("dhcps_stop"))
		return ESP_FAIL;
	if (!fakeWifi.isServing)
		return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED;
	fakeWifi.isServing = 0;
	return ESP_OK;
}

esp_err_t esp_netif_dhcps_start(esp_netif_t *netif)
{
	assert(netif == &gInterface);
	if (ESP_OK != called("dhcps_start"))
		return ESP_FAIL;
	if (fakeWifi.isServing)
		return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED;
	fakeWifi.isServing = 1;
	return ESP_OK;
}

esp_err_t esp_netif_set_ip_info(esp_netif_t *netif, const esp_netif_ip_info_t *info)
{
	assert(netif == &gInterface);
	if ((ESP_OK != called("set_ip_info")) || fakeWifi.isServing)
		return ESP_FAIL;
	fakeWifi.info = *info;
	return ESP_OK;
}

esp_err_t esp_netif_set_dns_info(esp_netif_t *netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *dns)
{
	assert((netif == &gInterface) && (ESP_NETIF_DNS_MAIN == type) && (ESP_IPADDR_TYPE_V4 == dns->ip.type));
	if ((ESP_OK != called("set_dns_info")) || fakeWifi.isServing)
		return ESP_FAIL;
	fakeWifi.dns = dns->ip.u_addr.ip4.addr;
	return ESP_OK;
}

esp_err_t esp_netif_dhcps_option(
	esp_netif_t *netif, esp_netif_dhcp_option_mode_t mode, esp_netif_dhcp_option_id_t id, void *value, uint32_t length)
{
	assert((netif == &gInterface) && (ESP_NETIF_OP_SET == mode) && (ESP_NETIF_DOMAIN_NAME_SERVER == id));
	assert((1 == length) && *(uint8_t *)value);
	return (ESP_OK != called("dhcps_option") || fakeWifi.isServing) ? ESP_FAIL : ESP_OK;
}

esp_err_t esp_wifi_set_mode(wifi_mode_t mode)
{
	if (ESP_OK != called((WIFI_MODE_APSTA == mode) ? "set_mode:APSTA" : "set_mode:STA"))
		return ESP_FAIL;
	fakeWifi.mode = mode;
	return ESP_OK;
}

esp_err_t esp_wifi_set_config(wifi_interface_t interface, wifi_config_t *config)
{
	assert(WIFI_IF_AP == interface);
	if (ESP_OK != called("set_config"))
		return ESP_FAIL;
	if (WIFI_MODE_APSTA != fakeWifi.mode)
		return ESP_ERR_WIFI_MODE;
	fakeWifi.config = config->ap;
	return ESP_OK;
}
