/* TLS 1.2 client without sockets: bytes from and for the network, plain text from and for the application. */

#ifndef CULM_TLS_H
#define CULM_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* X.520 allows a common name of 64 characters. */
#define CULM_TLS_NAME_LENGTH 64
#define CULM_TLS_AUTHORITIES 32
/* Of ours, all that is sent. */
#define CULM_TLS_CERTIFICATES 8
#define CULM_TLS_SHA256_SIZE 32

/*
 * Room for what waits to be sent, sealed or staged; a session with certificates of ours has theirs in addition. One
 * write is smaller by the record's overhead and a reserve.
 */
#ifndef CULM_TLS_OUTPUT_SIZE
	#define CULM_TLS_OUTPUT_SIZE 2048
#endif

typedef struct CulmTls CulmTls;

typedef enum {
	CULM_TLS_HANDSHAKE,
	CULM_TLS_OPEN,
	/* Closed by either side, or failed: culm_tls_error() tells. What is left of the output may still be sent. */
	CULM_TLS_ENDED
} CulmTlsState;

/* One for each PortErrorCode that TLS can lead to. */
typedef enum {
	CULM_TLS_OK,
	/* The caller's options cannot be used. */
	CULM_TLS_INVALID,
	/* This build of mbedTLS cannot do it, or there are no random numbers. */
	CULM_TLS_UNSUPPORTED,
	/* No memory for another session ("unreachable"). */
	CULM_TLS_NO_MEMORY,
	/* The certificate does not lead to an authority, or is out of date: culm_tls_reason() tells which. */
	CULM_TLS_UNTRUSTED,
	/* Trusted, but its subject has not exactly one common name, or another one than expected, if one is. */
	CULM_TLS_WRONG_NAME,
	/* Not the pinned certificate. */
	CULM_TLS_CERTIFICATE_CHANGED,
	/* The peer hung up during the handshake. */
	CULM_TLS_HANDSHAKE_CLOSED,
	/* The peer ended an established session. */
	CULM_TLS_CLOSED_BY_PEER,
	/* Not TLS, no common version or cipher suite, a fatal alert, a record that was tampered with. */
	CULM_TLS_PROTOCOL,
	/* The peer has proved who it is, and ends the handshake with a fatal alert: it does not let us in. */
	CULM_TLS_UNAUTHORIZED
} CulmTlsError;

/* Why a certificate is not trusted. Of several reasons the first of this list counts. */
typedef enum {
	CULM_TLS_NO_REASON,
	CULM_TLS_UNKNOWN_ISSUER,
	/* Weak key or signature, or a key that may not be used for this. */
	CULM_TLS_UNSUITABLE,
	CULM_TLS_EXPIRED,
	CULM_TLS_NOT_YET_VALID
} CulmTlsReason;

typedef struct {
	const uint8_t *bytes;
	size_t length;
} CulmTlsBytes;

typedef struct {
	/*
	 * DER certificates that may end a chain: roots, and intermediates whose issuer nobody sends.
	 * With none at all only a pinned certificate can be accepted.
	 */
	const CulmTlsBytes *authorities;
	size_t authorityCount;
	/* Their bytes stay where they are (in flash, say) until culm_tls_free(). Otherwise they are copied. */
	bool authoritiesStay;
	/*
	 * What the leaf must be called, without regard to the case of ASCII letters. Sent as server name as well.
	 * NULL: it may be called anything, but has to have exactly one name.
	 */
	const char *commonName;
	/*
	 * SHA-256 of a leaf's DER, 32 bytes, or NULL. That very leaf is then accepted whoever issued it, and no other;
	 * its dates are checked as ever, and its name when one is expected.
	 */
	const uint8_t *pinnedSha256;
	/*
	 * Certificates (DER) that say who we are, for a peer that asks: the leaf first. With none of them we are nobody.
	 * CULM_TLS_INVALID when one cannot be read, when there are more than CULM_TLS_CERTIFICATES or more than fits into
	 * one message. They are copied, and wiped and freed when the handshake is over.
	 */
	const CulmTlsBytes *certificates;
	size_t certificateCount;
	/* The leaf's key, DER without encryption: PKCS #8, PKCS #1 or SEC 1. CULM_TLS_INVALID when it is none, or another's. */
	CulmTlsBytes privateKey;
	/*
	 * An open session with the same peer, or NULL. The peer is asked to go on with its keys, and may decline: then there
	 * is a whole handshake. It has to have the same name and pin (otherwise CULM_TLS_INVALID), and to trust the same
	 * authorities, since a peer that goes on shows no certificate. Used only until culm_tls_create() returns; one that
	 * is not open is of no effect. Who resumes is to be the same as who has begun.
	 */
	CulmTls *resume;
	/*
	 * Seconds since 1970 UTC. Anything before the build of this file means that the clock is not set: then a
	 * certificate must not have expired when this file was built, and when it becomes valid is not looked at.
	 */
	int64_t (*now)(void *context);
	/* Fills `bytes` with random numbers fit for keys; 0 if it could. mbedTLS 4 has its own and does not ask. */
	int (*random)(void *context, unsigned char *bytes, size_t length);
	void *context;
} CulmTlsOptions;

typedef struct {
	/* Printable ASCII, other bytes shown as "?"; several names are joined by ", "; cut when too long. */
	char commonName[CULM_TLS_NAME_LENGTH + 1];
	uint8_t sha256[CULM_TLS_SHA256_SIZE];
} CulmTlsCertificate;

/* The greeting is in the output when this returns CULM_TLS_OK. `*session` is NULL when it does not. */
CulmTlsError culm_tls_create(CulmTls **session, const CulmTlsOptions *options);
/* Wipes all secrets. NULL is allowed. */
void culm_tls_free(CulmTls *session);

CulmTlsState culm_tls_state(const CulmTls *session);
/* CULM_TLS_OK until the session has ended, and when culm_tls_close() ended it. */
CulmTlsError culm_tls_error(const CulmTls *session);
CulmTlsReason culm_tls_reason(const CulmTls *session);
/* What mbedTLS returned when the session failed, for a log; 0 otherwise. */
int culm_tls_detail(const CulmTls *session);
/* The leaf the peer has shown, trusted or not; NULL when it has shown none yet. */
const CulmTlsCertificate *culm_tls_certificate(const CulmTls *session);
/* Whether the peer went on with the keys of `resume`. Its certificate is then the one that was shown there. */
bool culm_tls_resumed(const CulmTls *session);

/*
 * How many bytes from the network are of use now: the rest of a record or of its header. 0 while plain text waits
 * to be read, which holds the peer back, and when the session has ended.
 */
size_t culm_tls_wanted(const CulmTls *session);
/* Takes bytes from the network. Returns how many; offer the rest again once plain text has been read. */
size_t culm_tls_receive(CulmTls *session, const void *bytes, size_t length);
/* The network has no more bytes. Ends the session as soon as all plain text has been read. */
void culm_tls_end_of_input(CulmTls *session);

/* Bytes for the network, valid until the next call. */
const uint8_t *culm_tls_output(const CulmTls *session, size_t *length);
/* The first `length` bytes of the output are on their way. */
void culm_tls_sent(CulmTls *session, size_t length);

/* Plain text that can be read at once: at most one record's, 16 KB. */
size_t culm_tls_readable(const CulmTls *session);
/* Returns how many bytes were read, 0 when none are there. */
size_t culm_tls_read(CulmTls *session, void *bytes, size_t length);

/* Plain text that can be written at once. 0 during the handshake and after the end. */
size_t culm_tls_writable(const CulmTls *session);
/*
 * All or nothing: false when it is more than culm_tls_writable(), or not open. With `more` it is kept for the same
 * record as what is written next, and not sent before that.
 */
bool culm_tls_write(CulmTls *session, const void *bytes, size_t length, bool more);

/* Tells the peer that nothing follows (there is always room for that in the output), and ends the session. */
void culm_tls_close(CulmTls *session);

/* Midnight UTC of the day on which this was built, or what CULM_TLS_BUILD_TIME says, in seconds since 1970. */
int64_t culm_tls_build_time(void);

#ifdef __cplusplus
}
#endif

#endif
