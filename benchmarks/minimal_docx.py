"""The yardstick for rendering: a minimal python-docx program that writes a document with the table of plan 000."""

from __future__ import annotations

import sys

import docx

HEADER = ("STT", "Mục tiêu chất lượng", "Biện pháp thực hiện", "Trách nhiệm", "Thời gian hoàn thành", "Kết quả dự kiến")
CELL = "Kịp thời tiếp nhận, hướng dẫn người được trợ giúp pháp lý cung cấp các giấy tờ đủ điều kiện"

document = docx.Document()
document.add_heading("KẾ HOẠCH", 0)
document.add_paragraph("Căn cứ Mục tiêu chất lượng năm 2026, Trung tâm ban hành Kế hoạch thực hiện như sau:")
table = document.add_table(rows=1, cols=6)
for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
    cell.text = text
for number in range(5):
    for index, cell in enumerate(table.add_row().cells):
        cell.text = str(number + 1) if index == 0 else CELL
document.save(sys.argv[1])
