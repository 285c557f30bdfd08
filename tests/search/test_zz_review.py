from __future__ import annotations
import datetime as dt, time, logging
import pytest
from roadmapdocs import db
from roadmapdocs.db import database, transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.search import abbreviations_found, building, indexing, outbox, records, state, saved
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.models import Abbreviation, SearchIndex, SearchRecord, SearchOutbox, SavedSearch
from roadmapdocs.search.operations import search
from roadmapdocs.search.state import Used
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.search import indexed
CLERK = person(Role.CLERK)

def test_drain_no_lock(sqlite_used, monkeypatch):
    indexed.build(sqlite_used)
    said=[]
    real=database.execute_sql
    orig=database.obj.begin
    monkeypatch.setattr(database.obj,"begin",lambda *a,**k:(said.append(a),orig(*a,**k))[1])
    indexing.drain(today=TODAY)
    print(said)
    assert not said

def test_pairs_same_title(sqlite_used):
    indexed.build(sqlite_used)
    one, two = make.document("О смотре"), make.document("О смотре")
    Document.update(body="Утвердить: муниципальная система оценки качества образования (далее – МСОКО).").where(Document.id==one.id).execute()
    Document.update(body="Утвердить: ничего особенного.").where(Document.id==two.id).execute()
    outbox.note(f"document:{one.id}"); outbox.note(f"document:{two.id}")
    indexing.drain(today=TODAY)
    assert {r.text for r in Abbreviation.select()} & {"МСОКО"}

def test_many_pairs(sqlite_used):
    indexed.build(sqlite_used)
    one = make.document("О смотре")
    import itertools
    L="АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ"
    body=[]
    for a,b,c in itertools.islice(itertools.product(L,L,L),4000):
        body.append(f"{a.lower()}ом {b.lower()}он {c.lower()}ол (далее – {a}{b}{c}).")
    text="\n".join(body)
    print(len(text))
    Document.update(body=text).where(Document.id==one.id).execute()
    outbox.note(f"document:{one.id}")
    src=records.sources([f"document:{one.id}"],today=TODAY)
    t=time.time(); p=records.explained(list(src.values())[0]); print("explained",len(p),time.time()-t)
    records.warm(src.values())
    t=time.time(); indexing.drain(today=TODAY); print("drain",time.time()-t)
    Document.update(title="О другом").where(Document.id==one.id).execute()
    outbox.note(f"document:{one.id}")
    t=time.time(); indexing.drain(today=TODAY); print("drain again",time.time()-t, Abbreviation.select().count())

def test_broken_pg(used, caplog):
    indexed.build(used)
    if used.settings.search=="whoosh": return
    row=SearchIndex.get()
    for t in database.get_tables():
        if row.generation in t and used.settings.search=="postgresql":
            database.execute_sql(f'DROP TABLE IF EXISTS "{t}" CASCADE')
    if used.settings.search=="sqlite":
        t=[t for t in database.get_tables() if row.generation in t]
        print(t)
        for one in t:
            if "body" in one or "doc" in one: database.execute_sql(f'DROP TABLE IF EXISTS "{one}"')
    document=make.document("О смотре библиотек")
    print(outbox.length(), SearchIndex.get().broken)
    try:
        print("drain", indexing.drain(today=TODAY))
    except Exception as e: print("DRAIN RAISED", type(e), e)
    print(outbox.length(), repr(SearchIndex.get().broken))
    print([r.message for r in caplog.records])
    assert SearchIndex.get().broken

def test_big(sqlite_used):
    word="оценка качества образования в муниципальном районе проводится ежегодно по плану управления. "
    for n in range(20):
        d=make.document(f"О смотре {n}")
        Document.update(body=(word*11000)[:490_000]+f" {n}").where(Document.id==d.id).execute()
    t=time.time(); indexed.build(sqlite_used); print("build", time.time()-t)
    for q in ("смотр","оценка качества", "районе -зебра", '"плану управления" смотр', "зебра смотр", "№178-п", "смотр подписал:Иванов"):
        t=time.time(); a=search(Asked(q), by=CLERK, today=TODAY); print(q, a.total, time.time()-t)
