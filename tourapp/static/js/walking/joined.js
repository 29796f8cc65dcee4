// The page of a led walk: it tells where the group is, and brings the phone to the stop that is reached.
import { ask, follow, part } from "./following.js";

const now = document.querySelector(".walk-now");
const where = now.querySelector(".walk-where");
const stop = now.querySelector(".walk-stop");
const lost = now.querySelector(".walk-lost");

// Where the group already was when the page was opened, nobody is taken against their will.
let position = Number(now.dataset.position) || null;

function tell(sentence) {
  // Said again, it would be read aloud again.
  if (where.textContent !== sentence) where.textContent = sentence;
}

ask(follow(now.dataset.walk), {
  onNews({ position: reached, sentence, invitation, url }) {
    lost.hidden = true;
    tell(sentence);
    stop.hidden = !url;
    if (url) {
      stop.href = url;
      stop.textContent = invitation;
    }
    if (url && reached !== position) location.assign(url);
    position = reached;
  },
  onOver() {
    part();
    tell(now.dataset.over);
    stop.hidden = lost.hidden = true;
  },
  onLost() {
    lost.textContent = now.dataset.lost;
    lost.hidden = false;
  },
});
