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

  ready(document);
  var open = document.querySelector("[data-panel]");
  if (open) { open.focus({ preventScroll: true }); }
})();
