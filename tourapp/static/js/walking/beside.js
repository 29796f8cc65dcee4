// On a stop's page, for a phone that follows a led walk: where the group has gone meanwhile.
import { ask, followed, part } from "./following.js";

const walk = followed();
if (walk) {
  const bar = document.createElement("aside");
  bar.className = "walk-follow";
  bar.hidden = true;
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const link = document.createElement("a");
  bar.append(words, link);
  document.querySelector("main").before(bar);

  ask(walk, {
    onNews({ sentence, invitation, url }) {
      const isHere = url !== null && new URL(url, location).pathname === location.pathname;
      bar.hidden = isHere;
      if (isHere) return;
      if (words.textContent !== sentence) words.textContent = sentence;
      link.href = url ?? `/m/${walk.code}`;
      link.textContent = invitation ?? "→";
      link.hidden = !url;
    },
    onOver() {
      part();
      words.textContent = walk.farewell ?? "";
      link.hidden = true;
      bar.hidden = !walk.farewell;
    },
    onLost() {},
  });
}
