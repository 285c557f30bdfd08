"""A plan, whose pages lie across by its own word, and a list, which lies so only where its table is wide."""

from __future__ import annotations

from roadmapdocs.drafting.composing.common import Context
from roadmapdocs.drafting.composing.regulations import compose_regulation
from roadmapdocs.drafting.values import PlanValues
from roadmapdocs.drafting.vocabulary import RegulationPage


def compose_plan(values: PlanValues, context: Context) -> RegulationPage:
    return compose_regulation(values, context, landscape=values.landscape)


def compose_list(values: PlanValues, context: Context) -> RegulationPage:
    return compose_regulation(values, context)
