"""What a reader finds at an address that has no page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Page not found: schoolsim</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem }
a { color: LinkText }
</style>
<main>
<h1>Page not found</h1>
<p>There is nothing at this address. A result that was deleted, or a link that was cut short, ends here too.</p>
<p><a href="/">Policy lab</a> · <a href="/runs">Runs</a> · <a href="/evidence">Evidence</a></p>
</main>
</html>
"""


async def not_found(request: Request, error: Exception) -> HTMLResponse:
    """The page, which repeats nothing of the address."""
    return HTMLResponse(PAGE, status_code=404)
