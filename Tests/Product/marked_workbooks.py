"""Wrong workbooks handed back, looked at with openpyxl: marked_workbooks.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import os
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

program = sys.argv[1]
failures = 0
RED, AMBER = "FFF8A9A0", "FFFFE08A"
HEADERS = ["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数", "小学班数", "小学最大班额", "备注"]


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name)


def evaluate(path, errors):
    done = subprocess.run([program, "evaluate", path, "--errors", errors], capture_output=True, text=True)
    return done.returncode, done.stderr


def look(cell):
    return (cell.font.b, cell.font.color.rgb if cell.font.color else None, cell.number_format, cell.border.left.style,
            cell.alignment.horizontal, cell.protection.locked, cell.fill.fgColor.rgb if cell.fill.fill_type else None)


def build(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "学校数据"
    sheet.append(["清河县学校表"])
    sheet.merge_cells("A1:H1")
    sheet.append(HEADERS)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFDDEEFF")
    rows = [["0001", "东关小学", "清河县", "小学", 812, 20, 45, "好"], ["0002", "西关小学", "清河县", "小学", -5, 20, 45, None],
            ["0003", "南关小学", "清河县", "小学堂", "无", 20, 45, "=1+1"], ["0004", "北关小学", "清河县", "小学", 812, 20, 10, None],
            [None, "柳庄小学", "清河县", "小学", 300, 8, 45, None]]
    for row in rows:
        sheet.append(row)
    for row in sheet["A3:H7"]:
        for cell in row:
            cell.border = Border(left=Side("thin"))
    sheet["E4"].number_format = "#,##0.0"
    sheet["E4"].alignment = Alignment(horizontal="center")
    sheet["E5"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["H3"].comment = Comment("批注", "某人")
    sheet["J3"].fill = PatternFill("solid", fgColor="FF123456")
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[4].height = 28
    sheet.freeze_panes = "C3"
    sheet.conditional_formatting.add("G3:G9", openpyxl.formatting.rule.CellIsRule(operator="greaterThan", formula=["50"]))
    drop = DataValidation(type="list", formula1='"小学,教学点"')
    drop.add("D3:D99")
    sheet.add_data_validation(drop)
    other = book.create_sheet("其他")
    other["A1"], other["A2"], other["A3"] = 1, "=A1*2", "=cmd|' /C calc'!A0"
    other["A3"].data_type = "s"
    hidden = book.create_sheet("均衡模板")
    hidden.append(["form", "school-return"])
    hidden.sheet_state = "hidden"
    book.save(path)


with tempfile.TemporaryDirectory() as folder:
    wrong, back = os.path.join(folder, "上报.xlsx"), os.path.join(folder, "back.xlsx")
    build(wrong)
    # openpyxl leaves formulas without results, so the formula stands in a column that is not read.
    code, said = evaluate(wrong, back)
    promise("refused with exit code 2, and the workbook comes back", code == 2 and os.path.exists(back))
    before, after = openpyxl.load_workbook(wrong), openpyxl.load_workbook(back)
    one, two = before["学校数据"], after["学校数据"]
    expected = {"E4": RED, "D5": RED, "E5": RED, "G6": AMBER, "A7": RED}
    kept, styles = True, True
    for row in one.iter_rows(min_row=1, max_row=9, max_col=12):
        for cell in row:
            if cell.column == 9:
                continue
            other = two[cell.coordinate]
            kept = kept and cell.value == other.value and cell.data_type == other.data_type
            wanted = list(look(cell))
            if cell.coordinate in expected:
                wanted[-1] = expected[cell.coordinate]
            styles = styles and list(look(other)) == wanted
    promise("every value is the same", kept)
    promise("only the wrong cells are red and the doubtful amber; font, border, number format stay", styles)
    reasons = {row: two.cell(row, 9).value for row in range(1, 9)}
    promise("a column 错误原因 stands at the right end of the header and of the wrong rows",
            reasons[2] == "错误原因" and [r for r in reasons if reasons[r]] == [2, 4, 5, 6, 7] and reasons[4].startswith("E列：")
            and "D列：" in reasons[5] and "E列：" in reasons[5] and "提醒：" in reasons[6])
    promise("widths, heights, panes, merged cells, drop-downs, conditional formats, comments stay",
            two.column_dimensions["B"].width == 33 and two.row_dimensions[4].height == 28 and two.freeze_panes == "C3"
            and [str(r) for r in two.merged_cells.ranges] == ["A1:H1"] and len(two.data_validations.dataValidation) == 1
            and two.data_validations.dataValidation[0].formula1 == '"小学,教学点"' and len(two.conditional_formatting) == 1
            and two["H3"].comment.text == "批注")
    promise("other sheets, hidden ones and formulas stay",
            after.sheetnames == before.sheetnames and after["均衡模板"].sheet_state == "hidden" and after["其他"]["A2"].value == "=A1*2"
            and after["其他"]["A3"].data_type == "s")
    with zipfile.ZipFile(wrong) as old, zipfile.ZipFile(back) as new:
        changed = {n for n in old.namelist() if old.read(n) != new.read(n)}
        promise("only the sheet and the styles were written anew",
                old.namelist() == new.namelist() and changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"} and new.testzip() is None)

    # Corrected by hand and handed in again.
    two["E4"], two["D5"], two["A7"] = 5, "小学", "0005"
    after.save(back)
    again = os.path.join(folder, "again.xlsx")
    code, said = evaluate(back, again)
    promise("corrected cells are taken, the column of reasons is no column of the form", code == 2 and "!E4" not in said and "错误原因" not in said and "!E5" in said)
    third = openpyxl.load_workbook(again)["学校数据"]
    promise("marked again, corrected cells have their old look back",
            [look(third[c])[-1] for c in ("E4", "D5", "E5", "A7", "G6")] == [None, None, RED, None, AMBER]
            and third["E4"].number_format == "#,##0.0" and third.max_column == 10
            and [r for r in range(1, 9) if third.cell(r, 9).value] == [2, 5, 6])
    book = openpyxl.load_workbook(again)
    book["学校数据"]["E5"] = 300
    book.save(again)
    promise("with the last cell corrected it is evaluated", evaluate(again, os.path.join(folder, "none.xlsx"))[0] == 0 and not os.path.exists(os.path.join(folder, "none.xlsx")))

    table = os.path.join(folder, "上报.csv")
    for encoding in ("utf-8-sig", "gb18030"):
        with open(table, "w", encoding=encoding) as file:
            file.write("学校标识码,学校名称,县(市、区),办学类型,小学在校生数\n007,=1+2,清河县,小学,-5\n008,\"甲,乙\",清河县,小学,12\n009,@SUM(A1),清河县,小学,\n")
        code, _ = evaluate(table, back)
        sheet = openpyxl.load_workbook(back).worksheets[0]
        promise(f"a CSV in {encoding} comes back as a workbook, texts as texts", code == 2 and sheet["A2"].value == "007"
                and sheet["B2"].data_type == "s" and sheet["B2"].value == "=1+2" and sheet["B4"].data_type == "s" and sheet["B3"].value == "甲,乙"
                and look(sheet["E2"])[-1] == RED and look(sheet["E3"])[-1] is None and sheet["F1"].value == "错误原因" and "负数" in sheet["F2"].value)
    promise("--errors wants an .xlsx", subprocess.run([program, "evaluate", table, "--errors", "x.csv"], capture_output=True).returncode == 64)

sys.exit(1 if failures else 0)
