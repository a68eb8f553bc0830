"""A worksheet that writes plain texts at once, which is what most cells of a report are."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

# What XML or Excel want escaped or kept: markup, controls, Excel's own escapes, outer spaces.
_SPECIAL = re.compile("[<>&\x00-\x1f\ufffe\uffff]|_x|^\\s|\\s$")


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet for the option `constant_memory`, where each text stands in its cell.

    XlsxWriter looks for each special character of its own in every text; half the time of a
    workbook goes there. Should it call `_write_cell` no more, this is only slower again.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        text = getattr(cell, "string", None)
        if text is None or cell.format or not self.constant_memory or _SPECIAL.search(text):
            super()._write_cell(row, col, cell)
            return
        place = xl_rowcol_to_cell_fast(row, col)
        self.fh.write(f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>')
