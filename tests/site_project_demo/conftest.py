import os

import pytest

from tests.site_project_demo.loaded_demo import LoadedDemo


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The loaded demo, served; loaded once for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    folder.mkdir(exist_ok=True)
    with LoadedDemo(folder).served() as demo:
        yield demo
