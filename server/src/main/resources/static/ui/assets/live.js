// SPDX-License-Identifier: Apache-2.0
// Follows an event stream of HTML: each part says by its id what it replaces.
const log = document.getElementById("job-log");
const toEnd = () => log && (log.scrollTop = log.scrollHeight);
toEnd();
document.querySelectorAll("[data-events]").forEach((root) => {
  const source = new EventSource(root.dataset.events);
  source.addEventListener("parts", (event) => {
    const follow = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    htmx.swap(root, event.data, { swapStyle: "none" });
    if (follow) toEnd();
  });
  source.addEventListener("end", () => {
    source.close();
    location.reload();
  });
});

// Keeps what is marked as live in step with the server, a part at a time and only where it changed.
const live = () => [...document.querySelectorAll("[data-live]")];
const refresh = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected) return location.reload();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  live().forEach((part) => {
    const now = page.getElementById(part.id);
    const busy = part.contains(document.activeElement) || part.querySelector("details[open]");
    if (now && !busy && now.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(now));
  });
};
if (live().length > 0) {
  const again = () => setTimeout(() => refresh().catch(() => {}).finally(again), 3000);
  again();
}

// A button with data-copy puts it on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const before = button.getAttribute("aria-label");
  button.setAttribute("aria-label", "Copied");
  button.querySelector("use").setAttribute("href", "/ui/assets/icons.svg#ok");
  setTimeout(() => {
    button.setAttribute("aria-label", before);
    button.querySelector("use").setAttribute("href", "/ui/assets/icons.svg#copy");
  }, 2000);
});
