internal import Foundation
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

/// One request to an operation, everything in it checked against the operation's declaration.
struct Call: Sendable {
    var visit: Visit
    /// Parameters of path and query by name.
    var values: [String: JSON]
    var body: JSON
    var upload: Upload?
    /// The version named in `If-Match`; nil where none was, or any will do.
    var seen: Int?
    /// The only school whoever asks may see; nil for all.
    var onlySchool: String?
    /// Name of the token, where one was sent.
    var token: AccessToken?
    /// The path with its filters, without what turns pages: a cursor belongs to one of these.
    var listing: String
    var note: AuditNote

    func text(_ name: String) -> String? { values[name]?.string }
    func integer(_ name: String) -> Int? { if case .integer(let number) = values[name] { number } else { nil } }
    func flag(_ name: String) -> Bool { values[name]?.truth ?? false }
    func words(_ name: String) -> [String]? { values[name]?.items?.compactMap(\.string) }
    /// A part of the path, which is always there.
    func segment(_ name: String) -> String { text(name) ?? "" }

    func by(at: Date) -> Signature { Signature(by: visit.person.id, name: visit.person.name, at: at) }

    /// Throws a 403 where the person lacks the duty there.
    func require(_ duty: Duty, in county: String?) throws { try visit.require(duty, in: county) }

    /// Throws a 403 where nothing of a county may be seen.
    func requireSight(of county: String) throws { try visit.requireSight(of: county) }

    /// The version to hold a change against: what the caller saw, or the newest where it said `*`.
    func version(newest: Int) -> Int { seen ?? newest }
}
