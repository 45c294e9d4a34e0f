"""The machine that figures come from, in words: no name of it, nothing of its owner."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Machine:
    cpu: str
    cores: int
    memory_gib: int
    system: str
    python: str

    @classmethod
    def here(cls) -> Machine:
        return cls(
            cpu=_cpu(Path("/proc/cpuinfo")) or platform.processor() or platform.machine(),
            cores=psutil.cpu_count() or 1,
            memory_gib=round(psutil.virtual_memory().total / 2**30),
            system=f"{platform.system()} {platform.release()}",
            python=f"{platform.python_implementation()} {platform.python_version()}",
        )

    @property
    def words(self) -> str:
        cores = f"{self.cores} core{'' if self.cores == 1 else 's'}"
        return f"{self.cpu}, {cores}, {self.memory_gib} GiB; {self.system}; {self.python}"


def _cpu(info: Path) -> str:
    """The model's name as Linux tells it; "" elsewhere."""
    try:
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
