"""What the machine offers to the tests: programs, other Pythons, Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: What the tests want to the Debian package that brings it.
DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "postgresql": "postgresql",
    "gettext": "gettext",
    "schemas of XLIFF": "php-symfony-translation",
}
#: The schemas of OASIS are not ours to hand on; that package has them.
XLIFF_SCHEMAS = Path(os.environ.get("XLIFF_SCHEMAS", "/usr/share/php/Symfony/Component/Translation/Resources/schemas"))
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def postgresql_programs() -> Path | None:
    """Return the folder that holds ``initdb`` and ``pg_ctl`` of the newest PostgreSQL, or None."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def gettext() -> bool:
    """Return whether ``makemessages`` can work."""
    return all(shutil.which(name) for name in ("xgettext", "msgmerge", "msguniq", "msgattrib"))


def missing_packages() -> list[str]:
    """Return the Debian packages whose programs or files are absent."""
    present = {
        "chromium": bool(chromium()),
        "postgresql": bool(postgresql_programs()),
        "gettext": gettext(),
        "schemas of XLIFF": XLIFF_SCHEMAS.exists(),
    }
    return [package for wanted, package in DEBIAN_PACKAGES.items() if not present[wanted]]


def install_missing() -> None:
    """Install what is absent, as root or through a sudo that asks nothing; else say what to type."""
    missing = missing_packages()
    if not missing:
        print(f"All there: {', '.join(DEBIAN_PACKAGES)}.")
        return
    command = f"apt-get install --no-install-recommends {' '.join(missing)}"
    prefix = _root_prefix()
    if not shutil.which("apt-get") or prefix is None:
        print(
            f"!!! Absent: {', '.join(missing)}. Tests that need them are left out. On Debian or Ubuntu: sudo {command}"
        )
        return
    print(f"Installing {', '.join(missing)} with apt-get ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    options = ["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120", "-qq"]
    # One by one: a system may lack one of them.
    installs = [["install", "--yes", "--no-install-recommends", package] for package in missing]
    for words in (["update"], *installs):
        done = subprocess.run([*prefix, "apt-get", *options, *words], env=environment, stdin=subprocess.DEVNULL)
        if done.returncode:
            print(f"!!! apt-get {' '.join(words)} failed; tests that need it are left out.", flush=True)


def _root_prefix() -> list[str] | None:
    """Return what to write before a command so that root runs it, or None where nobody may."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
        return ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"]
    return None


def other_python() -> str | None:
    """Return a Python on the other side of 3.12 than this one, where the lock takes the other Django."""
    wanted = ("3.14", "3.13", "3.12") if sys.version_info < (3, 12) else ("3.11",)
    for version in wanted:
        homes = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
        homes += sorted(Path.home().glob(f".pyenv/versions/{version}*/bin"), reverse=True)
        homes += sorted(Path.home().glob(f".local/share/uv/python/cpython-{version}*/bin"), reverse=True)
        for home in homes:
            python = home / f"python{version}"
            if python.exists() and _can_make_environments(python):
                return str(python)
    return None


def _can_make_environments(python: Path) -> bool:
    # A shim of pyenv exists for every version, but runs only the chosen one.
    return not subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True).returncode
