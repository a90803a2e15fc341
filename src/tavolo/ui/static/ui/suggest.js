// On top of a search box: what begins like the typed words, to be chosen by key or by hand, and Ctrl K.
// Without it the box is a form like any other; nothing that is typed is kept.

const LEAST = 2; // letters
const PAUSE = 150; // milliseconds in which nobody types

class Suggestions {
  constructor(input, number) {
    this.input = input;
    this.wait = 0;
    this.at = -1;
    this.options = [];
    this.list = document.createElement("ul");
    this.list.id = `tv-suggestions-${number}`;
    this.list.className = "tv-suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    this.list.hidden = true;
    this.said = document.createElement("span");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    input.parentNode.classList.add("tv-suggesting");
    input.after(this.list, this.said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // A click would take the focus away before it is a click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(option);
    });
  }

  later() {
    clearTimeout(this.wait);
    this.asking?.abort();
    const typed = this.input.value.trim();
    if (typed.length < LEAST) return this.close();
    this.wait = setTimeout(() => this.ask(typed), PAUSE);
  }

  async ask(typed) {
    this.asking = new AbortController();
    const address = `${this.input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
    try {
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok && document.activeElement === this.input) this.show((await answer.json()).options);
    } catch {
      // Interrupted by the next letter, or offline: the form still works.
    }
  }

  show(found) {
    const { suggestionsNone, suggestionsSome } = this.input.dataset;
    this.said.textContent = found.length ? suggestionsSome.replace("{number}", found.length) : suggestionsNone;
    if (!found.length) return this.close();
    this.options = found.map((one, number) => this.option(one, number));
    this.list.replaceChildren(...this.options);
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  option({ title, about, href }, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.setAttribute("role", "option");
    option.dataset.href = href;
    option.append(title);
    if (about) {
      const small = document.createElement("small");
      small.textContent = about;
      option.append(" ", small);
    }
    return option;
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && !this.list.hidden) {
      event.preventDefault();
      this.move(steps[event.key]);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.go(this.options[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  // Beyond either end lies the box itself.
  move(step) {
    const places = this.options.length + 1;
    this.at = ((this.at + 1 + step + places) % places) - 1;
    this.options.forEach((option, number) => option.setAttribute("aria-selected", number === this.at));
    if (this.at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.options[this.at].id);
    this.options[this.at].scrollIntoView({ block: "nearest" });
  }

  go(option) {
    location.assign(option.dataset.href);
  }

  close() {
    clearTimeout(this.wait);
    this.asking?.abort();
    this.at = -1;
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-expanded", "false");
  }
}

document.querySelectorAll("input[data-suggestions]").forEach((input, number) => new Suggestions(input, number));

const command = document.querySelector("input[data-command]");
if (command) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    command.focus();
    command.select();
  });
}
