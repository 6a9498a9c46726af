/* The mark for words in another language in Wagtail's editor of rich text. Each language is an inline style, "@uk";
   which of them words have is asked in the dialog of pages/foreign_words.py. */
{
  const FEATURE = "language";
  const SHORTCUT = "Ctrl + Alt + J";
  const { EditorState, Modifier, SelectionState } = window.DraftJS;

  const isMark = (style) => style.startsWith("@");
  const dialog = () => document.getElementById("foreign-words");

  function selectionOf(block, start, end) {
    return SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
  }

  /* Where nothing is selected: the marked words, or the word, at the cursor. */
  function around(content, cursor) {
    const block = content.getBlockForKey(cursor.getAnchorKey());
    const at = cursor.getAnchorOffset();
    let found = null;
    block.findStyleRanges((letter) => letter.getStyle().some(isMark), (start, end) => {
      if (start <= at && at <= end) found = [start, end];
    });
    if (!found) {
      const words = [...block.getText().matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((word) => [word.index, word.index + word[0].length]);
      found = words.find(([start, end]) => start <= at && at <= end) ?? null;
    }
    return found && selectionOf(block, ...found);
  }

  /* The styles that any letter of the selection has. */
  function marksIn(content, selection) {
    const first = selection.getStartKey();
    const last = selection.getEndKey();
    const marks = new Set();
    for (let block = content.getBlockForKey(first); block; block = content.getBlockAfter(block.getKey())) {
      const start = block.getKey() === first ? selection.getStartOffset() : 0;
      const end = block.getKey() === last ? selection.getEndOffset() : block.getLength();
      block.getCharacterList().slice(start, end).forEach((letter) => letter.getStyle().filter(isMark).forEach((style) => marks.add(style)));
      if (block.getKey() === last) break;
    }
    return [...marks];
  }

  function withLanguage(editorState, selection, code) {
    let content = editorState.getCurrentContent();
    for (const mark of marksIn(content, selection)) content = Modifier.removeInlineStyle(content, selection, mark);
    if (code) content = Modifier.applyInlineStyle(content, selection, `@${code}`);
    const changed = EditorState.push(editorState, content, "change-inline-style");
    // The cursor goes behind the words, and what is written next is not part of them.
    const end = selection.isCollapsed() ? selection : selection.merge({
      anchorKey: selection.getEndKey(), anchorOffset: selection.getEndOffset(),
      focusKey: selection.getEndKey(), focusOffset: selection.getEndOffset(), isBackward: false,
    });
    const moved = EditorState.forceSelection(changed, end);
    return EditorState.setInlineStyleOverride(moved, moved.getCurrentInlineStyle().filterNot(isMark));
  }

  function ask(getEditorState, onChange) {
    const box = dialog();
    const content = getEditorState().getCurrentContent();
    const given = getEditorState().getSelection();
    const selection = given.isCollapsed() ? around(content, given) : given;
    if (!box || !selection) return;
    const { language } = box.querySelector("form").elements;
    language.value = marksIn(content, selection)[0]?.slice(1) ?? "";
    box.returnValue = "";
    box.addEventListener("close", () => {
      if (box.returnValue === "apply") onChange(withLanguage(getEditorState(), selection, language.value));
    }, { once: true });
    box.showModal();
  }

  function Control({ getEditorState, onChange }) {
    const name = dialog()?.dataset.button;
    return name ? window.React.createElement(window.Draftail.ToolbarButton, {
      name: FEATURE,
      active: getEditorState().getCurrentInlineStyle().some(isMark),
      icon: window.React.createElement(window.wagtail.components.Icon, { name: "globe" }),
      title: `${name}\n${SHORTCUT}`,
      onClick: () => ask(getEditorState, onChange),
    }) : null;
  }

  window.draftail.registerPlugin({ type: FEATURE, inline: Control }, "controls");
  window.draftail.registerPlugin({
    type: FEATURE,
    ...window.pagesDraftail.shortcut(FEATURE, "KeyJ", ask),
  }, "plugins");
}
