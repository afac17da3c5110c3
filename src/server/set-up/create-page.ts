import { html } from 'hono/html'
import type { Need } from '../../model/permission.ts'
import { type Html, layout } from './layout.ts'

export interface CreatePage {
  /** Where the form goes: a page of GitHub's. */
  readonly formUrl: string
  readonly manifest: {
    readonly name: string
    readonly public: boolean
    readonly hook_attributes: { readonly url: string }
    readonly default_events: readonly string[]
  }
  readonly needs: readonly Need[]
}

/** Shows what the App will ask for, and hands it to GitHub. */
export function createPage({ formUrl, manifest, needs }: CreatePage): Html {
  const { host } = new URL(formUrl)
  return layout(
    'Create the App on GitHub',
    0,
    html`<p>The App will be called <strong>${manifest.name}</strong>; GitHub lets you choose another name.
${manifest.public ? 'It will be public: whoever finds it may install it, and their organization is then guarded here, too.' : ''}</p>
<form class="box" method="post" action="${formUrl}">
<input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<p>Everything is ready. You come back here by yourself.</p>
<div class="actions"><button class="primary">Create it on ${host}</button><a href="/set-up">Change something</a></div>
</form>
<h2>What it asks for</h2>
<dl>${needs.map(
      ({ permission, level, why }) =>
        html`<div><dt><code>${permission}: ${level}</code></dt><dd>${why.replaceAll('`', '')}</dd></div>`,
    )}</dl>
<p class="muted">Events: ${manifest.default_events.join(', ')}. They go to ${new URL(manifest.hook_attributes.url).origin}.
Installing it is a step of its own, and every permission can be taken away again.</p>`,
  )
}
