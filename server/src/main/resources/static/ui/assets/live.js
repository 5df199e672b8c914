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
