// SPDX-License-Identifier: Apache-2.0
// Follows an event stream of HTML: each part says by its id what it replaces.
const log = document.getElementById("job-log");
const firstProblem = () => log?.querySelector("li.bad") ?? log?.querySelector("li.warn");
const offerProblem = () => {
  const button = document.querySelector('[data-log="trouble"]');
  if (button) button.hidden = !firstProblem();
};
offerProblem();
const toEnd = () => log && (log.scrollTop = log.scrollHeight);
toEnd();
document.querySelectorAll("[data-events]").forEach((root) => {
  const source = new EventSource(root.dataset.events);
  source.addEventListener("parts", (event) => {
    const follow = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    htmx.swap(root, event.data, { swapStyle: "none" });
    if (follow) toEnd();
    offerProblem();
  });
  source.addEventListener("end", () => {
    source.close();
    // A form that was refused is answered at the form's address: the page is not to be had there.
    if (location.pathname === root.dataset.page) location.reload();
    else location.replace(root.dataset.page);
  });
});

// Buttons of the log: lines wrapped or each on one, and to the first that warns or tells of an error.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-log]");
  if (!button || !log) return;
  if (button.dataset.log === "wrap") {
    const wrapped = !log.classList.toggle("straight");
    button.setAttribute("aria-pressed", String(wrapped));
    return;
  }
  const line = firstProblem();
  log.scrollTop += line.getBoundingClientRect().top - log.getBoundingClientRect().top;
  log.focus();
});

// Keeps what is marked as live in step with the server, a part at a time and only where it changed.
const live = () => [...document.querySelectorAll("[data-live]")];
const refresh = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.redirected) return location.reload();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  showTimesHere(page);
  live().forEach((part) => {
    const now = page.getElementById(part.id);
    const busy = part.contains(document.activeElement) || part.querySelector("details[open]");
    if (now && !busy && now.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(now));
  });
};
// The top of a page alone is not worth asking for.
if (document.querySelector("main [data-live]")) {
  const again = () => setTimeout(() => refresh().catch(() => {}).finally(again), 3000);
  again();
}

// A button with data-steps sends its form and shows each step of the answer as it is made. Leaving
// the page ends it, and so does pressing the button again, which begins anew.
let watched = null;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-steps]");
  if (!button) return;
  event.preventDefault();
  watched?.abort();
  const mine = (watched = new AbortController());
  const into = document.getElementById(button.dataset.into);
  try {
    const answer = await fetch(button.dataset.steps, {
      method: "POST",
      body: new URLSearchParams(new FormData(button.form)),
      headers: { Accept: "text/event-stream" },
      signal: mine.signal,
    });
    if (!answer.ok) throw new Error(answer.statusText);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const events = (text + part.value).split("\n\n");
      text = events.pop();
      for (const one of events) {
        const lines = one.split("\n").filter((line) => line.startsWith("data:"));
        if (lines.length > 0) into.innerHTML = lines.map((line) => line.slice(5)).join("\n");
      }
    }
  } catch (failure) {
    // Without a stream the whole page answers.
    if (!mine.signal.aborted) button.form.requestSubmit(button);
  }
});

// A button with data-copy puts it on the clipboard and says so; an empty one, the text that it stands beside.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.closest(".docket, .twin-part, .copies").querySelector(".mono, pre");
  try {
    // There is no clipboard for a page that came without TLS from another computer.
    await navigator.clipboard.writeText(button.dataset.copy || text.textContent);
  } catch {
    return copyByHand(text);
  }
  const before = button.dataset.label ?? button.getAttribute("aria-label");
  button.dataset.label = before;
  button.setAttribute("aria-label", "Copied");
  button.querySelector("use").setAttribute("href", "/ui/assets/icons.svg#ok");
  setTimeout(() => {
    button.setAttribute("aria-label", before);
    button.querySelector("use").setAttribute("href", "/ui/assets/icons.svg#copy");
  }, 2000);
});
const copyByHand = (text) => {
  getSelection().selectAllChildren(text);
  if (text.parentElement.nextElementSibling?.matches(".by-hand")) return;
  const words = document.createElement("span");
  words.className = "by-hand small muted";
  words.setAttribute("role", "status");
  text.parentElement.after(words);
  words.textContent = "Select it and press Ctrl C.";
};

// What was done just now is told once: not again by whoever comes back or loads the page anew.
const address = new URL(location.href);
if (address.searchParams.has("done")) {
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}
