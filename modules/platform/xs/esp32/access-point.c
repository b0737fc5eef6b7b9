// See access-point.h.

#include "access-point.h"

#include <string.h>

#include "esp_netif.h"
#include "esp_wifi.h"

// What esp_netif_create_default_wifi_ap names its interface.
#define AP_KEY "WIFI_AP_DEF"
// Each one takes memory of the radio's; a person who sets the device up needs one.
#define MAX_STATIONS 4

static esp_netif_t *interfaceOf(void)
{
	esp_netif_t *netif = esp_netif_get_handle_from_ifkey(AP_KEY);

	return netif ? netif : esp_netif_create_default_wifi_ap();
}

// The address, and what the DHCP server says to stations: us, for routes and for names. None of it may change
// while that server runs; it starts again when the network is open.
static esp_err_t setAddress(esp_netif_t *netif, const uint8_t *address)
{
	esp_netif_ip_info_t info;
	esp_netif_dns_info_t dns;
	uint8_t offersDns = 1;
	esp_err_t err;

	memset(&info, 0, sizeof(info));
	esp_netif_set_ip4_addr(&info.ip, address[0], address[1], address[2], address[3]);
	info.gw = info.ip;
	esp_netif_set_ip4_addr(&info.netmask, 255, 255, 255, 0);
	memset(&dns, 0, sizeof(dns));
	dns.ip.type = ESP_IPADDR_TYPE_V4;
	dns.ip.u_addr.ip4 = info.ip;

	err = esp_netif_dhcps_stop(netif);
	if ((ESP_OK != err) && (ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED != err))
		return err;
	err = esp_netif_set_ip_info(netif, &info);
	if (ESP_OK == err)
		err = esp_netif_set_dns_info(netif, ESP_NETIF_DNS_MAIN, &dns);
	if (ESP_OK == err)
		err = esp_netif_dhcps_option(
			netif, ESP_NETIF_OP_SET, ESP_NETIF_DOMAIN_NAME_SERVER, &offersDns, sizeof(offersDns));
	return err;
}

static esp_err_t setNetwork(const char *ssid, const char *password)
{
	size_t ssidBytes = strlen(ssid), passwordBytes = strlen(password);
	wifi_config_t config;

	memset(&config, 0, sizeof(config));
	if (!ssidBytes || (ssidBytes > sizeof(config.ap.ssid)) || (passwordBytes >= sizeof(config.ap.password)))
		return ESP_ERR_INVALID_ARG;
	memcpy(config.ap.ssid, ssid, ssidBytes);
	config.ap.ssid_len = (uint8_t)ssidBytes;
	memcpy(config.ap.password, password, passwordBytes);
	config.ap.authmode = passwordBytes ? WIFI_AUTH_WPA2_PSK : WIFI_AUTH_OPEN;
	config.ap.max_connection = MAX_STATIONS;
	// There is one radio: while the station is in a network, this is ignored and its channel is used.
	config.ap.channel = 1;
	return esp_wifi_set_config(WIFI_IF_AP, &config);
}

static esp_err_t openNetwork(const CulmAccessPoint *accessPoint)
{
	esp_netif_t *netif = interfaceOf();
	esp_err_t err;

	if (!netif)
		return ESP_ERR_NO_MEM;
	err = setAddress(netif, accessPoint->address);
	// The driver takes the configuration of a network only in a mode that has one.
	if (ESP_OK == err)
		err = esp_wifi_set_mode(WIFI_MODE_APSTA);
	if (ESP_OK == err)
		err = setNetwork(accessPoint->ssid, accessPoint->password);
	if (ESP_OK != err)
		return err;
	// The interface may not be up yet, or may have started the server itself when it came up: all is well then too.
	err = esp_netif_dhcps_start(netif);
	return (ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED == err) ? ESP_OK : err;
}

esp_err_t culmOpenAccessPoint(const CulmAccessPoint *accessPoint)
{
	esp_err_t err = openNetwork(accessPoint);

	if (ESP_OK != err)
		culmCloseAccessPoint();
	return err;
}

esp_err_t culmCloseAccessPoint(void)
{
	return esp_wifi_set_mode(WIFI_MODE_STA);
}
