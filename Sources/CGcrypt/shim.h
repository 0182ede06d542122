// Debian's libgcrypt (libgcrypt20-dev): SM4-GCM and HMAC-SM3, which libsodium leaves out. Thin calls, because the library's
// own start-up function takes variable arguments, which Swift cannot call.
#include <gcrypt.h>

static inline int junheng_gcrypt_start(void) {
    if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) return 1;
    if (!gcry_check_version("1.9.0")) return 0;
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return 1;
}

// SM4-GCM with a nonce of 12 bytes and a tag of 16. 0 for success; opening answers another number for a wrong tag.
static inline int junheng_sm4_gcm(
    int opening, const unsigned char *key, const unsigned char *nonce, const unsigned char *with, size_t withLength,
    const unsigned char *in, size_t length, unsigned char *out, unsigned char *tag) {
    gcry_cipher_hd_t handle;
    int code = (int)gcry_cipher_open(&handle, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0);
    if (code) return code;
    code = (int)gcry_cipher_setkey(handle, key, 16);
    if (!code) code = (int)gcry_cipher_setiv(handle, nonce, 12);
    if (!code && withLength) code = (int)gcry_cipher_authenticate(handle, with, withLength);
    if (!code) code = (int)(opening ? gcry_cipher_decrypt(handle, out, length, in, length)
                                    : gcry_cipher_encrypt(handle, out, length, in, length));
    if (!code) code = (int)(opening ? gcry_cipher_checktag(handle, tag, 16) : gcry_cipher_gettag(handle, tag, 16));
    gcry_cipher_close(handle);
    return code;
}

// SM4 on one block, for the example of the standard.
static inline int junheng_sm4_block(const unsigned char *key, const unsigned char *in, unsigned char *out) {
    gcry_cipher_hd_t handle;
    int code = (int)gcry_cipher_open(&handle, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_ECB, 0);
    if (code) return code;
    code = (int)gcry_cipher_setkey(handle, key, 16);
    if (!code) code = (int)gcry_cipher_encrypt(handle, out, 16, in, 16);
    gcry_cipher_close(handle);
    return code;
}

// HMAC-SM3, 32 bytes.
static inline int junheng_hmac_sm3(
    const unsigned char *key, size_t keyLength, const unsigned char *message, size_t length, unsigned char *out) {
    gcry_mac_hd_t handle;
    size_t size = 32;
    int code = (int)gcry_mac_open(&handle, GCRY_MAC_HMAC_SM3, 0, NULL);
    if (code) return code;
    code = (int)gcry_mac_setkey(handle, key, keyLength);
    if (!code) code = (int)gcry_mac_write(handle, message, length);
    if (!code) code = (int)gcry_mac_read(handle, out, &size);
    gcry_mac_close(handle);
    return code;
}
