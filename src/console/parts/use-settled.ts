import { useEffect, useState } from 'react'

/** Somebody who types is not answered letter by letter; in milliseconds. */
const quiet = 400

/** A value as it is once it has stayed the same for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quiet)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
