// For forms with parts that are asked only if another field has a certain value: in a form, an element
// <div data-vestibule-if="visit" data-vestibule-is='["yes"]'> is hidden, and not sent, as long as
// "visit" has none of these values. Elements with data-vestibule-when say so where there is no
// script, and go. See docs/forms.md.
(() => {
  "use strict";

  const CONTROLS = "input, select, textarea";

  function apply(form) {
    const entered = new FormData(form);
    for (const part of form.querySelectorAll("[data-vestibule-if]")) {
      const {vestibuleIf, vestibuleIs} = part.dataset;
      const values = JSON.parse(vestibuleIs);
      const asked = entered.getAll(vestibuleIf).some((value) => values.includes(value));
      part.hidden = !asked;
      // What was entered stays in its control, and comes back if it is asked after all.
      part.querySelectorAll(CONTROLS).forEach((control) => (control.disabled = !asked));
    }
  }

  function enhance(form) {
    form.querySelectorAll("[data-vestibule-when]").forEach((note) => note.remove());
    form.addEventListener("input", () => apply(form));
    form.addEventListener("change", () => apply(form));
    form.addEventListener("reset", () => setTimeout(apply, 0, form));
    // Browsers that come back to a page fill it in after it is loaded.
    addEventListener("pageshow", () => apply(form));
    apply(form);
  }

  function enhanceAll() {
    [...document.forms].filter((it) => it.querySelector("[data-vestibule-if]")).forEach(enhance);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", enhanceAll);
  } else {
    enhanceAll();
  }
})();
