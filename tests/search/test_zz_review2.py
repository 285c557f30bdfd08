from __future__ import annotations
import datetime as dt, time, random, itertools
import pytest
from roadmapdocs.db import database, transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.search import building, indexing, outbox, records, state, saved
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.models import SearchIndex, SearchWord, SavedSearch
from roadmapdocs.search.operations import search
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.search import indexed
CLERK = person(Role.CLERK)

def test_starve(sqlite_used, monkeypatch):
    indexed.build(sqlite_used)
    employee = make.employee() if hasattr(make,"employee") else None
    user=create_user("anna", "Correct-horse-1", [Role.CLERK], by=SYSTEM, now=NOW) if False else User.select().first()
    print(user, [r for r in Role])

LET="абвгдежзиклмнопрстуфхцчшщэюя"
def test_fuzz(used):
    if used.settings.search=="whoosh": pytest.skip()
    rnd=random.Random(4)
    for n in range(5): make.document(f"О смотре библиотек {n}")
    indexed.build(used)
    words=["смотр","библиотека","-смотр","приказ*","(",")","ИЛИ","|","№178","\"смотр библиотек\"","-\"смотр","вид:приказ","номер:1","дата:2021","дата:01.09.2001..31.12.2021","в-силе:сегодня","-в-силе:сегодня","подписал:Лысенко","-(","((","ab*","при*","\x00","☭","AND","NOT","NEAR(","^","{a}:","раздел:1","название:(смотр","-название:("]
    slow=[]
    for k in range(600):
        q=" ".join(rnd.choice(words) for _ in range(rnd.choice((3,10,40,90))))
        t=time.time()
        a=search(Asked(q, growing=rnd.random()<.3), by=CLERK, today=TODAY)
        slow.append((time.time()-t,q))
        assert state.opened()[0] is not None, q
    for s in sorted(slow)[-4:]: print(s)
    for q in ("("*1000+"смотр", "-("*30+"смотр", "-"*2000, "\"а\" "*500, "приказ* "*300, " ".join(f"{a}{b}{c}*" for a,b,c in itertools.islice(itertools.product(LET,LET,LET),64)), "а"*100000, "смотр ИЛИ "*5000, "-смотр "*64, "-(а ИЛИ -(б ИЛИ -(в ИЛИ -(г -(д ИЛИ -(е ИЛИ -(ж ИЛИ з)))))))", "от 01.01.1900 до 31.12.2199 "*10, "дата:1900..2199", "7"*2000, "№"*1000, "1.1."*500, "Иванов И.И. "*60, "а-"*900, "и"*3+"\u0301"*2000, "\u202e"*3000):
        t=time.time(); a=search(Asked(q), by=CLERK, today=TODAY); print(used.settings.search, q[:40], a.total, round(time.time()-t,3), a.notes[:2])
        assert state.opened()[0] is not None, q

def test_prefixes(used):
    if used.settings.search=="whoosh": pytest.skip()
    d=make.document("О смотре")
    starts=list(itertools.islice(itertools.product(LET,LET,LET),64))
    indexed.build(used)
    rows=[{"word":"".join(s)+"абв"+a+b,"lemmas":["".join(s)+"абв"+a+b, "~"+"".join(s)+"абв"+a+b]} for s in starts for a in LET for b in LET[:8]]
    for c in range(0,len(rows),500): SearchWord.insert_many(rows[c:c+500]).execute()
    t=time.time(); a=search(Asked(" ".join("".join(s)+"*" for s in starts)), by=CLERK, today=TODAY); print(used.settings.search, "prefixes", time.time()-t, a.total)
    t=time.time(); a=search(Asked(" ИЛИ ".join("".join(s)+"*" for s in starts)), by=CLERK, today=TODAY); print(used.settings.search, "prefixes or", time.time()-t, a.total)
    assert state.opened()[0] is not None
