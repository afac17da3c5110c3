import { Link } from 'wouter'

/** Paragraphs with `code` and **bold** in them, as the API's texts have; nothing else of Markdown means anything. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="prose">
      {text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>
          <Words text={paragraph} />
        </p>
      ))}
    </div>
  )
}

/** The same within a line. */
export function Words({ text }: { text: string }) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((word, index) => {
    const key = `${index} ${word}`
    if (/^`[^`]+`$/.test(word)) return <code key={key}>{word.slice(1, -1)}</code>
    if (/^\*\*[^*]+\*\*$/.test(word)) return <strong key={key}>{word.slice(2, -2)}</strong>
    return word
  })
}

const answerText = (answer: string | readonly string[]): string =>
  typeof answer === 'string' ? answer : answer.join(', ')

/** A policy's answer. */
export function Answer({ answer }: { answer: string | readonly string[] }) {
  return <code>{answerText(answer) || '(nothing)'}</code>
}

/** A resource's name, with its page. */
export function ResourceLink({ resource }: { resource: { id: number; title: string } }) {
  return (
    <Link href={`/resources/${resource.id}`} className="link">
      {resource.title}
    </Link>
  )
}
