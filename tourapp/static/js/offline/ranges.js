// Byte ranges after RFC 9110, section 14: one range is honoured, anything else is the whole file.
const ONE_RANGE = /^bytes\s*=[\s,]*(\d*)-(\d*)[\s,]*$/i;

export const UNSATISFIABLE = Symbol("unsatisfiable");

/** Return [start, end) of the one range asked for, null for the whole file, or UNSATISFIABLE. */
export function parseRange(header, size) {
  const [, first = "", last = ""] = ONE_RANGE.exec(header ?? "") ?? [];
  if (!first && !last) {
    return null;
  }
  return first ? fromStart(Number(first), last, size) : fromEnd(Number(last), size);
}

function fromStart(start, last, size) {
  const end = last ? Number(last) + 1 : size;
  if (last && end <= start) {
    return null;
  }
  return start < size ? [start, Math.min(end, size)] : UNSATISFIABLE;
}

function fromEnd(length, size) {
  return length && size ? [Math.max(size - length, 0), size] : UNSATISFIABLE;
}

/** Answer a request for a kept file: whole, a part of it, or that there is no such part. */
export function answerRange(blob, header, type) {
  const headers = { "Content-Type": type, "Accept-Ranges": "bytes" };
  const range = parseRange(header, blob.size);
  if (range === UNSATISFIABLE) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${blob.size}` } });
  }
  const [start, end] = range ?? [0, blob.size];
  headers["Content-Length"] = String(end - start);
  if (range) {
    headers["Content-Range"] = `bytes ${start}-${end - 1}/${blob.size}`;
  }
  // A slice of a blob keeps no type of its own: the player is told by the header.
  return new Response(blob.slice(start, end), { status: range ? 206 : 200, headers });
}
