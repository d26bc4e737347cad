'use strict';
(() => {
  // tables: a button in each heading sorts by its column, up, then down
  for (const table of document.querySelectorAll('table.sorts')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') !== 'ascending';
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const numeric = head.classList.contains('n');
        const key = row => {
          const cell = row.cells[column];
          const text = cell.dataset.key || cell.textContent.trim();
          return numeric ? parseFloat(text) : text;
        };
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => {
          const x = key(a), y = key(b);
          if (numeric) { // what is absent comes last in either order
            if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
            return up ? x - y : y - x;
          }
          return up ? x.localeCompare(y) : y.localeCompare(x);
        });
        table.tBodies[0].append(...rows);
      });
    });
  }
  // commands: a button copies the line
  if (navigator.clipboard) {
    for (const code of document.querySelectorAll('.commands code')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy';
      button.setAttribute('aria-label', 'Copy the command: ' + code.textContent.slice(0, 80));
      button.addEventListener('click', () => navigator.clipboard.writeText(code.textContent).then(
        () => { button.textContent = 'Copied'; }, () => { button.textContent = 'Not allowed'; }));
      code.after(button);
    }
  }
  // the series: the picture stays until its reader wants to look closer
  for (const place of document.querySelectorAll('.zoom')) {
    place.hidden = false;
    const open = document.createElement('button');
    open.type = 'button';
    open.textContent = 'Zoom into the batches';
    open.setAttribute('aria-expanded', 'false');
    place.append(open);
    open.addEventListener('click', () => {
      if (place.querySelector('.plot')) {
        place.querySelector('.plot').remove();
        open.setAttribute('aria-expanded', 'false');
        open.textContent = 'Zoom into the batches';
      } else {
        open.setAttribute('aria-expanded', 'true');
        open.textContent = 'Close the zoom';
        draw(place);
      }
    });
  }
  function draw(place) {
    const trials = JSON.parse(document.getElementById(place.dataset.series).textContent);
    const data = {x: [], y: [], trials: [], whole: trials.every(trial => trial.whole)};
    let first = 0;
    for (const trial of trials) {
      data.trials.push(first);
      trial.ms.forEach((ms, i) => {
        data.x.push(first + i * trial.n / trial.ms.length);
        data.y.push(ms);
      });
      first += trial.n;
    }
    const box = document.createElement('div');
    box.className = 'plot';
    place.append(box);
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color('--ink'), grid: {stroke: color('--line'), width: 1},
      ticks: {stroke: color('--line')}, font: '12px system-ui, sans-serif'};
    const count = Math.max(1, first);
    const plot = new uPlot({
      width: box.clientWidth, height: 280,
      scales: {x: {time: false}},
      axes: [{...axis, label: 'batch', incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5]}, {...axis, label: 'ms', size: 64}],
      series: [{label: 'batch'},
        {label: data.whole ? 'total in ms' : 'smallest, largest of neighbours in ms',
          stroke: color('--c0'), width: 1.2, points: {show: data.x.length < 400}}],
      hooks: {draw: [u => {
        u.ctx.strokeStyle = color('--muted');
        u.ctx.setLineDash([4, 4]);
        for (const at of data.trials.slice(1)) {
          const x = u.valToPos(at, 'x', true);
          if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) continue;
          u.ctx.beginPath();
          u.ctx.moveTo(x, u.bbox.top);
          u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
          u.ctx.stroke();
        }
        u.ctx.setLineDash([]);
      }]},
    }, [data.x, data.y], box);
    plot.root.querySelector('canvas').setAttribute('aria-hidden', 'true');
    const move = (scale, shift) => {
      const min = plot.scales.x.min ?? 0, max = plot.scales.x.max ?? count;
      const width = Math.min(count, Math.max(8, (max - min) * scale));
      let low = (min + max) / 2 - width / 2 + shift * width;
      low = Math.max(0, Math.min(count - width, low));
      plot.setScale('x', {min: low, max: low + width});
    };
    const bar = document.createElement('div');
    bar.className = 'keys';
    for (const [name, scale, shift] of [['Closer', 0.5, 0], ['Farther', 2, 0],
      ['Earlier', 1, -0.5], ['Later', 1, 0.5], ['All', 1e9, 0]]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = name;
      button.addEventListener('click', () => move(scale, shift));
      bar.append(button);
    }
    const hint = document.createElement('span');
    hint.textContent = 'or drag across the plot; a double click shows all';
    bar.append(hint);
    box.prepend(bar);
    addEventListener('resize', () => {
      if (box.isConnected) plot.setSize({width: box.clientWidth, height: 280});
    });
  }
})();
