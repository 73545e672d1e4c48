"""A plan in which every field of every class says something, and ways to change one leaf of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from qmsplan.diagnostics import Path
from qmsplan.load.document import read_content
from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from values import fields_of, is_model, replace

FULL = """\
kind: plan
id: KH
template: work-plan
period: 2026-2030
form: true
standard: iso9001-2015
implements: KH-TREN
head:
  issuer: TGPL
  issuer_text: Trung tâm
  parent_text: Sở
  type: Kế hoạch
  title: Thực hiện mục tiêu
  symbol: KH-TGPL
  place: Cà Mau
  dateline: Cà Mau, ngày … tháng … năm …
  caption: Phụ lục 3
  secrecy: MẬT
  urgency: KHẨN
  circulation: LƯU HÀNH NỘI BỘ
  drafter: PL.(300)
  address: Số 1 đường A
fields: {dia_diem: Địa điểm}
money_unit: tỷ đồng
table:
  kind: budget
  columns: [number, {field: budget, title: Tiền, under: Năm, width: 9, source: Tỉnh, period: 2026}]
  orientation: landscape
  numbered: true
  total: false
  mark: X
  rows: [[a, b]]
  blank: 2
basis: [Luật Trợ giúp pháp lý, Nghị định số 30]
policy: Chính sách chất lượng
preamble: Trung tâm ban hành kế hoạch
sections:
  - number: I
    title: MỤC ĐÍCH
    text: Một
    table: {kind: tasks}
    sections: [{text: Hai}]
    groups: [{id: N1, text: Nhóm}]
    objectives: [{id: M1, text: Mục tiêu}]
    tasks: [{id: V1, text: Việc}]
    activities: [{id: H1, text: Hoạt động}]
groups:
  - id: N2
    number: "01"
    text: Nhóm
    target:
      - ">98%"
      - {text: từ 90 đến 98, comparator: between, value: 90, upper: "98,5", unit: vụ, per: quý, points: true,
         baseline: year, baseline_text: năm 2025, population: vụ việc, commitment: true, conditional: true}
    unit: vụ
    horizons: {2030: "90"}
    base: "80"
    results: {2025: "85"}
    threshold: dưới 70
    method: Đếm
    source: Sổ thụ lý
    monitor: Ông A
    score: "10"
    risk: Thiếu người
    measures: Biện pháp
    lead: [NV, {unit: HCTH, scope: nội dung 1}]
    support: TGPL
    deadline: Quý III
    start: Tháng 3
    schedule: {2026-03: x}
    hours: 8h00
    place: Hội trường
    participants: Viên chức
    deliverables: Báo cáo
    evaluation: Khảo sát
    funding: Ngân sách
    budget: [{amount: 12, source: Tỉnh, period: 2026}]
    note: Ghi chú
    fields: {dia_diem: Hội trường}
    refs: KHAC
    implements: KH-TREN/M1
    supports: KH-TREN/M2
    clauses: 9.2
    weight: 2
    frequency: quarter
    aggregation: sum
    plan: {2026-Q1: 20}
    groups: [{id: N3, text: Nhóm}]
    objectives: [{id: M3, text: Mục tiêu, deadline: {text: Hết năm, due: 2026-12-31}}]
    tasks: [{id: V3, text: Việc, deadline: {every: quarter}}, {id: V4, text: Việc, deadline: {event: SK}}]
    activities: [{id: H3, text: Hoạt động, deadline: {continuous: true}}]
objectives: [{id: M4, text: Mục tiêu}]
tasks: [{id: V5, text: Việc}]
activities: [{id: H5, text: Hoạt động}]
events: [{id: SK, text: Ban hành}]
closing: Hết
recipients: ["- Như trên;", "- Lưu: VT."]
signatory: {position: GIÁM ĐỐC, name: Nguyễn Văn A, instruction: (ký tên), second_position: GIÁM ĐỐC}
cosigners: [{position: CHỦ TỊCH, name: B}]
boxes: [{label: Người lập, position: Chuyên viên, name: C}]
reviewed: [{name: B, position: PHÓ GIÁM ĐỐC, date: 2026-02-01, digest: "qmsplan-1:sha256:0123456789abcdef"}]
approved: [{name: C, position: CHỦ TỊCH, date: 2026-02-02, digest: "qmsplan-1:sha256:0123456789abcdef"}]
earlier:
  - number: 05/KH-TGPL
    date: 2026-01-05
    signer: A
    position: GIÁM ĐỐC
    issuer: Trung tâm
    partly: true
    digest: qmsplan-1:sha256:0123456789abcdef
    reason: Thêm một mục tiêu
    reviewed: [{name: B, position: PHÓ GIÁM ĐỐC, date: 2026-01-01, digest: "qmsplan-1:sha256:0123456789abcdef"}]
    approved: [{name: C, position: CHỦ TỊCH, date: 2026-01-02, digest: "qmsplan-1:sha256:0123456789abcdef"}]
signoff:
  number: 51/KH-TGPL
  date: 2026-02-09
  signer: Nguyễn Văn A
  position: GIÁM ĐỐC
  issuer: Trung tâm
  parent: Sở Tư pháp
  units: 'HCTH: Phòng Hành chính'
  template: sha256:0123
  letterhead: sha256:4567
  digest: qmsplan-2:sha256:0123456789abcdef
  parts: [a]
annexes:
  - number: I
    title: PHỤ LỤC
    info: (Kèm theo)
    head: true
    text: Một
    table: {kind: tasks}
    sections: [{text: Ba}]
    groups: [{id: N6, text: Nhóm}]
    objectives: [{id: M6, text: Mục tiêu}]
    tasks: [{id: V6, text: Việc}]
    activities: [{id: H6, text: Hoạt động}]
"""


def plan_of(text: str) -> Plan:
    """The plan in a text that is clean."""
    document = read_content(text.encode(), "plan.yaml")
    assert isinstance(document.value, Plan), document.diagnostics
    return document.value


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The places of all values that hold no others; of lists, also where another entry could stand."""
    if is_model(value):
        for name in fields_of(value):
            yield from leaves(getattr(value, name), (*path, name))
    elif type(value) is tuple:
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    elif value is not None:
        yield path


def value_at(value: Any, path: Path) -> Any:
    """The value at a place."""
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def put_at(value: Any, path: Path, new: Any) -> Any:
    """The value with another one at a place; `GONE` takes an entry of a list, or the field's value, away."""
    if not path:
        return new
    part, *rest = path
    if isinstance(part, int):
        changed = put_at(value[part], tuple(rest), new)
        middle = () if changed is GONE else (changed,)
        return (*value[:part], *middle, *value[part + 1 :])
    changed = put_at(getattr(value, part), tuple(rest), new)
    nothing = () if type(getattr(value, part)) is tuple else None
    return replace(value, **{part: nothing if changed is GONE else changed})


GONE = object()


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, dict):
        return {key: other(held) for key, held in value.items()}
    if isinstance(value, tuple) and not isinstance(value, Period):
        return (*value, "x")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, Period):
        return value._replace(start=value.start + timedelta(days=1))
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, dict):
        return {name: other(part) for name, part in value.items()}
    return value + "x"


FREE = {"standard", "policy", "reviewed", "approved", "implements", "refs", "supports", "clauses", "weight"}
"""Fields of a plan and its items that no reader of the document sees."""
FREE_OF_SIGNOFF = {"digest", "parts"}


def is_bound(path: Path, *, by_own_template: bool = False) -> bool:
    """Whether the digest of a plan covers a place; a workspace's own template may print every field."""
    if path[0] in {"reviewed", "approved"} or (path[0] == "signoff" and path[1] in FREE_OF_SIGNOFF):
        return False
    return by_own_template or path[0] == "earlier" or not FREE.intersection(path)
