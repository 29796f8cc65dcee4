// The narrative follows its sound: the sentence that is said is marked, and each one is a way in.
import { recall, remember } from "./remembered.js";

const MARK = "is-said";

export class Transcript {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.pieces = [...root.querySelectorAll("[data-start]")];
    this.starts = [...new Set(this.pieces.map((piece) => Number(piece.dataset.start)))];
    this.said = null;
    this.follows = root.querySelector(".transcript-follow");
    this.listen();
    this.showFollowing(recall("follow") ?? true);
    root.querySelector(".transcript-keys").hidden = this.starts.length === 0;
    root.toggleAttribute("data-ready", this.starts.length > 0);
  }

  listen() {
    const { audio } = this.player;
    this.root.addEventListener("click", (event) => this.enter(event));
    this.follows.addEventListener("click", () => this.chooseFollowing());
    for (const key of this.root.querySelectorAll("[data-sentence]")) {
      key.addEventListener("click", () => this.turn(Number(key.dataset.sentence)));
    }
    for (const name of ["timeupdate", "seeked", "play"]) {
      audio.addEventListener(name, () => this.mark(this.find(audio.currentTime)));
    }
    audio.addEventListener("ended", () => this.mark(null));
  }

  /** Return the beginning of the sentence that is said at a second, or null before the first. */
  find(seconds) {
    return this.starts.findLast((start) => start <= seconds + 0.05) ?? null;
  }

  /** Go to the sentence that was tapped, unless a link was, or words were chosen. */
  enter(event) {
    const piece = event.target.closest("[data-start]");
    if (!piece || event.target.closest("a") || !getSelection().isCollapsed) return;
    this.go(Number(piece.dataset.start));
  }

  turn(by) {
    const present = this.starts.indexOf(this.find(this.player.position));
    const at = Math.min(Math.max(present + by, 0), this.starts.length - 1);
    this.go(this.starts[at]);
  }

  go(start) {
    this.player.seek(start);
    this.player.play();
  }

  mark(start) {
    if (start === this.said) return;
    const wasSeen = this.isSeen();
    this.said = start;
    for (const piece of this.pieces) {
      piece.classList.toggle(MARK, Number(piece.dataset.start) === start);
    }
    // Whoever has scrolled elsewhere, or looks at the place, is not called back.
    if (wasSeen && this.isFollowing) this.scroll();
  }

  get marked() {
    return this.root.querySelector(`.${MARK}`);
  }

  isSeen() {
    const place = this.marked?.getBoundingClientRect();
    return Boolean(place) && place.bottom > 0 && place.top < innerHeight;
  }

  scroll() {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.marked?.scrollIntoView({ block: "center", behavior: isStill ? "auto" : "smooth" });
  }

  get isFollowing() {
    return this.follows.getAttribute("aria-pressed") === "true";
  }

  showFollowing(chosen) {
    this.follows.setAttribute("aria-pressed", String(chosen));
  }

  chooseFollowing() {
    this.showFollowing(!this.isFollowing);
    remember("follow", this.isFollowing);
    if (this.isFollowing) this.scroll();
  }
}
