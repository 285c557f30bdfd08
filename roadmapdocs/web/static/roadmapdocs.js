/* Comfort on top of pages that work without script: menus close by themselves, filters send themselves,
   the panel of a slot opens without losing the place on the page. */
(function () {
  "use strict";

  function ready(root) {
    root.querySelectorAll("form[data-autosubmit]").forEach(function (form) {
      var button = form.querySelector("button[type=submit]");
      if (button) { button.hidden = true; }
      form.addEventListener("change", function () { form.submit(); });
    });
    root.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
    root.querySelectorAll("[aria-disabled=true]").forEach(function (door) {
      door.addEventListener("click", function (event) { event.preventDefault(); });
    });
    root.querySelectorAll("form[data-busy]").forEach(function (form) {
      form.addEventListener("submit", function () {
        var button = form.querySelector("button[type=submit]");
        button.setAttribute("aria-busy", "true");
        button.textContent = form.dataset.busy;
      });
    });
  }

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    var link = event.target.closest("a.rd-slot, a[data-close]");
    if (link) { event.preventDefault(); show(link.href, true); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var menu = document.querySelector("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    var close = document.querySelector("[data-panel] [data-close]");
    if (close) { close.click(); }
  });

  /* The server draws the panel; here only that part of its page is taken, and the address follows. */
  var wanted = 0;
  function show(url, remember) {
    var turn = ++wanted;
    fetch(url, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error("not the page asked for"); }
      return answer.text();
    }).then(function (text) {
      if (turn !== wanted) { return; }
      var page = new DOMParser().parseFromString(text, "text/html");
      place(page.querySelector("[data-panel]"), page.querySelector(".rd-slot.sel"));
      if (remember) { history.pushState({ panel: true }, "", url); }
    }).catch(function () { if (turn === wanted) { location.assign(url); } });
  }

  function place(panel, chosen) {
    var before = document.querySelector("[data-panel]");
    var last = document.querySelector(".rd-slot.sel");
    if (before) { before.remove(); }
    if (last) { last.classList.remove("sel"); last.removeAttribute("aria-current"); }
    document.body.classList.toggle("rd-with-panel", Boolean(panel));
    if (panel) { document.querySelectorAll(".rd-notes").forEach(function (said) { said.remove(); }); }
    if (!panel) { if (last) { last.focus({ preventScroll: true }); } return; }
    document.getElementById("main").append(document.adoptNode(panel));
    ready(panel);
    if (chosen) {
      document.querySelectorAll("a.rd-slot").forEach(function (slot) {
        if (slot.getAttribute("href") === chosen.getAttribute("href")) {
          slot.classList.add("sel");
          slot.setAttribute("aria-current", "true");
          slot.scrollIntoView({ block: "nearest" });
        }
      });
    }
    panel.focus({ preventScroll: true });
  }

  window.addEventListener("popstate", function () {
    if (document.querySelector(".rd-matrix")) { show(location.href, false); }
  });

  /* A list by keys: down and up the rows, open, tick, search, new. Nothing of it while somebody is writing. */
  function listKeys(table) {
    var rows = Array.from(table.tBodies[0].rows).filter(function (row) { return row.querySelector(".name a"); });
    var at = -1;
    function go(step) {
      at = Math.min(Math.max(at + step, 0), rows.length - 1);
      rows.forEach(function (row, place) { row.classList.toggle("at", place === at); });
      rows[at].querySelector(".name a").focus();
      rows[at].scrollIntoView({ block: "nearest" });
    }
    function click(selector) {
      var found = document.querySelector(selector);
      if (found) { found.click(); }
    }
    function search() {
      var fields = Array.from(document.querySelectorAll("input[type=search]"));
      var seen = fields.find(function (field) { return field.offsetParent; });
      if (seen) { seen.focus(); seen.select(); }
    }
    function tick() { if (at >= 0) { rows[at].querySelector("td.tick input").click(); } }
    var acts = {
      j: function () { go(1); }, ArrowDown: function () { go(1); },
      k: function () { go(-1); }, ArrowUp: function () { go(-1); },
      x: tick, "/": search,
      n: function () { if (table.dataset.new) { location.assign(table.dataset.new); } },
      "?": function () { click("[data-keyhelp] > summary"); }
    };
    /* The same keys while the keyboard is set to Russian letters. */
    var russian = { "\u043e": "j", "\u043b": "k", "\u0447": "x", "\u0442": "n", ".": "/", ",": "?" };
    rows.forEach(function (row, place) { row.addEventListener("focusin", function () { at = place; }); });
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
      if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], summary, [data-panel]")) { return; }
      var letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      var act = acts[letter] || acts[russian[letter]];
      if (!act || (event.shiftKey && letter !== "?" && letter !== ",")) { return; }
      event.preventDefault();
      act();
    });
    var all = table.querySelector("[data-tickall]");
    all.hidden = false;
    all.querySelector("input").addEventListener("change", function (event) {
      rows.forEach(function (row) { row.querySelector("td.tick input").checked = event.target.checked; });
    });
  }
  document.querySelectorAll("table[data-keys]").forEach(listKeys);

  ready(document);
  var open = document.querySelector("[data-panel]");
  if (open) { open.focus({ preventScroll: true }); }
})();
