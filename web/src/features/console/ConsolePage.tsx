/** The operator's window. */
export default function ConsolePage() {
  return <div className="page" />;
}
