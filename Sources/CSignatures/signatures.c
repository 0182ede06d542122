#include "signatures.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

static EVP_PKEY *key_of(const char *type, OSSL_PARAM *parameters) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (context && EVP_PKEY_fromdata_init(context) == 1) EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
    EVP_PKEY_CTX_free(context);
    return key;
}

static int is_right(EVP_PKEY *key, const uint8_t *message, size_t length, const uint8_t *signature, size_t signature_length) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int right = context && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1
        && EVP_DigestVerify(context, signature, signature_length, message, length) == 1;
    EVP_MD_CTX_free(context);
    return right;
}

int junheng_signature_rs256(
    const uint8_t *modulus, size_t modulus_length, const uint8_t *exponent, size_t exponent_length, const uint8_t *message,
    size_t message_length, const uint8_t *signature, size_t signature_length) {
    int right = 0;
    BIGNUM *n = BN_bin2bn(modulus, (int)modulus_length, NULL);
    BIGNUM *e = BN_bin2bn(exponent, (int)exponent_length, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM *parameters = NULL;
    EVP_PKEY *key = NULL;
    if (n && e && builder && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1 && (parameters = OSSL_PARAM_BLD_to_param(builder))
        && (key = key_of("RSA", parameters)))
        right = is_right(key, message, message_length, signature, signature_length);
    EVP_PKEY_free(key);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    BN_free(e);
    BN_free(n);
    return right;
}

int junheng_signature_es256(
    const uint8_t *x, const uint8_t *y, const uint8_t *message, size_t message_length, const uint8_t *signature) {
    int right = 0;
    /* The point uncompressed: 4, x, y. A point that is not on the curve is refused when the key is made. */
    uint8_t point[65] = {4};
    memcpy(point + 1, x, 32);
    memcpy(point + 33, y, 32);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY *key = key_of("EC", parameters);
    BIGNUM *r = BN_bin2bn(signature, 32, NULL);
    BIGNUM *s = BN_bin2bn(signature + 32, 32, NULL);
    ECDSA_SIG *pair = ECDSA_SIG_new();
    if (key && r && s && pair && ECDSA_SIG_set0(pair, r, s) == 1) {
        r = s = NULL;
        uint8_t *encoded = NULL;
        int length = i2d_ECDSA_SIG(pair, &encoded);
        if (length > 0) right = is_right(key, message, message_length, encoded, (size_t)length);
        OPENSSL_free(encoded);
    }
    ECDSA_SIG_free(pair);
    BN_free(s);
    BN_free(r);
    EVP_PKEY_free(key);
    return right;
}
