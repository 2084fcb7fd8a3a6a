"""Run by the Python that has LibreOffice's bridge: `python3 office_revisions.py FOLDER`, one office for all files.

Writes beside each NAME.docx what LibreOffice reads in it: NAME.plain.txt with its changes as they are, NAME.accept.txt and
NAME.reject.txt with all of them accepted or rejected.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

COMMANDS = {"plain": "", "accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def option(name, value):
    return PropertyValue(Name=name, Value=value)


def main(office: str, folder: Path) -> None:
    pipe = f"pipe,name=ccclauses{folder.name.replace('-', '')}"
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        f"--accept={pipe};urp;",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:{pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.5)
        services = context.ServiceManager
        desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        for path in sorted(folder.glob("*.docx")):
            for kind, told in COMMANDS.items():
                document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (option("Hidden", True),))
                if told:
                    dispatcher.executeDispatch(document.CurrentController.Frame, told, "", 0, ())
                target = path.with_name(f"{path.stem}.{kind}.txt").as_uri()
                document.storeToURL(
                    target, (option("FilterName", "Text (encoded)"), option("FilterOptions", "UTF8,LF,,,"))
                )
                document.close(True)
        desktop.terminate()
    finally:
        process.wait(20)


main(sys.argv[1], Path(sys.argv[2]))
