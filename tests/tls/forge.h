/* Certificates that the openssl command cannot make. */

#ifndef FORGE_H
#define FORGE_H

/*
 * Puts a NUL in the place of the "#" behind the serial number in `certificate` of `directory`, and signs it anew with
 * the issuer's key.
 */
void signNul(const char *directory, const char *certificate, const char *issuerKey, const char *result);

#endif
