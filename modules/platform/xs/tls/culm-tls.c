/* TLS 1.2 client without sockets, over mbedTLS: see culm-tls.h. */

#include "culm-tls.h"

#include <stdlib.h>
#include <string.h>

#include "culm-mbedtls.h"

/* Kept free of application data: a close_notify (31 bytes) and one other alert find room whatever is queued. */
#define OUTPUT_RESERVE 64
/* In the message with our certificates: its header, the length of their list, and that of each. */
#define LIST_OVERHEAD (4 + 3)
#define ITEM_OVERHEAD 3
/* For the proof that the key is ours, with an RSA key of 4096 bits, and the records' headers. */
#define PROOF_SIZE 600

/* What mbedTLS asks for first when it waits for a record. */
#define RECORD_HEADER_SIZE 5

/* Flags of a certificate in the chain that are decided here: names by exactness, dates with the caller's clock. */
#define DECIDED_HERE (MBEDTLS_X509_BADCERT_CN_MISMATCH | MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE)
/* A weak key stays weak, whoever has confirmed it. */
#define COUNTS_FOR_PINNED (MBEDTLS_X509_BADCERT_BAD_PK | MBEDTLS_X509_BADCERT_BAD_KEY)

struct CulmTls {
	mbedtls_ssl_context ssl;
	mbedtls_ssl_config config;
	/* Only until the handshake is over. */
	mbedtls_x509_crt authorities;
	mbedtls_x509_crt certificates;
	mbedtls_pk_context privateKey;

	int64_t (*now)(void *context);
	void *context;

	CulmTlsState state;
	CulmTlsError error;
	CulmTlsReason reason;
	int detail;

	/* Whether a name is expected. */
	bool named;
	char commonName[CULM_TLS_NAME_LENGTH + 1];
	bool pinned;
	uint8_t pinnedSha256[CULM_TLS_SHA256_SIZE];

	/* What was found in the chain above the leaf; collected from the top down. */
	uint32_t chainFlags;
	bool chainExpired;
	bool chainNotYetValid;
	CulmTlsCertificate certificate;
	bool shown;
	CulmTlsError verdict;
	bool accepted;
	/* The keys of another session were offered; they were taken when no certificate was shown. */
	bool offered;
	bool resumed;
	/* What is offered to the peer for further sessions; made when the first of them asks. */
	mbedtls_ssl_session keys;
	bool hasKeys;

	/* The caller's bytes during culm_tls_receive(). */
	const uint8_t *input;
	size_t inputLength;
	size_t wanted;
	bool inputEnded;

	size_t outputLength;
	size_t stagedLength;
	bool outputOverrun;
	size_t outputSize;
	/* Sealed records, and behind them plain text that waits for the rest of its record. */
	uint8_t output[];
};

/* Time */

static int64_t daysFromCivil(int64_t year, int month, int day)
{
	/* Years begin in March, so that the leap day is the last one. */
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yearOfEra = y - era * 400;
	int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

static int64_t secondsFromX509(const mbedtls_x509_time *time)
{
	return ((daysFromCivil(time->year, time->mon, time->day) * 24 + time->hour) * 60 + time->min) * 60 + time->sec;
}

int64_t culm_tls_build_time(void)
{
#ifdef CULM_TLS_BUILD_TIME
	return (int64_t)CULM_TLS_BUILD_TIME;
#else
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	/* "Mmm dd yyyy", a day below 10 with a space before it. */
	static const char date[] = __DATE__;
	int month = 1;
	while (month < 12 && memcmp(months + 3 * (month - 1), date, 3) != 0)
		month++;
	int day = (date[4] == ' ' ? 0 : date[4] - '0') * 10 + (date[5] - '0');
	int year = (date[7] - '0') * 1000 + (date[8] - '0') * 100 + (date[9] - '0') * 10 + (date[10] - '0');
	return daysFromCivil(year, month, day) * 24 * 60 * 60;
#endif
}

/* Names */

static bool isCommonName(const mbedtls_x509_name *name)
{
	/* 2.5.4.3 */
	return name->oid.p != NULL && name->oid.len == 3 && memcmp(name->oid.p, "\x55\x04\x03", 3) == 0;
}

static char lowerCase(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool equalsIgnoringCase(const mbedtls_x509_buf *value, const char *expected)
{
	size_t length = strlen(expected);
	if (value->len != length)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (lowerCase((char)value->p[i]) != lowerCase(expected[i]))
			return false;
	}
	return true;
}

/* Exactly one common name, of a string type of one byte per character, equal in full length; NULL is any name. */
static bool hasName(const mbedtls_x509_crt *leaf, const char *expected)
{
	const mbedtls_x509_buf *found = NULL;
	for (const mbedtls_x509_name *name = &leaf->subject; name != NULL; name = name->next) {
		if (!isCommonName(name))
			continue;
		if (found != NULL)
			return false;
		found = &name->val;
	}
	if (found == NULL)
		return false;
	switch (found->tag) {
		case MBEDTLS_ASN1_UTF8_STRING:
		case MBEDTLS_ASN1_PRINTABLE_STRING:
		case MBEDTLS_ASN1_T61_STRING:
		case MBEDTLS_ASN1_IA5_STRING:
			return expected == NULL ? found->len > 0 : equalsIgnoringCase(found, expected);
		default:
			return false;
	}
}

static void summarizeNames(const mbedtls_x509_crt *leaf, char *text)
{
	size_t length = 0;
	for (const mbedtls_x509_name *name = &leaf->subject; name != NULL; name = name->next) {
		if (!isCommonName(name))
			continue;
		for (const char *c = length > 0 ? ", " : ""; *c != 0 && length < CULM_TLS_NAME_LENGTH; c++)
			text[length++] = *c;
		for (size_t i = 0; i < name->val.len && length < CULM_TLS_NAME_LENGTH; i++) {
			unsigned char c = name->val.p[i];
			text[length++] = c >= 0x20 && c < 0x7F ? (char)c : '?';
		}
	}
	text[length] = 0;
}

static bool isUsableName(const char *name)
{
	size_t length = 0;
	for (; name[length] != 0; length++) {
		if (length == CULM_TLS_NAME_LENGTH || (unsigned char)name[length] < 0x20 || name[length] == 0x7F)
			return false;
	}
	return length > 0;
}

/* A server name is a host name, and never an address (RFC 6066, section 3). */
static bool isServerName(const char *name)
{
	size_t dots = 0;
	bool onlyDigits = true;
	for (; *name != 0; name++) {
		char c = lowerCase(*name);
		if (c == '.')
			dots++;
		else if ((c >= 'a' && c <= 'z') || c == '-' || c == '_')
			onlyDigits = false;
		else if (c < '0' || c > '9')
			return false;
	}
	return !(onlyDigits && dots == 3);
}

/* Trust */

static CulmTlsReason reasonAgainst(uint32_t flags, bool expired, bool notYetValid)
{
	if (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED)
		return CULM_TLS_UNKNOWN_ISSUER;
	if (flags != 0)
		return CULM_TLS_UNSUITABLE;
	if (expired)
		return CULM_TLS_EXPIRED;
	if (notYetValid)
		return CULM_TLS_NOT_YET_VALID;
	return CULM_TLS_NO_REASON;
}

static CulmTlsError judge(
	CulmTls *session, const mbedtls_x509_crt *leaf, uint32_t flags, bool expired, bool notYetValid)
{
	if (session->pinned) {
		if (memcmp(session->certificate.sha256, session->pinnedSha256, CULM_TLS_SHA256_SIZE) != 0)
			return CULM_TLS_CERTIFICATE_CHANGED;
		session->reason = reasonAgainst(flags & COUNTS_FOR_PINNED, expired, notYetValid);
	} else {
		session->reason = reasonAgainst(
			flags | session->chainFlags, expired || session->chainExpired, notYetValid || session->chainNotYetValid);
	}
	if (session->reason != CULM_TLS_NO_REASON)
		return CULM_TLS_UNTRUSTED;
	/* Of a leaf that somebody has confirmed by its digest no name has to tell which one it is. */
	if (session->pinned && !session->named)
		return CULM_TLS_OK;
	return hasName(leaf, session->named ? session->commonName : NULL) ? CULM_TLS_OK : CULM_TLS_WRONG_NAME;
}

/*
 * mbedTLS asks about each certificate of the chain it has built, from the top down to the leaf (depth 0), and adds up
 * the flags that are left. So nothing is left but for the leaf, where everything is known that counts.
 */
static int onCertificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	CulmTls *session = context;
	uint32_t found = *flags & ~(uint32_t)DECIDED_HERE;
	*flags = 0;

	int64_t now = session->now(session->context);
	int64_t built = culm_tls_build_time();
	bool clockIsSet = now >= built;
	bool expired = secondsFromX509(&certificate->valid_to) < (clockIsSet ? now : built);
	bool notYetValid = clockIsSet && secondsFromX509(&certificate->valid_from) > now;

	if (depth > 0) {
		session->chainFlags |= found;
		session->chainExpired |= expired;
		session->chainNotYetValid |= notYetValid;
		return 0;
	}

	int result = culm_mbedtls_sha256(certificate->raw.p, certificate->raw.len, session->certificate.sha256);
	if (result != 0)
		return result;
	summarizeNames(certificate, session->certificate.commonName);
	session->shown = true;
	session->verdict = judge(session, certificate, found, expired, notYetValid);
	session->accepted = session->verdict == CULM_TLS_OK;

	/* The alert that mbedTLS sends follows from the flag. */
	switch (session->verdict) {
		case CULM_TLS_OK:
			break;
		case CULM_TLS_WRONG_NAME:
			*flags = MBEDTLS_X509_BADCERT_CN_MISMATCH;
			break;
		case CULM_TLS_UNTRUSTED:
			*flags = session->reason == CULM_TLS_UNKNOWN_ISSUER ? MBEDTLS_X509_BADCERT_NOT_TRUSTED
				: session->reason == CULM_TLS_EXPIRED           ? MBEDTLS_X509_BADCERT_EXPIRED
																: MBEDTLS_X509_BADCERT_OTHER;
			break;
		default:
			*flags = MBEDTLS_X509_BADCERT_OTHER;
			break;
	}
	return 0;
}

/* Bytes */

static int receiveBytes(void *context, unsigned char *bytes, size_t length)
{
	CulmTls *session = context;
	if (session->inputLength == 0) {
		session->wanted = length;
		return MBEDTLS_ERR_SSL_WANT_READ;
	}
	if (length > session->inputLength)
		length = session->inputLength;
	memcpy(bytes, session->input, length);
	session->input += length;
	session->inputLength -= length;
	return (int)length;
}

static int sendBytes(void *context, const unsigned char *bytes, size_t length)
{
	CulmTls *session = context;
	size_t room = session->outputSize - session->outputLength - session->stagedLength;
	if (room < length) {
		/*
		 * A handshake's messages fit, and application data is measured before it is sealed. So the peer has asked
		 * for more answers (alerts) than it has taken.
		 */
		session->outputOverrun = true;
		return MBEDTLS_ERR_SSL_WANT_WRITE;
	}
	uint8_t *end = session->output + session->outputLength;
	memmove(end + length, end, session->stagedLength);
	memcpy(end, bytes, length);
	session->outputLength += length;
	return (int)length;
}

/* The course of a session */

static void end(CulmTls *session, CulmTlsError error, int detail)
{
	session->state = CULM_TLS_ENDED;
	session->error = error;
	session->detail = detail;
	session->wanted = 0;
	mbedtls_platform_zeroize(session->output + session->outputLength, session->stagedLength);
	session->stagedLength = 0;
}

static void fail(CulmTls *session, int result)
{
	bool inHandshake = session->state == CULM_TLS_HANDSHAKE;
	CulmTlsError error = CULM_TLS_PROTOCOL;

	if (culm_mbedtls_is_out_of_memory(result)) {
		error = CULM_TLS_NO_MEMORY;
	} else if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY || result == MBEDTLS_ERR_SSL_CONN_EOF) {
		error = inHandshake ? CULM_TLS_HANDSHAKE_CLOSED : CULM_TLS_CLOSED_BY_PEER;
	} else if (inHandshake && session->shown && !session->accepted) {
		error = session->verdict;
	} else if (inHandshake && session->accepted && mbedtls_ssl_get_verify_result(&session->ssl) != 0) {
		/* The curve of the leaf's key and what the key may be used for are checked after the chain. */
		error = CULM_TLS_UNTRUSTED;
		session->reason = CULM_TLS_UNSUITABLE;
	} else if (inHandshake && session->accepted && result == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
		error = CULM_TLS_UNAUTHORIZED;
	}
	end(session, error, result);
}

static void forgetIdentity(CulmTls *session)
{
	mbedtls_x509_crt_free(&session->certificates);
	mbedtls_x509_crt_init(&session->certificates);
	mbedtls_pk_free(&session->privateKey);
	mbedtls_pk_init(&session->privateKey);
}

static void finishHandshake(CulmTls *session)
{
	if (session->offered && !session->shown) {
		/* Only who was accepted before has these keys. */
		session->resumed = true;
		session->shown = true;
		session->accepted = true;
	}
	if (!session->accepted) {
		/* No cipher suite of ours goes without a certificate; this is here to stay true. */
		session->reason = CULM_TLS_UNKNOWN_ISSUER;
		end(session, CULM_TLS_UNTRUSTED, 0);
		return;
	}
	session->state = CULM_TLS_OPEN;
	session->wanted = RECORD_HEADER_SIZE;
	/* Nobody is asked for a certificate again: there is no renegotiation. */
	mbedtls_ssl_conf_ca_chain(&session->config, NULL, NULL);
	mbedtls_x509_crt_free(&session->authorities);
	mbedtls_x509_crt_init(&session->authorities);
	/* Nor are we. */
	forgetIdentity(session);
}

/* Goes on as far as the input allows. */
static void proceed(CulmTls *session)
{
	while (session->state != CULM_TLS_ENDED) {
		size_t before = session->inputLength;
		int result;

		if (session->state == CULM_TLS_HANDSHAKE) {
			result = mbedtls_ssl_handshake(&session->ssl);
			if (result == 0) {
				finishHandshake(session);
				continue;
			}
		} else {
			unsigned char none;
			if (culm_tls_readable(session) > 0)
				return;
			/* Reading nothing takes in a record up to where its plain text can be read. */
			result = mbedtls_ssl_read(&session->ssl, &none, 0);
			if (culm_tls_readable(session) > 0)
				return;
		}

		if (session->outputOverrun) {
			end(session, CULM_TLS_PROTOCOL, result);
		} else if (result != 0 && result != MBEDTLS_ERR_SSL_WANT_READ) {
			fail(session, result);
		} else if (session->inputLength == 0 || session->inputLength == before) {
			return;
		}
		/* Otherwise the record was of no use to the application (a warning, or empty): go on to the next one. */
	}
}

static bool expectSame(const CulmTls *a, const CulmTls *b)
{
	size_t i = 0;
	while (a->commonName[i] != 0 && lowerCase(a->commonName[i]) == lowerCase(b->commonName[i]))
		i++;
	return a->named == b->named && a->commonName[i] == b->commonName[i] && a->pinned == b->pinned &&
		memcmp(a->pinnedSha256, b->pinnedSha256, CULM_TLS_SHA256_SIZE) == 0;
}

/* 0 also when there is nothing to offer. */
static int offer(CulmTls *session, CulmTls *resume)
{
	if (resume == NULL || resume->state != CULM_TLS_OPEN)
		return 0;
	if (!resume->hasKeys) {
		/* From version 3 on mbedTLS gives them out once. */
		int result = mbedtls_ssl_get_session(&resume->ssl, &resume->keys);
		if (result != 0)
			return result;
		resume->hasKeys = true;
	}
	int result = mbedtls_ssl_set_session(&session->ssl, &resume->keys);
	if (result != 0)
		return result;
	session->offered = true;
	session->certificate = resume->certificate;
	return 0;
}

/* CULM_TLS_OK also without an identity. */
static CulmTlsError setUpIdentity(CulmTls *session, const CulmTlsOptions *options)
{
	if (options->certificateCount == 0)
		return CULM_TLS_OK;
	int result = 0;
	for (size_t i = 0; i < options->certificateCount && result == 0; i++) {
		const CulmTlsBytes *certificate = &options->certificates[i];
		result = mbedtls_x509_crt_parse_der(&session->certificates, certificate->bytes, certificate->length);
	}
	if (result == 0)
		result = culm_mbedtls_parse_key(&session->privateKey, options->privateKey.bytes, options->privateKey.length,
			&session->certificates.pk, options->random, options->context);
	if (result != 0)
		return culm_mbedtls_is_out_of_memory(result) ? CULM_TLS_NO_MEMORY : CULM_TLS_INVALID;
	result = mbedtls_ssl_conf_own_cert(&session->config, &session->certificates, &session->privateKey);
	return result == 0 ? CULM_TLS_OK : CULM_TLS_NO_MEMORY;
}

static CulmTlsError setUp(CulmTls *session, const CulmTlsOptions *options)
{
	for (size_t i = 0; i < options->authorityCount; i++) {
		const CulmTlsBytes *authority = &options->authorities[i];
		int result = options->authoritiesStay
			? mbedtls_x509_crt_parse_der_nocopy(&session->authorities, authority->bytes, authority->length)
			: mbedtls_x509_crt_parse_der(&session->authorities, authority->bytes, authority->length);
		if (result != 0)
			return culm_mbedtls_is_out_of_memory(result) ? CULM_TLS_NO_MEMORY : CULM_TLS_INVALID;
	}

	int result = mbedtls_ssl_config_defaults(
		&session->config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
	if (result == 0) {
		culm_mbedtls_configure(&session->config, options->random, options->context);
		mbedtls_ssl_conf_ca_chain(&session->config, &session->authorities, NULL);
		mbedtls_ssl_conf_verify(&session->config, onCertificate, session);
		CulmTlsError error = setUpIdentity(session, options);
		if (error != CULM_TLS_OK)
			return error;
		result = mbedtls_ssl_setup(&session->ssl, &session->config);
	}
	if (result == 0) {
		/* NULL says that no name is to be compared by mbedTLS, whose own rules prefer the SAN and allow wildcards. */
		const char *serverName =
			options->commonName != NULL && isServerName(options->commonName) ? options->commonName : NULL;
		result = mbedtls_ssl_set_hostname(&session->ssl, serverName);
	}
	if (result == 0)
		result = offer(session, options->resume);
	if (result != 0)
		return culm_mbedtls_is_out_of_memory(result) ? CULM_TLS_NO_MEMORY : CULM_TLS_UNSUPPORTED;

	mbedtls_ssl_set_bio(&session->ssl, session, sendBytes, receiveBytes, NULL);
	proceed(session);
	if (session->state != CULM_TLS_ENDED)
		return CULM_TLS_OK;
	return session->error == CULM_TLS_NO_MEMORY ? CULM_TLS_NO_MEMORY : CULM_TLS_UNSUPPORTED;
}

/* The list of our certificates as it is sent; 0 when there is none, SIZE_MAX when it cannot be sent. */
static size_t certificatesSize(const CulmTlsOptions *options)
{
	if (options->certificateCount == 0)
		return 0;
	if (options->certificateCount > CULM_TLS_CERTIFICATES)
		return SIZE_MAX;
	size_t size = LIST_OVERHEAD;
	for (size_t i = 0; i < options->certificateCount; i++) {
		/* No message of mbedTLS is longer than a record. */
		if (options->certificates[i].length > MBEDTLS_SSL_OUT_CONTENT_LEN)
			return SIZE_MAX;
		size += ITEM_OVERHEAD + options->certificates[i].length;
	}
	return size <= MBEDTLS_SSL_OUT_CONTENT_LEN ? size : SIZE_MAX;
}

CulmTlsError culm_tls_create(CulmTls **created, const CulmTlsOptions *options)
{
	size_t ownSize = certificatesSize(options);
	*created = NULL;
	if (ownSize == SIZE_MAX)
		return CULM_TLS_INVALID;
	if ((options->commonName != NULL && !isUsableName(options->commonName)) || options->authorityCount > CULM_TLS_AUTHORITIES ||
		options->now == NULL || options->random == NULL)
		return CULM_TLS_INVALID;
	if (culm_mbedtls_start() != 0)
		return CULM_TLS_UNSUPPORTED;

	size_t outputSize = CULM_TLS_OUTPUT_SIZE + (ownSize > 0 ? ownSize + PROOF_SIZE : 0);
	CulmTls *session = calloc(1, sizeof(CulmTls) + outputSize);
	if (session == NULL)
		return CULM_TLS_NO_MEMORY;
	session->outputSize = outputSize;
	mbedtls_ssl_init(&session->ssl);
	mbedtls_ssl_config_init(&session->config);
	mbedtls_x509_crt_init(&session->authorities);
	mbedtls_x509_crt_init(&session->certificates);
	mbedtls_pk_init(&session->privateKey);
	mbedtls_ssl_session_init(&session->keys);
	session->now = options->now;
	session->context = options->context;
	session->wanted = RECORD_HEADER_SIZE;
	if (options->commonName != NULL) {
		session->named = true;
		strcpy(session->commonName, options->commonName);
	}
	if (options->pinnedSha256 != NULL) {
		session->pinned = true;
		memcpy(session->pinnedSha256, options->pinnedSha256, CULM_TLS_SHA256_SIZE);
	}

	CulmTlsError error = options->resume != NULL && !expectSame(session, options->resume) ? CULM_TLS_INVALID
																							: setUp(session, options);
	if (error != CULM_TLS_OK) {
		culm_tls_free(session);
		return error;
	}
	*created = session;
	return CULM_TLS_OK;
}

void culm_tls_free(CulmTls *session)
{
	if (session == NULL)
		return;
	mbedtls_ssl_free(&session->ssl);
	mbedtls_ssl_config_free(&session->config);
	mbedtls_x509_crt_free(&session->authorities);
	mbedtls_x509_crt_free(&session->certificates);
	mbedtls_pk_free(&session->privateKey);
	mbedtls_ssl_session_free(&session->keys);
	mbedtls_platform_zeroize(session, sizeof(CulmTls) + session->outputSize);
	free(session);
}

CulmTlsState culm_tls_state(const CulmTls *session)
{
	return session->state;
}

CulmTlsError culm_tls_error(const CulmTls *session)
{
	return session->error;
}

CulmTlsReason culm_tls_reason(const CulmTls *session)
{
	return session->reason;
}

int culm_tls_detail(const CulmTls *session)
{
	return session->detail;
}

const CulmTlsCertificate *culm_tls_certificate(const CulmTls *session)
{
	return session->shown ? &session->certificate : NULL;
}

bool culm_tls_resumed(const CulmTls *session)
{
	return session->resumed;
}

size_t culm_tls_wanted(const CulmTls *session)
{
	return session->inputEnded || culm_tls_readable(session) > 0 ? 0 : session->wanted;
}

size_t culm_tls_receive(CulmTls *session, const void *bytes, size_t length)
{
	/* What comes after the end is for nobody. */
	if (session->state == CULM_TLS_ENDED || session->inputEnded)
		return length;
	session->input = bytes;
	session->inputLength = length;
	proceed(session);
	size_t taken = session->state == CULM_TLS_ENDED ? length : length - session->inputLength;
	session->input = NULL;
	session->inputLength = 0;
	return taken;
}

void culm_tls_end_of_input(CulmTls *session)
{
	if (session->state == CULM_TLS_ENDED)
		return;
	session->inputEnded = true;
	if (culm_tls_readable(session) == 0)
		fail(session, MBEDTLS_ERR_SSL_CONN_EOF);
}

const uint8_t *culm_tls_output(const CulmTls *session, size_t *length)
{
	*length = session->outputLength;
	return session->output;
}

void culm_tls_sent(CulmTls *session, size_t length)
{
	if (length > session->outputLength)
		length = session->outputLength;
	session->outputLength -= length;
	memmove(session->output, session->output + length, session->outputLength + session->stagedLength);
}

size_t culm_tls_readable(const CulmTls *session)
{
	return session->state == CULM_TLS_OPEN ? mbedtls_ssl_get_bytes_avail(&session->ssl) : 0;
}

size_t culm_tls_read(CulmTls *session, void *bytes, size_t length)
{
	size_t available = culm_tls_readable(session);
	if (length > available)
		length = available;
	if (length == 0)
		return 0;
	int result = mbedtls_ssl_read(&session->ssl, bytes, length);
	if (result < 0) {
		fail(session, result);
		return 0;
	}
	if (culm_tls_readable(session) == 0) {
		session->wanted = RECORD_HEADER_SIZE;
		if (session->inputEnded)
			fail(session, MBEDTLS_ERR_SSL_CONN_EOF);
	}
	return (size_t)result;
}

size_t culm_tls_writable(const CulmTls *session)
{
	if (session->state != CULM_TLS_OPEN)
		return 0;
	int overhead = mbedtls_ssl_get_record_expansion(&session->ssl);
	int payload = mbedtls_ssl_get_max_out_record_payload(&session->ssl);
	if (overhead < 0 || payload < 0)
		return 0;
	size_t used = session->outputLength + session->stagedLength + (size_t)overhead + OUTPUT_RESERVE;
	size_t room = used < session->outputSize ? session->outputSize - used : 0;
	size_t record = (size_t)payload - session->stagedLength;
	return room < record ? room : record;
}

bool culm_tls_write(CulmTls *session, const void *bytes, size_t length, bool more)
{
	if (session->state != CULM_TLS_OPEN || length > culm_tls_writable(session))
		return false;
	uint8_t *staged = session->output + session->outputLength;
	if (length > 0)
		memcpy(staged + session->stagedLength, bytes, length);
	session->stagedLength += length;
	if (more || session->stagedLength == 0)
		return true;

	/* mbedTLS copies the plain text before it hands out the record, which then takes its place. */
	size_t total = session->stagedLength;
	session->stagedLength = 0;
	int result = mbedtls_ssl_write(&session->ssl, staged, total);
	if (result == (int)total)
		return true;
	fail(session, result < 0 ? result : MBEDTLS_ERR_SSL_INTERNAL_ERROR);
	return false;
}

void culm_tls_close(CulmTls *session)
{
	if (session->state == CULM_TLS_ENDED)
		return;
	if (session->state == CULM_TLS_OPEN)
		(void)mbedtls_ssl_close_notify(&session->ssl);
	end(session, CULM_TLS_OK, 0);
}
