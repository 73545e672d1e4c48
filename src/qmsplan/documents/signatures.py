"""Who signs a plan, in the block language: one way for all templates."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape


def signature_markup(plan: dict[str, Any], dateline: str = "") -> Markup:
    """The end of a document: recipients, signatory, those who sign with him, and the boxes of a management system.

    Of a joint document all sign side by side, and the recipients stand below them."""
    recipients = "\n".join(filter(None, [plan["recipients"], plan["head"]["drafter"]]))
    lines = [_element("recipient", recipients), _element("dateline", dateline) if dateline else ""]
    blocks = []
    if plan["cosigners"]:
        blocks.append(_signers([plan["signatory"], *plan["cosigners"]], has_lines=False))
        blocks.append(f"<signature>{''.join(lines)}</signature>")
    else:
        blocks.append(f"<signature>{''.join(lines)}{_signing(plan['signatory'])}</signature>")
    if plan["boxes"]:
        blocks.append(_signers(plan["boxes"], has_lines=True))
    return Markup("".join(blocks))  # noqa: S704  every text in it is escaped by `_element`


def _signers(people: list[dict[str, Any]], *, has_lines: bool) -> str:
    signers = "".join(f"<signer>{_element('label', who.get('label', ''))}{_signing(who)}</signer>" for who in people)
    return f'<signers lines="{"true" if has_lines else "false"}">{signers}</signers>'


def _signing(who: dict[str, Any]) -> str:
    parts = {"position": "position", "instruction": "instruction", "second-position": "second_position", "name": "name"}
    return "".join(_element(name, who.get(field, "")) for name, field in parts.items())


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"
