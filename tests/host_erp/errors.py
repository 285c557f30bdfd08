"""The ERP's own pages of what went wrong."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

WORDS = {
    403: "Эта страница не для вашей группы. Обратитесь к администратору ERP.",
    404: "Такой страницы в ERP нет.",
    500: "В ERP что-то сломалось. Администратор уже видит это в журнале сервера.",
}


def handle_errors(app: Flask) -> None:
    for code in WORDS:
        app.register_error_handler(code, _page)
    app.register_error_handler(CSRFError, _token)


def _page(error: HTTPException) -> Any:
    code = error.code or 500
    return render_template("erp/error.html", code=code, words=WORDS[code]), code


def _token(_error: CSRFError) -> Any:
    return render_template("erp/error.html", code=400, words="Форма устарела. Вернитесь и отправьте её снова."), 400
