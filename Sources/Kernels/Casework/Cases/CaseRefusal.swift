/// A "no" to a command, in the user's words: what is wrong and what to do. The code is stable.
public struct CaseRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is no such case.
        case unknown = "case.unknown"
        /// There is no such definition, or no such version, or none in force on the day.
        case definition = "case.definition"
        /// The definition has no such action.
        case action = "case.action"
        /// Not in this state.
        case state = "case.state"
        /// The work is over.
        case ended = "case.ended"
        /// The person holds none of the posts.
        case role = "case.role"
        /// Holds the post, but for another county or school.
        case place = "case.place"
        /// Did an earlier step and so may not do this one.
        case samePerson = "case.samePerson"
        /// The office has signed already, or is not asked to.
        case signed = "case.signed"
        /// Sub-cases are still open.
        case subCases = "case.subCases"
        /// The condition of the action does not hold.
        case condition = "case.condition"
        /// A reason is missing.
        case reason = "case.reason"
        /// Answers are missing or wrong; the complaints say which.
        case form = "case.form"
        /// Evidence is missing or wrong.
        case evidence = "case.evidence"
        /// The office to hand over to is missing or not one of those possible.
        case target = "case.target"
        /// The year's number is used up.
        case limit = "case.limit"
        /// A rule of the work says no.
        case rule = "case.rule"
        /// May not come from such a thing.
        case link = "case.link"
        /// There is an open case for the same thing already.
        case duplicate = "case.duplicate"
        /// Somebody else was quicker.
        case stale = "case.stale"
        /// Nothing is due to be told.
        case notDue = "case.notDue"
        /// Private answers cannot be kept or read on this installation.
        case privacy = "case.privacy"
        /// Stored events do not read back.
        case damaged = "case.damaged"
    }

    public var code: Code
    public var message: String
    /// Field by field, for the form.
    public var complaints: [FieldComplaint]

    public init(_ code: Code, _ message: String, complaints: [FieldComplaint] = []) {
        self.code = code
        self.message = message
        self.complaints = complaints
    }

    public var description: String { message }

    /// Something is missing that whoever acts can still add: the button is shown all the same.
    public var asksForMore: Bool { [.reason, .form, .evidence, .target, .rule, .limit].contains(code) }
}
