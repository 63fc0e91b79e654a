// For forms on any page: <form data-vestibule> is sent in the background, and if that fails, as if
// there were no script; <input type="hidden" name="_altcha"> gets the proof of work: the number
// that, after the challenge's salt, has the SHA-256 of the challenge. See docs/forms.md.
(() => {
  "use strict";

  const AT_ONCE = 500; // hashes, so that the page stays alive in between
  const FRESH = 8 * 60 * 1000; // a challenge lives for 10 minutes
  const PATIENCE = 15 * 1000;

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  async function solve({algorithm, challenge, salt, signature, maxnumber}) {
    const text = new TextEncoder();
    const hash = (number) => crypto.subtle.digest(algorithm, text.encode(salt + number));
    const fits = (hash) => hex(new Uint8Array(hash)) === challenge;
    for (let first = 0; first <= maxnumber; first += AT_ONCE) {
      const numbers = Array.from({length: AT_ONCE}, (_, i) => first + i);
      const found = (await Promise.all(numbers.map(hash))).findIndex(fits);
      if (found >= 0) {
        return btoa(JSON.stringify({algorithm, challenge, number: first + found, salt, signature}));
      }
    }
    return "";
  }

  async function ask(form, options) {
    const headers = {Accept: "application/json"};
    const signal = AbortSignal.timeout(PATIENCE);
    return (await fetch(form.getAttribute("action"), {headers, signal, ...options})).json();
  }

  function prover(form, control) {
    let embedded = control.dataset.challenge && JSON.parse(control.dataset.challenge);
    let work; // {since, solution: a promise}

    function start() {
      if (!work || Date.now() - work.since > FRESH) {
        const challenge = embedded || ask(form).then((answer) => answer.challenge);
        work = {since: Date.now(), solution: Promise.resolve(challenge).then(solve)};
        work.solution.catch(() => {}); // Told when the form is sent.
      }
      embedded = undefined;
      return work.solution;
    }

    // Most people take longer to type than their machine to find the number.
    form.addEventListener("focusin", start, {once: true});
    return async () => {
      // Without a solution it goes all the same: the answer says what is wrong.
      control.value = await start().catch(() => "");
      work = undefined; // Spent. Whoever comes back to this page sends another.
    };
  }

  function element(tag, properties, ...content) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...content);
    return made;
  }

  let marked = 0;

  // Says at a field what is wrong; returns how to take it back.
  function mark(field, detail) {
    const described = field.getAttribute("aria-describedby") ?? "";
    field.id ||= `vestibule-${++marked}`;
    const note = element("p", {className: "vestibule-error", id: `${field.id}-error`}, detail);
    (field.closest("label") ?? field).after(note);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${described} ${note.id}`.trim());
    return () => {
      note.remove();
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", described);
    };
  }

  // Says everything that is wrong; returns how to take it back.
  function complain(form, {title, errors}) {
    const list = element("ul");
    const about = {className: "vestibule-errors", role: "alert", tabIndex: -1};
    const summary = element("div", about, element("p", {}, title), list);
    const undo = [() => summary.remove()];
    for (const {pointer, detail} of errors) {
      const name = pointer.slice(1);
      const named = form.elements.namedItem(name) ?? form.elements.namedItem(`${name}[]`);
      const field = named instanceof RadioNodeList ? named[0] : named;
      let line = detail;
      if (field && field.type !== "hidden") {
        const label = field.labels[0]?.innerText.split("\n")[0].trim();
        undo.push(mark(field, detail));
        line = element("a", {href: `#${field.id}`}, label ? `${label}: ${detail}` : detail);
      }
      list.append(element("li", {}, line));
    }
    form.prepend(summary);
    (form.querySelector("[aria-invalid=true]") ?? summary).focus();
    return undo;
  }

  function thank(form, {message, next}) {
    if (next) {
      location.assign(next);
      return;
    }
    const about = {className: "vestibule-thanks", role: "status", tabIndex: -1};
    const thanks = element("p", about, message);
    form.replaceWith(thanks);
    thanks.focus();
  }

  function enhance(form) {
    const prove = form.elements._altcha && prover(form, form.elements._altcha);
    const inPlace = form.hasAttribute("data-vestibule");
    let undo = [];
    let busy = false;
    let plain = false;

    async function send(button) {
      await prove?.();
      const body = new FormData(form, button);
      const answer = inPlace ? await ask(form, {method: "POST", body}).catch(() => ({})) : {};
      undo.forEach((step) => step());
      undo = [];
      busy = false;
      if (answer.status === "pending") {
        thank(form, answer);
      } else if (answer.status === 422) {
        undo = complain(form, answer);
      } else {
        plain = true;
        form.requestSubmit(button);
        plain = false;
      }
    }

    if (!form.elements._nonce) {
      // However often it comes, it is one submission.
      const value = hex(crypto.getRandomValues(new Uint8Array(16)));
      form.append(element("input", {type: "hidden", name: "_nonce", value}));
    }
    form.addEventListener("submit", (event) => {
      if (!plain) {
        event.preventDefault();
        event.stopImmediatePropagation();
        // Later: a form that is just being submitted ignores that it is asked to be.
        busy ||= setTimeout(send, 0, event.submitter);
      }
    }, {capture: true});
  }

  function enhanceAll() {
    [...document.forms]
      .filter((form) => form.elements._altcha || form.hasAttribute("data-vestibule"))
      .forEach(enhance);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", enhanceAll);
  } else {
    enhanceAll();
  }
})();
