import Registry
import Testing

@Suite("遮盖与核对") struct PersonalKindTests {
    @Test(
        "每种信息默认怎样显示",
        arguments: [
            (PersonalKind.name, "甲乙丙", "甲**"), (.name, "甲乙", "甲*"), (.name, "甲", "*"), (.mobile, "13812341234", "138****1234"),
            (.mobile, "0312-5061234", "031****1234"), (.mobile, "5061234", "*****34"),
            (.idNumber, "11010519491231002X", "**************002X"), (.idNumber, "E12345678", "*****5678"), (.idNumber, "1234", "****"),
            (.address, "10.2.3.4", "10.2.*.*"), (.address, "fe80::1:2", "fe80:1:*"), (.login, "clerk", "c***"), (.secret, "ABC", "（不显示）"),
            (.name, "", ""),
        ]) func masked(_ kind: PersonalKind, _ value: String, _ shown: String)
    {
        #expect(kind.masked(value) == shown)
    }

    @Test("遮盖后的任何一种都不再含原值") func hidden() {
        for kind in PersonalKind.allCases {
            for value in ["甲乙丙", "13812341234", "11010519491231002X", "7"] { #expect(!kind.masked(value).contains(value), "\(kind)") }
        }
    }

    @Test("身份证号按校验码核对，抄错一位、换两位都查得出") func checked() {
        // The example of GB 11643-1999.
        #expect(PersonalKind.idNumber.complaint("11010519491231002X") == nil)
        #expect(PersonalKind.idNumber.complaint("110105194912310021")?.contains("对不上") == true)
        #expect(PersonalKind.idNumber.complaint("11010519491213002X")?.contains("对不上") == true)
        #expect(PersonalKind.idNumber.complaint("E12345678") == nil)
        #expect(PersonalKind.idNumber.complaint("12") != nil)
        #expect(PersonalKind.mobile.complaint("13812341234") == nil && PersonalKind.mobile.complaint("23812341234") != nil)
    }

    @Test("同一个值的各种写法归成一种") func normal() {
        #expect(PersonalKind.idNumber.normal(" １１０１０５１９４９１２３１００２ｘ ") == "11010519491231002X")
        #expect(PersonalKind.mobile.normal("+86 138-1234-1234") == "13812341234")
        #expect(PersonalKind.name.normal("甲 乙 丙") == "甲乙丙")
    }

    @Test("封存文本的样子") func shape() {
        #expect(SealedText.keyID(of: "jh1.0a1b2c3d.AAAA") == "0a1b2c3d")
        for plain in ["甲乙丙", "jh1.", "jh1.zz.AA", "jh1.0a1b2c3d", "jh2.0a1b2c3d.AA", ""] { #expect(!SealedText.isSealed(plain)) }
    }
}
