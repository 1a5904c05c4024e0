import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = [
    ROOT / name
    for name in subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
MODULES = [file for file in FILES if file.suffix == ".py" and file.is_relative_to(ROOT / "dripper")]
# Folders that exist on one machine only: somebody's home, a scratch folder, a Python built by hand.
MACHINE = re.compile(r"/(?:home|Users|root|work|tmp|opt|mnt)/[\w.-]+/|\.(?:pyenv)/")


def test_the_files_were_found() -> None:
    assert len(MODULES) > 20


def texts() -> list[tuple[Path, str]]:
    return [(file, file.read_text(encoding="utf-8")) for file in FILES]


def test_every_file_is_utf8_and_ends_with_one_line_feed() -> None:
    bad = [file.name for file, text in texts() if text and (not text.endswith("\n") or text.endswith("\n\n"))]
    assert bad == []


def test_no_file_names_a_path_of_one_machine() -> None:
    named = [(file.name, found[0]) for file, text in texts() if (found := MACHINE.search(text))]
    assert named == []


def test_no_file_names_the_host_of_a_package_index() -> None:
    index = re.compile(r"pypi[.]org|pythonhosted[.]org")
    assert [file.name for file, text in texts() if index.search(text)] == []


def test_the_search_for_paths_finds_one() -> None:
    assert MACHINE.search("see /" + "home/ana/dripper/notes")
    assert not MACHINE.search("templates/plain.txt.j2 and https://example.org/home/")


def test_no_module_is_too_long_to_read_at_once() -> None:
    lengths = {module.name: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_module_leaves_work_marked_for_later() -> None:
    mark = re.compile(r"#.*\b(?:TODO|FIXME|XXX)\b")
    assert [module.name for module in MODULES if mark.search(module.read_text(encoding="utf-8"))] == []


def test_every_mail_address_of_the_sample_is_reserved() -> None:
    sample = [file for file in FILES if file.is_relative_to(ROOT / "campaigns") or file.name == "dripper.toml"]
    addresses = [
        found for file in sample for found in re.findall(r"[\w.+-]+@[\w.-]+\w", file.read_text(encoding="utf-8"))
    ]
    assert addresses
    assert [address for address in addresses if not address.endswith(".example")] == []
