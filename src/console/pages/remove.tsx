export default function Remove() {
  return null
}
