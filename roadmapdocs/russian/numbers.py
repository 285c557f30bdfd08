"""Numbers in words and figures, with the words that they count."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from roadmapdocs.russian.cases import Case

NBSP = "\N{NO-BREAK SPACE}"
#: «пункт», «пункта», «пунктов»: for one, for two to four, for five and more.
CountForms = tuple[str, str, str]
_CODES = {Case.NOM: "n", Case.GEN: "g", Case.DAT: "d", Case.ACC: "a", Case.INS: "i", Case.PRE: "p"}


@lru_cache(maxsize=1024)
def cardinal(number: int, case: Case = Case.NOM, gender: str = "m", *, animate: bool = False) -> str:
    """«двадцать одна». ``gender`` is m, f or n; ``animate`` matters to the accusative alone («двух педагогов»)."""
    return _in_words(number, "cardinal", case, gender, animate)


@lru_cache(maxsize=1024)
def ordinal(number: int, case: Case = Case.NOM, gender: str = "m", *, animate: bool = False) -> str:
    """«двадцать первый», «две тысячи двадцатого»; only the last word declines."""
    return _in_words(number, "ordinal", case, gender, animate)


def _in_words(number: int, kind: str, case: Case, gender: str, animate: bool) -> str:
    from num2words import num2words  # noqa: PLC0415  # it reads the numerals of fifty languages

    return str(num2words(number, lang="ru", to=kind, case=_CODES[case], gender=gender, animate=animate))


def agree(number: float | Decimal, forms: CountForms) -> str:
    """The form of the counted word behind the number; fractions take the second («1,5 часа»)."""
    one, few, many = forms
    if number != int(number):
        return few
    rest = abs(int(number)) % 100
    if rest % 10 == 1 and rest != 11:
        return one
    return few if rest % 10 in (2, 3, 4) and rest not in (12, 13, 14) else many


def quantity(number: float | Decimal, forms: CountForms) -> str:
    """«21 пункт», joined by a no-break space."""
    return f"{grouped(number)}{NBSP}{agree(number, forms)}"


def grouped(number: float | Decimal, places: int | None = None) -> str:
    """«1 234 567,5»: thousands by no-break spaces, a comma; from five figures on, as the rules of typesetting have it.

    ``places`` is how many figures stand behind the comma; None leaves those that the number has.
    """
    exact = Decimal(str(number))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    whole, _dot, fraction = f"{abs(exact):f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    spaced = f"{int(whole):,}".replace(",", NBSP) if len(whole) > 4 else whole
    sign = "\N{MINUS SIGN}" if exact < 0 and any(figure != "0" for figure in whole + fraction) else ""
    return sign + spaced + (f",{fraction}" if fraction else "")
