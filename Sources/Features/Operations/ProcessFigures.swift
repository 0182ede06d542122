internal import Foundation

/// What Linux says of this process, under the names Prometheus' own clients use.
enum ProcessFigures {
    static func gauges() -> [Gauge] {
        var gauges: [Gauge] = []
        if let pages = memoryPages() {
            let page = Double(sysconf(Int32(_SC_PAGESIZE)))
            gauges.append(Gauge("process_resident_memory_bytes", help: "Resident memory size in bytes.", pages.resident * page))
            gauges.append(Gauge("process_virtual_memory_bytes", help: "Virtual memory size in bytes.", pages.virtual * page))
        }
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            let seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
            gauges.append(Gauge("process_cpu_seconds_total", kind: "counter", help: "User and system CPU time in seconds.", seconds))
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            gauges.append(Gauge("process_open_fds", help: "Open file descriptors.", Double(open)))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            gauges.append(Gauge("process_max_fds", help: "Most open file descriptors.", Double(limit.rlim_cur)))
        }
        return gauges
    }

    private static func memoryPages() -> (virtual: Double, resident: Double)? {
        let words = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        guard words.count > 1, let virtual = Double(words[0]), let resident = Double(words[1]) else { return nil }
        return (virtual, resident)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
}
