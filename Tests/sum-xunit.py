"""Prints how many tests passed and failed in the xunit files of a folder: sum-xunit.py FOLDER"""

import glob
import sys
import xml.etree.ElementTree as tree

passed = failed = 0
for path in glob.glob(f"{sys.argv[1]}/*.xml"):
    for case in tree.parse(path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is None:
            passed += 1
print(passed, failed)
