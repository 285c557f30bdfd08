"""Words of the language of questions: fields, joints, what announces a name, an item or force. All folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.russian.letters import fold_word


def _of(**names: str) -> dict[str, str]:
    return {fold_word(name): field for field, words in names.items() for name in words.split()}


#: How a field may be called → its name here.
FIELDS: Final = _of(
    kind="вид kind",
    number="номер number №",
    date="дата date",
    signed="подписал подписала подписант signer signed",
    drafted="исполнитель подготовил drafter",
    item="пункт item",
    force="в-силе действует in-force",
    state="состояние статус state",
    unit="подразделение отдел unit",
    case="дело case",
    roadmap="карта roadmap",
    type="тип type",
    title="заголовок название title",
    text="текст text",
    talk="комментарий комментарии замечание comment",
)
OR: Final = frozenset({"ИЛИ", "или", "Или", "OR"})
#: In capitals only: «не» and «and» stand in titles.
NOT: Final = frozenset({"НЕ", "NOT"})
AND: Final = frozenset({"AND"})

SIGNED: Final = frozenset("подписал подписала подписан подписана подписано подписаны подписанный подписанные подписант".split())
SIGNATURE: Final = frozenset({"подписью", "подпись"})
ITEM: Final = frozenset("п пп пункт пункта пункту пунктом пункте пункты пунктов пунктам пунктах".split())

FORCE_ADJECTIVES: Final = frozenset(
    "действующий действующего действующему действующим действующем действующая действующей действующую "
    "действующее действующие действующих действующими".split()
)
NO_FORCE_ADJECTIVES: Final = frozenset(f"не{word}" for word in FORCE_ADJECTIVES)
YES: Final = frozenset("да сегодня сейчас yes today".split())
NO: Final = frozenset("нет no".split())

TYPES: Final = _of(
    document="документ документы document",
    item="пункт пункты item",
    section="раздел разделы section",
    assignment="поручение поручения assignment",
)

_PREPARATION: Final[dict[str, Preparation]] = {
    "черновик": Preparation.DRAFT,
    "проект": Preparation.DRAFT,
    "на согласовании": Preparation.IN_APPROVAL,
    "на доработке": Preparation.REWORK,
    "дорабатывается": Preparation.REWORK,
    "согласован": Preparation.AGREED,
    "на подписи": Preparation.IN_SIGNING,
    "на подписании": Preparation.IN_SIGNING,
    "подписан": Preparation.SIGNED,
    "отозван": Preparation.WITHDRAWN,
}
_REGISTRATION: Final[dict[str, Registration]] = {
    "не зарегистрирован": Registration.UNREGISTERED,
    "номер зарезервирован": Registration.RESERVED,
    "зарезервирован": Registration.RESERVED,
    "зарегистрирован": Registration.REGISTERED,
    "регистрация аннулирована": Registration.ANNULLED,
    "аннулирован": Registration.ANNULLED,
}
_FORCE: Final[dict[str, tuple[Force, ...]]] = {
    "не действует": (Force.NOT_IN_FORCE, Force.SUSPENDED, Force.ENDED),
    "не вступил в силу": (Force.NOT_IN_FORCE,),
    "действует": (Force.IN_FORCE, Force.AMENDED),
    "действует с изменениями": (Force.AMENDED,),
    "изменен": (Force.AMENDED,),
    "приостановлен": (Force.SUSPENDED,),
    "утратил силу": (Force.ENDED,),
    "отменен": (Force.ENDED,),
}


def _states() -> dict[str, frozenset[str]]:
    states = {words: frozenset({f"state:{state}"}) for words, state in _PREPARATION.items()}
    states |= {words: frozenset({f"registration:{state}"}) for words, state in _REGISTRATION.items()}
    states |= {words: frozenset(f"force:{state}" for state in force) for words, force in _FORCE.items()}
    states |= {str(state): frozenset({f"state:{state}"}) for state in Preparation}
    states |= {str(state): frozenset({f"registration:{state}"}) for state in Registration}
    return states | {str(state): frozenset({f"force:{state}"}) for state in Force}


#: What a document may be said to be → its tags. «Подписана», «подписанные» are read as «подписан».
STATES: Final[Mapping[str, frozenset[str]]] = _states()
