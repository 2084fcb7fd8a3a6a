"""Sums of a library in the currency of a deal: INR 500,000,000 where a pound deal has GBP 5,000,000.

The library states sums once, in pounds, euros or dollars, which are near enough to each other for a placeholder. In any other
currency the same digits may be a hundred times too little. The factors are round, so that a round sum stays one; they follow
no rate, since what they give has to be confirmed anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from ..remembered import remembered
from ..words.quantity import Money
from .clause import Clause, Parameter, Value
from .library import Library

_FACTORS = """\
0.5 KWD BHD OMR
2 BGN AZN GEL FJD BBD BZD
5 PLN RON ILS MYR BRL PEN AED SAR QAR GTQ BOB
10 SEK NOK DKK CNY HKD MAD TTD BWP MOP
20 ZAR CZK MXN NAD MDL GHS ZMW
50 PHP THB TWD TRY EGP UAH UYU DOP MUR MKD NIO HNL
100 INR RSD RUB ALL BTN
200 JPY KES BDT ISK NPR JMD LKR PKR
500 HUF AMD KZT CRC XOF XAF XPF DZD
1000 KRW CLP ARS IQD
2000 NGN MMK TZS RWF MNT
5000 COP UGX KHR PYG MGA UZS
20000 IDR VND LAK
"""
FACTORS: Mapping[str, Decimal] = MappingProxyType(
    {code: Decimal(factor) for factor, *codes in map(str.split, _FACTORS.splitlines()) for code in codes}
)


@remembered
def in_currency(library: Library, currency: str) -> Library:
    """The library with its sums, and the bounds of sums, in the size that they have in a currency; once only."""
    factor = FACTORS.get(currency)
    if factor is None or library.scaled_for == currency:
        return library
    clauses = {id_: _clause(clause, factor) for id_, clause in library.clauses.items()}
    return replace(library, clauses=MappingProxyType(clauses), scaled_for=currency)


def priced(value: Value, like: Value | None, library: Library) -> Value:
    """A sum of the library, which has no currency, in the currency of a sum of the deal and in the size that it has there."""
    if not isinstance(value, Money) or not isinstance(like, Money):
        return value
    factor = Decimal(1) if library.scaled_for == like.currency else FACTORS.get(like.currency, Decimal(1))
    return Money(value.amount * factor, like.currency)


def _clause(clause: Clause, factor: Decimal) -> Clause:
    if not any(p.type == "money" for p in clause.parameters.values()):
        return clause
    parameters = {n: _parameter(p, factor) for n, p in clause.parameters.items()}
    variants = tuple(
        replace(v, settings=MappingProxyType({n: _sum(s, factor) for n, s in v.settings.items()}))
        if any(isinstance(s, Money) for s in v.settings.values())
        else v
        for v in clause.variants
    )
    return replace(clause, parameters=MappingProxyType(parameters), variants=variants)


def _parameter(parameter: Parameter, factor: Decimal) -> Parameter:
    if parameter.type != "money":
        return parameter
    values = {posture: _sum(value, factor) for posture, value in parameter.values.items()}
    low, high = (None if b is None else _sum(b, factor) for b in (parameter.minimum, parameter.maximum))
    return replace(parameter, values=MappingProxyType(values), minimum=low, maximum=high)


def _sum(value: Value, factor: Decimal) -> Value:
    return Money(value.amount * factor, value.currency) if isinstance(value, Money) and not value.currency else value
