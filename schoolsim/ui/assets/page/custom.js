// Runs before Vue takes over the page: light or dark as the reader's machine says, until the reader chooses.
(function () {
  const KEY = ':solara:theme.variant';
  if (!localStorage.getItem(KEY)) localStorage.setItem(KEY, JSON.stringify('auto'));
  const dark = inDarkMode();
  const page = document.getElementById('app');
  page.classList.toggle('theme--dark', dark);
  page.classList.toggle('theme--light', !dark);
  document.documentElement.lang = 'en-GB';
  document.documentElement.classList.toggle('dark', dark);
  const viewport = document.querySelector('meta[name=viewport]');
  if (viewport) viewport.content = 'width=device-width, initial-scale=1';  // a reader may zoom
})();

// The scripts that draw charts, loaded once when the first chart needs them.
window.schoolsimCharts = function () {
  if (!window.schoolsimChartsPromise) {
    const root = (window.solara && solara.rootPath) || '';
    requirejs.config({ paths: {
      'vega': root + '/static/assets/vega.min',
      'vega-lite': root + '/static/assets/vega-lite.min',
      'vega-embed': root + '/static/assets/vega-embed.min',
    } });
    window.schoolsimChartsPromise = new Promise((resolve, reject) =>
      requirejs(['vega', 'vega-lite', 'vega-embed'], (vega, lite, embed) => resolve(embed), reject));
  }
  return window.schoolsimChartsPromise;
};

// A link to a page of ours goes there without loading everything anew; keys that open another tab are left alone.
document.addEventListener('click', event => {
  const link = event.target.closest && event.target.closest('a[href^="/"]');
  const elsewhere = event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || link.hasAttribute('download') || link.target || link.pathname.startsWith('/files/')) return;
  if (!window.solara || !solara.router || !solara.router.push) return;
  event.preventDefault();
  solara.router.push(link.getAttribute('href'));
  window.scrollTo(0, 0);
  const content = document.getElementById('content');
  if (content) content.focus({ preventScroll: true });
});
