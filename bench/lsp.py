"""How soon an editor shows what a keystroke changes: from the change to its problems, over stdio; one line of JSON.

Side by side with linting the whole workspace anew, as an editor without the server would have to, in the same process
and as a command. The rounds are interleaved. Half of a keystroke's time
on a small workspace is the rest that the server waits for, in case one types on.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from dripper.jobs.lint_workspace import lint_workspace
from dripper.workspace.files import load

ROOT = Path(__file__).resolve().parent.parent
KEYSTROKES, ROUNDS = 5, 2
CAMPAIGNS, CONTACTS, MESSAGES = 100, 20, 4
# A whole lint of the large workspace takes at least so many times as long.
BARS = {"times_faster": 5.0, "seconds": 0.5}
SETTINGS = """[workspace]
name = "North"
timezone = "Europe/Berlin"
country = "DE"
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
smtp = { host = "smtp.north.example" }
"""
CAMPAIGN = """greeting = "Hi {{ contact.first_name }},"
shifts = "From media buyer to retail analyst"
every = "2 weeks"
start = 2026-12-01
"""
MESSAGE = """
[[message]]
subject = "Carts, note {number}"
text = "{{{{ contact.first_name }}}}, shop {shop} found {thing} left in {place}: {number} of nine came back."
gift = "When to send note {number}"
source = "Log of shop {shop}"
"""
THINGS = ["carts", "shoes", "returns", "sizes", "coupons", "filters", "baskets", "reviews"]
PLACES = ["spring", "the rain", "late hours", "July", "small towns", "the app", "print", "queues"]


def large_workspace(root: Path) -> Path:
    root.mkdir()
    (root / "dripper.toml").write_text(SETTINGS, encoding="utf-8")
    for shop in range(CAMPAIGNS):
        folder = root / "campaigns" / f"shop{shop}"
        folder.mkdir(parents=True)
        people = (
            f'[[contact]]\nname = "Ana{number} Weber"\nemail = "a{number}@shop{shop}.example"\n'
            for number in range(CONTACTS)
        )
        (folder / "account.toml").write_text(f'name = "Shop {shop}"\n{"".join(people)}', encoding="utf-8")
        messages = (
            MESSAGE.format(number=number, shop=shop, thing=THINGS[number], place=PLACES[(number + shop) % len(PLACES)])
            for number in range(MESSAGES)
        )
        (folder / "notes.toml").write_text(CAMPAIGN + "".join(messages), encoding="utf-8")
    return root


class Typist:
    """A client that types one letter at a time into one campaign and waits for its problems."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.text = file.read_text(encoding="utf-8")
        self.version = 1
        self.told = asyncio.Event()
        self.client = LanguageClient("typist", "1")

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def on_problems(params: types.PublishDiagnosticsParams) -> None:
            if params.version == self.version:
                self.told.set()

    async def start(self) -> float:
        """Start the server, open the campaign, and return how long its problems took."""
        start = perf_counter()
        await self.client.start_io(sys.executable, "-m", "dripper", "lsp")
        await self.client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities()))
        self.client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(uri=self.file.as_uri(), language_id="toml", version=1, text=self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
        await self.told.wait()
        return perf_counter() - start

    async def keystroke(self) -> float:
        """Type a letter and return how long the problems took."""
        line = next(number for number, text in enumerate(self.text.split("\n")) if text.startswith("text ="))
        where = types.Range(types.Position(line, 8), types.Position(line, 8))
        self.version += 1
        self.told.clear()
        document = types.VersionedTextDocumentIdentifier(uri=self.file.as_uri(), version=self.version)
        change = types.TextDocumentContentChangePartial(range=where, text="A")
        start = perf_counter()
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[change])
        )
        await self.told.wait()
        return perf_counter() - start

    async def stop(self) -> None:
        """End the server."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


def linted(root: Path) -> float:
    start = perf_counter()
    lint_workspace(load(root))
    return perf_counter() - start


def command(root: Path) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "dripper", "-C", str(root), "lint"], capture_output=True, check=False)
    return perf_counter() - start


async def measured(root: Path, file: Path) -> dict[str, float]:
    typist = Typist(file)
    opened = await typist.start()
    await typist.keystroke()
    keystrokes, wholes, commands = [], [], []
    for _ in range(ROUNDS):
        keystrokes += [await typist.keystroke() for _ in range(KEYSTROKES)]
        wholes.append(linted(root))
        commands.append(command(root))
    await typist.stop()
    keystroke, whole, commanded = median(keystrokes), median(wholes), median(commands)
    return {
        "start_and_open_s": round(opened, 3),
        "keystroke_s": round(keystroke, 3),
        "whole_lint_s": round(whole, 3),
        "lint_command_s": round(commanded, 3),
        "times_faster": round(whole / keystroke, 2),
        "times_faster_than_the_command": round(commanded / keystroke, 2),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder, "sample").resolve()
        for part in ("campaigns", "templates"):
            shutil.copytree(ROOT / part, sample / part)
        shutil.copy(ROOT / "dripper.toml", sample)
        large = large_workspace(Path(folder, "large").resolve())
        report = {
            "benchmark": "lsp",
            "sample": asyncio.run(measured(sample, next(sample.glob("campaigns/brook/sizing.toml")))),
            "large": asyncio.run(measured(large, large / "campaigns/shop50/notes.toml")),
            "contents": {"campaigns": CAMPAIGNS, "contacts": CONTACTS, "messages": MESSAGES},
            "bars": BARS,
        }
    large_run, sample_run = report["large"], report["sample"]
    assert isinstance(large_run, dict)
    assert isinstance(sample_run, dict)
    is_quick = all(run["keystroke_s"] <= BARS["seconds"] for run in (large_run, sample_run))
    report["ok"] = is_quick and large_run["times_faster"] >= BARS["times_faster"]
    print(json.dumps(report))


if __name__ == "__main__":
    main()
