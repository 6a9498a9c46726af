/* What the features of our own in Wagtail's editor of rich text have in common: a shortcut that asks something. */
window.pagesDraftail = {
  /* Return the part of a plugin that calls "ask" for Ctrl + Alt and a key, named by its place: with Alt it gives other
     letters on some keyboards. */
  shortcut(feature, code, ask) {
    return {
      keyBindingFn: (event) => (event.ctrlKey && event.altKey && event.nativeEvent.code === code ? feature : undefined),
      handleKeyCommand: (command, ...rest) => {
        if (command !== feature) return "not-handled";
        const { getEditorState, setEditorState } = rest.at(-1);
        ask(getEditorState, setEditorState);
        return "handled";
      },
    };
  },
};
