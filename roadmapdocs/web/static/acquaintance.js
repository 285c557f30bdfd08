/* A text is read when the end of each of its parts has been in sight; the server is told, and the confirmation opens.
   Without script the same text is read part by part, and the server counts the parts itself. */
(function () {
  "use strict";
  var offline = document.querySelector("[data-offline]");
  var tell = document.querySelector("form[data-shown]");
  var ends = Array.prototype.slice.call(document.querySelectorAll("[data-part-end]"));
  var counter = document.querySelector("[data-parts]");
  var told = false;

  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (navigator.onLine) { return; }
      event.preventDefault();
      offline.hidden = false;
    });
  });
  window.addEventListener("online", function () {
    offline.hidden = true;
    finish();
  });
  if (!tell || !ends.length || !window.IntersectionObserver) { return; }

  var left = new Set(ends);
  if (counter) { counter.hidden = false; }

  function show(selector, shown) {
    document.querySelectorAll(selector).forEach(function (part) { part.hidden = !shown; });
  }

  function open() {
    show("[data-closed]", false);
    show("form[data-ready]", true);
    var said = document.querySelector("[data-said]");
    if (said) { said.textContent = said.getAttribute("data-text"); }
  }

  function finish() {
    if (left.size || told) { return; }
    told = true;
    fetch(tell.action, { method: "POST", body: new FormData(tell), headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) {
        if (answer.status >= 500) { throw new Error(String(answer.status)); }
        if (answer.ok) { open(); } else { window.location.reload(); }
      })
      .catch(function () {
        told = false;
        offline.hidden = false;
      });
  }

  function count(end) {
    if (!left.delete(end)) { return; }
    watch.unobserve(end);
    if (counter) { counter.querySelector("[data-parts-seen]").textContent = String(ends.length - left.size); }
    finish();
  }

  /* A picture that has not come yet has not been seen. */
  function seen(end) {
    var picture = end.parentNode.querySelector("img");
    if (!picture || (picture.complete && picture.naturalWidth)) { count(end); return; }
    picture.addEventListener("load", function () {
      watch.unobserve(end);
      watch.observe(end);
    }, { once: true });
  }

  var watch = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) { if (entry.isIntersecting) { seen(entry.target); } });
  });
  ends.forEach(function (end) { watch.observe(end); });
})();
