import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A page of a few words, for a browser that cannot go on. */
export const toldPage = (context: Context, status: ContentfulStatusCode, title: string, words: string) =>
  context.html(
    html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Guardpost</title></head>
<body><main><h1>${title}</h1><p>${words}</p><p><a href="/">Back to Guardpost</a></p></main></body>
</html>`,
    status,
  )
