// Passkeys: what the server asks goes to the browser, what the browser answers goes into the form.
// Pages say themselves that this needs scripts; without them they offer the other ways.
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const listed = (credentials) => (credentials || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const asked = {
    create: (told) => ({
      ...told,
      challenge: bytes(told.challenge),
      user: { ...told.user, id: bytes(told.user.id) },
      excludeCredentials: listed(told.excludeCredentials),
    }),
    get: (told) => ({
      ...told,
      challenge: bytes(told.challenge),
      allowCredentials: listed(told.allowCredentials),
    }),
  };

  const written = (found) => {
    const response = { clientDataJSON: text(found.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[name]) response[name] = text(found.response[name]);
    }
    return JSON.stringify({
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      response,
      clientExtensionResults: found.getClientExtensionResults(),
    });
  };

  const options = async (place) => {
    if (place.dataset.options) return JSON.parse(place.dataset.options);
    const answer = await fetch(window.location.href, {
      method: "POST",
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  };

  const begin = (place) => {
    const form = place.querySelector("form");
    const said = place.querySelector("[data-said]");
    const say = (words) => {
      said.textContent = words;
      said.hidden = false;
    };
    place.hidden = false;
    if (!window.PublicKeyCredential) {
      form.hidden = true;
      say(said.dataset.none);
      return;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.hidden = true;
      try {
        const kind = place.dataset.passkey;
        const publicKey = asked[kind]((await options(place)).publicKey);
        const found = await navigator.credentials[kind]({ publicKey });
        form.elements.credential.value = written(found);
        form.submit();
      } catch {
        say(said.dataset.failed);
      }
    });
  };

  document.querySelectorAll("[data-without-scripts]").forEach((note) => {
    note.hidden = true;
  });
  document.querySelectorAll("[data-passkey]").forEach(begin);
})();
