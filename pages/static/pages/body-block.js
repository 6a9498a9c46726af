// The editor of a page's body: every block stays known, but a parked one is not offered in the menu.
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class BodyBlockDefinition extends StreamBlockDefinition {
    constructor(name, groupedChildBlockDefs, initialChildStates, meta) {
      super(name, groupedChildBlockDefs, initialChildStates, meta);
      this.groupedChildBlockDefs = groupedChildBlockDefs
        .map(([group, blockDefs]) => [group, blockDefs.filter((blockDef) => blockDef.name !== "unavailable")])
        .filter(([, blockDefs]) => blockDefs.length);
    }
  }

  window.telepath.register("pages.BodyBlock", BodyBlockDefinition);
})();
