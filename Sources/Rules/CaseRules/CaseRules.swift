public import Casework

/// Every rule a case definition may call, by name.
public enum CaseRules {
    public static let all: [CaseRule] = [remeasured, notHeld]
}
