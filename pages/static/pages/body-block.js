// The editor of a page's body: every block stays known, but a parked one is not offered in the menu
// and says which plugin it needs.
(() => {
  const { FieldBlockDefinition, StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const WORDS_SHOWN = 30;

  class BodyBlockDefinition extends StreamBlockDefinition {
    constructor(name, groupedChildBlockDefs, initialChildStates, meta) {
      super(name, groupedChildBlockDefs, initialChildStates, meta);
      this.groupedChildBlockDefs = groupedChildBlockDefs
        .map(([group, blockDefs]) => [group, blockDefs.filter((blockDef) => blockDef.name !== "unavailable")])
        .filter(([, blockDefs]) => blockDefs.length);
    }
  }

  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

  // Only the absent plugin knows what its values mean; these are all texts in them, in their order.
  const textsIn = (value) => {
    if (typeof value === "string") return [plain(value)].filter(Boolean);
    if (!value || typeof value !== "object") return [];
    return Object.entries(value)
      .filter(([key]) => !["id", "type"].includes(key))
      .flatMap(([, inner]) => textsIn(inner));
  };

  class UnavailableBlockDefinition extends FieldBlockDefinition {
    render(placeholder, prefix, initialState, ...others) {
      const block = super.render(placeholder, prefix, initialState, ...others);
      const parked = JSON.parse(initialState || "null");
      if (parked?.type) this.tell(block.element, parked);
      return block;
    }

    tell(element, parked) {
      const owners = this.meta.pluginLabels.filter((label) => parked.type.startsWith(`${label}_`));
      const owner = owners.sort((one, other) => other.length - one.length)[0] || parked.type;
      const sentence = element.querySelector("[data-needs]");
      sentence.textContent = sentence.dataset.needs.replace("{plugin}", owner);
      const texts = textsIn(parked.value).slice(0, WORDS_SHOWN);
      const words = element.querySelector("[data-words]");
      words.hidden = !texts.length;
      words.querySelector("ul").replaceChildren(
        ...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
      );
    }
  }

  window.telepath.register("pages.BodyBlock", BodyBlockDefinition);
  window.telepath.register("pages.UnavailableBlock", UnavailableBlockDefinition);
})();
