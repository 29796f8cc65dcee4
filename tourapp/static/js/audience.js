// Tells that a sound was begun, and that it was heard to its end: of which stop and in which
// language, once a page, and nothing about by whom.
const HEARD = 0.9;

const audio = document.querySelector(".player audio");
const page = document.querySelector("link[rel=canonical]");

function tell(kind) {
  const [, lang, , stop] = new URL(page.href).pathname.split("/");
  const told = {
    method: "POST",
    body: JSON.stringify({ stop, lang, kind }),
    headers: { "Content-Type": "application/json" },
    keepalive: true, // Whoever leaves meanwhile is counted all the same.
  };
  // Without signal nobody counts.
  fetch("/api/v1/plays", told).catch(() => {});
}

// Who jumps to the end has not heard what comes before.
function isWhole({ played, duration }) {
  let heard = 0;
  for (let part = 0; part < played.length; part += 1) heard += played.end(part) - played.start(part);
  return heard >= HEARD * duration;
}

function tellWhole() {
  if (!isWhole(audio)) return;
  audio.removeEventListener("ended", tellWhole);
  tell("whole_play");
}

if (audio && page) {
  audio.addEventListener("play", () => tell("play"), { once: true });
  audio.addEventListener("ended", tellWhole);
}
