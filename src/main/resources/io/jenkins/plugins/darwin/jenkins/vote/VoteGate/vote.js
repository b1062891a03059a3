/* The vote's page: asks the API every few seconds, shows what it says, and sends ballots. Builds nodes, never HTML from text. */
(function () {
  "use strict";

  const POLL_MILLIS = 3000;
  const root = {};
  let state = null;
  let tag = null;
  let ballotId = null;
  let clockOffset = 0;
  let lastSummary = null;
  let touched = false;

  function part(name) {
    return root.element.querySelector("[data-part='" + name + "']");
  }

  function node(name, className, text) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  }

  function now() {
    return Date.now() + clockOffset;
  }

  function plural(count, word) {
    return count + " " + word + (count === 1 ? "" : "s");
  }

  function timeLeft(until) {
    const minutes = Math.floor((until - now()) / 60000);
    if (until <= now()) {
      return "closing";
    }
    if (minutes < 1) {
      return Math.ceil((until - now()) / 1000) + " s left";
    }
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    return days > 0
      ? plural(days, "day") + ", " + hours + " h left"
      : hours > 0 ? hours + " h " + (minutes % 60) + " min left" : plural(minutes, "minute") + " left";
  }

  function showClock() {
    if (!state) {
      return;
    }
    const deadline = new Date(state.deadline);
    const closes = state.closesAt ? new Date(state.closesAt) : null;
    part("left").textContent = state.state !== "open" ? ""
      : closes ? "closes unless a vote changes: " + timeLeft(closes.getTime()) : timeLeft(deadline.getTime());
    part("deadline").textContent = (state.state === "closed" ? "deadline was " : closes ? "deadline " : "until ")
      + deadline.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }

  function showBar() {
    const bar = part("bar");
    const count = state.binding;
    const voted = count.plusOne + count.zero + count.minusOne;
    const whole = Math.max(state.quorum, voted + (state.everybodyBinds ? 0 : state.notVoted.length), 1);
    bar.replaceChildren();
    [["darwin-plus", count.plusOne, "+1"], ["darwin-zero", count.zero, "0"], ["darwin-minus", count.minusOne, "-1"]]
      .filter((segment) => segment[1] > 0)
      .forEach((segment) => {
        const made = node("i", segment[0], segment[1] + " × " + segment[2]);
        made.style.width = (100 * segment[1]) / whole + "%";
        bar.append(made);
      });
    const mark = node("div", "darwin-quorum");
    mark.append(node("span", "", "quorum " + state.quorum));
    mark.style.insetInlineStart = (100 * state.quorum) / whole + "%";
    bar.append(mark);
    bar.setAttribute("aria-label", "Binding votes: " + count.plusOne + " for, " + count.zero + " without opinion, "
      + count.minusOne + " against; needed: " + state.quorum + " for and none against.");
    const other = state.advising;
    part("legend").textContent = count.plusOne + " of " + state.quorum + " binding +1"
      + (count.minusOne > 0 ? ", blocked by " + count.minusOne + " × -1" : "")
      + (other.plusOne + other.zero + other.minusOne > 0
        ? "; not binding: " + other.plusOne + " × +1, " + other.zero + " × 0, " + other.minusOne + " × -1" : "");
  }

  function headline() {
    if (state.outcome) {
      return state.result;
    }
    if (state.state !== "open") {
      return state.result || "Voting has ended; the result is being made.";
    }
    if (state.binding.minusOne > 0) {
      return "Blocked by a -1";
    }
    return state.quorumMet ? "Quorum reached" : "Voting is open";
  }

  function showState() {
    const title = part("state");
    title.textContent = headline();
    title.classList.toggle("darwin-state--pass", state.outcome ? state.outcome === "PASSED" || state.outcome === "OVERRIDDEN" : state.quorumMet);
    title.classList.toggle("darwin-state--fail", state.outcome
      ? !(state.outcome === "PASSED" || state.outcome === "OVERRIDDEN") : state.binding.minusOne > 0);
    if (lastSummary !== null && lastSummary !== state.summary) {
      part("live").textContent = state.history.length > 0 ? state.history[state.history.length - 1].text : state.summary;
    }
    lastSummary = state.summary;
    const problem = part("problem");
    problem.hidden = !state.problem;
    problem.textContent = state.problem || "";
    const record = part("record");
    record.hidden = !(state.outcome && state.published);
    if (!record.hidden) {
      const base = root.element.dataset.artifacts;
      const json = node("a", "", "votes.json");
      json.href = base + "votes.json";
      const signature = node("a", "", "votes.json.asc");
      signature.href = base + "votes.json.asc";
      record.replaceChildren("The signed record: ", json, ", ", signature, ".");
    }
  }

  function person(ballot) {
    const row = node("li", ballot.choice === "+1" ? "darwin-plus" : ballot.choice === "-1" ? "darwin-minus" : "");
    const text = node("div");
    text.append(node("strong", "", ballot.name), " ", node("span", "darwin-hint", (ballot.binding ? "" : "not binding, ")
      + new Date(ballot.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })
      + (ballot.changed > 0 ? ", changed " + plural(ballot.changed, "time") : "")));
    if (ballot.reason) {
      text.append(node("p", "", ballot.reason));
    }
    row.append(node("b", "", ballot.choice), text);
    return row;
  }

  function showPeople() {
    const people = part("people");
    people.replaceChildren(...state.ballots.map(person));
    state.notVoted.forEach((voter) => {
      const row = node("li", "darwin-waiting");
      row.append(node("b", "", "?"), node("div", "", voter.name + (state.state === "open" ? " has not voted yet" : " did not vote")));
      people.append(row);
    });
    const everybody = state.everybodyBinds ? "Everybody who may vote here decides." : state.groups.length > 0
      ? "Members of " + state.groups.join(", ") + " decide, too." : "";
    if (everybody) {
      people.append(node("li", "darwin-waiting", ""));
      people.lastChild.append(node("span"), node("div", "", everybody));
    }
  }

  function cell(mark) {
    return mark === "PASSED" ? node("td", "darwin-pass", "✓ passed") : mark === "FAILED" ? node("td", "darwin-fail", "✗ failed")
      : node("td", "darwin-hint", "not run");
  }

  function showMatrix() {
    part("matrix-card").hidden = state.checklist.length === 0;
    const head = node("tr");
    head.append(node("th", "", "Item"), ...state.ballots.map((b) => node("th", "", b.name)));
    head.querySelectorAll("th").forEach((th) => th.setAttribute("scope", "col"));
    const rows = state.checklist.map((item) => {
      const row = node("tr");
      const name = node("th", "", item.item);
      name.setAttribute("scope", "row");
      row.append(name, ...state.ballots.map((b) => cell(b.checks[item.item])));
      return row;
    });
    const thead = node("thead");
    thead.append(head);
    const tbody = node("tbody");
    tbody.append(...rows);
    part("matrix").replaceChildren(thead, tbody);
    const untried = state.checklist.filter((i) => i.passed + i.failed === 0).map((i) => i.item);
    part("coverage").textContent = untried.length > 0 ? "Nobody has tried: " + untried.join(", ") + "." : "Every item was tried by somebody.";
  }

  function showForm() {
    const form = part("form");
    if (!form) {
      return;
    }
    part("form-card").hidden = state.state !== "open";
    const mine = state.ballots.find((b) => b.voter === state.you.voter);
    part("submit").textContent = mine ? "Change my vote" : "Cast my vote";
    const back = part("take-back");
    back.hidden = !mine;
    back.dataset.id = mine ? mine.id : "";
    if (mine && !touched) {
      form.querySelectorAll("[name=choice]").forEach((input) => { input.checked = input.value === mine.choice; });
      form.elements.reason.value = mine.reason;
      Object.entries(mine.checks).forEach(([item, mark]) => {
        Array.from(form.elements).filter((e) => e.name === "check:" + item).forEach((e) => { e.checked = e.value === mark; });
      });
    }
  }

  function showManagement() {
    const manage = part("manage");
    if (!manage) {
      return;
    }
    manage.hidden = state.state === "closed";
    const close = part("close");
    if (close) {
      close.disabled = !state.decided;
      part("close-hint").textContent = state.decided ? "The outcome is decided." : "Possible once the outcome is decided.";
    }
  }

  function showHistory() {
    part("history").replaceChildren(...state.history.map((event) => {
      const row = node("li");
      row.append(node("span", "darwin-hint", new Date(event.at).toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" })), " ", event.text);
      return row;
    }));
    if (state.history.length === 0) {
      part("history").append(node("li", "darwin-hint", "Nobody has voted yet."));
    }
  }

  function show() {
    showState();
    showClock();
    showBar();
    showPeople();
    showMatrix();
    showForm();
    showManagement();
    showHistory();
  }

  async function refresh() {
    try {
      const answer = await fetch("api/json", { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status === 200) {
        tag = answer.headers.get("ETag");
        clockOffset = Date.parse(answer.headers.get("X-Time")) - Date.now();
        state = await answer.json();
        show();
      } else if (answer.status !== 304) {
        part("live").textContent = "Jenkins answered " + answer.status + "; trying again.";
      }
    } catch (e) {
      part("live").textContent = "No connection to Jenkins; trying again.";
    }
  }

  async function send(action, fields) {
    const answer = await fetch(action, { method: "POST", headers: crumb.wrap({}), body: new URLSearchParams(fields) });
    const type = answer.headers.get("Content-Type") || "";
    const body = type.startsWith("application/json") ? await answer.json() : { error: "Jenkins answered " + answer.status + "; log in again?" };
    return { ok: answer.ok, body: body };
  }

  function tell(name, good, text) {
    const place = part(name);
    place.textContent = text;
    place.classList.toggle("darwin-answer--good", good);
    place.classList.toggle("darwin-answer--bad", !good);
  }

  async function submitBallot(event) {
    event.preventDefault();
    const form = event.target;
    const fields = Object.fromEntries(new FormData(form));
    if (!fields.choice) {
      tell("answer", false, "Choose +1, 0 or -1.");
      form.querySelector("[name=choice]").focus();
      return;
    }
    if (fields.choice === "-1" && Array.from(fields.reason.trim()).length < 10) {
      tell("answer", false, "A -1 needs a reason of at least 10 characters.");
      form.elements.reason.focus();
      return;
    }
    fields.id = ballotId;
    part("submit").disabled = true;
    try {
      const answer = await send("vote", fields);
      if (answer.ok) {
        ballotId = newId();
        touched = false;
        tell("answer", true, "Your " + answer.body.ballot.choice + " was " + answer.body.result + " at "
          + new Date(answer.body.ballot.at).toLocaleTimeString() + ". You can change it until the vote closes.");
      } else {
        tell("answer", false, answer.body.error);
      }
    } catch (e) {
      tell("answer", false, "No connection to Jenkins: the vote may not have been counted. Send it again; it counts once.");
    }
    part("submit").disabled = false;
    refresh();
  }

  async function takeBack(event) {
    const answer = await send("takeBack", { ballot: event.target.dataset.id });
    if (answer.ok) {
      root.element.querySelector("[data-part='form']").reset();
      touched = false;
    }
    tell("answer", answer.ok, answer.ok ? "You have not voted." : answer.body.error);
    refresh();
  }

  async function decide(event) {
    event.preventDefault();
    const answer = await send(event.target.getAttribute("action"), Object.fromEntries(new FormData(event.target)));
    tell("decision", answer.ok, answer.ok ? "Done." : answer.body.error);
    refresh();
  }

  function begin() {
    root.element = document.getElementById("darwin-vote");
    if (!root.element) {
      return;
    }
    ballotId = root.element.dataset.ballot;
    const form = part("form");
    if (form) {
      form.addEventListener("submit", submitBallot);
      form.addEventListener("input", () => { touched = true; });
      part("take-back").addEventListener("click", takeBack);
    }
    root.element.querySelectorAll("form[data-decide]").forEach((f) => f.addEventListener("submit", decide));
    refresh();
    setInterval(() => { if (!document.hidden) { refresh(); } }, POLL_MILLIS);
    setInterval(showClock, 1000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { refresh(); } });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
