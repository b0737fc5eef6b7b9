// As much of ESP-IDF's radio and network interfaces as the access point calls, with a list of the calls.

#ifndef FAKE_ESP_WIFI_H
#define FAKE_ESP_WIFI_H

#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"

#define ESP_ERR_NO_MEM 0x101
#define ESP_ERR_INVALID_ARG 0x102
#define ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED 0x5004
#define ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED 0x5005
#define ESP_ERR_WIFI_MODE 0x3005

// interfaces

typedef struct FakeNetif esp_netif_t;
typedef struct {
	uint32_t addr;	// in network order
} esp_ip4_addr_t;
typedef struct {
	union {
		esp_ip4_addr_t ip4;
		uint32_t ip6[5];
	} u_addr;
	uint8_t type;
} esp_ip_addr_t;
typedef struct {
	esp_ip4_addr_t ip;
	esp_ip4_addr_t netmask;
	esp_ip4_addr_t gw;
} esp_netif_ip_info_t;
typedef struct {
	esp_ip_addr_t ip;
} esp_netif_dns_info_t;
#define ESP_IPADDR_TYPE_V4 0
typedef enum { ESP_NETIF_DNS_MAIN } esp_netif_dns_type_t;
typedef enum { ESP_NETIF_OP_SET = 1 } esp_netif_dhcp_option_mode_t;
typedef enum { ESP_NETIF_DOMAIN_NAME_SERVER = 6 } esp_netif_dhcp_option_id_t;

esp_netif_t *esp_netif_get_handle_from_ifkey(const char *key);
esp_netif_t *esp_netif_create_default_wifi_ap(void);
void esp_netif_set_ip4_addr(esp_ip4_addr_t *addr, uint8_t a, uint8_t b, uint8_t c, uint8_t d);
esp_err_t esp_netif_dhcps_stop(esp_netif_t *netif);
esp_err_t esp_netif_dhcps_start(esp_netif_t *netif);
esp_err_t esp_netif_set_ip_info(esp_netif_t *netif, const esp_netif_ip_info_t *info);
esp_err_t esp_netif_set_dns_info(esp_netif_t *netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *dns);
esp_err_t esp_netif_dhcps_option(
	esp_netif_t *netif, esp_netif_dhcp_option_mode_t mode, esp_netif_dhcp_option_id_t id, void *value, uint32_t length);

// the radio

typedef enum { WIFI_MODE_NULL, WIFI_MODE_STA, WIFI_MODE_AP, WIFI_MODE_APSTA } wifi_mode_t;
typedef enum { WIFI_IF_STA, WIFI_IF_AP } wifi_interface_t;
typedef enum { WIFI_AUTH_OPEN, WIFI_AUTH_WPA2_PSK = 3 } wifi_auth_mode_t;
typedef struct {
	uint8_t ssid[32];
	uint8_t password[64];
	uint8_t ssid_len;
	uint8_t channel;
	wifi_auth_mode_t authmode;
	uint8_t max_connection;
} wifi_ap_config_t;
typedef union {
	wifi_ap_config_t ap;
} wifi_config_t;

esp_err_t esp_wifi_set_mode(wifi_mode_t mode);
esp_err_t esp_wifi_set_config(wifi_interface_t interface, wifi_config_t *config);

// what a test looks at

typedef struct {
	char calls[512];		// names of functions without their prefix, each with a blank after it
	const char *failing;	// the name of a function that fails from now on
	wifi_mode_t mode;
	wifi_ap_config_t config;
	esp_netif_ip_info_t info;
	uint32_t dns;			// offered to stations; 0: none
	int isServing;			// addresses
	int interfaces;			// that were made
} FakeEspWifi;

extern FakeEspWifi fakeWifi;

#endif
