import os
import pwd
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Build the wheel, install it into an empty environment, and return how to run what stands there.

    The only test that may reach the package index: it starts pip without the shut network, with its owner's cache.
    """
    folder = tmp_path_factory.mktemp("wheel")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_", "XDG_"))
    }
    environment.pop("PYTHONPATH")
    environment["HOME"] = pwd.getpwuid(os.getuid()).pw_dir

    def started(*arguments: str | Path, cwd: Path = folder) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)

    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    built = started(*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("dripper-*.whl")
    venv.create(folder / "venv")
    bin_folder = folder / "venv" / "bin"
    into = ("--python", bin_folder / "python", "install", "--no-compile", "--constraint", ROOT / "constraints.txt")
    installed = started(*pip, *into, wheel)
    assert installed.returncode == 0, installed.stderr
    return lambda program, *arguments, **options: started(bin_folder / program, *arguments, **options)


def test_help_comes_from_an_environment_with_nothing_but_the_wheel(run: Run) -> None:
    done = run("dripper", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "lint" in done.stdout


def test_the_package_is_the_installed_one(run: Run) -> None:
    done = run("python", "-c", "import dripper; print(dripper.__file__)")
    assert str(ROOT) not in done.stdout


def test_a_new_workspace_is_started_and_clean(run: Run, tmp_path: Path) -> None:
    assert run("dripper", "init", "agency", cwd=tmp_path).returncode == 0
    linted = run("dripper", "lint", cwd=tmp_path / "agency")
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_demo_runs_without_the_checkout(run: Run, tmp_path: Path) -> None:
    done = run("dripper", "demo", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "out" / "mail").glob("*.eml"))
    assert (tmp_path / "out" / "brief.html").is_file()
