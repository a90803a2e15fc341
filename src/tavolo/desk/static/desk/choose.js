// A link on the map turns one municipality over. What was ticked in the list and not sent yet would be lost
// with it: where something was, the form goes along, and the server puts both together.

const form = document.getElementById("scelta");

const isTicked = () => [...form.querySelectorAll("input[type=checkbox]")].some((tick) => tick.checked !== tick.defaultChecked);

form?.addEventListener("click", (event) => {
  const link = event.target.closest(".tv-map a[id]");
  if (!link || event.defaultPrevented || !isTicked()) return;
  event.preventDefault();
  const turn = document.createElement("input");
  Object.assign(turn, { type: "hidden", name: "turn", value: link.id.slice(link.id.indexOf("-") + 1) });
  form.append(turn);
  form.requestSubmit();
});
