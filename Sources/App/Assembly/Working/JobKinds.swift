internal import Imports
public import Jobs
internal import Storage

extension Installation {
    /// Every kind of work there is.
    public var jobKinds: [any JobKind] { [ReadImport(imports: storage.imports, takeIn: takeIn())] }
}
