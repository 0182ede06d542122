public import Foundation
internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// The certificate a server proves itself with and its private key, both PEM files. A renewed certificate is taken without a restart.
public final class ServerCertificate: Sendable {
    private struct Loaded: Sendable {
        var chain: [NIOSSLCertificateSource]
        var key: NIOSSLPrivateKeySource
        var ends: Date
    }

    private let files: (certificate: String, key: String)
    private let loaded: Mutex<Loaded>

    /// Nil where the settings name none. Throws `CertificateRefusal`.
    public convenience init?(_ settings: Settings) throws {
        switch (settings.text("tls-certificate"), settings.text("tls-key")) {
        case (nil, nil): return nil
        case (let certificate?, let key?): try self.init(certificate: certificate, key: key)
        default: throw CertificateRefusal(description: "tls-certificate 和 tls-key 要一起写：一个是证书，一个是它的私钥")
        }
    }

    /// Reads both files. Throws `CertificateRefusal` when one cannot be read or the key is not the certificate's.
    public init(certificate: String, key: String) throws {
        files = (certificate, key)
        loaded = Mutex(try ServerCertificate.load(certificate, key))
    }

    /// The day the certificate ceases to hold.
    public var ends: Date { loaded.withLock { $0.ends } }

    /// Reads the files again. What cannot be used leaves the old certificate in place and throws `CertificateRefusal`.
    public func reload() throws {
        let fresh = try ServerCertificate.load(files.certificate, files.key)
        loaded.withLock { $0 = fresh }
    }

    /// TLS 1.2 and later. Every connection asks which certificate holds now.
    var configuration: TLSConfiguration {
        let now = loaded.withLock { $0 }
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: now.chain, privateKey: now.key)
        configuration.minimumTLSVersion = .tlsv12
        configuration.sslContextCallback = { [self] _, promise in
            let now = loaded.withLock { $0 }
            var chosen = NIOSSLContextConfigurationOverride()
            chosen.certificateChain = now.chain
            chosen.privateKey = now.key
            promise.succeed(chosen)
        }
        return configuration
    }

    private static func load(_ certificate: String, _ key: String) throws -> Loaded {
        for file in [certificate, key] where !FileManager.default.isReadableFile(atPath: file) {
            throw CertificateRefusal(description: "\(file): 读不了这个文件，请核对路径和权限")
        }
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate), let first = chain.first else {
            throw CertificateRefusal(description: "\(certificate): 不是 PEM 证书。文件里应有 -----BEGIN CERTIFICATE-----，先本站证书，后中间证书")
        }
        guard let secret = try? NIOSSLPrivateKey(file: key, format: .pem) else {
            throw CertificateRefusal(description: "\(key): 不是没有密码的 PEM 私钥。文件里应有 -----BEGIN PRIVATE KEY-----")
        }
        let loaded = Loaded(
            chain: chain.map { .certificate($0) }, key: .privateKey(secret), ends: Date(timeIntervalSince1970: Double(first.notValidAfter)))
        let trial = TLSConfiguration.makeServerConfiguration(certificateChain: loaded.chain, privateKey: loaded.key)
        guard (try? NIOSSLContext(configuration: trial)) != nil else {
            throw CertificateRefusal(description: "\(key): 这不是证书 \(certificate) 的私钥，请核对")
        }
        return loaded
    }
}

/// A certificate or key that cannot be used, with what to do.
public struct CertificateRefusal: Error, CustomStringConvertible {
    public var description: String
}
