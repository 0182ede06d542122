internal import DemoCity
public import Registry

/// A server nobody but the machine it runs on can reach: whoever sits there may do everything.
public struct MachineOperator: PersonDirectory {
    static let person = Person(id: "operator", name: "本机操作员", grants: [Grant(.administrator)])

    public init() {}
    public func people() -> [Person] { [MachineOperator.person] }
    public func person(_ id: PersonID) -> Person? { id == MachineOperator.person.id ? MachineOperator.person : nil }
}

/// The demo city's users, named after their offices: no invented people.
public struct DemoPeople: PersonDirectory {
    public init() {}

    public func people() -> [Person] { DemoCity.people }
    public func person(_ id: PersonID) -> Person? { people().first { $0.id == id } }
}
