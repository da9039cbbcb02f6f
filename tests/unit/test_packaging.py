"""What is shipped: every folder of code, its data, light commands, rooms that only look down, no private addresses."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["setuptools"]["packages"]
FOLDERS: dict[str, str] = PROJECT["tool"]["setuptools"]["package-dir"]


def committed() -> list[Path]:
    """The files under version control, or all files outside caches where there is none (an unpacked archive)."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [p for p in ROOT.rglob("*") if p.is_file() and not any(part[0] == "." for part in p.relative_to(ROOT).parts)]


def imported(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after this code."""
    script = f"import sys\n{code}\nprint('\\n' + ' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd="/")
    return set(done.stdout.splitlines()[-1].split())


# Packages


def test_the_package_list_is_the_folders() -> None:
    found = set()
    for package, folder in FOLDERS.items():
        place = ROOT / folder
        code = {file.parent for file in place.rglob("*.py") if "__pycache__" not in file.parts} or {place}
        found |= {".".join((package, *directory.relative_to(place).parts)) for directory in code}
    assert sorted(PACKAGES) == sorted(found)


def test_every_room_of_core_says_what_it_is_for() -> None:
    for room in (ROOT / "core").iterdir():
        if room.is_dir() and room.name != "__pycache__":
            assert (room / "__init__.py").read_text("utf-8").startswith('"""'), room


def test_the_wheel_has_the_code_the_data_and_nothing_else(tmp_path: Path) -> None:
    setuptools = pytest.importorskip("setuptools", reason="building a wheel without the network needs setuptools")
    if int(setuptools.__version__.split(".")[0]) < 77:
        pytest.skip(f"setuptools {setuptools.__version__} is older than pyproject.toml asks for: no wheel was built")
    tree = tmp_path / "tree"
    for file in committed():
        relative = file.relative_to(ROOT)
        if relative.parts[0] in ("core", "tui", "seeds", "pyproject.toml", "README.md", "LICENSE"):
            (tree / relative).parent.mkdir(parents=True, exist_ok=True)
            (tree / relative).write_bytes(file.read_bytes())
    build = "from setuptools.build_meta import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=tree, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = {
        "/".join((*package.split("."), file.relative_to(ROOT / folder).as_posix()))
        for package, folder in FOLDERS.items()
        for file in committed()
        if file.is_relative_to(ROOT / folder)
    }
    assert names == expected


def test_the_licences_are_named() -> None:
    assert "MIT" in (ROOT / "LICENSE").read_text("utf-8")
    assert "CC-BY-SA-4.0" in PROJECT["project"]["license"]


# Light imports


def test_core_has_no_screen_and_no_model_until_it_is_asked() -> None:
    rooms = ("records", "sources", "search", "library", "export")
    loaded = imported("\n".join(f"import newsdash.core.{room}" for room in rooms))
    assert not loaded & {"textual", "rich", "spacy", "thinc", "onnxruntime", "torch", "trafilatura", "yaml"}


def test_the_extraction_has_no_screen() -> None:
    assert "textual" not in imported("import newsdash.core.extraction, newsdash.core.language")


def test_running_the_model_needs_no_training_library() -> None:
    missing = "import sys; sys.modules.update(dict.fromkeys(['torch', 'transformers', 'onnx', 'safetensors']))"
    loaded = imported(f"{missing}; from newsdash.core.language import load; load()('The talks ended.')")
    assert "spacy" in loaded
    assert "textual" not in loaded


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["analyze", "--help"], ["completion", "bash"]])
def test_version_help_and_completion_load_neither_screen_nor_model(arguments: list[str]) -> None:
    code = (
        f"import contextlib, newsdash.tui.cli\nwith contextlib.suppress(SystemExit): newsdash.tui.cli.main({arguments})"
    )
    assert not imported(code) & {"textual", "rich", "spacy", "numpy", "onnxruntime"}


def test_searching_needs_no_model() -> None:
    seeds = str(ROOT / "seeds")
    code = f"import newsdash.tui.cli\nnewsdash.tui.cli.main(['search', 'strike', {seeds!r}])"
    assert not imported(code) & {"spacy", "textual", "onnxruntime"}


# What is committed


def test_requirements_are_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line), line
    extras = PROJECT["project"]["optional-dependencies"]
    for requirement in (*PROJECT["project"]["dependencies"], *(name for names in extras.values() for name in names)):
        assert "@" not in requirement
        assert "://" not in requirement


def test_no_committed_file_names_a_package_index_or_a_private_place() -> None:
    forbidden = re.compile(rb"index-url|find-links|trusted-host|/simple/?['\"\s]|PIP_INDEX|/work/|file:///", re.I)
    found = []
    for file in committed():
        data = file.read_bytes()
        if b"\x00" in data[:8192] or file.name == Path(__file__).name:
            continue
        found += [f"{file.relative_to(ROOT)}: {match[0].decode()}" for match in forbidden.finditer(data)]
    assert not found


def test_the_weights_fit_their_budget() -> None:
    weights = [file for file in committed() if "language" in file.parts and "weights" in file.parts]
    assert sum(file.stat().st_size for file in weights) <= 25_000_000


def test_the_program_runs_from_any_directory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", "import newsdash.core, newsdash.tui.cli"], cwd=tmp_path, check=False
    )
    assert done.returncode == 0
