import Pages
import Registry
import Testing
import Vocabulary

@testable import Accounts

@Suite("账户页面的话") struct WordsTests {
    private let today = Day(year: 2026, month: 9, day: 1)

    @Test(
        "设备说人话",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0",
                "Windows 电脑上的 Edge"
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Linux 电脑上的 Firefox"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.40",
                "苹果手机上的 微信"
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; HarmonyOS; ANA-AN00) AppleWebKit/537.36 Chrome/99.0 HuaweiBrowser/13.0 Mobile Safari/537.36",
                "鸿蒙设备上的 华为浏览器"
            ),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/108.0 Safari/537.36 dingtalk-win/1.0.0", "Windows 电脑上的 钉钉"),
            ("curl/7.88.1", "curl"), ("", "没有说明的程序"), ("Thing/1.0", "其他程序（Thing/1.0）"),
        ]) func devices(_ agent: String, _ words: String)
    {
        #expect(DeviceWords.text(agent) == words)
    }

    @Test("代理写明到哪一天，到期的说已到期") func posts() {
        let acting = Grant(.countyOfficer, county: "清河县", until: Day(year: 2026, month: 12, day: 31))
        #expect(PostWords.text(acting, today: today) == "清河县督导室（代理，至2026年12月31日）")
        let ended = Grant(.cityOfficer, until: Day(year: 2026, month: 8, day: 31))
        #expect(PostWords.text(ended, today: today) == "市基教科（代理已于2026年8月31日到期）")
        #expect(PostWords.text(Grant(.schoolHead, county: "清河县", school: "A1"), today: today) == "清河县校长（学校 A1）")
        #expect(PostWords.text(Grant(.schoolHead, county: "清河县"), today: today).hasSuffix("（没有写明县或学校，不起作用）"))
    }

    @Test("加职务时一次说全缺什么") func reading() {
        let read = PostWords.read(["role": "schoolHead", "until": "2026-08-31"], today: today)
        #expect(read.grant == nil && read.complaints.count == 3)
        let good = PostWords.read(["role": "schoolHead", "county": " 清河县 ", "school": "A1", "until": "2026-09-01"], today: today)
        #expect(good.grant == Grant(.schoolHead, county: "清河县", school: "A1", until: today))
        #expect(PostWords.read(["role": "none"], today: today).complaints == ["请选择角色"])
    }

    @Test("二维码四周留白四格，格子一个不少") func square() {
        let svg = SquarePicture.svg([[true, true, false], [false, false, false], [true, false, true]], label: "码")
        #expect(svg.contains("viewBox=\"0 0 11 11\""))
        #expect(svg.contains("M4 4h2v1h-2z") && svg.contains("M4 6h1v1h-1zM6 6h1v1h-1z"))
    }
}
