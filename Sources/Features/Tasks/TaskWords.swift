internal import Jobs
internal import Pages
internal import Vocabulary

/// A job in words.
enum TaskWords {
    static func state(_ job: Job) -> String {
        if job.state == .running, job.isCancelAsked { return "正在停下" }
        if job.state == .waiting, !job.error.isEmpty { return "等待再试" }
        return job.state.label.zh
    }

    static func style(_ job: Job) -> String {
        switch job.state {
        case .done: "met"
        case .failed: "notmet"
        case .cancelled: "insufficient"
        case .running: ""
        case .waiting: job.error.isEmpty ? "insufficient" : "warning"
        }
    }

    /// How far it is, or what came of it.
    static func sentence(_ job: Job) -> String {
        switch job.state {
        case .waiting:
            return job.error.isEmpty
                ? (job.attempts > 0 ? "上一次中断了，排队重新开始" : "排在队里，轮到就开始") : "第\(job.attempts)次没有做成：\(job.error)。稍后自动再试"
        case .running:
            let what = job.progress.what
            if job.isCancelAsked { return "收到取消，正在停下" }
            let percent = job.progress.percent.map { "\($0)%" } ?? ""
            return [what.isEmpty ? "已经开始" : what, percent].filter { !$0.isEmpty }.joined(separator: "，")
        case .done: return job.result?.summary ?? ""
        case .failed: return job.error
        case .cancelled: return "已取消，没有留下结果"
        }
    }

    static func headline(_ job: Job) -> String {
        let title = job.order.title
        switch job.state {
        case .waiting: return job.error.isEmpty ? "\(title)：排队中" : "\(title)：等待再试"
        case .running: return job.isCancelAsked ? "\(title)：正在停下" : "\(title)：进行中"
        case .done: return "\(title)：已完成"
        case .failed: return "\(title)：没有做成"
        case .cancelled: return "\(title)：已取消"
        }
    }
}
