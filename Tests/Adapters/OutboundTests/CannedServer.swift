import Foundation

/// A server of this machine that says one thing to whoever comes, and remembers what it was asked.
final class CannedServer: @unchecked Sendable {
    let port: Int
    private let listener: Int32
    private let lock = NSLock()
    private var heard: [String] = []

    /// `answer` is sent as it is; without one the server listens and stays silent.
    init(_ answer: String?) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                guard bind(listener, raw, length) == 0, listen(listener, 16) == 0 else { return 0 }
                getsockname(listener, raw, &length)
                return Int(UInt16(bigEndian: pointer.pointee.sin_port))
            }
        }
        let thread = Thread { [weak self] in
            while true {
                let link = accept(listener, nil, nil)
                guard link >= 0 else { return }
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = recv(link, &buffer, buffer.count, 0)
                self?.note(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self))
                guard let answer else { continue }
                let bytes = Array(answer.utf8)
                _ = send(link, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(link)
            }
        }
        thread.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func note(_ text: String) { lock.withLock { heard.append(text) } }

    var requests: [String] { lock.withLock { heard } }
}
