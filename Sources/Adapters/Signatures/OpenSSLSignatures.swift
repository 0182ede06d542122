internal import CSignatures
public import Registry

/// Signatures of ID tokens by OpenSSL.
public struct OpenSSLSignatures: TokenSignatures {
    public init() {}

    public func isRight(_ signature: [UInt8], of message: [UInt8], by key: SigningKey) -> Bool {
        switch key.numbers {
        case .rsa(let modulus, let exponent):
            // Shorter keys are broken, longer ones are there to keep us busy.
            guard (256...1_024).contains(modulus.count), (1...8).contains(exponent.count), signature.count == modulus.count else {
                return false
            }
            return junheng_signature_rs256(
                modulus, modulus.count, exponent, exponent.count, message, message.count, signature, signature.count) == 1
        case .p256(let x, let y):
            guard x.count == 32, y.count == 32, signature.count == 64 else { return false }
            return junheng_signature_es256(x, y, message, message.count, signature) == 1
        }
    }
}
