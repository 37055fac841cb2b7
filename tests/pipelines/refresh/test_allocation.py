"""A refresh keeps the memory that it took, also as the child of a process that has loaded Polars."""

import os
import subprocess
import sys

import pytest

NAME = "_RJEM_MALLOC_CONF"
OF_POLARS = "dirty_decay_ms:500,muzzy_decay_ms:1000"


@pytest.mark.parametrize(("given", "kept"), [(None, True), (OF_POLARS, True), ("narenas:1", False)])
def test_memory_is_kept_unless_somebody_chose_otherwise(given: str | None, kept: bool) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != NAME} | ({NAME: given} if given else {})
    code = f"import os, pipelines.refresh.allocation; print(os.environ['{NAME}'])"
    end = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True)
    assert end.stdout.strip().endswith("dirty_decay_ms:-1,muzzy_decay_ms:-1") is kept


def test_what_polars_leaves_is_known() -> None:
    code = f"import os, polars; print(os.environ['{NAME}'])"
    surroundings = {name: value for name, value in os.environ.items() if name != NAME}
    end = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True)
    assert end.stdout.strip() == OF_POLARS
