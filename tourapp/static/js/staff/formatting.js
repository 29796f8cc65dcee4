// Markdown by buttons and by the keyboard, undone as any typing is.
const MARKS = [
  { label: "G", title: "Gras (Ctrl+B)", key: "b", before: "**", after: "**" },
  { label: "I", title: "Italique (Ctrl+I)", key: "i", before: "*", after: "*" },
  { label: "Intertitre", title: "Intertitre", line: "## " },
  { label: "Liste", title: "Liste", line: "- " },
  { label: "« »", title: "Citation", line: "> " },
];

export function offerFormatting(toolbar, text) {
  for (const mark of MARKS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = mark.label;
    button.title = mark.title;
    button.setAttribute("aria-label", mark.title);
    button.addEventListener("click", () => apply(mark, text));
    toolbar.append(button);
  }
  toolbar.hidden = false;
  text.addEventListener("keydown", (event) => {
    const mark = (event.ctrlKey || event.metaKey) && MARKS.find(({ key }) => key === event.key);
    if (!mark) return;
    event.preventDefault();
    apply(mark, text);
  });
}

function apply({ before = "", after = "", line = "" }, text) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  text.focus();
  if (line) {
    const begin = value.lastIndexOf("\n", start - 1) + 1;
    text.setSelectionRange(begin, begin);
    type(text, line);
    text.setSelectionRange(start + line.length, end + line.length);
    return;
  }
  type(text, before + value.slice(start, end) + after);
  text.setSelectionRange(start + before.length, end + before.length);
}

function type(text, words) {
  // Kept in the history of undoing, which setRangeText is not.
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
