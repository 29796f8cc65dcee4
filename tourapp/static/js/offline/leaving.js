// The worker that takes everything back: served in the place of the other by TOURAPP_OFFLINE=false.
import { dropCaches } from "./keeping.js";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  await dropCaches(() => true);
  await self.registration.unregister();
}
