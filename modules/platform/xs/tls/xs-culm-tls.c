/* The session of culm-tls.h for XS: natives of the class in tls-session.ts. */

#include "xsmc.h"

#include <time.h>
#ifdef ESP_PLATFORM
	#include "esp_random.h"
#else
	#include <sys/random.h>
	#include <unistd.h>
#endif

#include "culm-tls.h"

void xs_culm_tls_destructor(void *data);

static const xsHostHooks hooks = {
	xs_culm_tls_destructor,
	NULL,
	NULL
};

static int64_t wallTime(void *context)
{
	(void)context;
	return (int64_t)time(NULL);
}

static int randomBytes(void *context, unsigned char *bytes, size_t length)
{
	(void)context;
#ifdef ESP_PLATFORM
	esp_fill_random(bytes, length);
#else
	/* 256 bytes at once are allowed. */
	while (length > 0) {
		size_t count = length < 256 ? length : 256;
		if (getentropy(bytes, count) != 0)
			return -1;
		bytes += count;
		length -= count;
	}
#endif
	return 0;
}

static CulmTls *sessionOf(xsMachine *the)
{
	CulmTls *session = xsmcGetHostDataValidate(xsThis, (void *)&hooks);
	if (session == NULL)
		xsUnknownError("closed");
	return session;
}

void xs_culm_tls_destructor(void *data)
{
	culm_tls_free(data);
}

/*
 * (commonName: string | undefined, authorities: Uint8Array[], count: number, pinnedSha256: Uint8Array | undefined,
 * resume: TlsSession | undefined, certificates: Uint8Array[], certificateCount: number,
 * privateKey: Uint8Array | undefined): number, a CulmTlsError
 */
void xs_culm_tls_start(xsMachine *the)
{
	CulmTlsBytes authorities[CULM_TLS_AUTHORITIES];
	CulmTlsBytes certificates[CULM_TLS_CERTIFICATES];
	char commonName[CULM_TLS_NAME_LENGTH + 2];
	CulmTlsOptions options = {
		.authorities = authorities,
		.now = wallTime,
		.random = randomBytes,
	};
	CulmTls *session = NULL;
	void *bytes;
	xsUnsignedValue length;

	if (xsmcGetHostData(xsThis) != NULL)
		xsUnknownError("started already");
	xsmcVars(1);
	if (xsmcTypeOf(xsArg(0)) != xsUndefinedType) {
		/* Throws when it is longer. */
		xsmcToStringBuffer(xsArg(0), commonName, sizeof commonName);
		options.commonName = commonName;
	}
	int count = xsmcToInteger(xsArg(2));
	if (count < 0 || count > CULM_TLS_AUTHORITIES) {
		xsmcSetInteger(xsResult, CULM_TLS_INVALID);
		return;
	}
	options.authorityCount = (size_t)count;
	/*
	 * The array is the caller's own. Reading it allocates nothing, so nothing is moved until culm_tls_create() is done;
	 * resources are never moved.
	 */
	options.authoritiesStay = true;
	for (int i = 0; i < count; i++) {
		xsmcGetIndex(xsVar(0), xsArg(1), (xsIndex)i);
		if (xsmcGetBufferReadable(xsVar(0), &bytes, &length) != xsBufferNonrelocatable)
			options.authoritiesStay = false;
		authorities[i].bytes = bytes;
		authorities[i].length = length;
	}
	if (xsmcTypeOf(xsArg(3)) != xsUndefinedType) {
		xsmcGetBufferReadable(xsArg(3), &bytes, &length);
		if (length != CULM_TLS_SHA256_SIZE) {
			xsmcSetInteger(xsResult, CULM_TLS_INVALID);
			return;
		}
		options.pinnedSha256 = bytes;
	}
	if (xsmcTypeOf(xsArg(4)) != xsUndefinedType)
		options.resume = xsmcGetHostDataValidate(xsArg(4), (void *)&hooks);
	int certificateCount = xsmcToInteger(xsArg(6));
	if (certificateCount < 0 || certificateCount > CULM_TLS_CERTIFICATES) {
		xsmcSetInteger(xsResult, CULM_TLS_INVALID);
		return;
	}
	options.certificates = certificates;
	options.certificateCount = (size_t)certificateCount;
	for (int i = 0; i < certificateCount; i++) {
		xsmcGetIndex(xsVar(0), xsArg(5), (xsIndex)i);
		xsmcGetBufferReadable(xsVar(0), &bytes, &length);
		certificates[i].bytes = bytes;
		certificates[i].length = length;
	}
	if (xsmcTypeOf(xsArg(7)) != xsUndefinedType) {
		xsmcGetBufferReadable(xsArg(7), &bytes, &length);
		options.privateKey.bytes = bytes;
		options.privateKey.length = length;
	}

	CulmTlsError error = culm_tls_create(&session, &options);
	if (session != NULL) {
		xsmcSetHostData(xsThis, session);
		xsSetHostHooks(xsThis, (xsHostHooks *)&hooks);
	}
	xsmcSetInteger(xsResult, error);
}

void xs_culm_tls_free(xsMachine *the)
{
	culm_tls_free(sessionOf(the));
	xsmcSetHostData(xsThis, NULL);
}

void xs_culm_tls_close(xsMachine *the)
{
	culm_tls_close(sessionOf(the));
}

void xs_culm_tls_get_state(xsMachine *the)
{
	xsmcSetInteger(xsResult, culm_tls_state(sessionOf(the)));
}

void xs_culm_tls_get_error(xsMachine *the)
{
	xsmcSetInteger(xsResult, culm_tls_error(sessionOf(the)));
}

void xs_culm_tls_get_reason(xsMachine *the)
{
	xsmcSetInteger(xsResult, culm_tls_reason(sessionOf(the)));
}

void xs_culm_tls_get_detail(xsMachine *the)
{
	xsmcSetInteger(xsResult, culm_tls_detail(sessionOf(the)));
}

void xs_culm_tls_get_wanted(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)culm_tls_wanted(sessionOf(the)));
}

void xs_culm_tls_get_readable(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)culm_tls_readable(sessionOf(the)));
}

void xs_culm_tls_get_writable(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)culm_tls_writable(sessionOf(the)));
}

/* string | undefined */
void xs_culm_tls_get_certificateName(xsMachine *the)
{
	const CulmTlsCertificate *certificate = culm_tls_certificate(sessionOf(the));
	if (certificate == NULL)
		return;
	xsmcSetString(xsResult, (char *)certificate->commonName);
}

/* 64 lower-case hex digits | undefined */
void xs_culm_tls_get_certificateSha256(xsMachine *the)
{
	const CulmTlsCertificate *certificate = culm_tls_certificate(sessionOf(the));
	char digits[2 * CULM_TLS_SHA256_SIZE + 1];
	if (certificate == NULL)
		return;
	for (int i = 0; i < CULM_TLS_SHA256_SIZE; i++) {
		digits[2 * i] = "0123456789abcdef"[certificate->sha256[i] >> 4];
		digits[2 * i + 1] = "0123456789abcdef"[certificate->sha256[i] & 15];
	}
	digits[2 * CULM_TLS_SHA256_SIZE] = 0;
	xsmcSetString(xsResult, digits);
}

/* (bytes: Uint8Array): number, how many were taken */
void xs_culm_tls_receive(xsMachine *the)
{
	CulmTls *session = sessionOf(the);
	void *bytes;
	xsUnsignedValue length;
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	xsmcSetInteger(xsResult, (xsIntegerValue)culm_tls_receive(session, bytes, length));
}

void xs_culm_tls_endOfInput(xsMachine *the)
{
	culm_tls_end_of_input(sessionOf(the));
}

/* (limit: number): ArrayBuffer | undefined, which the session counts as sent */
void xs_culm_tls_takeOutput(xsMachine *the)
{
	CulmTls *session = sessionOf(the);
	int limit = xsmcToInteger(xsArg(0));
	size_t length;
	const uint8_t *output = culm_tls_output(session, &length);
	if (limit < 0)
		limit = 0;
	if (length > (size_t)limit)
		length = (size_t)limit;
	if (length == 0)
		return;
	xsmcSetArrayBuffer(xsResult, (void *)output, (xsIntegerValue)length);
	culm_tls_sent(session, length);
}

/* (limit?: number | Uint8Array): ArrayBuffer, or number with a buffer | undefined when there is nothing */
void xs_culm_tls_read(xsMachine *the)
{
	CulmTls *session = sessionOf(the);
	size_t length = culm_tls_readable(session);
	if (length == 0)
		return;
	if (xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) == xsReferenceType) {
		void *bytes;
		xsUnsignedValue size;
		xsmcGetBufferWritable(xsArg(0), &bytes, &size);
		xsmcSetInteger(xsResult, (xsIntegerValue)culm_tls_read(session, bytes, size));
		return;
	}
	if (xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) != xsUndefinedType) {
		int limit = xsmcToInteger(xsArg(0));
		if (limit < 0)
			xsRangeError("invalid count");
		if ((size_t)limit < length)
			length = (size_t)limit;
	}
	xsmcSetArrayBuffer(xsResult, NULL, (xsIntegerValue)length);
	culm_tls_read(session, xsmcToArrayBuffer(xsResult), length);
}

/* (): number | undefined, one byte */
void xs_culm_tls_readByte(xsMachine *the)
{
	uint8_t byte;
	if (culm_tls_read(sessionOf(the), &byte, 1) == 1)
		xsmcSetInteger(xsResult, byte);
}

/* (data: number | buffer, more: boolean): boolean */
void xs_culm_tls_write(xsMachine *the)
{
	CulmTls *session = sessionOf(the);
	bool more = xsmcToBoolean(xsArg(1));
	void *bytes;
	xsUnsignedValue length;
	uint8_t byte;
	if (xsmcTypeOf(xsArg(0)) == xsReferenceType) {
		xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	} else {
		byte = (uint8_t)xsmcToInteger(xsArg(0));
		bytes = &byte;
		length = 1;
	}
	xsmcSetBoolean(xsResult, culm_tls_write(session, bytes, length, more));
}
