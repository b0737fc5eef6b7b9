/* Everything that differs between mbedTLS 2.28, 3.6 and 4.0, and what Culm asks of any of them. For culm-tls.c only. */

#ifndef CULM_MBEDTLS_H
#define CULM_MBEDTLS_H

#ifdef ESP_PLATFORM
	/*
	 * The SDK compiles native modules outside of ESP-IDF's build. The layout of mbedTLS's structures depends on its
	 * configuration, so it has to be named here, as ESP-IDF's own components/mbedtls/CMakeLists.txt does.
	 */
	#ifndef MBEDTLS_CONFIG_FILE
		#define MBEDTLS_CONFIG_FILE "mbedtls/esp_config.h"
	#endif
	#ifndef TF_PSA_CRYPTO_USER_CONFIG_FILE
		#define TF_PSA_CRYPTO_USER_CONFIG_FILE "mbedtls/esp_config.h"
	#endif
	#include "sdkconfig.h"
	#include "soc/soc_caps.h"
	#if defined(CONFIG_MBEDTLS_HARDWARE_MPI) && !defined(CONFIG_MBEDTLS_LARGE_KEY_SOFTWARE_MPI) && \
		SOC_RSA_MAX_BIT_LEN < 4096
		#error "Printers' authorities have RSA keys of 4096 bits: set CONFIG_MBEDTLS_LARGE_KEY_SOFTWARE_MPI=y"
	#endif
#endif

#include "mbedtls/version.h"
#include "mbedtls/pk.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/ssl.h"
#include "mbedtls/x509_crt.h"

#if MBEDTLS_VERSION_NUMBER < 0x021C0000
	#error "mbedTLS 2.28 or later is needed"
#endif
#if !defined(MBEDTLS_SSL_CLI_C) || !defined(MBEDTLS_SSL_PROTO_TLS1_2)
	#error "mbedTLS is built without a TLS 1.2 client"
#endif
#if MBEDTLS_SSL_IN_CONTENT_LEN < 16384
	#error "Printers send records of 16 KB: MBEDTLS_SSL_IN_CONTENT_LEN has to be 16384"
#endif

#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	#include "psa/crypto.h"
	#if !defined(PSA_WANT_ALG_GCM) || !defined(PSA_WANT_ALG_SHA_384)
		#error "AES-GCM and SHA-384 are needed"
	#endif
#else
	#include "mbedtls/sha256.h"
	#if !defined(MBEDTLS_GCM_C) || !(defined(MBEDTLS_SHA384_C) || defined(MBEDTLS_SHA512_C))
		#error "AES-GCM and SHA-384 are needed"
	#endif
	#ifdef MBEDTLS_USE_PSA_CRYPTO
		#include "psa/crypto.h"
	#endif
#endif

typedef int (*CulmMbedtlsRandom)(void *context, unsigned char *bytes, size_t length);

static const int culmCipherSuites[] = {
	MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
	0
};

/* P-256 first: a whole handshake with X25519 takes up to 40 % more instructions (docs/tls.md). */
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
static const uint16_t culmGroups[] = {
	MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
	MBEDTLS_SSL_IANA_TLS_GROUP_X25519,
	MBEDTLS_SSL_IANA_TLS_GROUP_NONE
};
#else
static const mbedtls_ecp_group_id culmGroups[] = {
	MBEDTLS_ECP_DP_SECP256R1,
	MBEDTLS_ECP_DP_CURVE25519,
	MBEDTLS_ECP_DP_NONE
};
#endif

/* Of the server's signature on the key exchange. SHA-1, which 2.28 would still allow there, is left out. */
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
static const uint16_t culmSignatures[] = {
	MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256,
	MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
	MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
	MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,
	MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512,
	MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
	MBEDTLS_TLS1_3_SIG_NONE
};
#else
static const int culmSignatures[] = { MBEDTLS_MD_SHA256, MBEDTLS_MD_SHA384, MBEDTLS_MD_SHA512, MBEDTLS_MD_NONE };
#endif

/* To be called before anything else; as often as one likes. 0 when it worked. */
static inline int culm_mbedtls_start(void)
{
#if MBEDTLS_VERSION_NUMBER >= 0x04000000 || defined(MBEDTLS_USE_PSA_CRYPTO)
	return psa_crypto_init();
#else
	return 0;
#endif
}

static inline void culm_mbedtls_configure(mbedtls_ssl_config *config, CulmMbedtlsRandom random, void *context)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
	mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
	mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
	mbedtls_ssl_conf_groups(config, culmGroups);
	mbedtls_ssl_conf_sig_algs(config, culmSignatures);
#else
	mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
	mbedtls_ssl_conf_max_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
	mbedtls_ssl_conf_curves(config, culmGroups);
	mbedtls_ssl_conf_sig_hashes(config, culmSignatures);
#endif
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	(void)random;
	(void)context;
#else
	mbedtls_ssl_conf_rng(config, random, context);
#endif
	mbedtls_ssl_conf_ciphersuites(config, culmCipherSuites);
	mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
#ifdef MBEDTLS_SSL_RENEGOTIATION
	mbedtls_ssl_conf_renegotiation(config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
#endif
#ifdef MBEDTLS_SSL_SESSION_TICKETS
	/* Sessions are resumed by their id, which servers keep as well; a ticket would be kept in our memory. */
	mbedtls_ssl_conf_session_tickets(config, MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
#endif
}

/* 0 when it worked. */
static inline int culm_mbedtls_sha256(const unsigned char *bytes, size_t length, unsigned char *digest)
{
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	size_t digestLength;
	return psa_hash_compute(PSA_ALG_SHA_256, bytes, length, digest, 32, &digestLength);
#elif MBEDTLS_VERSION_NUMBER >= 0x03000000
	return mbedtls_sha256(bytes, length, digest, 0);
#else
	return mbedtls_sha256_ret(bytes, length, digest, 0);
#endif
}

/* A private key (DER, not encrypted) that is the one of `certificate`; 0 when it worked. */
static inline int culm_mbedtls_parse_key(mbedtls_pk_context *key, const unsigned char *bytes, size_t length,
	const mbedtls_pk_context *certificate, CulmMbedtlsRandom random, void *context)
{
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	(void)random;
	(void)context;
	int result = mbedtls_pk_parse_key(key, bytes, length, NULL, 0);
	return result != 0 ? result : mbedtls_pk_check_pair(certificate, key);
#elif MBEDTLS_VERSION_NUMBER >= 0x03000000
	int result = mbedtls_pk_parse_key(key, bytes, length, NULL, 0, random, context);
	return result != 0 ? result : mbedtls_pk_check_pair(certificate, key, random, context);
#else
	(void)random;
	(void)context;
	int result = mbedtls_pk_parse_key(key, bytes, length, NULL, 0);
	return result != 0 ? result : mbedtls_pk_check_pair(certificate, key);
#endif
}

/* Before version 4 each module has its own code for it, and a low-level one may be added to a high-level one. */
static inline int culm_mbedtls_is_out_of_memory(int result)
{
#if MBEDTLS_VERSION_NUMBER >= 0x04000000
	/*
	 * TLS calls every failure of PSA by the second name. What the peer sends gets to PSA only after its certificate
	 * was accepted, so in practice that is a lack of memory too.
	 */
	return result == PSA_ERROR_INSUFFICIENT_MEMORY || result == MBEDTLS_ERR_SSL_HW_ACCEL_FAILED;
#else
	switch (-result & 0xFF80) {
		case 0x2880: /* X.509 */
		case 0x3F80: /* public keys */
		case 0x4D80: /* elliptic curves */
		case 0x5180: /* digests */
		case 0x6180: /* ciphers */
		case 0x7F00: /* TLS */
			return 1;
	}
	switch (-result & 0x7F) {
		case 0x10: /* big numbers */
		case 0x6A: /* ASN.1 */
			return 1;
	}
	return 0;
#endif
}

#endif
