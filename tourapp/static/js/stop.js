// The page of a stop.
import "./noticing.js";
import { showOnLockScreen, soundAlone } from "./on_phone.js";
import { Player } from "./player.js";
import { recall } from "./remembered.js";
import { Transcript } from "./transcript.js";

// A key shares the page under its lasting address: by the phone's own way, else as an address to paste.
function offerSharing(key) {
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

const root = document.querySelector(".player[data-clip]");
if (root) {
  const player = new Player(root);
  soundAlone(player.audio);
  showOnLockScreen(player);
  new Transcript(document.querySelector(".narrative"), player);
}
for (const key of document.querySelectorAll(".share")) offerSharing(key);
// Only a phone that follows a led walk fetches what tells it where the group is.
if (recall("marche")) import("./walking/beside.js").catch(() => {});
// And only one that follows an itinerary what leads along it.
if (recall("itineraire")) import("./following/beside.js").catch(() => {});
