/* Search as one types, suggestions under the box of the header, the key «/», and what a card shows only when asked.
   All of it works without script as well: forms are sent, links are followed. */
(function () {
  "use strict";
  var PAUSE = 250;

  /* Asks for one thing at a time: what was asked before is dropped, also while it waits for the pause to end. */
  function asker() {
    var timer, running;
    function stop() {
      clearTimeout(timer);
      if (running) { running.abort(); running = null; }
    }
    return {
      stop: stop,
      ask: function (pause, address, show, failed) {
        stop();
        timer = setTimeout(function () {
          var mine = running = new AbortController();
          fetch(address(), { credentials: "same-origin", signal: mine.signal }).then(function (answer) {
            if (!answer.ok || answer.redirected) { throw new Error("not the part asked for"); }
            return answer.text();
          }).then(function (text) {
            if (running === mine) { running = null; show(new DOMParser().parseFromString(text, "text/html")); }
          }).catch(function (problem) {
            if (problem.name !== "AbortError" && failed) { failed(); }
          });
        }, pause);
      }
    };
  }

  /* The page of search: everything that changes is drawn by the server; the box itself is left alone. */
  function resultsAsOneTypes(root) {
    var form = document.getElementById("search-form");
    var box = document.getElementById("q");
    var status = root.querySelector("[data-status]");
    var asking = asker();

    function question(growing) {
      var said = new URLSearchParams(new FormData(form));
      if (!said.has("in_force")) { said.delete("on"); }
      if (said.get("sort") === "relevance") { said.delete("sort"); }
      if (growing) { said.set("growing", "1"); }
      return said.toString();
    }
    function address(base, growing) {
      var said = question(growing);
      return said ? base + "?" + said : base;
    }
    function go() { location.assign(address(form.action, false)); }

    function show(page) {
      var held = document.activeElement;
      var again = held && held !== box && root.contains(held) && held.name ? [held.name, held.value] : null;
      page.querySelectorAll("[data-part]").forEach(function (part) {
        var before = root.querySelector("[data-part=" + part.dataset.part + "]");
        if (before) { before.replaceWith(document.adoptNode(part)); }
      });
      var found = root.querySelector("[data-part=found]");
      root.classList.toggle("rd-search--start", !found.dataset.url);
      root.removeAttribute("aria-busy");
      status.textContent = found.dataset.said;
      history.replaceState(null, "", found.dataset.url || form.action);
      refining();
      if (again) { focusOn(again); }
    }
    function focusOn(named) {
      Array.from(form.elements).some(function (field) {
        if (field.name !== named[0] || (field.type === "checkbox" && field.value !== named[1])) { return false; }
        field.focus({ preventScroll: true });
        return true;
      });
    }
    function look(pause, growing) {
      root.setAttribute("aria-busy", "true");
      asking.ask(pause, function () { return address(root.dataset.partUrl, growing); }, show, function () {
        root.removeAttribute("aria-busy");
      });
    }

    /* Only a phone shows the link: there the facets are folded away. */
    function refining() {
      var link = root.querySelector("[data-refine]");
      if (!link) { return; }
      link.setAttribute("role", "button");
      link.setAttribute("aria-controls", "facets");
      link.setAttribute("aria-expanded", String(root.classList.contains("rd-search--refining")));
    }
    root.addEventListener("click", function (event) {
      if (!event.target.closest("[data-refine]")) { return; }
      event.preventDefault();
      root.classList.toggle("rd-search--refining");
      refining();
      if (root.classList.contains("rd-search--refining")) { document.getElementById("facets").scrollIntoView({ block: "nearest" }); }
    });

    box.addEventListener("input", function (event) { if (!event.isComposing) { look(PAUSE, true); } });
    box.addEventListener("compositionend", function () { look(PAUSE, true); });
    box.addEventListener("keydown", function (event) { if (event.key === "Escape") { box.blur(); } });
    root.addEventListener("change", function (event) {
      if (event.target === box || event.target.form !== form) { return; }
      if (event.target.name === "on") { form.elements.in_force.checked = true; }
      look(0, false);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      asking.stop();
      go();
    });
    refining();
  }

  /* The box of the header: a combobox over a list that the server draws. */
  function suggestions(form) {
    var box = form.querySelector("input");
    var list = document.createElement("ul");
    var status = document.createElement("span");
    var asking = asker();
    var at = -1;
    list.id = "finds";
    list.className = "rd-finds";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.getAttribute("aria-label"));
    status.className = "rd-sr";
    status.setAttribute("role", "status");
    form.append(list, status);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", "finds");
    box.autocomplete = "off";
    close();

    function options() { return list.querySelectorAll("[role=option]"); }
    function close() {
      list.hidden = true;
      choose(-1);
      box.setAttribute("aria-expanded", "false");
    }
    function choose(place) {
      at = place;
      options().forEach(function (option, number) {
        option.setAttribute("aria-selected", String(number === at));
        if (number === at) { option.scrollIntoView({ block: "nearest" }); }
      });
      if (at >= 0) { box.setAttribute("aria-activedescendant", options()[at].id); } else { box.removeAttribute("aria-activedescendant"); }
    }
    function show(page) {
      list.replaceChildren.apply(list, Array.from(page.querySelectorAll("[role=option]")));
      choose(-1);
      list.hidden = !options().length || document.activeElement !== box;
      box.setAttribute("aria-expanded", String(!list.hidden));
      var last = list.querySelector(".rd-finds__all");
      status.textContent = last && !list.hidden ? last.textContent : "";
    }
    function move(step) {
      var many = options().length;
      if (list.hidden || !many) { return false; }
      choose(at < 0 ? (step > 0 ? 0 : many - 1) : (at + step + many) % many);
      return true;
    }

    box.addEventListener("input", function () {
      var words = box.value.trim();
      if (!words) { asking.stop(); close(); return; }
      asking.ask(PAUSE, function () { return form.dataset.find + "?" + new URLSearchParams({ q: words }); }, show, close);
    });
    box.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (move(event.key === "ArrowDown" ? 1 : -1)) { event.preventDefault(); }
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        location.assign(options()[at].dataset.url);
      } else if (event.key === "Escape") {
        event.preventDefault();
        asking.stop();
        if (list.hidden) { box.blur(); } else { close(); }
      }
    });
    box.addEventListener("blur", function () { asking.stop(); close(); });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[data-url]");
      if (option) { location.assign(option.dataset.url); }
    });
  }

  /* What is looked up only for those who want it. The link inside serves where there is no script. */
  function whenOpened(details) {
    details.addEventListener("toggle", function () {
      if (!details.open || details.dataset.loaded) { return; }
      details.dataset.loaded = "1";
      asker().ask(0, function () { return details.dataset.load; }, function (page) {
        details.querySelector("[data-place]").replaceChildren.apply(details.querySelector("[data-place]"), Array.from(page.body.childNodes));
      }, function () { delete details.dataset.loaded; });
    });
  }

  var root = document.querySelector("[data-search]");
  var find = document.querySelector("form[data-find]");
  if (root) { resultsAsOneTypes(root); }
  if (find) { suggestions(find); }
  document.querySelectorAll("details[data-load]").forEach(whenOpened);

  /* «/» leads to the box from any page; while Russian letters are set, the same key gives a full stop. */
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key !== "/" && !(event.key === "." && event.code === "Slash")) { return; }
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]")) { return; }
    event.preventDefault();
    var box = document.getElementById("q") || (find && find.querySelector("input"));
    if (box && box.offsetParent) { box.focus(); box.select(); } else if (find) { location.assign(find.action); }
  });
})();
