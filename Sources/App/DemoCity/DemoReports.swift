public import Indicators

extension DemoCity {
    /// What has happened to a county's newest report so far; nothing where it was not begun.
    public func newestSteps(_ county: String) -> [SnapshotAction] {
        switch county {
        case "城关区", "清河县": [.submit, .approve, .freeze]
        case "东岭县": [.submit, .approve]
        case "云溪县": [.submit, .giveBack]
        case "临湖区": [.submit]
        default: []
        }
    }

    public static let returnReason = "前六所学校的网络多媒体教室数与统计年报不一致，请核对后重新上报"
}
