// Handing a stop on: by the phone's own way, else as an address to paste.

/** Let a key share the page under its lasting address; what happened is told beside it. */
export function offerSharing(key) {
  const told = key.parentElement.querySelector("[role=status]");
  const { title, failed, copied } = key.dataset;
  const url = document.querySelector("link[rel=canonical]").href;
  key.hidden = false;
  key.addEventListener("click", async () => {
    if (navigator.share) return handOn({ title, url });
    told.textContent = (await copy(url)) ? copied : `${failed} ${url}`;
  });
}

async function handOn(what) {
  try {
    await navigator.share(what);
  } catch {
    // Whoever closes the phone's own sheet has changed their mind.
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
