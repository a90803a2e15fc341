// On top of a map that the server drew: larger, smaller, moved, and a line that says what is pointed at.
// Every shape is a link without it, nothing on the page changes its place, and paper gets the whole map.

const MOST = 16; // times larger
const STEP = 1.6; // of a button or a key
const NUDGE = 0.2; // of what is seen, for an arrow key
const SLIP = 6; // pixels that a hand may slip while it clicks
const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = { "+": "in", "=": "in", "-": "out", 0: "whole" };

class LiveMap {
  constructor(view) {
    this.view = view;
    this.svg = view.querySelector("svg");
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.whole = { x, y, width, height };
    this.box = this.whole;
    this.pointers = new Map();
    this.dragged = false;
    this.said = view.querySelector(".tv-map-said");
    this.title = this.said.textContent;
    this.said.after(view.querySelector("template").content);
    this.tools = view.querySelector(".tv-map-tools");
    // What is drawn in the size of the screen keeps that size; the key has patterns of its own.
    this.patterns = [...this.svg.querySelectorAll("pattern:not([id$=-key])")].map((pattern) => [
      pattern,
      pattern.patternTransform.baseVal.consolidate().matrix.a,
    ]);
    this.name();
    this.mark();
    this.listen();
    this.show(this.whole);
    this.arrive();
  }

  get zoom() {
    return this.whole.width / this.box.width;
  }

  // A browser shows each <title> in a box of its own, beside our line: names become labels instead.
  name() {
    for (const title of this.svg.querySelectorAll("title")) {
      const named = title.parentNode;
      if (named === this.svg) {
        named.setAttribute("aria-label", title.textContent);
        named.removeAttribute("aria-labelledby");
      } else if (!named.closest("a")) {
        named.setAttribute("aria-label", title.textContent);
        named.setAttribute("role", "img");
      }
      title.remove();
    }
  }

  // Neighbours are drawn over half of a shape's own outline: the one pointed at gets one above all.
  mark() {
    this.marks = ["m-mark m-mark--under", "m-mark"].map((css) => {
      const outline = document.createElementNS(SVG, "path");
      outline.setAttribute("class", css);
      this.svg.querySelector("g").append(outline);
      return outline;
    });
  }

  listen() {
    const on = (target, kind, does, options) => target.addEventListener(kind, does.bind(this), options);
    on(this.tools, "click", this.press);
    on(this.view, "keydown", this.key);
    on(this.svg, "wheel", this.wheel, { passive: false });
    on(this.svg, "pointerdown", this.down);
    on(this.svg, "pointermove", this.move);
    for (const kind of ["pointerup", "pointercancel"]) on(this.svg, kind, this.up);
    on(this.svg, "click", this.click, true);
    on(this.svg, "dragstart", (event) => event.preventDefault());
    on(this.svg, "pointerover", (event) => this.say(event.target, "polite"));
    on(this.svg, "pointerleave", () => this.say(document.activeElement, "off"));
    // Whoever comes by keyboard hears the link itself: the line is for the eye then.
    on(this.svg, "focusin", this.focus);
    on(this.svg, "focusout", () => this.say(null, "off"));
    on(window, "beforeprint", () => this.paper(true));
    on(window, "afterprint", () => this.paper(false));
    on(matchMedia("print"), "change", (event) => this.paper(event.matches));
  }

  // Show that part of the map, as far as there is map.
  show(wanted) {
    const { whole } = this;
    const width = this.fitting(wanted.width);
    const height = (width * whole.height) / whole.width;
    const within = (at, low, long, part) => Math.min(Math.max(at, low), low + long - part);
    this.box = {
      x: within(wanted.x, whole.x, whole.width, width),
      y: within(wanted.y, whole.y, whole.height, height),
      width,
      height,
    };
    const { x, y } = this.box;
    this.svg.setAttribute("viewBox", [x, y, width, height].map((n) => n.toFixed(3)).join(" "));
    this.svg.style.setProperty("--zoom", this.zoom);
    for (const [pattern, size] of this.patterns) {
      pattern.setAttribute("patternTransform", `scale(${size / this.zoom})`);
    }
    this.view.classList.toggle("is-near", this.zoom > 1);
    const ends = { in: this.zoom >= MOST, out: this.zoom <= 1, whole: this.zoom <= 1 };
    for (const button of this.tools.children) button.setAttribute("aria-disabled", ends[button.value]);
  }

  fitting(width) {
    return Math.min(this.whole.width, Math.max(this.whole.width / MOST, width));
  }

  // `times` larger, with what lies at that share of the box staying where it is.
  enlarge(times, across = 0.5, down = 0.5) {
    const width = this.fitting(this.box.width / times);
    const height = (width * this.whole.height) / this.whole.width;
    this.show({
      x: this.box.x + (this.box.width - width) * across,
      y: this.box.y + (this.box.height - height) * down,
      width,
    });
  }

  shift(across, down) {
    this.show({
      x: this.box.x + this.box.width * across,
      y: this.box.y + this.box.height * down,
      width: this.box.width,
    });
  }

  do(what) {
    if (what === "whole") this.show(this.whole);
    else this.enlarge(what === "in" ? STEP : 1 / STEP);
  }

  press(event) {
    const button = event.target.closest("button");
    if (button) this.do(button.value);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = this.zoom > 1 && ARROWS[event.key];
    if (arrow) this.shift(arrow[0] * NUDGE, arrow[1] * NUDGE);
    else if (KEYS[event.key]) this.do(KEYS[event.key]);
    else return;
    event.preventDefault();
  }

  // A page is scrolled over a map, not caught by it: the wheel is ours with Ctrl, or once one is inside.
  wheel(event) {
    if (!event.ctrlKey && !this.view.contains(document.activeElement)) return;
    const before = this.zoom;
    this.enlarge(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), ...this.share(event));
    if (event.ctrlKey || this.zoom !== before) event.preventDefault();
  }

  // Where in the box a pointer is, from 0 to 1.
  share(point) {
    const frame = this.svg.getBoundingClientRect();
    return [(point.clientX - frame.left) / frame.width, (point.clientY - frame.top) / frame.height];
  }

  down(event) {
    if (event.button !== 0) return;
    if (!this.pointers.size) this.dragged = false;
    this.from = { clientX: event.clientX, clientY: event.clientY };
    this.pointers.set(event.pointerId, this.from);
  }

  move(event) {
    const last = this.pointers.get(event.pointerId);
    if (!last) return;
    const here = { clientX: event.clientX, clientY: event.clientY };
    if (this.pointers.size > 1) this.pinch(event.pointerId, here);
    else if (this.zoom > 1) this.drag(event, last, here);
    this.pointers.set(event.pointerId, here);
  }

  drag(event, last, here) {
    const slip = Math.hypot(here.clientX - this.from.clientX, here.clientY - this.from.clientY);
    if (!this.dragged && slip < SLIP) return;
    this.dragged = true;
    this.svg.setPointerCapture(event.pointerId);
    const [x, y] = this.share(here);
    const [fromX, fromY] = this.share(last);
    this.shift(fromX - x, fromY - y);
  }

  pinch(id, here) {
    const other = [...this.pointers].find(([each]) => each !== id)[1];
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const before = apart(this.pointers.get(id));
    this.dragged = true;
    if (before > 0) this.enlarge(apart(here) / before, ...this.share(other));
  }

  up(event) {
    this.pointers.delete(event.pointerId);
  }

  // What was dragged was not chosen; Enter on a link brings a click without a pointer.
  click(event) {
    if (!this.dragged || event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.dragged = false;
  }

  focus(event) {
    this.say(event.target, "off");
    const [seen, shape] = [this.svg, event.target].map((each) => each.getBoundingClientRect());
    const x = (shape.left + shape.right) / 2;
    const y = (shape.top + shape.bottom) / 2;
    if (x < seen.left || x > seen.right || y < seen.top || y > seen.bottom) {
      this.shift((x - seen.left) / seen.width - 0.5, (y - seen.top) / seen.height - 0.5);
      // The browser has scrolled to where the shape was before.
      requestAnimationFrame(() => this.view.scrollIntoView({ block: "nearest", inline: "nearest" }));
    }
  }

  say(target, live) {
    const named = target && this.svg.contains(target) ? target.closest("[aria-label]") : null;
    const shape = named === this.svg ? null : named;
    const outline = shape && (shape.tagName === "path" ? shape : shape.querySelector("path"));
    for (const mark of this.marks) mark.setAttribute("d", outline ? outline.getAttribute("d") : "");
    const words = shape ? shape.getAttribute("aria-label") : this.title;
    if (words === this.said.textContent) return;
    this.said.setAttribute("aria-live", shape ? live : "off");
    this.said.textContent = words;
  }

  // Whoever comes back to a shape (#mappa-037002) goes on from there.
  arrive() {
    const chosen = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (chosen && chosen !== this.svg && this.svg.contains(chosen)) chosen.focus({ preventScroll: true });
  }

  paper(printed) {
    if (printed && !this.kept) {
      this.kept = this.box;
      this.show(this.whole);
    } else if (!printed && this.kept) {
      this.show(this.kept);
      this.kept = null;
    }
  }
}

for (const view of document.querySelectorAll(".tv-map-view")) {
  if (view.querySelector("template")) new LiveMap(view);
}
