// Runs in the saved page just before its picture is taken: frames what a finding is about and says how much it framed.
(() => {
  const wanted = JSON.parse(document.getElementById('duwang-wanted').textContent);
  const head = document.getElementById('duwang-head');
  const found = [];

  const plain = address => {
    try { const url = new URL(address, wanted.base); return url.host + url.pathname.replace(/\/(index|default)\.\w+$|\/$/, '') + url.search; }
    catch (error) { return ''; }
  };

  let text = '';
  const nodes = [], places = [];
  const read = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let node;
    while ((node = walker.nextNode())) {
      if (head.contains(node) || ['SCRIPT', 'STYLE'].includes(node.parentElement.tagName)) continue;
      for (let n = 0; n < node.data.length; n++) if (!/\s/.test(node.data[n])) { text += node.data[n]; nodes.push(node); places.push(n); }
    }
  };

  // Numbers of one piece were masked before; one that tags cut into pieces is masked here.
  const mask = () => {
    for (const run of text.matchAll(/\d{17}[\dXx](?!\d)|\d{16,19}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)/g)) {
      const [begin, end] = [run.index, run.index + run[0].length];
      if (nodes[begin] === nodes[end - 1]) continue;
      const [from, to] = {11: [begin + 3, end - 4], 18: [begin + 2, end - 3]}[run[0].length] || [begin + 6, end - 4];
      for (let n = from; n < to; n++) nodes[n].data = nodes[n].data.slice(0, places[n]) + '*' + nodes[n].data.slice(places[n] + 1);
      text = text.slice(0, from) + '*'.repeat(to - from) + text.slice(to);
    }
  };

  const byText = () => {
    const quote = wanted.quote.replace(/\s/g, '');
    if (!quote) return;
    for (let at = text.indexOf(quote); at >= 0 && found.length < 20; at = text.indexOf(quote, at + quote.length)) {
      const range = document.createRange(), last = at + quote.length - 1;
      range.setStart(nodes[at], places[at]);
      range.setEnd(nodes[last], places[last] + 1);
      found.push({what: range, of: nodes[at].parentElement});
    }
  };

  const byAddress = () => {
    const addresses = new Set(wanted.addresses.map(plain).filter(Boolean));
    if (!addresses.size) return;
    for (const node of document.querySelectorAll('[href],[src],[data-duwang-src]')) {
      const named = node.getAttribute('data-duwang-src') || node.getAttribute('href') || node.getAttribute('src');
      if (addresses.has(plain(named))) found.push({what: node, of: node});
    }
  };

  read();
  mask();
  byAddress();
  if (!found.length) byText();
  const width = document.documentElement.scrollWidth;
  let framed = 0, top = 0;
  const frames = [];
  for (const one of found) {
    const boxes = [...one.what.getClientRects()].filter(box => box.width > 3 && box.height > 3 && box.right > 0 && box.bottom > 0 && box.left < width);
    const style = getComputedStyle(one.of);
    if (boxes.length && style.visibility !== 'hidden' && style.opacity !== '0' && !wanted.hidden) {
      for (const box of boxes) {
        const frame = document.createElement('div');
        frame.style.cssText = `all:initial;position:absolute;z-index:2147483647;pointer-events:none;border:3px solid #d4380d;border-radius:3px;background:rgba(255,214,102,.28);` +
          `left:${box.left + scrollX - 5}px;top:${box.top + scrollY - 4}px;width:${box.width + 4}px;height:${box.height + 2}px`;
        document.documentElement.append(frame);
        frames.push(frame);
      }
      top = top || boxes[0].top + scrollY;
    } else {
      const line = document.createElement('div');
      line.style.cssText = 'all:initial;display:block;font:14px/1.6 monospace;margin:8px 0 0;padding:4px 8px;border:3px solid #d4380d;background:#fff7e0;word-break:break-all';
      line.textContent = '页面里看不见的内容：' + one.of.outerHTML.slice(0, 400);
      head.append(line);
    }
    framed++;
  }
  document.documentElement.setAttribute('data-duwang-framed', framed);
  document.documentElement.setAttribute('data-duwang-top', Math.round(top));
  if (wanted.only && top > 500) {
    const up = Math.round(top - 320);
    document.documentElement.style.marginTop = `-${up}px`;
    for (const frame of frames) frame.style.top = `${parseFloat(frame.style.top) - up}px`;
    const gap = document.createElement('div');
    gap.style.cssText = `all:initial;display:block;height:${head.offsetHeight}px`;
    head.after(gap);
    Object.assign(head.style, {position: 'fixed', top: 0, left: 0, right: 0});
  }
})();
