// The page of a stop.
import { showOnLockScreen, soundAlone } from "./on_phone.js";
import { Player } from "./player.js";
import { recall } from "./remembered.js";
import { offerSharing } from "./sharing.js";
import { Transcript } from "./transcript.js";

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
