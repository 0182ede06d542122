/// What a browser says it is, in words a person knows the device by. A guess: what it says may be untrue.
enum DeviceWords {
    static func text(_ agent: String) -> String {
        guard !agent.isEmpty else { return "没有说明的程序" }
        let lower = agent.lowercased()
        func first(_ words: [(String, String)]) -> String? { words.first { lower.contains($0.0) }?.1 }
        // The order matters: Edge says that it is Chrome, Chrome that it is Safari; a phone of Huawei that it runs Android.
        let browser = first([
            ("dingtalk", "钉钉"), ("wxwork", "企业微信"), ("micromessenger", "微信"), ("qqbrowser", "QQ浏览器"), ("360se", "360浏览器"),
            ("edg", "Edge"), ("firefox", "Firefox"), ("huaweibrowser", "华为浏览器"), ("chrome", "Chrome"), ("chromium", "Chromium"),
            ("safari", "Safari"), ("curl", "curl"), ("python", "Python 程序"),
        ])
        let machine = first([
            ("harmony", "鸿蒙设备"), ("iphone", "苹果手机"), ("ipad", "苹果平板"), ("huawei", "华为手机"), ("android", "安卓设备"), ("windows", "Windows 电脑"),
            ("macintosh", "苹果电脑"), ("linux", "Linux 电脑"),
        ])
        switch (machine, browser) {
        case (let machine?, let browser?): return "\(machine)上的 \(browser)"
        case (let machine?, nil): return machine
        case (nil, let browser?): return browser
        case (nil, nil): return "其他程序（\(agent.prefix(24))）"
        }
    }
}
