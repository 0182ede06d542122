internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Pages

/// Reads what an operation takes in, and nothing else.
struct RequestBody: Sendable {
    struct Read: Sendable {
        var json = JSON.null
        var upload: Upload?
        /// Of what was sent: the same content has the same one, however it was packed.
        var digest = ""
    }

    let desk: ApiDesk
    let operation: Operation

    func read(_ request: Request) async throws -> Read {
        switch operation.body {
        case .none: return Read()
        case .json(let schema, _): return try await json(request, schema)
        case .file(let fields): return try await file(request, fields)
        }
    }

    private func json(_ request: Request, _ schema: Schema) async throws -> Read {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard type == "application/json" else {
            throw Problem(.mediaType, "正文要用 Content-Type: application/json", "Send the body as application/json")
        }
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Answering.bodyLimit)
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "正文最多 \(Answering.bodyLimit / 1024) kB", "The body may have \(Answering.bodyLimit / 1024) kB")
        }
        let bytes = Array(buffer.readableBytesView)
        guard let json = JSON(reading: bytes) else { throw Problem(.unreadable) }
        let complaints = schema.complaints(json)
        guard complaints.isEmpty else {
            throw Problem(
                .body, complaints.prefix(5).map { "\($0.pointer.isEmpty ? "正文" : $0.pointer)\($0.zh)" }.joined(separator: "；"),
                complaints.prefix(5).map { "\($0.pointer.isEmpty ? "body" : $0.pointer) \($0.en)" }.joined(separator: "; "),
                complaints: Array(complaints.prefix(100)))
        }
        return Read(json: json, digest: desk.programs.digest(bytes))
    }

    private func file(_ request: Request, _ fields: [Property]) async throws -> Read {
        guard request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true else {
            throw Problem(.mediaType, "正文要用 multipart/form-data，文件放在 file 里", "Send multipart/form-data with the file as file")
        }
        let upload = try await Upload.receive(request, into: desk.importing.uploads, sizeLimit: desk.importing.sizeLimit)
        do {
            var complaints: [Problem.Complaint] = []
            for (name, text) in upload.fields.sorted(by: { $0.key < $1.key }) {
                guard let property = fields.first(where: { $0.name == name }), let value = property.schema.value(of: text) else {
                    complaints.append(
                        Problem.Complaint(
                            pointer: "/\(name.prefix(60))", zh: "没有这一项，或写法不对", en: "is not known or not written as it should be"))
                    continue
                }
                complaints += property.schema.complaints(value, at: "/\(name)")
            }
            guard complaints.isEmpty else {
                throw Problem(
                    .body, complaints.prefix(5).map { "\($0.pointer)\($0.zh)" }.joined(separator: "；"),
                    complaints: Array(complaints.prefix(100)))
            }
            let told = upload.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
            let content = try desk.programs.fileDigest(upload.file)
            return Read(upload: upload, digest: desk.programs.digest(Array("\(upload.name)\n\(told)\n\(content)".utf8)))
        } catch {
            upload.discard()
            throw error
        }
    }
}
