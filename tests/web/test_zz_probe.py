from __future__ import annotations
import datetime as dt, io
from collections.abc import Iterator
from pathlib import Path
import pytest
from roadmapdocs.assignments.executing import report, ask, take
from roadmapdocs.assignments.extensions import ask_extension
from tests.assignments.office import *
from tests.conftest import NOW, TODAY
from tests.web import office as web
from tests.factories import count_queries
from tests.web.assignment_desk import Desk, words
from roadmapdocs.web.assignments.act_form import ACTS
W={"now":NOW,"today":TODAY}
@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        yield Desk(make_office(), opened)

BAD = [
 dict(text="\0", reason="\0", due="9999-12-31", responsible="\0", controller="%", document="99999999999", revision="-1", tree="1", children="1"),
 dict(text="x"*100000, reason="y"*100000, due="0001-01-01", responsible="z"*100000, document="-1", revision="９", tree="1"),
 dict(text="ok", reason="ok", due="31.02.2026", responsible="Соболев М. И.", document="\0", revision="999999999999999"),
 dict(text="ok", reason="ok", due="2199-12-31", responsible="Соболев М. И.", controller="Соболев М. И.", document="777", revision="1"),
 dict(text="ok\ud800", reason="ok", due="1900-01-01", revision="1"),
]
def test_fuzz(desk):
    o = desk.office
    new = o.give(DEPUTY, controller="Ярцева")
    rep = o.give(DEPUTY); report(rep.id,"x",by=o.actor(DEPUTY),**W)
    asked = o.give(DEPUTY); ask_extension(asked.id, dt.date(2026,4,10),"d",by=o.actor(DEPUTY),**W)
    cl = o.give(DEPUTY); ask(cl.id,"d",by=o.actor(DEPUTY),**W)
    draft = o.give(DEPUTY, by=CLERK, author=HEAD)
    for who in (HEAD, DEPUTY):
        c = desk.client(who)
        for row in (new, rep, asked, cl, draft):
            for act in ACTS:
                for bad in BAD:
                    try:
                        data = {k: v.encode('utf-8','surrogatepass') if '\ud800' in v else v for k,v in bad.items()}
                        a = web.post(c, f"/assignments/{row.id}/{act}", **data)
                    except UnicodeEncodeError: continue
                    if a.status_code >= 500: print("BAD", who, row.state, act, bad.get("due"), a.status_code)
            for path in (f"/assignments/{row.id}/edit", f"/assignments/{row.id}/new", f"/assignments/{row.id}/confirm"):
                for kind in ("date","dates","periodic","days","working_days","month","x"):
                  for d in ("9999-12-31","0001-01-01","\0","2199-12-31"):
                   for cnt in ("1000","0","999999999","-1"):
                    a = web.post(c, path, text="т", responsible="Нечаев М. И.", executor=["a\0","%"], author="Ветрова М. И.", kind=kind, date=d, dates=d+","+d, until=d, count=cnt, recurrence="999 per year" if cnt=="1000" else "every 999 years", anchor=cnt[:2], do="give", seen="x", revision="0", reason="")
                    if a.status_code >= 500: print("BAD", path, kind, d, cnt, a.status_code)
    for q in ("page=-5","page=99999999999999","page=１","unit=99999999999999999999","series=-1","document=0","since=0000-00-00","person=%00","q=%00%25","due=-3","due=999","state=%00","tab=all&person=%25"):
        a = desk.client(HEAD).get("/assignments/?"+q); 
        if a.status_code!=200: print("LIST", q, a.status_code)

def test_statements(desk, monkeypatch):
    o = desk.office
    for n in (3, 30):
        rows=[o.give("Нечаев", text=f"Д{n}{i}", document=o.order(f"{n}{i}") if i<3 else None) for i in range(n)]
        for one in rows: report(one.id,"x",by=o.actor("Нечаев"),**W)
        c = desk.client(HEAD)
        ids="&".join(f"id={r.id}" for r in rows)
        for url in (f"/assignments/bulk?{ids}", f"/assignments/bulk?{ids}&do=accept", "/assignments/?tab=given", "/", ):
            c.get(url)
            sent=count_queries(monkeypatch); c.get(url); print(n,url[:24], url[-12:], len(sent)); monkeypatch.undo()
    top=o.give(DEPUTY); 
    names=["Нечаев","Громова","Ярцева","Дёмина"]
    for k in (2,20):
        for i in range(k): o.give(names[i%4], by=DEPUTY, parent=top)
        c=desk.client(HEAD); c.get(f"/assignments/{top.id}")
        for path in ("","/due","/cancel","/new"):
            sent=count_queries(monkeypatch); c.get(f"/assignments/{top.id}{path}"); print("card",k,path,len(sent)); monkeypatch.undo()
