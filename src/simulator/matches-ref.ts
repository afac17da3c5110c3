/** GitHub's patterns of branches, as far as they are simulated: `*` is anything but a slash, `**` anything. */
export function matchesRef(pattern: string, name: string): boolean {
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*'
    return part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`).test(name)
}
