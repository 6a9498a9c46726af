// Links to full pictures become one native <dialog> with scroll-snap. Without this file they stay links.
const SVG = "http://www.w3.org/2000/svg";

const element = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};

const icon = (sprite, name, classes = "") => {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", `icon ${classes}`.trim());
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
};

const slide = (link) => {
  const { w, h, caption = "" } = link.dataset;
  const image = element("img", { src: link.href, alt: link.querySelector("img").alt, loading: "lazy", decoding: "async" });
  if (w && h) Object.assign(image, { width: w, height: h });
  return element("li", {}, element("figure", {}, image, element("figcaption", {}, caption)));
};

class Viewer {
  constructor(gallery, links) {
    this.words = gallery.dataset;
    this.links = links;
    this.index = 0;
    this.dialog = this.build();
    gallery.append(this.dialog);
    this.listen();
  }

  build() {
    const { icons, title, close, prev, next } = this.words;
    const id = `viewer-${Math.random().toString(36).slice(2, 8)}`;
    this.close = element("button", { type: "button", class: "btn" }, icon(icons, "close"), close);
    this.track = element("ul", { class: "lightbox__track", tabindex: "0", "aria-label": title }, ...this.links.map(slide));
    this.prev = element("button", { type: "button", class: "btn btn--icon", "aria-label": prev }, icon(icons, "arrow", "icon--dir icon--back"));
    this.next = element("button", { type: "button", class: "btn btn--icon", "aria-label": next }, icon(icons, "arrow", "icon--dir"));
    this.count = element("p", { class: "lightbox__count", role: "status" });
    const head = element("div", { class: "lightbox__bar" }, element("h2", { class: "lightbox__title", id }, title), this.close);
    const foot = element("div", { class: "lightbox__nav" }, this.prev, this.count, this.next);
    foot.hidden = this.links.length < 2;
    return element("dialog", { class: "lightbox", closedby: "any", "aria-labelledby": id }, head, this.track, foot);
  }

  listen() {
    this.links.forEach((link, position) => {
      link.setAttribute("aria-haspopup", "dialog");
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
        event.preventDefault();
        this.open(link, position);
      });
    });
    this.close.addEventListener("click", () => this.dialog.close());
    this.prev.addEventListener("click", () => this.show(this.index - 1));
    this.next.addEventListener("click", () => this.show(this.index + 1));
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => this.opener?.focus());
    this.track.addEventListener("scrollend", () => {
      this.index = Math.round(Math.abs(this.track.scrollLeft) / this.track.clientWidth);
      this.update();
    });
  }

  open(link, position) {
    this.opener = link;
    this.dialog.showModal();
    this.show(position, "instant");
    this.close.focus();
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const forward = getComputedStyle(this.dialog).direction === "rtl" ? -1 : 1;
    const goal = { Home: 0, End: this.links.length - 1 }[event.key] ?? (step && this.index + step * forward);
    if (goal === undefined) return;
    event.preventDefault();
    this.show(goal);
  }

  show(position, behavior) {
    this.index = Math.max(0, Math.min(this.links.length - 1, position));
    const target = this.track.children[this.index];
    this.track.scrollTo({ left: target.offsetLeft - this.track.offsetLeft, behavior });
    this.update();
  }

  update() {
    const values = { n: this.index + 1, total: this.links.length };
    const text = this.words.count.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    if (this.count.textContent !== text) this.count.textContent = text;
    this.prev.setAttribute("aria-disabled", this.index === 0);
    this.next.setAttribute("aria-disabled", this.index === this.links.length - 1);
    [...this.track.children].forEach((item, position) => { item.inert = position !== this.index; });
  }
}

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const links = [...gallery.querySelectorAll("a[data-full]")];
  if (links.length && window.HTMLDialogElement) new Viewer(gallery, links);
}
