/** Where one talks. */
export default function ConversationPage() {
  return <div className="page" />;
}
