// Sends the form's fields to one of its addresses, as the form itself would.
export function send(form, address, fields = new FormData(form)) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
  });
}

// Calls once the person has stopped writing for a moment.
export function afterPause(call, pauseMs) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, pauseMs);
  };
}
