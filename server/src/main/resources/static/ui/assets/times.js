// SPDX-License-Identifier: Apache-2.0
// Shows times as the reader's own clocks do. A page comes with all of them in UTC.
const marked = "time[data-here]";
const clocks = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short",
});
const here = (time) => {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const part = Object.fromEntries(clocks.formatToParts(at).map(({ type, value }) => [type, value]));
  const clock = `${part.hour}:${part.minute}:${part.second}`;
  const exact = `${part.weekday} ${part.day} ${part.month} ${part.year}, ${clock} ${part.timeZoneName}`;
  if (time.dataset.here === "title") time.title = exact;
  else time.textContent = time.dataset.here === "clock" ? clock : exact;
};
const showTimesHere = (root) => {
  if (root instanceof Element && root.matches(marked)) here(root);
  root.querySelectorAll(marked).forEach(here);
};
showTimesHere(document);
// Parts come later too: from an event stream, by htmx, or where a page keeps itself live.
new MutationObserver((changes) => {
  const added = changes.flatMap((change) => [...change.addedNodes]);
  added.filter((node) => node instanceof Element).forEach(showTimesHere);
}).observe(document.body, { childList: true, subtree: true });
