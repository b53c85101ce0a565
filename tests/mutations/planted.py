"""A pytest plugin: the fault that TEST_PLANTED_FAULT describes is there before anything is imported."""

import os
from pathlib import Path

from tests.mutations.faults import Fault
from tests.mutations.swapping import plant
from tests.mutations.trying import PLANTED

path, start, end, becomes = os.environ[PLANTED].split("|", 3)
fault = Fault(0, "", int(start), int(end), becomes)
plant(path, fault.put_into(Path(path).read_text()))
