/// What taking a file in came to.
public enum TakenIn<Value: Sendable>: Sendable {
    case taken(Value)
    /// What is wrong with the file, sentence by sentence; nothing of it was taken.
    case refused([String])
}
