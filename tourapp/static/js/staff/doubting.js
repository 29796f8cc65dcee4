// Underlines in the preview what a voice may get wrong, as the list under the text names it.
export function underline(judged, frame) {
  const page = frame.contentDocument;
  const shown = page?.querySelector(".narrative");
  if (!shown) return;
  for (const mark of shown.querySelectorAll("u.doubtful")) mark.replaceWith(...mark.childNodes);
  shown.normalize();
  const words = [...judged.querySelectorAll(".doubtful")].map((word) => word.textContent);
  if (words.length === 0) return;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "gu");
  for (const text of textsOf(shown)) mark(text, pattern, page);
}

function escaped(word) {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function textsOf(shown) {
  const walker = shown.ownerDocument.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

function mark(text, pattern, page) {
  const pieces = [];
  let done = 0;
  for (const { index, 0: word } of text.data.matchAll(pattern)) {
    const marked = page.createElement("u");
    marked.className = "doubtful";
    marked.style.textDecoration = "underline wavy #a4452c";
    marked.textContent = word;
    pieces.push(text.data.slice(done, index), marked);
    done = index + word.length;
  }
  if (pieces.length > 0) text.replaceWith(...pieces, text.data.slice(done));
}
