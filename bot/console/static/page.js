// What pages do beyond what they do without scripts: nothing here is needed.
'use strict';

// The conversation goes on without loading the page again.
const say = document.getElementById('say');
if (say) {
  const said = document.getElementById('said');
  const last = document.getElementById('last');
  const add = (text, mine) => {
    const box = document.createElement('div');
    box.className = mine ? 'line mine' : 'line';
    const who = document.createElement('span');
    who.className = 'who';
    who.textContent = mine ? '您' : '组建助手';
    const p = document.createElement('p');
    p.textContent = text;
    box.append(who, p);
    said.insertBefore(box, last);
    box.scrollIntoView({ block: 'nearest' });
    return box;
  };
  const options = document.getElementById('options');
  const offer = (all) => {
    options.replaceChildren(...(all || []).map((o) => {
      const b = document.createElement('button');
      b.className = 'quiet';
      b.name = 'text';
      b.value = b.textContent = o;
      return b;
    }));
  };
  const send = async (text) => {
    document.querySelector('#said > .hint')?.remove();
    document.getElementById('judge').hidden = false;
    offer();
    add(text, true);
    const waiting = add('正在查，请稍等。', false);
    try {
      const answer = await fetch('/say', { method: 'POST', body: new URLSearchParams({ text }), headers: { Accept: 'application/x-ndjson, application/json' } });
      if (!answer.ok) throw new Error(await answer.text());
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        rest += value || '';
        const lines = rest.split('\n');
        rest = lines.pop();
        for (const line of lines) { const l = JSON.parse(line); waiting.remove(); add(l.text, false); offer(l.options); }
        if (done) break;
      }
      waiting.remove();
    } catch (e) {
      waiting.querySelector('p').textContent = e instanceof TypeError ? '连不上组建助手。请看看程序还在不在运行。' : e.message;
    }
  };
  say.addEventListener('submit', (e) => {
    e.preventDefault();
    const text = say.text.value.trim();
    if (text) send(text);
    say.text.value = '';
    say.text.focus();
  });
  say.text.addEventListener('keydown', (e) => {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); say.requestSubmit(); }
  });
  for (const form of [options, document.querySelector('.starters')]) {
    form.addEventListener('submit', (e) => { e.preventDefault(); if (e.submitter) send(e.submitter.value); });
  }
  if (said.children.length > 1) last.scrollIntoView({ block: 'nearest' });
}

// The recommendation follows the form.
const lead = document.getElementById('lead');
if (lead) {
  const result = document.getElementById('result');
  let timer = 0;
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    try {
      const answer = await fetch('/lead', { method: 'POST', body: new URLSearchParams(new FormData(lead)), headers: { 'X-Part': 'result', Accept: 'application/json' } });
      const text = await answer.text();
      if (mine !== turn) return; // a later change has been sent
      if (answer.ok) result.innerHTML = text; else result.textContent = text;
    } catch (e) {
      result.textContent = '连不上组建助手。请看看程序还在不在运行。';
    }
  };
  lead.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 300); });
  lead.addEventListener('submit', (e) => { e.preventDefault(); look(); });
}

// Files may be dropped, and a form is sent once.
const drop = document.getElementById('drop');
if (drop) {
  const files = drop.querySelector('input[type=file]');
  for (const name of ['dragover', 'dragleave', 'drop']) {
    drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.toggle('over', name === 'dragover'); });
  }
  drop.addEventListener('drop', (e) => { files.files = e.dataTransfer.files; });
  drop.addEventListener('submit', () => { const b = drop.querySelector('button'); b.disabled = true; b.textContent = '正在传，请稍等'; });
}

// A ledger that is being worked on is waited for.
const job = document.getElementById('job');
if (job && job.dataset.running === 'true') {
  fetch('/ledger?wait=1').then(() => location.reload(), () => {});
}
