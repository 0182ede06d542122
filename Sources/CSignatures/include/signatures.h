/* Checks signatures of ID tokens by Debian's OpenSSL: 1 for right, 0 for anything else. Numbers are big-endian. */
#ifndef JUNHENG_SIGNATURES_H
#define JUNHENG_SIGNATURES_H

#include <stddef.h>
#include <stdint.h>

/* RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3). */
int junheng_signature_rs256(
    const uint8_t *modulus, size_t modulus_length, const uint8_t *exponent, size_t exponent_length, const uint8_t *message,
    size_t message_length, const uint8_t *signature, size_t signature_length);

/* ECDSA over P-256 with SHA-256 (RFC 7518, section 3.4): x and y of 32 bytes each, the signature is r and s, 32 bytes each. */
int junheng_signature_es256(
    const uint8_t *x, const uint8_t *y, const uint8_t *message, size_t message_length, const uint8_t *signature);

#endif
