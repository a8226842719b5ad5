"use strict";
(function () {
  const specs = JSON.parse(document.getElementById("figures").textContent);
  // ast: expressions are interpreted, so that the page's policy need not allow eval.
  const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false,
                    tooltip: { theme: "page", disableDefaultStyle: true } };
  const names = Object.keys(specs);
  // Readers who ask their browser for larger text get it in figures too.
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  function enlarged(spec) {
    spec.height *= scale;
    spec.config.axis.labelFontSize *= scale;
    spec.config.axis.titleFontSize *= scale;
    spec.config.text.fontSize *= scale;
    return spec;
  }
  function fail(place) {
    place.textContent = "This figure could not be drawn; the table below holds its numbers.";
    place.classList.add("failed");
  }
  function next() {
    const name = names.shift();
    if (name === undefined) { document.documentElement.dataset.drawn = "all"; return; }
    const place = document.getElementById(name);
    vegaEmbed(place, enlarged(specs[name]), options).catch(function () { fail(place); }).then(next);
  }
  next();
})();
