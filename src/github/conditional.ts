import type { KeptAnswers } from './kept-answers.ts'
import type { HttpRequest, Sent, Transport } from './transport.ts'

/**
 * Sends a request; a GET asks only for what is not known yet. A 304, which GitHub does not count against the hourly
 * limit, is turned into the answer it stands for. `status` is what GitHub said; null when it did not answer.
 */
export async function sendConditionally(
  transport: Transport,
  kept: KeptAnswers,
  request: HttpRequest,
  authorization: string,
): Promise<{ sent: Sent; status: number | null }> {
  if (request.method !== 'GET') return plain(await transport.send(request, authorization, null))
  const url = transport.url(request)
  const known = kept.find(url)
  const sent = await transport.send(request, authorization, known?.etag ?? null)
  if (!('answer' in sent)) return plain(sent)
  const { status, headers } = sent.answer
  if (known && status === 304) {
    const before = known.answer()
    return { sent: { answer: { ...before, headers: { ...before.headers, ...headers } } }, status }
  }
  kept.keep(url, sent.answer)
  return { sent, status }
}

const plain = (sent: Sent) => ({ sent, status: 'answer' in sent ? sent.answer.status : null })
