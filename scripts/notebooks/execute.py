"""Executes a notebook from scratch: execute.py NOTEBOOK OUTPUT, in the folder of the notebook.

nbclient alone would lose outputs: it takes a cell for done when the kernel says that it is idle, and Deno's kernel may say so
before it sends the cell's result. What comes late is collected here: once the kernel is done with another request, nothing of
the cell can be under way any more.
"""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbclient.util import ensure_async

CELL_SECONDS = 180
OUTPUTS = ("stream", "display_data", "execute_result")


class PatientClient(NotebookClient):
    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        executed = await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        if cell.cell_type == "code":
            await self.collect_late_outputs(cell, cell_index)
        return executed

    async def collect_late_outputs(self, cell, cell_index):
        request = self.kc.execute("undefined", silent=True, store_history=False)
        while True:
            message = await ensure_async(self.kc.get_iopub_msg(timeout=CELL_SECONDS))
            if message["msg_type"] in OUTPUTS:
                self.process_message(message, cell, cell_index)
            is_idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if is_idle and message["parent_header"].get("msg_id") == request:
                break
        await ensure_async(self.kc.get_shell_msg(timeout=CELL_SECONDS))


source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
try:
    PatientClient(notebook, kernel_name="deno", timeout=CELL_SECONDS, iopub_timeout=CELL_SECONDS, record_timing=False).execute()
except CellExecutionError as error:
    sys.exit(str(error))
nbformat.write(notebook, target)
