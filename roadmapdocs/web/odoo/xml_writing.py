"""Writing answers of XML-RPC, which knows no nothing, no number of more than 32 bits and no control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

_INT32: Final = 2**31
_INT64: Final = 2**63
#: What XML 1.0 cannot hold, not even escaped.
_UNHEARD_OF = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def response(value: object) -> str:
    """The answer to a call."""
    inner = "".join(_value(value))
    return f"<?xml version='1.0'?>\n<methodResponse><params><param>{inner}</param></params></methodResponse>\n"


def fault(code: int, words: str) -> str:
    """That a call was not carried out."""
    inner = "".join(_value({"faultCode": code, "faultString": words}))
    return f"<?xml version='1.0'?>\n<methodResponse><fault>{inner}</fault></methodResponse>\n"


def _value(value: Any) -> Iterator[str]:
    """Numbers beyond 32 bits are ``i8``, which common clients read; what is larger still is a double."""
    if value is None or isinstance(value, bool):
        yield f"<value><boolean>{int(bool(value))}</boolean></value>"
    elif isinstance(value, int):
        kind = "int" if -_INT32 <= value < _INT32 else "i8" if -_INT64 <= value < _INT64 else "double"
        yield f"<value><{kind}>{float(value) if kind == 'double' else value}</{kind}></value>"
    elif isinstance(value, float):
        yield f"<value><double>{value!r}</double></value>"
    elif isinstance(value, str):
        yield f"<value><string>{_escaped(value)}</string></value>"
    elif isinstance(value, dict):
        yield "<value><struct>"
        for name, one in value.items():
            yield f"<member><name>{_escaped(str(name))}</name>"
            yield from _value(one)
            yield "</member>"
        yield "</struct></value>"
    else:
        yield "<value><array><data>"
        for one in value:
            yield from _value(one)
        yield "</data></array></value>"


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return _UNHEARD_OF.sub("\ufffd", text)
