"""LibreOffice, driven by a macro: accept or reject all tracked changes of many Word files in one run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SOFFICE = shutil.which("soffice")
What = Literal["accept", "reject", "open"]
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{2}.dtd">\n'
_LIBRARIES = (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{}.xlb/" xlink:type="simple" library:link="false"/></library:libraries>'
)
_LIBRARY = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" '
    'library:passwordprotected="false">{}</library:library>'
)
# Without it, the first start would write the empty standard library over ours.
_SET_UP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Office">'
    '<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>'
)
_MACRO = """Sub Settle
  Dim listed As Integer, said As String, job, doc, helper, hidden(0) As New com.sun.star.beans.PropertyValue
  Dim asWord(0) As New com.sun.star.beans.PropertyValue, asText(1) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  asWord(0).Name = "FilterName" : asWord(0).Value = "MS Word 2007 XML"
  asText(0).Name = "FilterName" : asText(0).Value = "Text (encoded)"
  asText(1).Name = "FilterOptions" : asText(1).Value = "UTF8,LF,,,"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  listed = FreeFile
  Open Environ("CONTRACTLENS_JOBS") For Input As #listed
  Do While Not EOF(listed)
    Line Input #listed, said
    job = Split(said, "|")
    If UBound(job) = 2 Then
      doc = StarDesktop.loadComponentFromURL(job(1), "_blank", 0, hidden())
      If Not IsNull(doc) Then
        If job(0) = "accept" Then helper.executeDispatch(doc.CurrentController.Frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())
        If job(0) = "reject" Then helper.executeDispatch(doc.CurrentController.Frame, ".uno:RejectAllTrackedChanges", "", 0, Array())
        doc.storeToURL(job(2) + ".docx", asWord())
        doc.storeToURL(job(2) + ".txt", asText())
        doc.close(True)
      End If
    End If
  Loop
  Close #listed
  StarDesktop.terminate()
End Sub
"""


@dataclass(frozen=True)
class Settled:
    """A file as LibreOffice saved it: as Word file and as text, with numbers written out."""

    word: bytes
    text: str


def settle(jobs: Sequence[tuple[What, bytes]], folder: Path) -> list[Settled]:
    """What LibreOffice makes of each file; fails where it does not open one."""
    macros = folder / "profile" / "user" / "basic"
    (macros / "Standard").mkdir(parents=True, exist_ok=True)
    (macros.parent / "registrymodifications.xcu").write_text(_SET_UP)
    for kind in ("script", "dialog"):
        (macros / f"{kind}.xlc").write_text(_HEAD.format("library", "libraries", "libraries") + _LIBRARIES.format(kind))
        elements = '<library:element library:name="Module1"/>' if kind == "script" else ""
        (macros / "Standard" / f"{kind}.xlb").write_text(_HEAD.format("library", "library", "library") + _LIBRARY.format(elements))
    escaped = _MACRO.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    module = f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{escaped}</script:module>'
    (macros / "Standard" / "Module1.xba").write_text(_HEAD.format("script", "module", "module") + module)
    lines = []
    for i, (what, data) in enumerate(jobs):
        (folder / f"{i}-in.docx").write_bytes(data)
        lines.append(f"{what}|{(folder / f'{i}-in.docx').as_uri()}|{(folder / f'{i}-out').as_uri()}")
    (folder / "jobs.txt").write_text("\n".join(lines) + "\n")
    call = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "macro:///Standard.Module1.Settle"]
    env = {**os.environ, "CONTRACTLENS_JOBS": str(folder / "jobs.txt")}
    subprocess.run(call, check=True, capture_output=True, timeout=60 + 20 * len(jobs), env=env)
    return [Settled((folder / f"{i}-out.docx").read_bytes(), (folder / f"{i}-out.txt").read_text("utf-8-sig")) for i in range(len(jobs))]
