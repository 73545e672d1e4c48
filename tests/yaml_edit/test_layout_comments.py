"""Every comment stays at the item it belongs to, whatever moves; blank lines part blocks, one at most."""

from __future__ import annotations

from textwrap import dedent

from laying import HEAD, laid

from rows import each_row

CASES = {
    "above the file": (
        "# lược đồ\n\n# ghi chú\n{head}",
        "# lược đồ\n\n# ghi chú\n{head}",
    ),
    "above the file, then a blank line": ("\n\n# a\n\n\n{head}", "# a\n\n{head}"),
    "above the file, whatever comes first": (
        "# a\nid: KH\nkind: plan\ntemplate: work-plan\nhead:\n  type: KẾ HOẠCH\n",
        "# a\n{head}",
    ),
    "at the start of the document": ("--- # a\n{head}", "# a\n{head}"),
    "below the file": ("{head}# a\n\n# b\n\n", "{head}# a\n\n# b\n"),
    "behind the end of the document": ("{head}... # a\n", "{head}# a\n"),
    "beside a text": ("{head}closing: x # a\n", "{head}closing: x  # a\n"),
    "beside a quoted text": ("{head}closing: 'x'    #  a  \n", "{head}closing: x  #  a\n"),
    "beside a key": ("{head}basis: # a\n- x\n", "{head}basis:  # a\n  - x\n"),
    "beside a block": ("{head}basis: |   # a\n  x\n  y\n", "{head}basis: |  # a\n  x\n  y\n"),
    "beside a long text": (
        "{head}closing: " + "dài " * 40 + "# a\n",
        "{head}closing: >-  # a\n  " + ("dài " * 27).strip() + "\n  " + ("dài " * 13).strip() + "\n",
    ),
    "beside a long text, taken for a part of it": (
        "{head}closing: " + "dài " * 40 + "#1\n",
        "{head}closing: " + ("dài " * 40).strip() + "  #1\n",
    ),
    "beside a text in quotes, not to be taken for a part of it": ("{head}closing: 'x' #1\n", "{head}#1\nclosing: x\n"),
    "beside a number that looks like one": ("{head}closing: 01 #1\n", "{head}closing: 01  #1\n"),
    "beside nothing": ("{head}closing:  # a\n", "{head}closing:  # a\n"),
    "beside a dash": (
        "{head}basis:\n  - # a\n    x\n  - y # b\n",
        "{head}basis:\n  - x  # a\n  - y  # b\n",
    ),
    "between a key and its text": ("{head}closing:\n  # a\n  x\n", "{head}# a\nclosing: x\n"),
    "above a field that moves": (
        "{head}# c\nclosing: z\n# b\nbasis: y\n",
        "{head}# b\nbasis: y\n# c\nclosing: z\n",
    ),
    "a blank line moves with its field": (
        "{head}\nclosing: z\nbasis: y\n",
        "{head}basis: y\n\nclosing: z\n",
    ),
    "below the last field of a block": (
        "{head}  # a\nclosing: z\n",
        "{head}  # a\nclosing: z\n",
    ),
    "above the field that follows a block": ("{head}# a\nclosing: z\n", "{head}# a\nclosing: z\n"),
    "a block moves with what closes it": (
        "kind: plan\nid: KH\nhead:\n  type: KẾ HOẠCH\n  # a\ntemplate: work-plan\n",
        "{head}  # a\n",
    ),
    "in brackets": (
        "{head}basis: [ # a\n  x, # b\n  # c\n  y # d\n  # e\n  ] # f\n",
        "{head}# f\nbasis:  # a\n  - x  # b\n  # c\n  - y  # d\n  # e\n",
    ),
    "in empty brackets": ("{head}tasks: [ # a\n  # b\n  ] # c\n", "{head}# b\n# c\ntasks: []  # a\n"),
    "of a file in braces": (
        "{{ # a\nkind: plan, id: KH, # b\ntemplate: work-plan,\n# c\nhead: {{type: KẾ HOẠCH}} }} # d\n# e\n",
        "# a\nkind: plan\nid: KH  # b\ntemplate: work-plan\n# c\nhead:\n  type: KẾ HOẠCH\n# d\n# e\n",
    ),
    "a key of its own line": ("{head}? closing # a\n: x # b\n", "{head}# b\nclosing: x  # a\n"),
    "behind a key, taken for a part of it": ("{head}? closing #1\n: 'x'\n", "{head}#1\nclosing: x\n"),
    "behind a key and behind its text": ("{head}? closing # a\n: x #1\n", "{head}# a\nclosing: x  #1\n"),
    "above a question mark": (
        "{head}? basis\n: x\n# a\n? closing # b\n: y\n",
        "{head}basis: x\n# a\nclosing: y  # b\n",
    ),
    "behind text with a tab, taken for a part of it": ("{head}closing: a\tb #1\n", "{head}closing: a\tb  #1\n"),
    "no comment": ("{head}closing: 'a # b'\n", '{head}closing: "a # b"\n'),
    "no comment in a block": ("{head}basis: |\n  # a\n  b # c\n", "{head}basis: |\n  # a\n  b # c\n"),
    "no comment in folded text": ("{head}basis: >-\n  a\n  # b\n", '{head}basis: "a # b"\n'),
}


@each_row(("typed", "expected"), CASES.values())
def test_comments(typed: str, expected: str) -> None:
    assert laid(typed.format(head=HEAD)) == expected.format(head=HEAD)


@each_row(("typed", "expected"), CASES.values())
def test_comments_in_lines_of_windows(typed: str, expected: str) -> None:
    assert laid(typed.format(head=HEAD).replace("\n", "\r\n")) == expected.format(head=HEAD)


def test_a_list_of_items() -> None:
    typed = """\
    tasks:

    # trên mục
    - id: A   # cạnh id
      # trên text
      text: a
      # dưới mục A, trong mục

    # trên mục B
    -
      # trên deadline
      deadline: Quý I
      # trên id
      id: B
      text: b
      activities:
        - id: C
          text: c
          # dưới mục C
      # dưới danh sách hoạt động
    # dưới danh sách nhiệm vụ
    closing: x
    """
    expected = """\
    tasks:
      # trên mục
      - id: A  # cạnh id
        # trên text
        text: a
        # dưới mục A, trong mục

      # trên mục B
      # trên id
      - id: B
        text: b
        # trên deadline
        deadline: Quý I
        activities:
          - id: C
            text: c
            # dưới mục C
        # dưới danh sách hoạt động
    # dưới danh sách nhiệm vụ
    closing: x
    """
    assert laid(HEAD + dedent(typed)) == HEAD + dedent(expected)


def test_blank_lines() -> None:
    typed = """\


    basis:


      - a



      - b

      # c


    tasks:
      - id: A

        text: |
          một


          hai


      - id: B
        text: >-
          ba

    closing: x


    """
    expected = """\

    basis:
      - a

      - b

      # c

    tasks:
      - id: A

        text: |
          một

          hai

      - id: B
        text: ba

    closing: x
    """
    assert laid(HEAD + dedent(typed)) == HEAD + dedent(expected)
