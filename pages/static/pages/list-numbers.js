/* Numbers of items in Wagtail's editor of rich text. A number is data of its block, { value: 3 }; it is asked in the
   dialog of pages/list_numbers.py, which also says how a list counts. */
{
  const FEATURE = "list-number";
  const SHORTCUT = "Ctrl + Alt + G";
  const ORDERED = "ordered-list-item";
  /* From here on there is no room for a number beside the words. */
  const WIDE = 1000;
  const { EditorState, Modifier, SelectionState } = window.DraftJS;

  const dialog = () => document.getElementById("list-number");
  const ownNumber = (block) => block.getData().get("value");

  function itemAt(editorState) {
    const block = editorState.getCurrentContent().getBlockForKey(editorState.getSelection().getStartKey());
    return block?.getType() === ORDERED ? block : null;
  }

  /* The number of each item, by the key of its block, and which of them Draft.js would show another one for. */
  function count(content) {
    const numbers = new Map();
    const others = new Set();
    let [levels, shown, last] = [[], [], null];
    for (const block of content.getBlocksAsArray()) {
      const [type, depth] = [block.getType(), block.getDepth()];
      if (!type.endsWith("-list-item")) {
        [levels, shown, last] = [[], [], null];
        continue;
      }
      if (levels[depth] && levels[depth].type !== type) levels.length = depth;
      levels.length = Math.min(levels.length, depth + 1);
      // An item that is deeper than the one above it stands in empty ones.
      for (let level = levels.length; level <= depth; level += 1) levels.push({ type, number: level < depth ? 1 : 0 });
      const own = type === ORDERED ? ownNumber(block) : undefined;
      const number = own ?? levels[depth].number + 1;
      levels[depth].number = number;
      // Its stylesheet has a counter for each depth, which begins anew in a list of another kind and deeper than before.
      if (last?.getType() !== type) shown = [];
      if (last?.getType() !== type || depth > last.getDepth()) shown[depth] = 0;
      shown[depth] += 1;
      if (type === ORDERED) {
        numbers.set(block.getKey(), number);
        if (shown[depth] !== number) others.add(block.getKey());
        shown[depth] = number;
      }
      last = block;
    }
    return { numbers, others };
  }

  const counts = new WeakMap();

  function counted(content) {
    if (!counts.has(content)) counts.set(content, count(content));
    return counts.get(content);
  }

  /* The editor takes names of classes for a block, and our policy no styles in the page. */
  const sheet = new CSSStyleSheet();
  const known = new Set();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  function classFor(number) {
    const name = `list-number-${number}`;
    if (!known.has(name)) {
      known.add(name);
      for (let depth = 0; depth <= 4; depth += 1) {
        const item = `.public-DraftStyleDefault-orderedListItem.public-DraftStyleDefault-depth${depth}`;
        sheet.insertRule(`${item}.${name} { counter-reset: ol${depth} ${number - 1}; }`);
      }
    }
    return name;
  }

  function withNumber(editorState, key, number) {
    const content = editorState.getCurrentContent();
    const data = content.getBlockForKey(key).getData();
    const item = SelectionState.createEmpty(key);
    let changed = Modifier.setBlockData(content, item, data.delete("value"));
    if (number !== null && counted(changed).numbers.get(key) !== number) {
      changed = Modifier.setBlockData(content, item, data.set("value", number));
    }
    const pushed = EditorState.push(editorState, changed, "change-block-data");
    return EditorState.forceSelection(pushed, editorState.getSelection());
  }

  function ask(getEditorState, onChange) {
    const box = dialog();
    const key = itemAt(getEditorState())?.getKey();
    if (!box || !key) return;
    const { number } = box.querySelector("form").elements;
    number.value = counted(getEditorState().getCurrentContent()).numbers.get(key);
    box.returnValue = "";
    box.addEventListener("close", () => {
      if (box.returnValue === "apply") onChange(withNumber(getEditorState(), key, number.valueAsNumber));
      if (box.returnValue === "automatic") onChange(withNumber(getEditorState(), key, null));
    }, { once: true });
    box.showModal();
    number.select();
  }

  function Control({ getEditorState, onChange }) {
    const name = dialog()?.dataset.button;
    const item = itemAt(getEditorState());
    return name && item ? window.React.createElement(window.Draftail.ToolbarButton, {
      name: FEATURE,
      active: ownNumber(item) !== undefined,
      label: `${counted(getEditorState().getCurrentContent()).numbers.get(item.getKey())}.`,
      title: `${name}\n${SHORTCUT}`,
      onClick: () => ask(getEditorState, onChange),
    }) : null;
  }

  function withBlocks(editorState, blocks) {
    if (!blocks.length) return editorState;
    const content = editorState.getCurrentContent();
    const blockMap = content.getBlockMap().withMutations((map) => blocks.forEach((block) => map.set(block.getKey(), block)));
    return EditorState.set(editorState, { currentContent: content.merge({ blockMap }) });
  }

  /* What is no item of a numbered list any more has no number. */
  function withoutStrayNumbers(editorState) {
    const stray = editorState.getCurrentContent().getBlocksAsArray()
      .filter((block) => block.getType() !== ORDERED && ownNumber(block) !== undefined);
    return withBlocks(editorState, stray.map((block) => block.set("data", block.getData().delete("value"))));
  }

  /* Draft.js gives the block into which something is pasted the data of where it was copied. */
  function withNumbersOf(before, editorState) {
    const others = editorState.getCurrentContent().getBlocksAsArray().filter((block) => {
      const old = before.getBlockForKey(block.getKey());
      return old?.getLength() && ownNumber(old) !== ownNumber(block);
    });
    return withBlocks(editorState, others.map((block) => block.set("data", before.getBlockForKey(block.getKey()).getData())));
  }

  let focused = null;

  document.addEventListener("paste", () => {
    const editor = focused;
    const before = editor?.getEditorState().getCurrentContent();
    setTimeout(() => {
      const pasted = editor?.getEditorState();
      if (!pasted || pasted.getLastChangeType() !== "insert-fragment") return;
      const kept = withNumbersOf(before, pasted);
      if (kept !== pasted) editor.setEditorState(kept);
    });
  }, { capture: true });

  window.draftail.registerPlugin({ type: FEATURE, inline: Control }, "controls");
  window.draftail.registerPlugin({
    type: FEATURE,
    blockStyleFn: (block, { getEditorState }) => {
      const { numbers, others } = counted(getEditorState().getCurrentContent());
      const number = numbers.get(block.getKey());
      const names = [others.has(block.getKey()) ? classFor(number) : "", number >= WIDE ? "list-number-wide" : ""];
      return names.filter(Boolean).join(" ") || undefined;
    },
    onChange: withoutStrayNumbers,
    onFocus: (_event, methods) => {
      focused = methods;
    },
    ...window.pagesDraftail.shortcut(FEATURE, "KeyG", ask),
  }, "plugins");
}
