import { z } from 'zod'
import { isHookEvent } from '../event-permissions.ts'
import { type Hook, type HookConfig, urlProblem } from '../hook.ts'
import { type FieldError, validationFailed } from '../http/refusal.ts'

export const configBody = z.object({
  url: z.string().optional(),
  content_type: z.string().optional(),
  secret: z.string().optional(),
  insecure_ssl: z.union([z.string(), z.number()]).optional(),
})

export const createBody = z.object({
  name: z.string(),
  config: configBody,
  events: z.array(z.string()).optional(),
  active: z.boolean().optional(),
})

export const updateBody = z.object({
  name: z.string().optional(),
  config: configBody.optional(),
  events: z.array(z.string()).optional(),
  active: z.boolean().optional(),
})

export const hookError = (message: string): FieldError => ({ resource: 'Hook', code: 'custom', message })

/** The config that a whole `config` object means: what it leaves out is back at its default, the secret gone. */
export function wholeConfig({ url, content_type, secret, insecure_ssl }: z.infer<typeof configBody>): HookConfig {
  if (!url) throw validationFailed(hookError('Url cannot be blank'))
  checkUrl(url)
  return {
    url,
    contentType: content_type === 'json' ? 'json' : 'form',
    insecureSsl: String(insecure_ssl) === '1' ? '1' : '0',
    secret: secret || undefined,
  }
}

/** The config after a change of single properties. */
export function changedConfig(hook: Hook, change: z.infer<typeof configBody>): HookConfig {
  const { url, contentType, insecureSsl, secret } = hook.config
  return wholeConfig({ url, content_type: contentType, insecure_ssl: insecureSsl, secret, ...change })
}

function checkUrl(url: string): void {
  const problem = urlProblem(url)
  if (problem) throw validationFailed(hookError(problem))
}

/** Events that an organization hook can have; throws for any other. */
export function checkEvents(events: readonly string[]): void {
  const wrong = events.filter((event) => !isHookEvent(event))
  if (wrong.length > 0) throw validationFailed(hookError(`Invalid events: ${wrong.join(', ')}`))
}
