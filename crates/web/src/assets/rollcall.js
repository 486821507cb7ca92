// What makes pages livelier. Every page works without it: forms post, links lead on, and a page
// that waits for something reloads itself.

// Parts of the page that the server has drawn again, each named by data-part, take the place of the old ones;
// not the one that somebody is typing in.
const swap = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (!next || part.contains(document.activeElement)) continue;
    // What somebody has opened stays open.
    const open = new Set([...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
    for (const summary of next.querySelectorAll("details > summary")) {
      if (open.has(summary.textContent)) summary.parentElement.open = true;
    }
    part.replaceWith(next);
  }
  wait();
};

const ask = async (url, options = {}) => {
  const answer = await fetch(url, { credentials: "same-origin", redirect: "follow", ...options });
  if (answer.redirected && options.method !== "POST") return location.assign(answer.url);
  if (answer.ok) swap(await answer.text());
};

// Dialogs: a link or button with data-opens shows the dialog of that id; the link's own address does the same without script.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.removeAttribute("open");
    dialog.showModal();
  }
  const closer = event.target.closest("[data-closes]");
  if (closer?.closest("dialog")) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
for (const dialog of document.querySelectorAll("dialog[open]")) {
  dialog.removeAttribute("open");
  dialog.showModal();
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const check = (form) => ask(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });

// Forms that are checked while they are filled in (data-check), and filters that search as one types (data-filter).
const soon = new WeakMap();
const later = (form, wait, work) => {
  clearTimeout(soon.get(form));
  soon.set(form, setTimeout(work, wait));
};
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.filter !== undefined) {
    later(form, 250, () => {
      const url = `${form.action.split("?")[0]}?${new URLSearchParams(new FormData(form))}`;
      history.replaceState(null, "", url);
      ask(url);
    });
  } else if (form?.dataset.check) {
    later(form, 400, () => {
      show(form);
      check(form);
    });
  }
});
document.addEventListener("change", (event) => {
  if (event.target.dataset.submits !== undefined) event.target.form.requestSubmit();
});

// A preview in a frame, drawn anew as the form is filled in; data-shows marks the button that sends the form there. Each
// time it is a fresh frame, so that no step back leads through the previews before.
const show = (form) => {
  const button = form.querySelector("[data-shows]");
  const frame = button && document.querySelector(`iframe[name="${CSS.escape(button.formTarget)}"]`);
  if (!frame) return;
  const fresh = frame.cloneNode();
  fresh.removeAttribute("src");
  fresh.hidden = true;
  frame.name = "";
  frame.after(fresh);
  fresh.addEventListener("load", () => {
    for (const old of [...fresh.parentElement.querySelectorAll("iframe")]) if (old !== fresh) old.remove();
    fresh.hidden = false;
  });
  form.requestSubmit(button);
};

// A form is sent once: a second press while the first is under way does nothing.
document.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 4000);
});

// Pages that wait: data-wait draws the page's parts again after so many milliseconds, for as long as it stands there;
// inside a form, as the form is filled in.
let waited;
const wait = () => {
  clearTimeout(waited);
  const waiting = document.querySelector("[data-wait]");
  if (!waiting) return;
  const form = waiting.closest("form[data-check]");
  const again = () => (form ? check(form) : ask(location.href)).finally(wait);
  waited = setTimeout(again, Number(waiting.dataset.wait));
};
wait();

// An import under way: the server tells where it stands; when it moves on to another stage the page is drawn anew.
for (const live of document.querySelectorAll("[data-live]")) {
  const source = new EventSource(live.dataset.live);
  source.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    const bar = live.querySelector("progress");
    if (bar && told.total > 0) {
      bar.max = told.total;
      bar.value = told.done;
    }
    const text = live.querySelector("[data-told]");
    if (text) text.textContent = told.text;
    if (told.stage !== live.dataset.stage) {
      source.close();
      location.reload();
    }
  });
}

// A choice of a zone that nobody made yet: the browser's own.
for (const choice of document.querySelectorAll("select[data-zone]")) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...choice.options].some((option) => option.value === own)) choice.value = own;
}

// A file that is chosen is read here: its text goes into the field that data-reads names.
document.addEventListener("change", async (event) => {
  const field = event.target.dataset.reads && document.getElementById(event.target.dataset.reads);
  if (field && event.target.files[0]) field.value = await event.target.files[0].text();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) print();
});

// Something to copy.
document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copies]");
  if (!copier) return;
  await navigator.clipboard.writeText(document.getElementById(copier.dataset.copies).textContent.trim());
  copier.textContent = copier.dataset.copied;
});

// How good a password is so far: its length, and how many different characters it has. The server decides.
for (const told of document.querySelectorAll("[data-strength]")) {
  const entry = document.getElementById(told.dataset.strength);
  const tell = () => {
    const { length, size } = { length: [...entry.value].length, size: new Set(entry.value).size };
    const { shortest, short, good, strong } = told.dataset;
    const level = length === 0 ? 0 : length < Number(shortest) || size < 5 ? 1 : length < 16 || size < 8 ? 2 : 3;
    told.querySelector("progress").value = level;
    told.querySelector("[role=status]").textContent = ["", short, good, strong][level];
  };
  entry?.addEventListener("input", tell);
}
