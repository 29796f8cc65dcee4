// The player: it takes the place of the browser's own, which stays wherever this does not run.
import { recall, recallPosition, remember, rememberPosition } from "./remembered.js";

const STEP_S = 5;
const STEPS = {
  ArrowLeft: -STEP_S,
  ArrowDown: -STEP_S,
  ArrowRight: STEP_S,
  ArrowUp: STEP_S,
  PageDown: -15,
  PageUp: 15,
};

export class Player {
  constructor(root) {
    this.root = root;
    this.audio = root.querySelector("audio");
    this.words = root.dataset;
    this.lang = root.closest("[lang]").lang;
    this.startAt = recallPosition(this.clip);
    this.keptAt = 0;
    this.keys = {
      play: root.querySelector(".player-play"),
      position: root.querySelector(".player-position"),
      speed: root.querySelector(".player-speed"),
    };
    this.told = root.querySelector(".player-told");
    this.cost = this.told.textContent;
    this.takeOver();
    this.listen();
    this.show();
  }

  get clip() {
    return this.words.clip;
  }

  get length() {
    return this.audio.duration || Number(this.words.length);
  }

  get position() {
    return this.startAt ?? this.audio.currentTime;
  }

  takeOver() {
    this.audio.controls = false;
    this.root.querySelector(".player-keys").hidden = false;
    this.root.toggleAttribute("data-ready", true);
    this.keys.speed.value = String(recall("speed") ?? 1);
    this.applySpeed();
  }

  listen() {
    const { audio, keys } = this;
    keys.play.addEventListener("click", () => (audio.paused ? this.play() : audio.pause()));
    keys.position.addEventListener("input", () => this.seek(Number(keys.position.value)));
    keys.position.addEventListener("keydown", (event) => this.step(event));
    keys.speed.addEventListener("change", () => this.chooseSpeed());
    for (const key of this.root.querySelectorAll("[data-jump]")) {
      key.addEventListener("click", () => this.jump(Number(key.dataset.jump)));
    }
    audio.addEventListener("loadedmetadata", () => this.resume());
    for (const name of ["play", "playing", "pause", "timeupdate", "seeked", "waiting", "ended"]) {
      audio.addEventListener(name, () => this.show());
    }
    for (const name of ["pause", "ended", "seeked"]) {
      audio.addEventListener(name, () => this.keep());
    }
    addEventListener("pagehide", () => this.keep());
    // A phone may end the browser without a word.
    audio.addEventListener("timeupdate", () => this.keepOnTheWay());
    // The browser tries one file after the other; only when the last fails has it given up.
    audio.querySelector("source:last-of-type").addEventListener("error", () => this.fail());
    audio.addEventListener("error", () => this.fail());
  }

  play() {
    this.root.removeAttribute("data-broken");
    // Pressing pause before the sound has come is no failure, and others are told as errors.
    this.audio.play().catch(() => {});
  }

  /** Say that the sound does not come; it is asked for anew, and from here, next time. */
  fail() {
    this.startAt = this.position;
    this.audio.load();
    this.root.toggleAttribute("data-broken", true);
    this.show();
    this.told.textContent = this.words.failed;
  }

  /** Go to a second, also before anything was loaded. */
  seek(seconds) {
    const wanted = Math.min(Math.max(seconds, 0), this.length);
    if (this.audio.readyState) this.audio.currentTime = wanted;
    else this.startAt = wanted;
    this.show();
  }

  jump(seconds) {
    this.seek(this.position + seconds);
  }

  step(event) {
    const seconds = STEPS[event.key];
    if (!seconds) return;
    event.preventDefault();
    this.jump(seconds);
  }

  resume() {
    const wanted = this.startAt;
    this.startAt = null;
    if (wanted) this.audio.currentTime = wanted;
  }

  chooseSpeed() {
    remember("speed", Number(this.keys.speed.value));
    this.applySpeed();
  }

  applySpeed() {
    const speed = Number(this.keys.speed.value) || 1;
    // The default is what a browser falls back to whenever it loads.
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
  }

  keep() {
    if (this.startAt !== null) return;
    this.keptAt = this.audio.currentTime;
    rememberPosition(this.clip, this.keptAt, this.length);
  }

  keepOnTheWay() {
    if (Math.abs(this.audio.currentTime - this.keptAt) >= STEP_S) this.keep();
  }

  show() {
    const { audio, keys, words } = this;
    const { position, length } = this;
    const isPlaying = !audio.paused && !audio.ended;
    this.root.toggleAttribute("data-playing", isPlaying);
    keys.play.setAttribute("aria-label", isPlaying ? words.pause : words.play);
    keys.position.value = String(Math.floor(position));
    keys.position.style.setProperty("--done", `${(100 * position) / length}%`);
    const heard = words.heard.replace("{length}", spoken(length, this.lang));
    keys.position.setAttribute(
      "aria-valuetext",
      heard.replace("{position}", spoken(position, this.lang)),
    );
    if (this.root.hasAttribute("data-broken")) return;
    this.told.textContent = this.tell(isPlaying);
  }

  tell(isPlaying) {
    const isComing = isPlaying && this.audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    if (isComing && !this.audio.seeking) return this.words.coming;
    if (!isPlaying && !this.position) return this.cost;
    return `${clock(this.position)} / ${clock(this.length)}`;
  }
}

/** Return seconds as a clock shows them, "1:05". */
function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Return seconds as one says them in the page's language, "1 minute 5 secondes". */
function spoken(seconds, lang) {
  const say = (value, unit) =>
    new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(value);
  const whole = Math.floor(seconds);
  const parts = [say(Math.floor(whole / 60), "minute"), say(whole % 60, "second")];
  return (whole < 60 ? parts.slice(1) : parts).join(" ");
}
