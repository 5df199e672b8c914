// SPDX-License-Identifier: Apache-2.0
// Keys: / finds, j and k go through a list, ? lists the keys, g and a letter goes somewhere.
const places = { h: "/ui/", f: "/ui/files", j: "/ui/jobs", i: "/ui/instruments", s: "/ui/schedules", k: "/ui/storage", n: "/ui/notices", p: "/ui/people" };
let going = 0;
const step = (by) => {
  const links = [...document.querySelectorAll("main tbody .lead a")];
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  if (going > Date.now() && places[event.key]) {
    location.assign(places[event.key]);
  } else if (event.key === "g") {
    going = Date.now() + 1500;
    return;
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q").focus();
  } else if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "?") {
    document.getElementById("keys").showModal();
  }
  going = 0;
});
