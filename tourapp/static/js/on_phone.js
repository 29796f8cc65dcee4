// A sound among the phone's others: never two at once, and at hand on the lock screen.
const SKIP_S = 15;

/** Pause a sound as soon as another one plays, in whichever tab of this site. */
export function soundAlone(audio) {
  const channel = new BroadcastChannel("visite.sound");
  audio.addEventListener("play", () => channel.postMessage("playing"));
  channel.addEventListener("message", () => audio.pause());
}

/** Tell the lock screen what a player plays, and follow its keys and those of a headset. */
export function showOnLockScreen(player) {
  const session = navigator.mediaSession;
  if (!session) return;
  const { audio, words } = player;
  const keys = {
    play: () => player.play(),
    pause: () => audio.pause(),
    seekbackward: ({ seekOffset }) => player.jump(-(seekOffset ?? SKIP_S)),
    seekforward: ({ seekOffset }) => player.jump(seekOffset ?? SKIP_S),
    seekto: ({ seekTime }) => player.seek(seekTime),
  };
  for (const [name, act] of Object.entries(keys)) handle(session, name, act);
  audio.addEventListener("play", () => {
    const { title, album, picture } = words;
    session.metadata = new MediaMetadata({ title, album, artwork: [{ src: picture }] });
  });
  for (const name of ["loadedmetadata", "play", "seeked", "ratechange"]) {
    audio.addEventListener(name, () => place(session, audio));
  }
}

function handle(session, name, act) {
  try {
    session.setActionHandler(name, act);
  } catch {
    // An older phone does not know this key.
  }
}

function place(session, { duration, playbackRate, currentTime }) {
  if (!Number.isFinite(duration)) return;
  const position = Math.min(currentTime, duration);
  session.setPositionState?.({ duration, playbackRate, position });
}
