// Does the work that a form asks for before it is sent: finds the number that, after the
// challenge's salt, has the SHA-256 of the challenge, and sends it along as `_altcha`.
//
// In a page of your own, put this script and an empty <input type="hidden" name="_altcha"> into
// the form. It needs https (or localhost), where browsers can compute SHA-256.
(() => {
  "use strict";

  const AT_ONCE = 500; // hashes, so that the page stays alive in between
  const FRESH = 8 * 60 * 1000; // a challenge lives for 10 minutes

  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

  async function solve({algorithm, challenge, salt, signature, maxnumber}) {
    const wanted = bytes(challenge);
    const text = new TextEncoder();
    const hash = (number) => crypto.subtle.digest(algorithm, text.encode(salt + number));
    const fits = (hash) => new Uint8Array(hash).every((byte, i) => byte === wanted[i]);
    for (let first = 0; first <= maxnumber; first += AT_ONCE) {
      const numbers = Array.from({length: AT_ONCE}, (_, i) => first + i);
      const found = (await Promise.all(numbers.map(hash))).findIndex(fits);
      if (found >= 0) {
        return btoa(JSON.stringify({algorithm, challenge, number: first + found, salt, signature}));
      }
    }
    return "";
  }

  async function fetchChallenge(form) {
    const answer = await fetch(form.action, {headers: {Accept: "application/json"}});
    return (await answer.json()).challenge;
  }

  function guard(form, control) {
    let embedded = control.dataset.challenge && JSON.parse(control.dataset.challenge);
    let work; // {since, solution: a promise}
    let waiting = false;
    let ready = false;

    function start() {
      if (!work || Date.now() - work.since > FRESH) {
        const challenge = embedded || fetchChallenge(form);
        work = {since: Date.now(), solution: Promise.resolve(challenge).then(solve)};
        work.solution.catch(() => {}); // Told when the form is sent.
      }
      embedded = undefined;
      return work.solution;
    }

    async function send(button) {
      // If nothing can be worked out, the form goes as it is: the answer says what is wrong.
      control.value = await start().catch(() => "");
      waiting = false;
      ready = true;
      work = undefined; // Spent. Whoever comes back to this page sends another.
      form.requestSubmit(button);
    }

    // Most people take longer to type than their machine to find the number.
    form.addEventListener("focusin", start, {once: true});
    form.addEventListener("submit", (event) => {
      if (ready) {
        ready = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!waiting) {
        waiting = true;
        // Later: a form that is just being submitted ignores that it is asked to be.
        setTimeout(send, 0, event.submitter);
      }
    }, {capture: true});
  }

  function guardAll() {
    document.querySelectorAll("input[name=_altcha]").forEach((control) => {
      if (control.form) {
        guard(control.form, control);
      }
    });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", guardAll);
  } else {
    guardAll();
  }
})();
