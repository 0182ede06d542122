internal import CQRencode
public import Registry

/// QR codes (ISO/IEC 18004) by libqrencode, at the middle level of error correction.
public struct QRSquares: SquareCodes {
    public init() {}

    public func squares(of text: String) throws -> [[Bool]] {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            throw SquareCodeFailure(description: "the text does not fit into a QR code")
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        return (0..<width).map { row in (0..<width).map { code.pointee.data[row * width + $0] & 1 == 1 } }
    }
}

/// A text no QR code holds.
public struct SquareCodeFailure: Error, CustomStringConvertible {
    public var description: String
}
