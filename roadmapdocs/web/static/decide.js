/* A line that breaks loses no decision: nothing is sent without it, and the reason typed stays on this phone until
   another document is opened. Without script the page does all the same but for this. */
(function () {
  "use strict";
  var PREFIX = "decide:";
  var key = PREFIX + location.pathname;
  var note = document.querySelector("[data-offline]");
  var field = document.getElementById("comment");

  /* A browser that keeps nothing refuses by an exception; then there is nothing to do. */
  function storage(act) {
    try { return act(window.sessionStorage); } catch (refused) { return null; }
  }

  storage(function (kept) {
    Object.keys(kept).forEach(function (name) {
      if (name.indexOf(PREFIX) === 0 && name !== key) { kept.removeItem(name); }
    });
  });
  if (field) {
    field.value = field.value || storage(function (kept) { return kept.getItem(key); }) || "";
    field.addEventListener("input", function () {
      storage(function (kept) { kept.setItem(key, field.value); });
    });
  }
  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (navigator.onLine) { return; }
      event.preventDefault();
      note.hidden = false;
    });
  });
  window.addEventListener("online", function () { note.hidden = true; });
})();
