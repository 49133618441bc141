"""The run as a JUnit file, so that a CI server lists each failed question."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from evaluation.judging.result import RunResult

# What XML 1.0 can't hold: a reply may quote a question with control characters.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(result: RunResult) -> str:
    """Write one test case a question; a question that isn't fully right is a failure."""
    failures = sum(bool(item.failures) for item in result.cases)
    suite = ET.Element(
        "testsuite",
        name=f"evaluation {result.set_name}",
        tests=str(len(result.cases)),
        failures=str(failures),
        errors="1" if result.stopped else "0",
        timestamp=result.measured_at,
        time=f"{sum(item.seconds or 0 for item in result.cases):.3f}",
    )
    for item in result.cases:
        case = ET.SubElement(
            suite, "testcase", classname=item.case.stratum, name=item.case.id, time=f"{item.seconds or 0:.3f}"
        )
        if item.failures:
            failure = ET.SubElement(case, "failure", message=_clean(" ; ".join(item.failures)))
            answer = item.reply.answer if item.reply else item.error or ""
            failure.text = _clean("\n".join((*item.case.turns, "", answer)))
    if result.stopped:
        ET.SubElement(suite, "system-err").text = _clean(result.stopped)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
