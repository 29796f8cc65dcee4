// The builder works as a form. Here its halts are dragged too, and nothing written is left by accident.
const form = document.querySelector("#builder");
const list = form.querySelector(".halts");
let isSaved = !document.querySelector(".rivals, .faults");

form.addEventListener("input", () => (isSaved = false));
form.addEventListener("submit", () => (isSaved = true));
addEventListener("beforeunload", (event) => {
  if (!isSaved) event.preventDefault();
});

if (list) {
  for (const handle of list.querySelectorAll(".handle")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", drag);
  }
}

/** Let a halt follow the finger; where it is let go, the form saves the new order. */
function drag(down) {
  const handle = down.currentTarget;
  const halt = handle.closest(".halt");
  const before = [...list.children];
  const end = () => {
    handle.removeEventListener("pointermove", move);
    halt.classList.remove("is-dragged");
    if (before.some((each, index) => each !== list.children[index])) form.requestSubmit();
  };
  const move = ({ clientY }) => place(halt, clientY);
  down.preventDefault();
  handle.setPointerCapture(down.pointerId);
  halt.classList.add("is-dragged");
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", end, { once: true });
}

function place(halt, y) {
  const others = [...list.children].filter((each) => each !== halt);
  const next = others.find((each) => {
    const { top, height } = each.getBoundingClientRect();
    return y < top + height / 2;
  });
  if (halt.nextElementSibling !== (next ?? null)) list.insertBefore(halt, next ?? null);
}
