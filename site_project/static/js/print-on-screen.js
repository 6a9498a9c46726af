/* The preview "On paper": what is meant for print is shown on the screen, as wide as a page. */

function showPrint(rules) {
  for (const rule of rules) {
    if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
    if (rule.cssRules) showPrint(rule.cssRules);
  }
}

const ours = [...document.styleSheets].filter((sheet) => sheet.href?.startsWith(location.origin));
for (const sheet of ours) showPrint(sheet.cssRules);
ours.at(-1)?.insertRule("body { max-inline-size: 178mm; margin: 12mm auto; padding-inline: 4mm; }", ours.at(-1).cssRules.length);
